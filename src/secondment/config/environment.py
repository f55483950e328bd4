"""The settings in the environment, checked: a value that cannot work is refused in one sentence."""

import os
import ssl
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Self

import environ

from secondment.common.refusals import StartRefusedError

POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"
# Seconds until a database server that does not answer is called unreachable.
CONNECT_SECONDS = 10


@dataclass(frozen=True)
class TlsFiles:
    """Certificate chain and key for a site that serves https itself, without a proxy."""

    certificate: Path
    key: Path

    @classmethod
    def from_environment(cls) -> Self | None:
        """None when neither is set."""
        certificate, key = (os.environ.get(f"SECONDMENT_TLS_{name}", "") for name in ("CERTIFICATE", "KEY"))
        if not certificate and not key:
            return None
        files = cls(Path(certificate), Path(key))
        files.check()
        return files

    def check(self) -> None:
        """Refuse what the web server could not read: missing files, a key of another certificate, an older form of key."""
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.certificate, self.key, password="")
            is_readable = "-----BEGIN PRIVATE KEY-----" in self.key.read_text()
        except (OSError, ValueError):
            is_readable = False
        if not is_readable:
            raise StartRefusedError(
                "SECONDMENT_TLS_CERTIFICATE 和 SECONDMENT_TLS_KEY 应为一对 PEM 证书和无密码的 PKCS#8 私钥（可用 openssl pkcs8 -topk8 -nocrypt 转换），请检查这两个文件。",
                "SECONDMENT_TLS_CERTIFICATE and SECONDMENT_TLS_KEY must be a PEM certificate and its PKCS#8 key without a password (openssl pkcs8 -topk8 -nocrypt makes one); check both files.",
            )


def data_directory(text: str) -> Path:
    """The data directory, made if there is none."""
    path = Path(text).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise unwritable(path, PermissionError(0, "Permission denied"))
    return path


def unwritable(path: Path, error: OSError) -> StartRefusedError:
    """The refusal for a data directory that cannot be made or written."""
    return StartRefusedError(
        f"数据目录 {path} 无法建立或写入（{error.strerror}），请更正权限，或用 SECONDMENT_DATA_DIR 另选一个目录。",
        f"The data directory {path} cannot be made or written ({error.strerror}); correct its permissions or choose another with SECONDMENT_DATA_DIR.",
    )


def database(url: str, *, sqlite_file: Path, sqlite_options: Mapping[str, Any]) -> dict[str, Any]:
    """PostgreSQL or SQLite according to the address, SQLite in the data directory without one.

    Every SQLite file gets the same options: they keep acknowledged writes.
    """
    if not url:
        return {"ENGINE": SQLITE, "NAME": sqlite_file, "OPTIONS": dict(sqlite_options)}
    parts = _parts(url)
    given = parts.get("OPTIONS", {})
    if parts["ENGINE"] == SQLITE and url.startswith("sqlite:///") and ":memory:" not in parts["NAME"]:
        path = Path(parts["NAME"]).resolve()
        return {"ENGINE": SQLITE, "NAME": path, "OPTIONS": {**given, **sqlite_options}}
    if parts["ENGINE"] == POSTGRESQL and parts["NAME"]:
        options = {"connect_timeout": CONNECT_SECONDS, **given}
        return {**parts, "OPTIONS": options, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    raise _wrong_address()


def _parts(url: str) -> dict[str, Any]:
    try:
        with warnings.catch_warnings(action="error"):
            return dict(environ.Env.db_url_config(url))
    except (ValueError, UserWarning):
        raise _wrong_address() from None


def _wrong_address() -> StartRefusedError:
    """The message leaves out the address itself, which contains a password."""
    return StartRefusedError(
        "DATABASE_URL 无法识别，请写成 postgres://用户:密码@主机:5432/库名 或 sqlite:////绝对路径/文件名（密码中的特殊字符用 %XX 表示）。",
        "DATABASE_URL is not understood; write postgres://user:password@host:5432/name or sqlite:////absolute/path (special characters of the password as %XX).",
    )


def number(name: str, default: int, *, least: int, most: int) -> int:
    """An integer within its limits."""
    text = os.environ.get(name, "").strip() or str(default)
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    raise StartRefusedError(
        f"{name}={text} 无效，应为 {least} 到 {most} 的整数。",
        f"{name}={text} cannot be used; give a whole number from {least} to {most}.",
    )


def is_https() -> bool:
    """Whether visitors come over https: as set, else if the site has a certificate."""
    return bool(environ.Env().bool("SECONDMENT_HTTPS", default=TlsFiles.from_environment() is not None))


def trusted_proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    """The proxies that the environment names."""
    return trusted_networks(environ.Env().list("SECONDMENT_TRUSTED_PROXIES", default=[]))


def trusted_networks(texts: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """The proxies that are believed, as addresses (10.0.0.1) or networks (10.0.0.0/24)."""
    return tuple(_network(text.strip()) for text in texts if text.strip())


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise StartRefusedError(
            f"SECONDMENT_TRUSTED_PROXIES 中的“{text}”不是网络地址，请写成 10.0.0.1 或 10.0.0.0/24，多个用逗号分开。",
            f"“{text}” in SECONDMENT_TRUSTED_PROXIES is not a network address; write 10.0.0.1 or 10.0.0.0/24, separated by commas.",
        ) from None

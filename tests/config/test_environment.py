"""Values of the environment that cannot work are refused in a sentence in both languages."""

import datetime as dt
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from secondment.common.refusals import StartRefusedError
from secondment.config.environment import (
    CONNECT_SECONDS,
    POSTGRESQL,
    SQLITE,
    TlsFiles,
    data_directory,
    database,
    number,
    trusted_networks,
)

FILE = Path("/srv/data/secondment.sqlite3")
OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20}


def test_proxies_are_addresses_and_networks() -> None:
    texts = ["10.0.0.1", " 10.1.0.9/24 ", "fd00::/8", ""]
    assert trusted_networks(texts) == (
        ip_network("10.0.0.1/32"),
        ip_network("10.1.0.0/24"),
        ip_network("fd00::/8"),
    )


def test_a_proxy_that_is_no_address_is_named() -> None:
    with pytest.raises(
        StartRefusedError, match=r"“nginx”不是网络地址.*“nginx” in SECONDMENT_TRUSTED_PROXIES is no"
    ):
        trusted_networks(["10.0.0.1", "nginx"])


@pytest.mark.parametrize(
    ("url", "path", "more"),
    [
        ("", FILE, {}),
        ("sqlite:////srv/数据/a.sqlite3", Path("/srv/数据/a.sqlite3"), {}),
        ("sqlite:///data/a.sqlite3", Path("data/a.sqlite3").resolve(), {}),
        (
            "sqlite:////srv/a.sqlite3?timeout=1&cached_statements=9",
            Path("/srv/a.sqlite3"),
            {"cached_statements": 9},
        ),
    ],
)
def test_every_sqlite_file_gets_the_options_that_keep_writes(
    url: str, path: Path, more: dict[str, int]
) -> None:
    expected = {"ENGINE": SQLITE, "NAME": path, "OPTIONS": {**OPTIONS, **more}}
    assert database(url, sqlite_file=FILE, sqlite_options=OPTIONS) == expected


def test_the_products_own_options_are_immediate_wal_and_full() -> None:
    own = settings.SQLITE_OPTIONS
    assert own["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in own["init_command"]
    assert "synchronous=FULL" in own["init_command"]


@pytest.mark.parametrize(("query", "seconds"), [("", CONNECT_SECONDS), ("?connect_timeout=3", 3)])
def test_postgresql_does_not_wait_for_ever_for_a_server(query: str, seconds: int) -> None:
    found = database(f"postgres://u:p%23@h:5433/db{query}", sqlite_file=FILE, sqlite_options=OPTIONS)
    assert (found["ENGINE"], found["HOST"], found["PORT"], found["PASSWORD"]) == (POSTGRESQL, "h", 5433, "p#")
    assert found["OPTIONS"] == {"connect_timeout": seconds}


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://u:secret@h/db",
        "postgres://u:secret@h:port/db",
        "postgres://u:secret@h",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:a.sqlite3",
    ],
)
def test_any_other_address_of_a_database_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(
        StartRefusedError, match=r"DATABASE_URL 无法识别.*DATABASE_URL is not understood"
    ) as refusal:
        database(url, sqlite_file=FILE, sqlite_options=OPTIONS)
    assert "secret" not in str(refusal.value)


def test_a_data_directory_is_made_where_it_can_be(tmp_path: Path) -> None:
    assert data_directory(str(tmp_path / "一" / "二")) == tmp_path / "一" / "二"
    assert (tmp_path / "一" / "二").is_dir()


def test_a_data_directory_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        StartRefusedError, match=r"无法建立或写入（Not a directory）.*cannot be made or written"
    ):
        data_directory(str(tmp_path / "file" / "data"))


def test_a_data_directory_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(StartRefusedError, match="Permission denied"):
        data_directory(str(tmp_path))


@pytest.mark.parametrize(
    ("text", "found"),
    [("", 30), (" 5 ", 5), ("1", 1), ("480", 480), ("0", None), ("481", None), ("-1", None), ("五", None)],
)
def test_a_number_keeps_its_limits(monkeypatch, text: str, found: int | None) -> None:
    monkeypatch.setenv("MINUTES", text)
    if found is not None:
        assert number("MINUTES", 30, least=1, most=480) == found
        return
    with pytest.raises(StartRefusedError, match=f"MINUTES={text} 无效，应为 1 到 480"):
        number("MINUTES", 30, least=1, most=480)


def test_certificate_and_key_are_checked_before_they_are_served(tmp_path: Path, monkeypatch) -> None:
    certificate, key = make_certificate(tmp_path / "one")
    monkeypatch.setenv("SECONDMENT_TLS_CERTIFICATE", str(certificate))
    monkeypatch.setenv("SECONDMENT_TLS_KEY", str(key))
    assert TlsFiles.from_environment() == TlsFiles(certificate, key)
    _certificate, other = make_certificate(tmp_path / "other")
    for wrong in (other, tmp_path / "missing", certificate, as_older_form(key)):
        monkeypatch.setenv("SECONDMENT_TLS_KEY", str(wrong))
        with pytest.raises(StartRefusedError, match=r"PKCS#8 私钥.*must be a PEM certificate"):
            TlsFiles.from_environment()
    monkeypatch.delenv("SECONDMENT_TLS_KEY")
    with pytest.raises(StartRefusedError):
        TlsFiles.from_environment()
    monkeypatch.delenv("SECONDMENT_TLS_CERTIFICATE")
    assert TlsFiles.from_environment() is None


def make_certificate(directory: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody signed, and its key."""
    directory.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(dt.datetime(2020, 1, 1))  # noqa: DTZ001 -- the format has no zone
        .not_valid_after(dt.datetime(2120, 1, 1))  # noqa: DTZ001
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (directory / "site.pem").write_bytes(certificate.public_bytes(pem))
    (directory / "site.key").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return directory / "site.pem", directory / "site.key"


def as_older_form(key: Path) -> Path:
    """The same key as TraditionalOpenSSL, which the web server does not read."""
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    older = key.with_suffix(".older")
    older.write_bytes(
        loaded.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return older

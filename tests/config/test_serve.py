"""What the server reads from its environment, and a port that it cannot have."""

import errno
import os
import socket
from pathlib import Path

import pytest

from secondment.common.refusals import StartRefusedError
from secondment.config.serve import Options, _no_port, listen
from tests.config.test_environment import make_certificate

NAMES = ("BIND", "PORT", "SECONDMENT_HOSTS", "SECONDMENT_HTTPS", "SECONDMENT_TRUSTED_PROXIES")


@pytest.fixture
def options(tmp_path: Path, monkeypatch):
    """Options of this environment and no other."""
    for name in (*NAMES, "SECONDMENT_TLS_CERTIFICATE", "SECONDMENT_TLS_KEY"):
        monkeypatch.delenv(name, raising=False)

    def read(**environment: str) -> Options:
        for name, value in {"SECONDMENT_DATA_DIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        return Options.from_environment()

    return read


def test_a_server_is_for_this_machine_unless_told_otherwise(options, tmp_path: Path) -> None:
    assert options() == Options("127.0.0.1", 8000, tmp_path, is_tls=False, has_names=False)
    assert options().url == "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    ("bind", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8001/"),  # noqa: S104
        ("::", "http://[::1]:8001/"),
        ("10.0.0.5", "http://10.0.0.5:8001/"),
    ],
)
def test_a_server_for_others_asks_for_the_names_that_they_type(options, bind: str, url: str) -> None:
    server = options(BIND=bind, PORT="8001")
    assert server.url == url
    assert "SECONDMENT_HOSTS" in server.hint
    assert options(SECONDMENT_HOSTS="guazhi.example.cn").hint == ""


def test_a_server_for_this_machine_has_no_hint(options) -> None:
    assert [options(BIND=bind).hint for bind in ("127.0.0.1", "::1", "localhost")] == ["", "", ""]


def test_https_needs_somebody_who_speaks_it(options, tmp_path: Path) -> None:
    with pytest.raises(StartRefusedError, match="SECONDMENT_HTTPS=1 还需要 SECONDMENT_TRUSTED_PROXIES"):
        options(SECONDMENT_HTTPS="1")
    assert options(SECONDMENT_TRUSTED_PROXIES="10.0.0.1").url.startswith("http://")
    certificate, key = make_certificate(tmp_path / "tls")
    tls = {"SECONDMENT_TLS_CERTIFICATE": str(certificate), "SECONDMENT_TLS_KEY": str(key)}
    assert options(SECONDMENT_TRUSTED_PROXIES="", **tls).url.startswith("https://")


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_is_a_number_that_exists(options, port: str) -> None:
    with pytest.raises(StartRefusedError, match=f"PORT={port} 无效，应为 1 到 65535 的整数"):
        options(PORT=port)


def test_a_port_is_taken_once() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # ready to share, as some servers are
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.listen()
        with pytest.raises(StartRefusedError, match=f"端口 {port} 已被其他程序占用.*PORT={port + 1} ./run"):
            listen("127.0.0.1", port)
    with listen("127.0.0.1", port), pytest.raises(StartRefusedError, match="uses port"):
        listen("127.0.0.1", port)


@pytest.mark.parametrize("address", ["nowhere.invalid", "192.0.2.1"])
def test_an_address_that_is_not_this_machines_is_refused(address: str) -> None:
    with pytest.raises(StartRefusedError, match=f"无法在 BIND={address} 上提供服务"):
        listen(address, 8000)


def test_a_port_that_needs_rights_is_refused() -> None:
    refusal = _no_port("127.0.0.1", 80, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    assert "没有权限使用端口 80" in str(refusal)

"""Real servers for the tests: started on a port and a data directory of their own, watched, and ended."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from secondment.config.lock import NAME

LOOKS = 4_000
PAUSE = 0.05


class Server:
    """One `python -m secondment.config` and what it started."""

    def __init__(self, data: Path, port: int, **environment: str) -> None:
        self.data, self.port = data, port
        self.log = data.with_suffix(".log")
        plain = {
            key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECONDMENT_DEMO"}
        }
        own = {
            "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
            "SECONDMENT_DATA_DIR": str(data),
            "PORT": str(port),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "secondment.config"], env={**plain, **own, **environment}, stderr=log
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def groups(self) -> list[int]:
        """The groups of its children, in the order of their start: the site, the job worker."""
        lock = self.data / NAME
        return [int(word) for word in lock.read_text().split()[1:]] if lock.exists() else []

    def wait_until_up(self) -> "Server":
        wait_until(lambda: "Secondment is running" in self.said or self.process.poll() is not None, self.log)
        assert self.process.poll() is None, self.said
        return self

    def wait_until_over(self) -> int:
        wait_until(lambda: self.process.poll() is not None, self.log)
        return self.process.returncode

    def get(self, path: str = "/accounts/sign-in/", *, tls: bool = False) -> http.client.HTTPResponse:
        return get("127.0.0.1", self.port, path, tls=tls)

    def end(self) -> None:
        """End whatever is left, also after a failed test."""
        self.process.kill()
        self.process.wait()
        for group in self.groups:
            for pid in members(group):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def running(data: Path, port: int | None = None, **environment: str) -> Iterator[Server]:
    server = Server(data, port or free_port(), **environment)
    try:
        yield server
    finally:
        server.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def members(group: int) -> list[int]:
    """Processes of the group that still run; one that has ended and waits for init does not count."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def wait_until(is_so: Callable[[], object], log: Path | None = None) -> None:
    """Look again and again, with an end."""
    for _ in range(LOOKS):
        if is_so():
            return
        time.sleep(PAUSE)
    raise AssertionError(log.read_text() if log else "waited too long")


def unsafe_context() -> ssl.SSLContext:
    """For certificates that nobody signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def get(host: str, port: int, path: str, *, tls: bool = False, **headers: str) -> http.client.HTTPResponse:
    """One answer on a connection of its own, read to its end."""
    connection = (
        http.client.HTTPSConnection(host, port, timeout=20, context=unsafe_context())
        if tls
        else http.client.HTTPConnection(host, port, timeout=20)
    )
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.body = response.read().decode()
    connection.close()
    return response

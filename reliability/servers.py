"""Real servers, started on a port and a data directory of their own, watched, and ended; for tests and campaigns."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from secondment.config.lock import NAME

LOOKS = 4_000
PAUSE = 0.05
COMMAND = (sys.executable, "-m", "secondment.config")


class Server:
    """One server and what it started."""

    def __init__(self, data: Path, port: int, command: Sequence[str] = COMMAND, **environment: str) -> None:
        self.data, self.port = data, port
        self.log = data.with_suffix(".log")
        self.log.touch()
        self.said_before = len(self.log.read_text())
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
                command,
                env={**plain, **own, **environment},
                stdout=log,
                stderr=log,
                preexec_fn=hear_interrupts,  # noqa: PLW1509 -- no threads when it starts
            )

    @property
    def said(self) -> str:
        """What it wrote since its start."""
        return self.log.read_text()[self.said_before :]

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

    def has_left_nothing(self) -> bool:
        """Whether all its processes are gone soon, sooner than those end by themselves that have lost their server."""
        wait_until(lambda: not self.left, self.log, looks=LOOKS // 40)
        return True

    def get(self, path: str = "/start/", *, tls: bool = False) -> http.client.HTTPResponse:
        """A page of an installation that has not begun."""
        return get("127.0.0.1", self.port, path, tls=tls)

    def begin(self) -> None:
        """Three administrators, so that the pages of an installation in use answer."""
        people = [f"--{name}={name}:甲" for name in ("system", "security", "audit")]
        command = [sys.executable, "-m", "secondment.cli.main", "create-administrators", "示例市", *people]
        plain = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        own = {
            "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
            "SECONDMENT_DATA_DIR": str(self.data),
        }
        subprocess.run(command, env={**plain, **own}, check=True, capture_output=True)

    @property
    def left(self) -> list[int]:
        """Processes that serve its data directory and still run."""
        return [pid for pid, _group in running_processes() if self._is_ours(pid)]

    def _is_ours(self, pid: int) -> bool:
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            return False
        return f"SECONDMENT_DATA_DIR={self.data}".encode() in environment

    def end(self) -> None:
        """End whatever is left, also after a failed test."""
        self.process.kill()
        self.process.wait()
        for pid in self.left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def hear_interrupts() -> None:
    """A shell that runs the tests in its background lets them ignore Ctrl-C, and with them what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
    """Processes of the group that still run."""
    return [pid for pid, its_group in running_processes() if its_group == group]


def running_processes() -> Iterator[tuple[int, int]]:
    """Process and group; one that has ended and waits for init does not count."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if state not in "ZX":
            yield int(stat.parent.name), int(group)


def wait_until(is_so: Callable[[], object], log: Path | None = None, *, looks: int = LOOKS) -> None:
    """Look again and again, with an end."""
    for _ in range(looks):
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
        http.client.HTTPSConnection(host, port, timeout=60, context=unsafe_context())
        if tls
        else http.client.HTTPConnection(host, port, timeout=60)
    )
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.body = response.read().decode()
    connection.close()
    return response

"""The server that `./run` becomes: takes data directory and port, prepares, runs site and job worker until a stop.

The port is listened on before anything else starts and handed down, so that no other process can take it. The lock
of the data directory is inherited by the children, and the children end when the server is gone.
"""

import errno
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from secondment.common.refusals import StartRefusedError
from secondment.config import instance
from secondment.config.commands import in_one_sentence, say
from secondment.config.environment import TlsFiles, data_directory, is_https, number, trusted_proxies
from secondment.config.lock import DataLock
from secondment.config.supervisor import Child, Patience, Supervisor, Wake
from secondment.config.upgrading import put_back_what_was_left

BACKLOG = 1024
LOOK_SECONDS = 0.1
# A site that does not answer within this time, or whose process ended so often, does not start.
START_SECONDS = 120
MOST_FAILURES = 3


@dataclass(frozen=True)
class Options:
    """Where the server listens and keeps its data."""

    address: str
    port: int
    directory: Path
    is_tls: bool
    has_names: bool

    @classmethod
    def from_environment(cls) -> Self:
        """Read and check; `StartRefusedError` for what cannot work."""
        is_tls = TlsFiles.from_environment() is not None
        if is_https() and not is_tls and not trusted_proxies():
            raise StartRefusedError(
                "SECONDMENT_HTTPS=1 还需要 SECONDMENT_TRUSTED_PROXIES（由代理提供 https）或 SECONDMENT_TLS_CERTIFICATE 和 SECONDMENT_TLS_KEY（由本系统提供 https）。",
                "SECONDMENT_HTTPS=1 also needs SECONDMENT_TRUSTED_PROXIES (a proxy serves https) or SECONDMENT_TLS_CERTIFICATE and SECONDMENT_TLS_KEY (this server does).",
            )
        return cls(
            address=os.environ.get("BIND", "") or "127.0.0.1",
            port=number("PORT", 8000, least=1, most=65_535),
            directory=data_directory(os.environ.get("SECONDMENT_DATA_DIR", "data")),
            is_tls=is_tls,
            has_names=bool(os.environ.get("SECONDMENT_HOSTS")),
        )

    @property
    def near_address(self) -> str:
        """Where this machine itself reaches the server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.address, self.address)  # noqa: S104

    @property
    def hint(self) -> str:
        """What to set when others can reach the server, but only by names that it does not know."""
        if self.has_names or self.address in {"127.0.0.1", "::1", "localhost"}:
            return ""
        return (
            "  目前只接受 127.0.0.1 和 localhost 这两个名称，请用 SECONDMENT_HOSTS 写明用户输入的域名或地址。"
            " Only the names 127.0.0.1 and localhost are answered; name what users type by SECONDMENT_HOSTS.\n"
        )

    @property
    def url(self) -> str:
        """What the terminal shows."""
        host = f"[{self.near_address}]" if ":" in self.near_address else self.near_address
        return f"{'https' if self.is_tls else 'http'}://{host}:{self.port}/"


def main() -> int:
    """Serve until stopped; the exit code."""
    wake = Wake()
    return in_one_sentence(lambda: serve(Options.from_environment(), wake))


def serve(options: Options, wake: Wake) -> int:
    """Take lock and port, prepare, run site and worker; whatever happens, no child is left."""
    lock = DataLock.take(options.directory, _patience_with_leftovers(wake))
    listener = listen(options.address, options.port)
    leash, _held_open = os.pipe()
    supervisor = Supervisor(wake, report=say, note_groups=lock.name)
    shared = (lock.descriptor, leash)

    def child(chinese: str, english: str, *words: str) -> Child:
        command = [sys.executable, "-m", "secondment.config.children", str(leash), *words]
        return Child(chinese, english, command, shared)

    try:
        return _run(options, supervisor, listener, child)
    finally:
        supervisor.stop()


def _run(
    options: Options, supervisor: Supervisor, listener: socket.socket, child: Callable[..., Child]
) -> int:
    say("正在准备数据和网页… Preparing data and pages …")
    accounts = _prepare(supervisor, child("准备程序", "preparation", "prepare"))
    if accounts is None:
        return 0 if supervisor.wake.n_stops else 1
    secret = instance.new_secret()
    web = child("网站进程", "web server", "web", str(listener.fileno()))
    web.descriptors = (*web.descriptors, listener.fileno())
    web.environment = {**os.environ, instance.VARIABLE: secret}
    supervisor.start(web)
    supervisor.start(child("后台任务进程", "job worker", "worker", "--verbosity", "0"))
    if _comes_up(options, supervisor, web, secret):
        say(
            f"\n  干部挂职管理系统已启动  Secondment is running:  {options.url}\n{accounts}{options.hint}  按 Ctrl-C 停止。 Press Ctrl-C to stop."
        )
    while not supervisor.wake.n_stops:
        supervisor.wake.rest(supervisor.tend(now=time.monotonic()))
    say("正在停止… Stopping …")
    return 0


def _prepare(supervisor: Supervisor, preparation: Child) -> str | None:
    """Bring database, files and demo up to date; the demo accounts, or None when it failed or was stopped."""
    directory = data_directory(os.environ.get("SECONDMENT_DATA_DIR", "data"))
    put_back_what_was_left(directory)
    with tempfile.TemporaryFile() as output:
        preparation.output = output
        preparation.environment = {**os.environ, "SECONDMENT_COLLECT": "1"}
        code = supervisor.run(preparation)
        if code:
            put_back_what_was_left(directory)
        output.seek(0)
        return output.read().decode() if code == 0 else None


def _comes_up(options: Options, supervisor: Supervisor, web: Child, secret: str) -> bool:
    """Wait until this instance answers on the port; False when a stop came first."""
    deadline = time.monotonic() + START_SECONDS
    while not supervisor.wake.n_stops:
        if instance.is_up(options.near_address, options.port, secret, is_tls=options.is_tls):
            return True
        now = time.monotonic()
        supervisor.wake.rest(min(supervisor.tend(now=now), LOOK_SECONDS))
        if web.n_failures >= MOST_FAILURES or now > deadline:
            raise StartRefusedError(
                "网站未能启动，原因见上面的信息。", "The web server did not start; see the messages above."
            )
    return False


def listen(address: str, port: int) -> socket.socket:
    """Listen without sharing the port; `StartRefusedError` names what prevents it."""
    with ExitStack() as on_failure:
        try:
            family, kind, _protocol, _name, where = socket.getaddrinfo(
                address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            listener = on_failure.enter_context(socket.socket(family, kind))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
            listener.listen(BACKLOG)
        except OSError as error:
            raise _no_port(address, port, error) from None
        on_failure.pop_all()
    return listener


def _no_port(address: str, port: int, error: OSError) -> StartRefusedError:
    if error.errno == errno.EADDRINUSE:
        return StartRefusedError(
            f"端口 {port} 已被其他程序占用，请停止该程序或换一个端口，例如 PORT={port + 1} ./run。",
            f"Another program uses port {port}; stop it or choose another port, for example PORT={port + 1} ./run.",
        )
    if error.errno == errno.EACCES:
        return StartRefusedError(
            f"没有权限使用端口 {port}，请用 PORT 选一个 1024 以上的端口。",
            f"Port {port} needs rights that this account lacks; choose one above 1023 by PORT.",
        )
    return StartRefusedError(
        f"无法在 BIND={address} 上提供服务（{error.strerror}），请填写本机的一个网络地址，例如 127.0.0.1 或 0.0.0.0。",
        f"BIND={address} cannot be served ({error.strerror}); give an address of this machine, for example 127.0.0.1 or 0.0.0.0.",
    )


def _patience_with_leftovers(wake: Wake) -> Callable[[], bool]:
    """Wait for the children of a server that died, which end by themselves; not for ever, and not after a stop."""
    deadline = time.monotonic() + Patience.stop

    def wait() -> bool:
        wake.rest(LOOK_SECONDS)
        return time.monotonic() < deadline and not wake.n_stops

    return wait

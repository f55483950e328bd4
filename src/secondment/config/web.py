"""The site: granian with two processes on a listener that the server opened."""

import gc
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import _granian
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server.mp import MPServer

from secondment.config.environment import TlsFiles
from secondment.config.leash import GRACE_SECONDS, hold

N_WORKERS = 2
# Most wait for a disk or a database. Ballots that wait together are written together: with four threads a hall that votes
# within a minute waits for the disk, one ballot after another.
N_THREADS = 16
BACKLOG = 1024


class WebServer(MPServer):
    """Uses the listener it was given: no other process can take the port in between, and clients wait while processes change."""

    def __init__(self, listener: int, **options: Any) -> None:
        super().__init__(**options)
        self.listener = listener

    def _init_shared_socket(self) -> None:
        os.set_inheritable(self.listener, True)
        holder: Any = _granian.SocketHolder  # its stub knows no arguments
        self._shd = holder(self.listener, False, BACKLOG)
        self._sso = socket.socket(fileno=self.listener)


def serve_web(leash: int, listener: int) -> int:
    """Serve until stopped; granian replaces a process that died, and the server a granian that died.

    The application is loaded once, before processes are forked from it: a new one serves immediately.
    """
    application = _load_application()
    # A fork would keep granian's handlers while it loads the application, and so lose a stop.
    os.register_at_fork(after_in_child=partial(signal.signal, signal.SIGTERM, signal.SIG_DFL))
    tls = TlsFiles.from_environment()
    web = WebServer(
        listener,
        target="secondment.config.wsgi:application",
        interface=Interfaces.WSGI,
        workers=N_WORKERS,
        blocking_threads=N_THREADS,
        backpressure=64,
        log_level=LogLevels.error,
        ssl_cert=tls and tls.certificate,
        ssl_key=tls and tls.key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
    )
    web.serve(target_loader=partial(_begin_worker, leash, application), wrap_loader=False)
    return 0


def _load_application() -> Callable[..., Any]:
    from django.urls import get_resolver

    from secondment.config.wsgi import application

    get_resolver().url_patterns  # noqa: B018 -- loads every page's code, which the first visitor would wait for
    gc.collect()
    gc.freeze()  # what is loaded stays: no page waits while it is looked through for waste
    return application


def _begin_worker(leash: int, application: Callable[..., Any]) -> Callable[..., Any]:
    """Inside a process of granian, which must not outlive the server either."""
    hold(leash)
    return application

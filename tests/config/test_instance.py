"""Only this instance gives the answer that its starter waits for, and strangers learn nothing."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from secondment.config.instance import HEADER, VARIABLE, answering, is_up, new_secret

SECRET = "the secret of this start"


def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Any program that answers 200 and even sends back what it was sent."""
    start_response("200 OK", [(HEADER, environ.get("HTTP_X_SECONDMENT_INSTANCE", ""))])
    return [b"page"]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def serve() -> Iterator[Callable[..., int]]:
    servers = []

    def start(application: Callable[..., Any]) -> int:
        server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        servers.append(server)
        return server.server_port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_this_instance_is_told_from_others(monkeypatch, serve: Callable[..., int]) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    port = serve(answering(page))
    assert is_up("127.0.0.1", port, SECRET, is_tls=False)
    assert not is_up("127.0.0.1", port, "another", is_tls=False)
    assert not is_up("127.0.0.1", port, SECRET, is_tls=True)


def test_another_program_is_not_this_instance(serve: Callable[..., int]) -> None:
    assert not is_up("127.0.0.1", serve(page), SECRET, is_tls=False)


def test_an_application_without_a_secret_answers_nobody(monkeypatch, serve: Callable[..., int]) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    port = serve(answering(page))
    assert not is_up("127.0.0.1", port, "", is_tls=False)


def test_strangers_see_the_page_and_the_secret_leaves_the_environment(monkeypatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    application = answering(page)
    assert VARIABLE not in os.environ
    seen: list[str] = []
    for sent in ({}, {"HTTP_X_SECONDMENT_INSTANCE": "guess"}, {"HTTP_X_SECONDMENT_INSTANCE": "猜"}):
        assert application(dict(sent), lambda status, headers: seen.append(status)) == [b"page"]
    assert seen == ["200 OK"] * 3


def test_secrets_differ() -> None:
    assert len({new_secret() for _ in range(100)}) == 100

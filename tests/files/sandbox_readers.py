"""Readers that behave as hostile files would make them behave; run in the reading process only."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

from secondment.files.problems import BadInputError


def echo(content: bytes, file: str, times: int = 1) -> Iterator[object]:
    """Says what it was given."""
    for _ in range(times):
        yield [file, content.decode()]


def endless(content: bytes, file: str) -> Iterator[object]:
    """Never comes to an end."""
    while True:
        pass
    yield


def patient(content: bytes, file: str) -> Iterator[object]:
    """Waits for something that never comes, without using the processor."""
    signal.pause()
    yield


def greedy(content: bytes, file: str) -> Iterator[object]:
    """Wants more memory than there is."""
    yield len(bytearray(10**12))


def talkative(content: bytes, file: str) -> Iterator[object]:
    """Answers without end."""
    while True:
        yield "x" * 10_000


def dying(content: bytes, file: str) -> Iterator[object]:
    """Breaks off in the middle of a line."""
    yield "one"
    os.write(1, b'{"item": "tw')
    os._exit(3)


def aborting(content: bytes, file: str) -> Iterator[object]:
    """Native code that is refused memory ends like this."""
    os.abort()
    yield


def failing(content: bytes, file: str) -> Iterator[object]:
    """Has a fault of its own."""
    yield 1 / 0


def shouting(content: bytes, file: str) -> Iterator[object]:
    """Writes what is no answer."""
    os.write(1, b"[1]\n")
    yield


def refusing(content: bytes, file: str) -> Iterator[object]:
    """Finds a fault in the file."""
    yield "one"
    raise BadInputError.of_file(file, "is wrong", "mend it")


def reaching_out(content: bytes, file: str) -> Iterator[object]:
    """Tries every way out, and tells which were open."""
    yield sorted(os.environ)
    for name, way in (
        ("read", lambda: Path("/etc/passwd").read_bytes()),
        ("write", lambda: Path(content.decode()).write_bytes(b"x")),
        ("connect", socket.socket),
        ("start", os.fork),
    ):
        try:
            way()
        except OSError:
            continue
        yield name

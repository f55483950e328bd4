"""Start the reading process, hand it the file, and take its answer as data; whatever goes wrong there ends there."""

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import IO, Any

from secondment.files.faults import Fault
from secondment.files.problems import BadInputError, Problem
from secondment.files.sandbox.limits import Limits

logger = logging.getLogger(__name__)
CHILD = Path(__file__).with_name("child.py")
# How a process ends that was stopped for what it used; memory refused to native code ends in SIGABRT.
_STOPPED = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT}


def read_apart(
    reader: Callable[..., Iterator[Any]], content: bytes, *, file: str, limits: Limits, **arguments: Any
) -> Iterator[Any]:
    """What `reader(content, file=…, **arguments)` yields (values of JSON), read in a separate, limited process.

    `reader` is a function of a module without Django; it is imported there by its name. Raises
    `BadInputError` with the reader's own problems, or one that says the file costs too much to read.
    """
    process = _start()
    timer = Timer(limits.wall_seconds, process.kill)
    timer.start()
    try:
        stdin, stdout = _pipes(process)
        with suppress(BrokenPipeError), stdin:
            stdin.write(_asked(reader, limits, {"file": file, **arguments}))
            stdin.write(content)
        yield from _items(stdout, limits)
    except _NoAnswerError as error:
        if error.is_costly:
            process.kill()
        process.wait()
        logger.warning("reading apart with %s ended with %s", reader.__qualname__, process.returncode)
        is_stopped = error.is_costly or process.returncode in _STOPPED
        fault = Fault("too_costly" if is_stopped else "reader_stopped")
        raise BadInputError.of_fault(file, fault) from error
    finally:
        timer.cancel()
        process.kill()
        _pipes(process)[1].close()
        process.wait()


class _NoAnswerError(Exception):
    """The process ended, or was ended, before its answer did."""

    def __init__(self, *, is_costly: bool) -> None:
        super().__init__()
        self.is_costly = is_costly


def _asked(reader: Callable[..., Iterator[Any]], limits: Limits, arguments: dict[str, Any]) -> bytes:
    """The line that precedes the file: names in it come from people and may be longer than an argument."""
    asked = {
        "path": [str(Path(entry).resolve()) for entry in sys.path],
        "module": reader.__module__,
        "name": reader.__qualname__,
        "arguments": arguments,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
    }
    return json.dumps(asked).encode() + b"\n"


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(CHILD)]
    return subprocess.Popen(  # noqa: S603 -- our own interpreter and module; nothing of people is in the command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    )


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the reading process was started without pipes")
    return process.stdin, process.stdout


def _items(stdout: IO[bytes], limits: Limits) -> Iterator[Any]:
    left = limits.answer_bytes
    while line := stdout.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise _NoAnswerError(is_costly=True)
        said = _parsed(line)
        if "item" in said:
            yield said["item"]
        elif "problems" in said:
            raise BadInputError([Problem.of_json(problem) for problem in said["problems"]])
        elif "end" in said:
            return
        else:
            raise _NoAnswerError(is_costly="memory" in said)
    raise _NoAnswerError(is_costly=False)


def _parsed(line: bytes) -> dict[str, Any]:
    """One line of the answer; a process that was cut off leaves half a line."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}

"""The reading process: takes limits upon itself, reads standard input with one reader, answers in lines of JSON.

It is started by path without site packages, without environment, and knows no settings, keys or database.
Lines: `{"item": …}` for each thing read, then `{"end": true}`, or `{"problems": […]}`, or `{"memory": true}`.
"""

import codecs
import importlib
import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

# Looked up now, because no module can be opened any more once the limits hold.
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "latin-1", "cp437", "ascii")

ReadRows = Callable[..., Iterator[Any]]


def main() -> None:
    """Read according to the first line: search path, reader, its arguments, limits; the file follows."""
    asked = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = asked["path"]
    reader: ReadRows = getattr(importlib.import_module(asked["module"]), asked["name"])
    answer = importlib.import_module("secondment.files.sandbox.child").answer
    for name in ENCODINGS:
        codecs.lookup(name)
    impose(asked["memory_bytes"], asked["cpu_seconds"])
    content = sys.stdin.buffer.read()
    answer(reader, content, asked["arguments"], sys.stdout.buffer)


def impose(memory_bytes: int, cpu_seconds: int) -> None:
    """No more memory and time than this, no byte into a file, nothing newly opened, no process, no core dump."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def answer(reader: ReadRows, content: bytes, arguments: dict[str, Any], out: BinaryIO) -> None:
    """Write what the reader gives, or why it cannot."""
    from secondment.files.problems import BadInputError

    try:
        for item in reader(content, **arguments):
            _write({"item": item}, out)
        _write({"end": True}, out)
    except BadInputError as error:
        _write({"problems": [problem.as_json() for problem in error.problems]}, out)
    except MemoryError:
        _write({"memory": True}, out)
    out.flush()


def _write(line: dict[str, Any], out: BinaryIO) -> None:
    out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


if __name__ == "__main__":
    main()

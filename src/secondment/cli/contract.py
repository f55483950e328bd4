"""The contract every file-to-file verb keeps: exit codes, messages, output files, Ctrl-C."""

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from secondment.files.problems import MOST_SHOWN, BadInputError

MOST_SEED = 2**31 - 1
STANDARD_INPUT = Path("-")


class ExitCode(IntEnum):
    """Exit codes; 130 is what a shell expects after Ctrl-C."""

    DONE = 0
    BAD_INPUT = 2
    NO_SOLUTION = 3
    STOPPED_AT_LIMIT = 4
    INTERRUPTED = 130


class NoSolutionError(Exception):
    """The input is valid but no solution exists; the message states why."""


@dataclass(frozen=True)
class Verb:
    """One verb of the command line: its name, a help line, its arguments and what it does.

    `add_arguments` receives the verb's parser; `run` returns an exit code and raises `BadInputError`
    or `NoSolutionError` instead of printing. `seed_type` is how `--seed` is read; where it is chance itself that
    counts, it may not be left out.
    """

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], ExitCode]
    seed_type: Callable[[str], object] | None = None
    is_seed_required: bool = False


def whole_seed(text: str) -> int:
    """A seed that every solver takes."""
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > MOST_SEED:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 0 to {MOST_SEED}")
    return int(text)


class ProgressCallback(Protocol):
    """Called by long computations with the share done (0–1) and what is being done."""

    def __call__(self, share: float, doing: str, /) -> None: ...


def add_common_arguments(parser: argparse.ArgumentParser, verb: Verb) -> None:
    """`--out`, `--seed`, `--quiet`: the same words in every verb."""
    parser.add_argument(
        "--out", type=Path, required=True, help="file to write; its ending decides the format"
    )
    parser.add_argument(
        "--seed",
        type=verb.seed_type or whole_seed,
        required=verb.is_seed_required,
        default="0",
        help="same input and seed give the same output" + ("" if verb.is_seed_required else " (default 0)"),
    )
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary")


@dataclass
class _Progress:
    """The progress of the command, reported when it is interrupted."""

    words: str = ""


_PROGRESS = _Progress()


def progress_bar(*, quiet: bool) -> ProgressCallback:
    """A one-line progress bar on a terminal; silent when quiet or when standard error is not a terminal."""
    is_shown = not quiet and sys.stderr.isatty()

    def show(share: float, doing: str, /) -> None:
        _PROGRESS.words = f" at {min(max(share, 0.0), 1.0):.0%} ({doing})"
        if not is_shown:
            return
        done = round(30 * min(max(share, 0.0), 1.0))
        end = "\n" if share >= 1 else ""
        sys.stderr.write(f"\r\033[K[{'#' * done}{'.' * (30 - done)}] {share:4.0%} {doing}{end}")
        sys.stderr.flush()

    return show


def print_summary(summary: str, *, quiet: bool, notes: Sequence[str] = ()) -> None:
    """What was accepted but may not be meant is always said, the summary unless quiet; files alone go to standard output."""
    if summary and not quiet:
        print(summary, file=sys.stderr)
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def write_json(path: Path, result: object) -> None:
    """Write `result` completely or not at all: to a neighbouring file first, then renamed to `path`."""
    text = json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_atomically(path, text.encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Write bytes so that a reader sees the old file or the new one, never half of it."""
    neighbour = path.with_name(path.name + ".part")
    try:
        neighbour.write_bytes(content)
        neighbour.replace(path)
    except OSError as error:
        raise BadInputError.of_file(
            str(path), f"cannot be written ({error.strerror})", "choose another --out"
        ) from error
    finally:
        neighbour.unlink(missing_ok=True)


def check_ending(path: Path, allowed: Iterable[str]) -> str:
    """The ending of `path` in small letters; `BadInputError` when it is not among `allowed` or the place is wrong."""
    endings = list(allowed)
    ending = path.suffix.lower()
    if ending not in endings:
        raise BadInputError.of_file(
            str(path), f"output files ending in “{ending}” are not written", f"use {' or '.join(endings)}"
        )
    if path.is_dir() or not path.parent.is_dir():
        found = "is a folder" if path.is_dir() else f"is in no existing folder “{path.parent}”"
        raise BadInputError.of_file(str(path), found, "choose another --out")
    return ending


def check_inputs_are_kept(arguments: argparse.Namespace) -> None:
    """Refuse to write over a file that is read."""
    given = dict(vars(arguments))
    out = given.pop("out", None)
    if out is None:
        return
    for value in given.values():
        if isinstance(value, Path) and value.is_file() and out.exists() and value.samefile(out):
            raise BadInputError.of_file(
                str(out), "is also an input and would be lost", "choose another --out"
            )


def run_verb(verb: Verb, arguments: argparse.Namespace) -> int:
    """Run one verb and turn its errors into the contract's messages and exit codes."""
    _PROGRESS.words = ""
    begun = time.perf_counter()
    try:
        check_inputs_are_kept(arguments)
        with _standard_input(arguments):
            code = verb.run(arguments)
    except BadInputError as error:
        _clear_bar()
        for problem in error.problems[:MOST_SHOWN]:
            print(problem, file=sys.stderr)
        hidden = len(error.problems) - MOST_SHOWN
        if hidden > 0:
            print(f"… and {hidden} more", file=sys.stderr)
        return ExitCode.BAD_INPUT
    except NoSolutionError as error:
        _clear_bar()
        print(f"no solution: {error}", file=sys.stderr)
        return ExitCode.NO_SOLUTION
    except KeyboardInterrupt as error:
        return print_interrupted(*error.args)
    # Measured seconds stay out of the files, which are equal for equal input.
    print_summary(f"took {time.perf_counter() - begun:.2f} s", quiet=arguments.quiet)
    return code


@contextmanager
def _standard_input(arguments: argparse.Namespace) -> Iterator[None]:
    """A file called “-” is standard input, kept in a file meanwhile because some are read twice."""
    named = [name for name, value in vars(arguments).items() if value == STANDARD_INPUT]
    if not named:
        yield
        return
    if len(named) > 1 or arguments.out == STANDARD_INPUT:
        raise BadInputError.of_file("-", "means standard input, which is a single file", "name the others")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "standard input"
        with copy.open("wb") as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
        setattr(arguments, named[0], copy)
        yield


def print_interrupted(said: str = "nothing was written") -> ExitCode:
    """Say how far the command had come."""
    print(f"\nstopped by Ctrl-C{_PROGRESS.words}; {said}", file=sys.stderr)
    return ExitCode.INTERRUPTED


def _clear_bar() -> None:
    """A message begins on a new line, not behind the bar."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")

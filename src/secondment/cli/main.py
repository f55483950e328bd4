"""Entry point of the `secondment` command.

Each file-to-file verb is a module or package of its name here and needs no database. Every other verb is an
administration command of the server and is passed on to Django.
"""

import argparse
import difflib
import importlib
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn, TextIO

from secondment.cli.contract import ExitCode, Verb, add_common_arguments, print_interrupted, run_verb
from secondment.cli.stopping import remember_interrupt
from secondment.common.release import release

# A line for each verb; its module is imported only when called, because solvers take seconds to load.
VERBS = {
    "match": "match people to posts: most posts filled, then the highest total score",
    "rotate": "plan who goes out in which year, to which kind of post",
    "rate": "measure ratees from raters' marks, severity of the raters taken out",
    "structure": "analyse the structure of a body of officials and forecast retirements",
    "draw": "draw people by a chance that anyone can repeat",
    "route": "plan inspection tours for several teams and days",
    "duplicates": "find texts that say nearly the same in the same words",
}
# Not from file to file, and without a server all the same.
APART = {"restore": "restore a backup with both halves of the recovery key into a new data directory"}
# Of the server, and not a command of Django: they live on when the data cannot be opened.
OF_SERVER = {"upgrade": "bring the data to this version; everything is put back if that fails"}
HELP_WORDS = {"-h", "--help", "help"}


class Parser(argparse.ArgumentParser):
    """Reports a wrong argument in one line, like every other fault."""

    def error(self, message: str) -> NoReturn:
        """Print the line and leave with the code of bad input."""
        self.exit(ExitCode.BAD_INPUT, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `secondment VERB …` and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in VERBS:
        return _run_verb(words)
    if words and words[0] in APART:
        return int(importlib.import_module(f"secondment.cli.{words[0]}").main(words[1:]))
    if words and words[0] in OF_SERVER:
        return int(importlib.import_module("secondment.config.upgrading").main(words[1:]))
    if not words or (words[0] in HELP_WORDS and not words[1:]):
        print(_overview())
        return ExitCode.DONE if words else ExitCode.BAD_INPUT
    if words == ["--version"]:
        print(f"secondment {release()}")
        return ExitCode.DONE
    return _run_server_command(words)


def _run_verb(words: list[str]) -> int:
    """Ctrl-C ends it at any point, while solvers load and while they work."""
    _print_whatever_the_terminal([sys.stdout, sys.stderr])
    with remember_interrupt() as interrupt:
        try:
            verb: Verb = importlib.import_module(f"secondment.cli.{words[0]}").VERB
            parser = Parser(prog=f"secondment {verb.name}", description=verb.help)
            verb.add_arguments(parser)
            add_common_arguments(parser, verb)
            return run_verb(verb, parser.parse_args(words[1:]))
        except KeyboardInterrupt:
            return print_interrupted()
        except Exception:
            # Compiled code may turn the interrupt into a different error (DuckDB: “Query interrupted”).
            if not interrupt.has_come:
                raise
            return print_interrupted()


def _print_whatever_the_terminal(streams: Sequence[TextIO]) -> None:
    """A terminal that cannot show Chinese gets codes instead of an error."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _overview() -> str:
    parts = (VERBS, APART, OF_SERVER)
    lines, apart, of_server = ([f"  {name:<12}{line}" for name, line in part.items()] for part in parts)
    return "\n".join(
        [
            "usage: secondment VERB INPUT… --out FILE [--seed N] [--quiet]",
            "",
            "from file to file, without a server:",
            *lines,
            "",
            "after a loss:",
            *apart,
            "",
            "while the server is stopped:",
            *of_server,
            "",
            "secondment VERB --help lists the options of a verb; an input called - is standard input.",
            "Other commands serve the web application; secondment help --commands lists them.",
        ]
    )


def _run_server_command(words: list[str]) -> int:
    # By name, because the verbs need no server and must start without it.
    commands = importlib.import_module("secondment.config.commands")
    if words[0] not in HELP_WORDS and not commands.is_command(words[0].replace("-", "_")):
        print(_unknown(words[0], commands.own_commands()), file=sys.stderr)
        return ExitCode.BAD_INPUT
    return int(commands.run_command(words))


def _unknown(word: str, commands: Iterable[str]) -> str:
    """What a mistyped verb or command may have meant."""
    names = [*VERBS, *APART, *OF_SERVER, *sorted(command.replace("_", "-") for command in commands)]
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.7)
    meant = f"did you mean {' or '.join(near)}? " if near else ""
    return f"secondment: “{word}” is not a verb; {meant}verbs: {', '.join(VERBS)}; see secondment --help"


if __name__ == "__main__":
    sys.exit(main())

"""Entry point of the `secondment` command.

File-to-file verbs live one per module in this package and need no database. Every other verb is an
administration command of the server and is passed on to Django.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from secondment.cli.contract import Verb, add_common_arguments, run_verb

# Module of each verb: imported only when called, because solvers take seconds to load.
VERB_MODULES = {
    verb: f"secondment.cli.{verb}_verb"
    for verb in ("match", "rotate", "rate", "structure", "draw", "route", "duplicates")
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run `secondment VERB …` and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in VERB_MODULES:
        verb: Verb = importlib.import_module(VERB_MODULES[words[0]]).VERB
        parser = argparse.ArgumentParser(prog=f"secondment {verb.name}", description=verb.help)
        verb.add_arguments(parser)
        add_common_arguments(parser, seed_type=verb.seed_type)
        return run_verb(verb, parser.parse_args(words[1:]))
    return _run_server_command(words)


def _run_server_command(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    management = importlib.import_module("django.core.management")
    # `verify-audit` reads better on a command line than Django's verify_audit; both are understood.
    management.execute_from_command_line(
        ["secondment", *[word.replace("-", "_") for word in words[:1]], *words[1:]]
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

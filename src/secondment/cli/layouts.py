"""The options that answer on the command line what the upload pages ask: sheet, meaning of columns, ignored columns."""

import argparse
from collections.abc import Sequence

from secondment.files.headers import Layout
from secondment.files.problems import BadInputError


def add_layout_arguments(parser: argparse.ArgumentParser, *, sheets: Sequence[str] = ("--sheet",)) -> None:
    """`--sheet`, `--map` and `--ignore`; a verb with several rosters names its own options for sheets."""
    for option in sheets:
        parser.add_argument(option, metavar="NAME", help="the sheet to read, where several could be meant")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="read a column of another name as this field (列=字段); repeatable",
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="COLUMN", help="leave a column out; repeatable"
    )


def layout_of(arguments: argparse.Namespace, sheet: str | None) -> Layout:
    """What was said of the columns, for the file whose sheet this is."""
    columns = dict.fromkeys(arguments.ignore, "")
    for text in arguments.map:
        column, _, field = (word.strip() for word in text.rpartition("="))
        if not column or not field:
            raise BadInputError.of_file("--map", f"“{text}” is not understood", "write COLUMN=FIELD")
        columns[column] = field
    return Layout(sheet, columns)

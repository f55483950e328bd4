"""`secondment rate`: severity-adjusted measures from a file of marks."""

import argparse
import os
from pathlib import Path

from secondment.cli.contract import ExitCode, Verb


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `secondment rate`."""
    parser.add_argument("ratings", type=Path, help="columns ratee, rater, criterion, score[, source[, unit]]")
    parser.add_argument(
        "--model",
        choices=["facets", "hierarchical"],
        help="default: hierarchical when there are source and unit columns, else facets",
    )
    parser.add_argument("--method", choices=["jmle", "mml"], help="of the facets model; default jmle")
    parser.add_argument(
        "--anchors", type=Path, help="facets model: columns facet, id, measure; values to hold"
    )
    parser.add_argument(
        "--scale",
        choices=["rating", "partial-credit"],
        default="rating",
        help="one set of thresholds, or (facets model) one per criterion",
    )
    parser.add_argument(
        "--link",
        choices=["none", "equal-raters", "equal-ratees"],
        default="none",
        help="facets model: the assumption by which unconnected subsets are compared; default none, they are not",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, fit, write."""
    # The matrices are small: several threads of linear algebra only wait for each other. Set before NumPy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from secondment.cli.rate_run import run_rating

    return run_rating(arguments)


VERB = Verb("rate", "Severity-adjusted measures of ratees from raters' marks.", add_arguments, run)

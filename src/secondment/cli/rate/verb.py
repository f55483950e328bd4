"""`secondment rate`: severity-adjusted measures from a file of marks."""

import argparse
import os
from pathlib import Path

from secondment.cli.contract import ExitCode, Verb
from secondment.cli.numbers import number_between


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `secondment rate`."""
    parser.add_argument(
        "ratings",
        type=Path,
        nargs="?",
        help="columns 被评人 (ratee), 评分人 (rater), 指标 (criterion), 分数 (score)[, 评价主体 (source)][, 单位 (unit)][, 用时 (seconds)]",
    )
    parser.add_argument(
        "--marks",
        metavar="MARKS",
        help="the marks of the form: 1-4, 0-100/0.5 or 1,2,4; any other mark is refused",
    )
    _add_model(parser.add_argument_group("the model"))
    _add_derived(parser.add_argument_group("what follows from the measures"))
    parser.add_argument_group("planning, without ratings").add_argument(
        "--design",
        type=Path,
        metavar="FILE.json",
        help="expected reliability, coverage and top-share hits of a rating design, and what one more common rater adds",
    )


def _add_model(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "--model",
        choices=["facets", "hierarchical"],
        help="default: hierarchical when there are source and unit columns, else facets",
    )
    group.add_argument("--method", choices=["jmle", "mml"], help="of the facets model; default jmle")
    group.add_argument(
        "--anchors",
        type=Path,
        help="facets model: columns 类别 (facet), 编号 (id), 测量值 (measure); values to hold",
    )
    group.add_argument(
        "--scale",
        choices=["rating", "partial-credit"],
        default="rating",
        help="one set of thresholds, or (facets model) one per criterion",
    )
    group.add_argument(
        "--link",
        choices=["none", "equal-raters", "equal-ratees"],
        default="none",
        help="facets model: the assumption by which unconnected subsets are compared; default none, they are not",
    )
    group.add_argument(
        "--weights",
        type=Path,
        metavar="FILE.json",
        help="hierarchical model: what sources and criteria weigh in the fair marks; default all alike",
    )


def _add_derived(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "--top",
        type=number_between(0.001, 0.999),
        metavar="SHARE",
        help="chance of belonging to this top share, rank intervals and tie bands, e.g. 0.2",
    )
    group.add_argument(
        "--compare",
        nargs=2,
        action="append",
        default=[],
        metavar=("A", "B"),
        help="the chance that ratee A is better than ratee B; repeatable",
    )
    group.add_argument(
        "--coefficients",
        action="store_true",
        help="Cronbach's alpha, intraclass correlations, Krippendorff's alpha, generalizability study",
    )
    group.add_argument(
        "--flags",
        action="store_true",
        help="hierarchical model: signs in the ballots a person should look at, with power and false alarms",
    )
    group.add_argument(
        "--growth",
        type=Path,
        metavar="EARLIER.json",
        help="change since an earlier result, both held on one scale by --anchors",
    )
    group.add_argument(
        "--composite",
        type=Path,
        metavar="SCHEME.json",
        help="fair marks, indicators and vetoes under published weights: scores, chances of grades, what would flip them",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, fit, write."""
    # The matrices are small: several threads of linear algebra only wait for each other. Set before NumPy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from secondment.cli.rate.run import run_rating

    return run_rating(arguments)


VERB = Verb(
    "rate",
    "Severity-adjusted measures of ratees from raters' marks.",
    add_arguments,
    run,
)

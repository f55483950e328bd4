"""`secondment rate`: severity-adjusted measures from a file of marks."""

import argparse
import sys
import time
from pathlib import Path

from secondment.algorithms.rating.facets import Link, Method, fit_facets
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.scale import ScaleKind
from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    ProgressCallback,
    Verb,
    check_ending,
    progress_bar,
    write_json,
)
from secondment.cli.rate_anchors import read_anchors
from secondment.cli.rate_input import NamedRatings, read_ratings
from secondment.cli.rate_output import facets_result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `secondment rate`."""
    parser.add_argument("ratings", type=Path, help="columns ratee, rater, criterion, score[, source[, unit]]")
    parser.add_argument(
        "--model",
        choices=["facets", "hierarchical"],
        help="default: hierarchical when there are source and unit columns, else facets",
    )
    parser.add_argument(
        "--method", choices=[m.value for m in Method], help="for the facets model; default jmle"
    )
    parser.add_argument("--anchors", type=Path, help="columns facet, id, measure: values to hold")
    parser.add_argument("--scale", choices=[k.value for k in ScaleKind], default="rating")
    parser.add_argument(
        "--link",
        choices=[link.value for link in Link],
        default="none",
        help="the assumption by which unconnected subsets are compared; default none: they are not",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, fit, write; a model that the marks cannot carry is `NoSolutionError`."""
    begun = time.perf_counter()
    check_ending(arguments.out, [".json"])
    progress = progress_bar(quiet=arguments.quiet)
    progress(0.0, "reading the marks")
    named = read_ratings(arguments.ratings)
    try:
        result = _fit(arguments, named, progress)
    except RatingError as error:
        raise NoSolutionError(str(error)) from error
    result["seconds"] = round(time.perf_counter() - begun, 3)
    write_json(arguments.out, result)
    progress(1.0, "written")
    if not arguments.quiet:
        print(_summary(result, named), file=sys.stderr)
    return ExitCode.DONE if result["converged"] else ExitCode.STOPPED_AT_LIMIT


def _fit(arguments: argparse.Namespace, named: NamedRatings, progress: ProgressCallback) -> dict[str, object]:
    anchors = read_anchors(arguments.anchors, named) if arguments.anchors else None
    kind = ScaleKind(arguments.scale)
    progress(0.3, "estimating")
    fit = fit_facets(
        named.ratings,
        kind=kind,
        method=Method(arguments.method or "jmle"),
        anchors=anchors,
        link=Link(arguments.link),
    )
    return {"model": "facets", **facets_result(fit, named.names, kind)}


def _summary(result: dict[str, object], named: NamedRatings) -> str:
    said = (
        f"{len(named.ratings.mark):,} marks of {named.ratings.n_raters:,} raters on "
        f"{named.ratings.n_ratees:,} ratees, model {result['model']}, {result['iterations']} iterations"
    )
    if not result["converged"]:
        said += "\nthe estimation stopped before it converged; do not use these measures"
    if result["subsets"] != 1:
        said += f"\n{result['subsets']} subsets without common raters: "
        assumption = result["assumption"]
        said += (
            f"compared on the assumption that {assumption}" if assumption else "do not compare across subsets"
        )
    return said


VERB = Verb("rate", "Severity-adjusted measures of ratees from raters' marks.", add_arguments, run)

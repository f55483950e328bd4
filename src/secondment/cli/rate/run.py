"""What `secondment rate` does once its arguments are known."""

import argparse

from secondment.algorithms.rating.anchors import Anchors
from secondment.algorithms.rating.facets import Link, Method, fit_facets
from secondment.algorithms.rating.fair_scores import Weights
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.scale import ScaleKind
from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    ProgressCallback,
    check_ending,
    print_summary,
    progress_bar,
    write_atomically,
    write_json,
)
from secondment.cli.rate.anchors import read_anchors
from secondment.cli.rate.coefficients import coefficients
from secondment.cli.rate.composite import composite_section
from secondment.cli.rate.fitted import Fitted, FittedFacets, FittedHierarchical, Section
from secondment.cli.rate.flags import flags_need_the_hierarchical_model, flags_section
from secondment.cli.rate.growth import growth_section
from secondment.cli.rate.marks import allowed_marks, check_marks
from secondment.cli.rate.output import facets_result, hierarchical_result
from secondment.cli.rate.plan import plan
from secondment.cli.rate.ranking import comparison_section, top_section
from secondment.cli.rate.reading import NamedRatings, read_ratings
from secondment.cli.rate.weights import read_weights
from secondment.cli.rate.workbook import workbook
from secondment.files.problems import BadInputError

# About twenty seconds; a larger campaign gets the hierarchical model only when it is asked for.
MOST_HIERARCHICAL_MARKS = 500_000


def run_rating(arguments: argparse.Namespace) -> ExitCode:
    """Read, fit, derive, write; a model that the marks cannot carry is `NoSolutionError`."""
    ending = check_ending(arguments.out, [".json", ".xlsx"])
    progress = progress_bar(quiet=arguments.quiet)
    if (arguments.ratings is None) == (arguments.design is None):
        raise BadInputError.of_file(
            "command line", "there must be ratings or a --design", "give one of the two"
        )
    if arguments.design is not None:
        result, said, notes = plan(arguments, progress), "", list[str]()
    else:
        result, said, notes = _rate(arguments, progress)
    if ending == ".json":
        write_json(arguments.out, result)
    else:
        write_atomically(arguments.out, workbook(result))
    progress(1.0, "written")
    print_summary(said, quiet=arguments.quiet, notes=notes)
    return ExitCode.DONE if result.get("converged", True) else ExitCode.STOPPED_AT_LIMIT


def _rate(
    arguments: argparse.Namespace, progress: ProgressCallback
) -> tuple[dict[str, object], str, list[str]]:
    allowed = None if arguments.marks is None else allowed_marks(arguments.marks)
    progress(0.0, "reading the marks")
    named = read_ratings(arguments.ratings)
    marks_notes = check_marks(named, allowed, ScaleKind(arguments.scale))
    model, size_note = _model(arguments, named)
    sections = _sections(arguments, named, model, progress)
    weights = read_weights(arguments.weights, named)
    anchors, anchor_notes = read_anchors(arguments.anchors, named) if arguments.anchors else (None, [])
    progress(0.3, "estimating")
    try:
        fitted, result = (
            _fit_hierarchical(named, weights)
            if model == "hierarchical"
            else _fit_facets(arguments, named, anchors)
        )
    except RatingError as error:
        raise NoSolutionError(str(error)) from error
    notes = [*size_note, *marks_notes, *anchor_notes]
    result["notes"] = notes
    for key, ask in sections.items():
        progress(0.5, key)
        result[key] = ask(fitted)
    return result, _summary(result, named), notes


def _sections(
    arguments: argparse.Namespace, named: NamedRatings, model: str, progress: ProgressCallback
) -> dict[str, Section]:
    """What was asked for beyond the measures; the files it needs are read before the fit."""
    sections: dict[str, Section] = {}
    if arguments.top is not None:
        sections["top"] = top_section(arguments.top, arguments.seed)
    if arguments.compare:
        sections["comparisons"] = comparison_section(arguments.compare, named)
    if arguments.coefficients:
        sections["coefficients"] = coefficients
    if arguments.flags:
        if model != "hierarchical":
            raise flags_need_the_hierarchical_model()
        sections["flags"] = flags_section(arguments.seed, progress)
    if arguments.growth is not None:
        sections["growth"] = growth_section(arguments)
    if arguments.composite is not None:
        sections["composite"] = composite_section(arguments.composite, named, arguments.seed)
    return sections


def _model(arguments: argparse.Namespace, named: NamedRatings) -> tuple[str, list[str]]:
    """The model asked for, else the one the columns and options fit; and a note when size decided."""
    given = {
        "--method": arguments.method,
        "--anchors": arguments.anchors,
        "--scale partial-credit": arguments.scale == ScaleKind.PARTIAL_CREDIT,
        "--link": arguments.link != Link.NONE,
    }
    facets_only = [option for option, is_given in given.items() if is_given]
    if arguments.model == "hierarchical" and facets_only:
        found = f"{' and '.join(facets_only)} cannot be used with the hierarchical model"
        raise BadInputError.of_file("command line", found, "leave it out or choose --model facets")
    if arguments.weights and (facets_only or arguments.model == "facets"):
        raise BadInputError.of_file(
            "command line",
            "--weights cannot be used with the facets model",
            "leave it out or choose --model hierarchical",
        )
    has_columns = bool(named.names["source"] and named.names["unit"])
    if arguments.model or facets_only:
        return arguments.model or "facets", []
    if arguments.weights:
        return "hierarchical", []
    if not has_columns:
        return "facets", []
    if len(named.ratings.mark) > MOST_HIERARCHICAL_MARKS:
        return "facets", [
            (
                f"more than {MOST_HIERARCHICAL_MARKS:,} marks: the facets model was used, which leaves the leniency "
                "of units in the measures; --model hierarchical takes it out and takes minutes"
            )
        ]
    return "hierarchical", []


def _fit_hierarchical(named: NamedRatings, weights: Weights) -> tuple[Fitted, dict[str, object]]:
    fit = fit_hierarchical(named.ratings)
    report = report_hierarchical(fit, weights)
    result = {"model": "hierarchical", **hierarchical_result(fit, report, named.names)}
    return FittedHierarchical(named, fit, report), result


def _fit_facets(
    arguments: argparse.Namespace, named: NamedRatings, anchors: Anchors | None
) -> tuple[Fitted, dict[str, object]]:
    kind, method = ScaleKind(arguments.scale), Method(arguments.method or "jmle")
    fit = fit_facets(named.ratings, kind=kind, method=method, anchors=anchors, link=Link(arguments.link))
    result = {"model": "facets", "method": method.value, **facets_result(fit, named.names, kind)}
    return FittedFacets(named, fit), result


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
            f"compared on the assumption that {assumption}" if assumption else "do not compare across them"
        )
    return said

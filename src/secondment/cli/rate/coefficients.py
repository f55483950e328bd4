"""`--coefficients`: classical consistency and agreement, each with what it was computed from or why not."""

from collections.abc import Callable
from dataclasses import asdict

from secondment.algorithms.rating.coefficients import (
    Level,
    cronbach_alpha,
    intraclass_correlations,
    krippendorff_alpha_of_counts,
)
from secondment.algorithms.rating.crossing import complete_table, counts_per_unit, criterion_means
from secondment.algorithms.rating.generalizability import variance_components
from secondment.algorithms.rating.ratings import RatingError, Ratings
from secondment.cli.rate.fitted import Fitted
from secondment.cli.rate.output import number

# Up to how many times the raters there are the study looks ahead.
LOOK_AHEAD = 2


def coefficients(fitted: Fitted) -> object:
    """Every coefficient the marks allow; one they do not allow is null with the reason."""
    ratings = fitted.named.ratings
    return {
        "cronbach_alpha": _or_reason(lambda: _alpha(ratings)),
        "intraclass": _or_reason(lambda: _intraclass(ratings)),
        "krippendorff_alpha": _or_reason(lambda: _krippendorff(ratings)),
        "generalizability": _or_reason(lambda: _generalizability(ratings)),
    }


def _or_reason(compute: Callable[[], dict[str, object]]) -> dict[str, object]:
    try:
        return compute()
    except RatingError as error:
        return {"value": None, "reason": str(error)}


def _alpha(ratings: Ratings) -> dict[str, object]:
    return {
        "value": number(cronbach_alpha(criterion_means(ratings))),
        "basis": "criteria as items, each ratee's mean over raters",
    }


def _intraclass(ratings: Ratings) -> dict[str, object]:
    table = complete_table(ratings)
    found = asdict(intraclass_correlations(table.mean(axis=1)))
    return {
        **{name: number(value) for name, value in found.items()},
        "n_raters": table.shape[2],
        "basis": "raters who marked every ratee on every criterion, mean over criteria",
    }


def _krippendorff(ratings: Ratings) -> dict[str, object]:
    values, counts = counts_per_unit(ratings)
    found = {level.value: number(krippendorff_alpha_of_counts(values, counts, level)) for level in Level}
    return {**found, "basis": "each ratee on each criterion, all raters"}


def _generalizability(ratings: Ratings) -> dict[str, object]:
    table = complete_table(ratings)
    found = variance_components(table)
    n_criteria, n_raters = table.shape[1:]
    study = [
        {
            "n_raters": n,
            "relative": number(found.relative_coefficient(n_criteria, n)),
            "absolute": number(found.absolute_coefficient(n_criteria, n)),
        }
        for n in range(1, LOOK_AHEAD * n_raters + 1)
    ]
    return {
        "components": {name: number(value) for name, value in asdict(found).items()},
        "n_criteria": n_criteria,
        "n_raters": n_raters,
        "relative": number(found.relative_coefficient(n_criteria, n_raters)),
        "absolute": number(found.absolute_coefficient(n_criteria, n_raters)),
        "study": study,
        "basis": "raters who marked every ratee on every criterion; p ratees, i criteria, r raters",
    }

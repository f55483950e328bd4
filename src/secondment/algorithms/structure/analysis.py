"""The full analysis of one body of officials on one day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.algorithms.structure.counting import CrossTable, People
from secondment.algorithms.structure.dimensions import AgeBy, Dimension
from secondment.algorithms.structure.distribution import Distribution, distribution
from secondment.algorithms.structure.retirement import Category, Forecast, forecast


@dataclass(frozen=True)
class RetirementOptions:
    """How the forecast treats women and how far it looks."""

    women: Category = Category.WOMEN_55
    women_as_men_ranks: tuple[int, ...] = ()
    n_years: int = 15


@dataclass(frozen=True)
class Analysis:
    """Everything counted: distributions, crosses, mean age (completed years) and retirements.

    `retirement` is None when the people have no sex or no birth column.
    """

    as_of: dt.date
    n_people: int
    mean_age: float | None
    distributions: tuple[Distribution, ...]
    crosses: tuple[CrossTable, ...]
    retirement: Forecast | None


def analyse(
    people: People,
    dimensions: Sequence[Dimension],
    as_of: dt.date,
    *,
    crosses: Sequence[Sequence[Dimension]] = (),
    age_by: AgeBy = AgeBy.MONTH,
    retirement: RetirementOptions | None = None,
) -> Analysis:
    """Count `people` by every dimension whose column they have, and by every cross.

    Raises
    ------
    CountingError
        As `People.cross`; a cross by a missing column is an error, a missing single dimension is left out.
    """
    options = retirement or RetirementOptions()
    present = [dimension for dimension in dimensions if dimension.column in people.columns]
    can_forecast = {"sex", "birth"} <= people.columns
    return Analysis(
        as_of,
        people.n_people,
        people.mean_age(as_of, age_by) if "birth" in people.columns else None,
        tuple(distribution(people, dimension, as_of) for dimension in present),
        tuple(people.cross(cross, as_of) for cross in crosses),
        forecast(
            people,
            as_of,
            n_years=options.n_years,
            women=options.women,
            women_as_men_ranks=options.women_as_men_ranks,
        )
        if can_forecast
        else None,
    )

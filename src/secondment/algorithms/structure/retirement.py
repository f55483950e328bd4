"""Statutory retirement month and a forecast of retirements, under the age rising gradually since 2025."""

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources

from secondment.algorithms.structure.counting import People

MOST_EARLY_MONTHS = 36
MOST_LATE_MONTHS = 36
SOURCE = "全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定（2024年9月13日，2025年1月1日起施行）"
FIRST_LONGER_CONTRIBUTION = 2030
CONTRIBUTION_MONTHS = 180, 240
"""Least months of contributions to a monthly pension before 2030 and from 2039 on."""


class Category(Enum):
    """Who retires by which original age: men at 60, women at 55 or 50."""

    MEN_60 = "men_60"
    WOMEN_55 = "women_55"
    WOMEN_50 = "women_50"


_WOMEN_BY_POST = {0: Category.WOMEN_55, 1: Category.WOMEN_50}
ORIGINAL_AGE = {Category.MEN_60: 60, Category.WOMEN_55: 55, Category.WOMEN_50: 50}


@dataclass(frozen=True)
class Retirement:
    """When one person retires; months are yyyymm, ages are in months.

    `earliest_month` is the first month open to voluntary early retirement: at most three years before the
    statutory month and never before the original age. `latest_month` is the last one open by agreement with
    the employer: at most three years after the statutory month.
    """

    age_months: int
    delay_months: int
    month: int
    earliest_month: int
    latest_month: int


@dataclass(frozen=True)
class ForecastYear:
    """People who reach the statutory age in one calendar year, and those of them by category."""

    year: int
    n_people: int
    n_by_category: dict[Category, int]


@dataclass(frozen=True)
class Forecast:
    """Retirements year by year from the month after `as_of`.

    `n_already_due` reached the statutory age by the month of `as_of`; `n_not_stated` lack sex or birth.
    `years` + `n_already_due` + `n_later` + `n_not_stated` add up to all people.
    """

    as_of: dt.date
    years: tuple[ForecastYear, ...]
    n_already_due: int
    n_later: int
    n_not_stated: int


def retirement_of(category: Category, birth_month: int) -> Retirement:
    """When a person of this category, born in this month (yyyymm), reaches the statutory age.

    Raises
    ------
    ValueError
        When `birth_month` is not a month of 1900–2100.
    """
    if not (1900 <= birth_month // 100 <= 2100 and 1 <= birth_month % 100 <= 12):
        raise ValueError(f"birth month must be yyyymm, not {birth_month}")
    delay = next((delay for born_from, delay in reversed(_delays()[category]) if birth_month >= born_from), 0)
    original = ORIGINAL_AGE[category] * 12
    earliest = max(original, original + delay - MOST_EARLY_MONTHS)
    statutory = original + delay
    return Retirement(
        statutory,
        delay,
        _plus(birth_month, statutory),
        _plus(birth_month, earliest),
        _plus(birth_month, statutory + MOST_LATE_MONTHS),
    )


def minimum_contribution_months(year: int) -> int:
    """Months of contributions needed by those who retire in `year`: 15 years, from 2030 half a year more each year up to 20."""
    least, most = CONTRIBUTION_MONTHS
    return min(most, least + 6 * max(0, year - FIRST_LONGER_CONTRIBUTION + 1))


def forecast(
    people: People,
    as_of: dt.date,
    *,
    n_years: int = 15,
    women: Category = Category.WOMEN_55,
    women_as_men_ranks: Sequence[int] = (),
) -> Forecast:
    """How many reach the statutory age in each of `n_years` calendar years, the year of `as_of` first.

    Parameters
    ----------
    people : People
        With columns `birth` and `sex` (0 male, 1 female), and `rank` when `women_as_men_ranks` is given;
        a column `post_kind`, where there is one, is 0 for a cadre post (55) and 1 for a worker post (50).
    women : Category
        The rule for women whose kind of post is not stated; officials normally retire by the rule of 55.
    women_as_men_ranks : sequence of int
        Codes of `rank` whose women retire by the rule for men, where the employer's rules say so.

    Notes
    -----
    People are grouped by month of birth first, so the table is looked up a few thousand times at most.
    """
    ranks = ", ".join(str(int(rank)) for rank in women_as_men_ranks)
    as_man = f"CAST(rank IN ({ranks}) AS INTEGER)" if ranks else "0"
    this_month = as_of.year * 100 + as_of.month
    last_year = as_of.year + n_years - 1
    post = "post_kind" if "post_kind" in people.columns else "-1"
    by_year = {year: dict.fromkeys(Category, 0) for year in range(as_of.year, last_year + 1)}
    n_due = n_later = n_unknown = 0
    for sex, birth_month, man, kind, n_people in people.group(["sex", "birth // 100", as_man, post]):
        if sex not in (0, 1) or birth_month <= 0:
            n_unknown += n_people
            continue
        category = Category.MEN_60 if sex == 0 or man else _WOMEN_BY_POST.get(kind, women)
        month = retirement_of(category, birth_month).month
        if month <= this_month:
            n_due += n_people
        elif month // 100 > last_year:
            n_later += n_people
        else:
            by_year[month // 100][category] += n_people
    years = tuple(ForecastYear(year, sum(by.values()), by) for year, by in by_year.items())
    return Forecast(as_of, years, n_due, n_later, n_unknown)


@cache
def _delays() -> dict[Category, list[tuple[int, int]]]:
    """For every category the first birth month of each step (yyyymm) with its delay, rising."""
    text = resources.files(__package__).joinpath("data/retirement_ages.csv").read_text(encoding="utf-8")
    delays: dict[Category, list[tuple[int, int]]] = {category: [] for category in Category}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        born_from = int(row["born_from"].replace("-", ""))
        delays[Category(row["category"])].append((born_from, int(row["delay_months"])))
    return delays


def _plus(month: int, n_months: int) -> int:
    ordinal = month // 100 * 12 + month % 100 - 1 + n_months
    return ordinal // 12 * 100 + ordinal % 12 + 1

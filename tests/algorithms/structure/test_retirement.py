"""The statutory age by month of birth: the published table, the rule behind it, and the forecast."""

import datetime as dt
import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from tests.algorithms.structure.builders import AS_OF, PERSONS, people_of

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.retirement import (
    Category,
    forecast,
    minimum_contribution_months,
    retirement_of,
)

STEPS = {Category.MEN_60: (60, 4, 36), Category.WOMEN_55: (55, 4, 36), Category.WOMEN_50: (50, 2, 60)}
MONTHS = [year * 100 + month for year in range(1900, 2101) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("category", "birth", "years", "months", "retires"),
    [
        (Category.MEN_60, 196412, 60, 0, 202412),
        (Category.MEN_60, 196501, 60, 1, 202502),
        (Category.MEN_60, 196504, 60, 1, 202505),
        (Category.MEN_60, 196505, 60, 2, 202507),
        (Category.MEN_60, 197608, 62, 11, 203907),
        (Category.MEN_60, 197609, 63, 0, 203909),
        (Category.WOMEN_55, 196912, 55, 0, 202412),
        (Category.WOMEN_55, 197001, 55, 1, 202502),
        (Category.WOMEN_55, 198108, 57, 11, 203907),
        (Category.WOMEN_55, 198109, 58, 0, 203909),
        (Category.WOMEN_50, 197412, 50, 0, 202412),
        (Category.WOMEN_50, 197501, 50, 1, 202502),
        (Category.WOMEN_50, 197502, 50, 1, 202503),
        (Category.WOMEN_50, 198410, 54, 11, 203909),
        (Category.WOMEN_50, 198411, 55, 0, 203911),
    ],
)
def test_published_examples(category: Category, birth: int, years: int, months: int, retires: int) -> None:
    retirement = retirement_of(category, birth)
    assert divmod(retirement.age_months, 12) == (years, months)
    assert retirement.month == retires


@pytest.mark.parametrize("category", Category)
def test_table_equals_the_rule_for_every_birth_month(category: Category) -> None:
    """One month more for every `step` months the original retirement lies past January 2025."""
    original, step, most = STEPS[category]
    for birth in MONTHS:
        past = (birth // 100 + original - 2025) * 12 + birth % 100 - 1
        delay = 0 if past < 0 else min(past // step + 1, most)
        assert retirement_of(category, birth).delay_months == delay


@pytest.mark.parametrize("category", Category)
def test_the_younger_never_retire_earlier(category: Category) -> None:
    retirements = [retirement_of(category, birth) for birth in MONTHS]
    assert all(a.month < b.month for a, b in itertools.pairwise(retirements))
    assert all(a.earliest_month <= b.earliest_month for a, b in itertools.pairwise(retirements))


def test_early_retirement_is_bounded_by_three_years_and_the_original_age() -> None:
    assert retirement_of(Category.MEN_60, 197001).earliest_month == 203001
    assert retirement_of(Category.WOMEN_50, 199001).earliest_month == 204201  # 55 − 3 = 52


@pytest.mark.parametrize("birth", [0, 196513, 189912, 210101])
def test_no_month_is_refused(birth: int) -> None:
    with pytest.raises(ValueError, match="yyyymm"):
        retirement_of(Category.MEN_60, birth)


@settings(max_examples=25)
@given(PERSONS)
def test_forecast_equals_one_by_one_and_adds_up(persons) -> None:
    result = forecast(people_of(persons), AS_OF, n_years=10, women_as_men_ranks=(2, 3))
    expected: Counter[str | int] = Counter()
    for person in persons:
        if person["sex"] < 0 or person["birth"] == 0:
            expected["unknown"] += 1
            continue
        is_man = person["sex"] == 0 or person["rank"] in (2, 3)
        category = Category.MEN_60 if is_man else Category.WOMEN_55
        month = retirement_of(category, person["birth"] // 100).month
        expected["due" if month <= 202611 else "later" if month // 100 > 2035 else month // 100] += 1
    assert [year.n_people for year in result.years] == [expected[year] for year in range(2026, 2036)]
    assert (result.n_already_due, result.n_later, result.n_not_stated) == (
        expected["due"],
        expected["later"],
        expected["unknown"],
    )


def test_women_rule_is_an_option() -> None:
    people = People.from_arrays(
        {"sex": np.array([1], dtype=np.int8), "birth": np.array([19760500], dtype=np.int32)}
    )
    assert forecast(people, dt.date(2026, 1, 1), women=Category.WOMEN_50).years[1].n_people == 1
    assert forecast(people, dt.date(2026, 1, 1)).years[7].n_by_category[Category.WOMEN_55] == 1


@pytest.mark.parametrize(
    ("category", "first", "last", "n_rows"),
    [
        (Category.MEN_60, (196501, 721, 202502, 1), (197609, 756, 203909, 36), 141),
        (Category.WOMEN_55, (197001, 661, 202502, 1), (198109, 696, 203909, 36), 141),
        (Category.WOMEN_50, (197501, 601, 202502, 1), (198411, 660, 203911, 60), 119),
    ],
)
def test_annexes_print_one_line_per_month_from_first_to_last(
    category: Category, first: tuple[int, ...], last: tuple[int, ...], n_rows: int
) -> None:
    """Month of birth, statutory age in months, month of retirement, delay: the first and last line of each annex."""
    births = [birth for birth in MONTHS if first[0] <= birth <= last[0]]
    lines = [
        (birth, found.age_months, found.month, found.delay_months)
        for birth in births
        for found in [retirement_of(category, birth)]
    ]
    assert (lines[0], lines[-1], len(lines)) == (first, last, n_rows)
    steps = STEPS[category][1]
    assert all(delay == place // steps + 1 for place, (*_, delay) in enumerate(lines))


def test_later_retirement_by_agreement_is_bounded_by_three_years() -> None:
    found = retirement_of(Category.MEN_60, 196501)
    assert (found.earliest_month, found.month, found.latest_month) == (202501, 202502, 202802)


def test_least_contributions_rise_from_2030_to_20_years_in_2039() -> None:
    months = [minimum_contribution_months(year) for year in range(2025, 2042)]
    assert months[:5] == [180] * 5
    assert months[5:15] == [186, 192, 198, 204, 210, 216, 222, 228, 234, 240]
    assert months[15:] == [240, 240]


def test_kind_of_post_decides_for_women_and_never_for_men() -> None:
    people = People.from_arrays(
        {
            "sex": np.array([1, 1, 1, 0, 2], dtype=np.int8),
            "birth": np.array([19780100] * 5, dtype=np.int32),
            "post_kind": np.array([0, 1, -1, 1, 1], dtype=np.int8),
        }
    )
    result = forecast(people, dt.date(2026, 1, 1), women=Category.WOMEN_55, n_years=20)
    totals = {category: sum(year.n_by_category[category] for year in result.years) for category in Category}
    assert totals == {Category.MEN_60: 1, Category.WOMEN_55: 2, Category.WOMEN_50: 1}
    assert result.n_not_stated == 1

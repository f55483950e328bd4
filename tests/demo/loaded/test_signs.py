"""Every early sign with data finds what is planted for it and spares what only looks like it; nobody else is flooded with questions."""

import datetime as dt
from collections import Counter

import pytest

from secondment.demo.work.planted import OF_POST, SIGNS
from secondment.signals.models import EarlySign, SignUse, Tally
from secondment.signals.signs import WITH_DATA
from secondment.signals.words import excuse_of

pytestmark = pytest.mark.django_db
RAISED = {
    "passing_through": 2,
    "only_adviser": 4,
    "takes_no_charge": 2,
    "absent": 2,
    "works_for_home": 2,
    "broken_line": 6,
    "copied_reports": 4,
    "meddling": 2,
    "abuse_of_power": 2,
    "little_known": 2,
    "above_not_below": 2,
}
"""How many people each sign asks about in the demo; two lines are cut by chance: their home units forgot them."""
SPARED = {
    "takes_no_charge": {"到岗不久": 2},
    "absent": {"其他假均经批准": 2, "病假": 2},
    "works_for_home": {"回派出单位办事均经批准": 2, "按约定不脱产或半脱产": 2},
    "meddling": {"经核实不属实": 2},
    "abuse_of_power": {"经核实不属实": 2},
    "little_known": {"按约定不脱产或半脱产": 1},
}


def raised(code: str) -> set[str]:
    return set(EarlySign.objects.filter(code=code).values_list("placement__post__code", flat=True))


def test_every_sign_with_data_has_planted_cases() -> None:
    assert {one.code for one in WITH_DATA} == set(SIGNS) == set(RAISED)


@pytest.mark.parametrize("code", sorted(SIGNS))
def test_planted_cases_are_found_and_their_look_alikes_are_not(code: str) -> None:
    planted, found = SIGNS[code], raised(code)
    assert set(planted.found_posts) <= found
    assert not set(planted.spared_posts) & found
    assert EarlySign.objects.filter(code=code).count() == len(found) == RAISED[code]


@pytest.mark.parametrize("code", sorted(set(RAISED) - {"broken_line"}))
def test_nobody_is_asked_about_by_chance(code: str) -> None:
    assert raised(code) == set(SIGNS[code].found_posts)


def test_a_line_that_is_cut_by_chance_is_no_planted_case() -> None:
    by_chance = raised("broken_line") - set(SIGNS["broken_line"].found_posts)
    assert not by_chance & set(OF_POST)


def test_both_counts_of_the_page() -> None:
    counts: Counter[str] = Counter()
    spared: dict[str, Counter[str]] = {}
    for row in Tally.objects.all():
        counts[row.code] += row.n_raised
        for excuse, n in row.spared.items():
            spared.setdefault(row.code, Counter())[excuse_of(row.code, excuse)] += n
    assert counts == RAISED
    assert spared == SPARED
    assert EarlySign.objects.count() == sum(RAISED.values())


def test_some_have_come_further_and_none_is_used_unheard() -> None:
    assert Counter(EarlySign.objects.values_list("state", flat=True)) == {
        "asked": sum(RAISED.values()) - 3,
        "answered": 1,
        "shown": 1,
        "closed": 1,
    }
    assert EarlySign.objects.get(state="shown").own_words
    assert not SignUse.objects.exists()
    assert set(EarlySign.objects.values_list("raised_on", flat=True)) == {dt.date(2026, 11, 23)}

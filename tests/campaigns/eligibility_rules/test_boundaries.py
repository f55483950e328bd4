"""Every figure at its limit: one less, the limit itself, one more."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, NamedTuple

import pytest
from tests.campaigns.eligibility_rules.builders import TERM, only, person, post

from secondment.algorithms.eligibility import Finding, Firm, Kin, PersonFacts, Result, Term, check_eligibility
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES, RULES
from secondment.campaigns.eligibility_rules.rule import Choice, Figure
from secondment.campaigns.parameters import WEIGHT_LABELS, Burden, Cycles, ProgrammeParameters
from secondment.campaigns.parameters_json import ParametersError, from_json
from secondment.campaigns.presets import PRESETS

PASS, WARN, BLOCK = Result.PASS, Result.WARN, Result.BLOCK
THIS_YEAR, START = TERM.as_of.year, TERM.starts_on


class Edge(NamedTuple):
    """How to bring somebody to exactly `n`, and whether the figure is the most or the least that is allowed."""

    bring: Callable[[int], tuple[PersonFacts, Term]]
    is_most: bool
    others: dict[str, int] = {}


def aged(rank: str) -> Callable[[int], tuple[PersonFacts, Term]]:
    """Somebody whose birthday is the first day of the term."""
    return lambda n: (person(rank=rank, born_on=START.replace(year=START.year - n)), TERM)


def lasting(n: int) -> tuple[PersonFacts, Term]:
    months = START.month - 1 + n
    end = dt.date(START.year + months // 12, months % 12 + 1, START.day)
    return person(), replace(TERM, ends_on=end)


def graded(n: int) -> tuple[PersonFacts, Term]:
    return person(grades=tuple((THIS_YEAR - 1 - one, "competent") for one in range(n))), TERM


def employed(n: int) -> tuple[PersonFacts, Term]:
    return person(started_work_on=START.replace(year=START.year - n)), TERM


WIDE = {"shortest_months": 1, "longest_months": 60, "limit_months": 60}
EDGES: dict[tuple[str, str], Edge] = {
    ("H6", "shortest_months"): Edge(lasting, is_most=False, others=WIDE),
    ("H6", "longest_months"): Edge(lasting, is_most=True, others=WIDE),
    ("H6", "limit_months"): Edge(lasting, is_most=True, others=WIDE),
    ("H9a", "oldest_bureau"): Edge(aged("121"), is_most=True),
    ("H9a", "oldest_county"): Edge(aged("131"), is_most=True),
    ("H9a", "oldest_township"): Edge(aged("141"), is_most=True),
    ("H10", "n_grades"): Edge(graded, is_most=False),
    ("H11b", "least_work_years"): Edge(employed, is_most=False),
}
FIGURES = {
    (rule.code, one.name): one
    for rule in ELIGIBILITY_RULES
    for one in rule.parameters
    if isinstance(one, Figure)
}


# Kept a second time on purpose: a figure of law that slips in the code must be noticed. Default, lowest, highest.
AS_IN_LAW = {
    ("H6", "shortest_months"): (6, 1, 60),
    ("H6", "longest_months"): (24, 1, 60),
    ("H6", "limit_months"): (36, 1, 60),
    ("H9a", "oldest_bureau"): (50, 18, 70),
    ("H9a", "oldest_county"): (45, 18, 70),
    ("H9a", "oldest_township"): (40, 18, 70),
    ("H10", "n_grades"): (2, 1, 5),
    ("H11b", "least_work_years"): (2, 0, 20),
    ("H16", "leave_share"): (50, 1, 100),
    ("H17", "civil_percent"): (20, 0, 100),
    ("H17", "civil_approved_percent"): (25, 0, 100),
    ("H17", "leader_percent"): (25, 0, 100),
    ("H17", "leader_good_team_percent"): (30, 0, 100),
    ("H17", "leader_fair_team_percent"): (20, 0, 100),
    ("H17", "leader_poor_team_percent"): (15, 0, 100),
    ("H18", "posted_workdays"): (5, 1, 30),
    ("H18", "review_days"): (30, 30, 180),
    ("H18", "review_decided_days"): (30, 1, 30),
    ("H18", "appeal_after_review_days"): (15, 15, 180),
    ("H18", "appeal_days"): (30, 30, 180),
    ("H18", "appeal_decided_days"): (60, 1, 60),
    ("H18", "appeal_extension_days"): (30, 0, 30),
    ("H20", "absences_no_excellent"): (1, 1, 10),
    ("H20", "absences_incompetent"): (3, 1, 10),
    ("H15", "host_share"): (50, 1, 100),
    ("H20", "days_running"): (15, 1, 60),
    ("H20", "days_in_year"): (30, 1, 120),
    ("H21", "leave_days"): (30, 1, 180),
    ("H23", "reuse_months"): (6, 0, 12),
    ("H23", "turnout_thirds"): (2, 0, 3),
    ("H23", "leaders"): (0, 0, 200),
    ("H23", "colleagues"): (15, 0, 200),
    ("H23", "masses"): (20, 0, 500),
    ("H23", "home"): (10, 0, 200),
    ("H24", "most_good_percent"): (40, 1, 100),
    ("H24", "least_good_percent"): (50, 1, 100),
    ("H26", "excellent_from"): (90, 3, 100),
    ("H26", "competent_from"): (70, 2, 99),
    ("H26", "basic_from"): (60, 1, 98),
}


def test_figures_are_those_of_the_law() -> None:
    found = {
        (rule.code, one.name): (one.default, one.low, one.high)
        for rule in RULES
        for one in rule.parameters
        if isinstance(one, Figure)
    }
    assert found == AS_IN_LAW


def test_three_rules_cannot_be_switched_off() -> None:
    assert [rule.code for rule in RULES if rule.is_fixed] == ["H19", "H22", "H26"]


def test_rules_without_a_law_wait_for_their_basis() -> None:
    waiting = {rule.code for rule in RULES if not rule.is_confirmed}
    assert {"H3b", "H8", "H10", "H17"} <= waiting
    assert not waiting & {"H1", "H2", "H4", "H5", "H15", "H16", "H18", "H19", "H22"}


def limits() -> Iterator[tuple[str, str, int]]:
    """Each figure with every value that a programme starts with."""
    for (code, name), figure in FIGURES.items():
        values = {preset.parameters.rules[code].values[name] for preset in PRESETS}
        values.add(figure.default)
        yield from ((code, name, value) for value in sorted(values) if isinstance(value, int))


def test_every_figure_of_the_check_has_its_edge() -> None:
    assert set(EDGES) == set(FIGURES)


@pytest.mark.parametrize("step", [-1, 0, 1])
@pytest.mark.parametrize(("code", "name", "limit"), list(limits()))
def test_a_figure_at_its_limit(code: str, name: str, limit: int, step: int) -> None:
    edge = EDGES[code, name]
    facts, term = edge.bring(limit + step)
    (found,) = check_eligibility([facts], [], term, only(code, **(edge.others | {name: limit})))
    is_met = step <= 0 if edge.is_most else step >= 0
    assert (found.result is PASS) == is_met


def test_outdated_grades_are_named_by_the_latest_year() -> None:
    found = one_of("H10", person(grades=((2020, "competent"), (2021, "competent"))), n_grades=2)
    assert (found.fact, found.values["year"]) == ("H10.outdated", 2021)


@pytest.mark.parametrize(
    ("born_on", "result"),
    [
        (dt.date(1981, 3, 2), PASS),  # 45 until the day after the first day of the term
        (dt.date(1981, 3, 1), BLOCK),
        (dt.date(1981, 2, 28), BLOCK),
        (dt.date(1982, 3, 1), PASS),
        (UNKNOWN_BIRTH, BLOCK),
    ],
)
def test_age_is_counted_to_the_day(born_on: dt.date, result: Result) -> None:
    found = one_of("H9a", person(born_on=born_on, rank="131"), oldest_county=45)
    assert found.result is result


def one_of(code: str, facts: PersonFacts, **figures: Any) -> Finding:
    (found,) = check_eligibility([facts], [], TERM, only(code, **figures))
    return found


@pytest.mark.parametrize(
    ("years_ago", "fact"),
    [(0, "H10.good"), (1, "H10.good"), (2, "H10.good"), (3, "H10.outdated"), (-1, "H10.missing")],
)
def test_grades_are_outdated_after_two_years(years_ago: int, fact: str) -> None:
    newest = THIS_YEAR - years_ago
    facts = person(grades=((newest, "competent"), (newest - 1, "competent")))
    assert one_of("H10", facts).fact == fact


@pytest.mark.parametrize(
    ("code", "held", "asked", "limit", "steps"),
    [
        (
            "R1",
            lambda n: {"born_on": START.replace(year=START.year - n)},
            "oldest_age",
            45,
            (PASS, PASS, BLOCK),
        ),
        ("R4", lambda n: {"grassroots_years": float(n)}, "grassroots_years", 2, (BLOCK, PASS, PASS)),
    ],
)
def test_a_number_that_a_post_asks_for(
    code: str, held: Any, asked: str, limit: int, steps: tuple[Result, ...]
) -> None:
    for step, result in zip((-1, 0, 1), steps, strict=True):
        rows = check_eligibility([person(**held(limit + step))], [post(**{asked: limit})], TERM, only(code))
        assert [one.result for one in rows] == [result]


@pytest.mark.parametrize(
    ("code", "name", "ladder"),
    [
        ("R2", "education", ("11", "14", "21", "31", "41", "61")),
        ("R3", "title_level", ("411", "412", "420", "430", "434", "435")),
    ],
)
def test_a_level_that_a_post_asks_for(code: str, name: str, ladder: tuple[str, ...]) -> None:
    for asked in range(len(ladder)):
        for held in range(len(ladder)):
            (found,) = check_eligibility(
                [person(**{name: ladder[held]})], [post(**{name: ladder[asked]})], TERM, only(code)
            )
            assert (found.result is PASS) == (held <= asked), (ladder[held], ladder[asked])


@pytest.mark.parametrize("least", ["11", "10", "20", "30"])
def test_the_least_education_of_a_programme(least: str) -> None:
    ladder = {"11": 0, "10": 1, "20": 2, "30": 3, "40": 4}
    for held, place in ladder.items():
        found = one_of("H9b", person(education=held), least_education=least)
        assert (found.result is PASS) == (place <= ladder[least]), held


def options(code: str, name: str) -> list[str]:
    (choice,) = [
        one for rule in RULES if rule.code == code for one in rule.parameters if isinstance(one, Choice)
    ]
    assert choice.name == name
    return [one for one, _label in choice.options]


def test_a_kinship_that_nobody_recognised_cannot_be_chosen() -> None:
    assert options("H1", "kinships") == [
        "spouse",
        "lineal",
        "collateral",
        "in_law",
        "adoptive_or_step",
        "other",
    ]


@pytest.mark.parametrize("kinship", options("H1", "kinships"))
def test_each_kinship_in_and_out(kinship: str) -> None:
    facts = person(kin=(Kin(kinship, 1, is_leading=True),))
    for chosen, result in (([kinship], BLOCK), ([], WARN)):
        rows = check_eligibility([facts], [post()], TERM, only("H1", kinships=chosen))
        assert [one.result for one in rows] == [result]


@pytest.mark.parametrize("occupation", options("H11c", "occupations_left_out"))
def test_each_occupation_in_and_out(occupation: str) -> None:
    facts = person(occupation=occupation)
    assert one_of("H11c", facts, occupations_left_out=[occupation]).result is BLOCK
    assert one_of("H11c", facts, occupations_left_out=[]).result is PASS


@pytest.mark.parametrize("digits", options("H2", "firm_region_digits"))
def test_a_firm_is_near_by_so_many_digits(digits: str) -> None:
    n, there = int(digits), "110111"
    same, other = there[:n], there[: n - 1] + "9" + there[n:]
    leading = post(is_leading=True, industries=frozenset({"health"}), region=there)
    for region, result in ((same, BLOCK), (other, WARN), ("", BLOCK)):
        facts = person(firms=(Firm("health", region),))
        rows = check_eligibility([facts], [leading], TERM, only("H2", firm_region_digits=digits))
        assert [one.result for one in rows] == [result]
    nowhere = replace(leading, region="")
    rows = check_eligibility([person(firms=(Firm("health", other),))], [nowhere], TERM, only("H2"))
    assert [one.result for one in rows] == [BLOCK]


def bounds() -> Iterator[tuple[str, int, int]]:
    """Path, lowest and highest value of every number of a programme."""
    for place, kind in (("", ProgrammeParameters), ("cycles.", Cycles), ("burden.", Burden)):
        for one in fields(kind):
            if "low" in one.metadata:
                yield f"{place}{one.name}", one.metadata["low"], one.metadata["high"]
    for rule in RULES:
        for figure in rule.parameters:
            if isinstance(figure, Figure):
                yield f"rules.{rule.code}.values.{figure.name}", figure.low, figure.high
    yield from ((f"weights.{name}", 0, 100) for name in WEIGHT_LABELS)


BANDS = ("excellent_from", "competent_from", "basic_from")


def programme(path: str, value: int) -> dict[str, Any]:
    data: Any = value
    for name in reversed(path.split(".")):
        data = {name: data}
    if path.startswith("weights."):
        data["weights"] = {"continuity": 1, "specialty": 1} | data["weights"]
    if path.startswith("rules.H26."):
        name = path.rpartition(".")[2]
        higher = {"excellent_from": 100, "competent_from": 99}  # each band begins below the one above it
        lower = {"competent_from": 2, "basic_from": 1}
        at = list(BANDS).index(name)
        others = {one: higher[one] for one in BANDS[:at]} | {one: lower[one] for one in BANDS[at + 1 :]}
        data["rules"]["H26"]["values"] |= others
    if path == "steps_after_days":
        data["minutes_days"] = 3  # where steps may follow, the minutes must
    return dict(data)


@pytest.mark.parametrize(("path", "low", "high"), list(bounds()))
def test_a_number_of_a_programme_keeps_its_bounds(path: str, low: int, high: int) -> None:
    for value in (low, low + 1, high - 1, high):
        if low <= value <= high:
            from_json(programme(path, value))
    for value in (low - 1, high + 1):
        with pytest.raises(ParametersError, match=path):
            from_json(programme(path, value))

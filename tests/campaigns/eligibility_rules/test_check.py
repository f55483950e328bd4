"""The whole check against a plain loop over every pair, and what must not matter to it."""

import datetime as dt
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaigns.eligibility_rules.builders import TERM, every_rule, person, post

from secondment.algorithms.eligibility import (
    Firm,
    Kin,
    Mode,
    PersonFacts,
    PostFacts,
    Result,
    RuleSetting,
    check_eligibility,
)
from secondment.algorithms.eligibility.findings import Outcome
from secondment.algorithms.periods import full_years

RULES = every_rule()
PAIR_RULES = {"H1", "H2", "H3", "H3b", "H7", "R1", "R2", "R3", "R4", "R5"}
REGIONS = st.sampled_from(["", "110111", "110111104", "110112", "510682"])
INDUSTRIES = ["environment", "health"]

PEOPLE = st.builds(
    person,
    born_on=st.dates(dt.date(1965, 1, 1), dt.date(1999, 12, 31)),
    education=st.sampled_from(["", "11", "14", "21", "31"]),
    title_level=st.sampled_from(["", "411", "412", "420"]),
    grassroots_years=st.sampled_from([0.0, 2.0, 5.0]),
    is_party_member=st.booleans(),
    is_county_or_below=st.booleans(),
    growth_region=REGIONS,
    native_region=REGIONS,
    kin=st.lists(
        st.builds(Kin, st.sampled_from(["spouse", "other"]), st.integers(1, 4), st.booleans()), max_size=2
    ).map(tuple),
    firms=st.lists(st.builds(Firm, st.sampled_from(INDUSTRIES), REGIONS), max_size=2).map(tuple),
)
POSTS = st.builds(
    post,
    unit=st.integers(1, 3),
    parent_unit=st.sampled_from([None, 3, 4]),
    is_up=st.booleans(),
    is_village=st.booleans(),
    is_principal=st.booleans(),
    is_leading=st.booleans(),
    locality=st.sampled_from(["", "strict", "usual"]),
    region=REGIONS,
    industries=st.sets(st.sampled_from(INDUSTRIES)).map(frozenset),
    oldest_age=st.sampled_from([None, 35, 45]),
    education=st.sampled_from(["", "11", "20"]),
    title_level=st.sampled_from(["", "412"]),
    grassroots_years=st.sampled_from([0.0, 2.0]),
    requires_party_member=st.booleans(),
)


def blocked_pairs(people: list[PersonFacts], posts: list[PostFacts]) -> set[tuple[str, int, int]]:
    """(rule, person, post) of every block, with what is said of all posts spelt out."""
    pairs = set()
    for one in check_eligibility(people, posts, TERM, RULES):
        if one.rule in PAIR_RULES and one.result is Result.BLOCK:
            numbers = range(len(posts)) if one.post is None else [one.post]
            pairs |= {(one.rule, one.person, number) for number in numbers}
    return pairs


def level(code: str) -> int:
    return 0 if code == "11" else int(code[0]) if code else 99


def blocks(one: PersonFacts, there: PostFacts) -> set[str]:
    """The pair rules again, written as a person would check one pair by hand."""
    return recusals(one, there) | unmet(one, there)


def recusals(one: PersonFacts, there: PostFacts) -> set[str]:
    found = set()
    for kin in one.kin:
        is_above = kin.unit == there.parent_unit and there.is_leading
        if kin.is_leading and kin.kinship == "spouse" and (kin.unit == there.unit or is_above):
            found.add("H1")
    for firm in one.firms:
        is_near = not firm.region or not there.region or firm.region[:4] == there.region[:4]
        if there.is_leading and firm.industry in there.industries and is_near:
            found.add("H2")
    is_strict = there.is_principal and there.locality == "strict"
    if is_strict and there.region and one.growth_region[:6] == there.region[:6]:
        found.add("H3")
    if there.is_village and len(there.region) == 9 and there.region in {one.growth_region, one.native_region}:
        found.add("H3b")
    return found


def unmet(one: PersonFacts, there: PostFacts) -> set[str]:
    found = set()
    if there.is_up and one.is_county_or_below:
        found.add("H7")
    if there.oldest_age and full_years(one.born_on, TERM.starts_on) > there.oldest_age:
        found.add("R1")
    if there.education and level(one.education) > level(there.education):
        found.add("R2")
    if there.title_level and one.title_level not in {"411", "412"}:
        found.add("R3")
    if one.grassroots_years < there.grassroots_years:
        found.add("R4")
    if there.requires_party_member and not one.is_party_member:
        found.add("R5")
    return found


@settings(max_examples=50)
@given(st.lists(PEOPLE, min_size=1, max_size=4), st.lists(POSTS, min_size=1, max_size=4))
def test_check_equals_a_loop_over_every_pair(people: list[PersonFacts], posts: list[PostFacts]) -> None:
    expected = {
        (rule, i, j)
        for i, one in enumerate(people)
        for j, there in enumerate(posts)
        for rule in blocks(one, there)
    }
    assert blocked_pairs(people, posts) == expected


@settings(max_examples=30)
@given(st.lists(PEOPLE, min_size=1, max_size=4), st.lists(POSTS, min_size=1, max_size=4))
def test_order_does_not_matter(people: list[PersonFacts], posts: list[PostFacts]) -> None:
    n, m = len(people) - 1, len(posts) - 1
    turned = blocked_pairs(people[::-1], posts[::-1])
    assert {(rule, n - i, m - j) for rule, i, j in turned} == blocked_pairs(people, posts)


@settings(max_examples=30)
@given(st.lists(PEOPLE, min_size=1, max_size=3), st.lists(POSTS, max_size=3))
def test_every_rule_says_something_of_every_person(people: list[PersonFacts], posts: list[PostFacts]) -> None:
    found = check_eligibility(people, posts, TERM, RULES)
    spoken = {(one.person, one.rule) for one in found}
    assert spoken == {(i, rule) for i in range(len(people)) for rule in map(attrgetter("code"), RULES)}
    assert [one.person for one in found] == sorted(one.person for one in found)


def test_rules_that_are_off_say_nothing() -> None:
    assert check_eligibility([person()], [post()], TERM, every_rule(Mode.OFF)) == []


def test_nobody_and_nothing() -> None:
    assert check_eligibility([], [], TERM, RULES) == []


MET, UNCERTAIN = Outcome("met", is_met=True), Outcome("uncertain", is_met=None)
BLOCKS, BLOCKS_TOO = Outcome("blocks"), Outcome("blocks_too")


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ((UNCERTAIN, MET), "uncertain"),
        ((MET, UNCERTAIN), "met"),
        ((UNCERTAIN, BLOCKS), "blocks"),
        ((BLOCKS, UNCERTAIN), "blocks"),
        ((BLOCKS, BLOCKS_TOO), "blocks"),
    ],
)
def test_of_several_outcomes_the_first_stays_unless_a_later_one_blocks(outcomes, said: str) -> None:
    rule = RuleSetting("X", Mode.BLOCK, lambda _case: ((0, 0, one) for one in outcomes))
    (found,) = check_eligibility([person()], [post()], TERM, [rule])
    assert (found.fact, found.post) == (f"X.{said}", 0)

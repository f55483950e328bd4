"""Each pair rule: whom it hits, with which result, and how much it says at once."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from tests.campaigns.eligibility_rules.builders import TERM, only, person, post

from secondment.algorithms.eligibility import (
    Finding,
    Firm,
    Kin,
    Mode,
    PersonFacts,
    PostFacts,
    Result,
    check_eligibility,
)
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH

PASS, WARN, BLOCK, EXEMPT = Result.PASS, Result.WARN, Result.BLOCK, Result.EXEMPT


def check(rule: str, people: list[PersonFacts], posts: list[PostFacts], **options: Any) -> list[Finding]:
    return check_eligibility(people, posts, options.pop("term", TERM), only(rule, **options))


def said(findings: list[Finding]) -> list[tuple[int, int | None, str, Result]]:
    return [(one.person, one.post, one.fact, one.result) for one in findings]


def test_leading_relative_at_the_host_blocks_its_posts_only() -> None:
    relative = person(kin=(Kin("spouse", 1, is_leading=True),))
    posts = [post(), post(unit=2), post(is_sensitive=True)]
    assert said(check("H1", [person(), relative], posts)) == [
        (0, None, "H1.none", PASS),
        (1, 0, "H1.leads", BLOCK),
        (1, 2, "H1.leads_sensitive", BLOCK),
    ]


def test_relative_without_leading_post_warns() -> None:
    kin = (Kin("lineal", 1, is_leading=False),)
    assert said(check("H1", [person(kin=kin)], [post(), post(unit=2)])) == [(0, 0, "H1.works_there", WARN)]


def test_relation_outside_recusal_warns() -> None:
    kin = (Kin("other", 1, is_leading=True),)
    assert said(check("H1", [person(kin=kin)], [post(), post(unit=2)])) == [(0, 0, "H1.leads", WARN)]


def test_leader_of_the_unit_above_matters_for_leading_posts() -> None:
    kin = (Kin("in_law", 10, is_leading=True),)
    posts = [post(), post(is_leading=True), post(unit=3, parent_unit=None, is_leading=True)]
    assert said(check("H1", [person(kin=kin)], posts)) == [(0, 1, "H1.leads_above", BLOCK)]


def test_member_of_the_unit_above_who_does_not_lead_is_no_hit() -> None:
    kin = (Kin("in_law", 10, is_leading=False),)
    assert said(check("H1", [person(kin=kin)], [post(is_leading=True)])) == [(0, None, "H1.none", PASS)]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_relatives_the_worse_is_reported_once(turned: bool) -> None:
    kin = (Kin("lineal", 1, is_leading=False), Kin("spouse", 1, is_leading=True))
    found = check("H1", [person(kin=kin[::-1] if turned else kin)], [post(), post(unit=2)])
    assert said(found) == [(0, 0, "H1.leads", BLOCK)]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_relations_nobody_could_read_warn_wherever_they_work(n: int) -> None:
    found = check("H1", [person(n_unrecognised_kin=n)], [post(), post(unit=2)])
    expected = ("H1.unrecognised", WARN) if n else ("H1.none", PASS)
    assert said(found) == [(0, None, *expected)]
    assert found[0].values == ({"n": n} if n else {})


def test_an_unread_relation_stands_beside_a_known_one() -> None:
    found = check(
        "H1", [person(n_unrecognised_kin=1, kin=(Kin("spouse", 2, is_leading=True),))], [post(), post(unit=2)]
    )
    assert said(found) == [(0, 1, "H1.leads", BLOCK), (0, None, "H1.unrecognised", WARN)]


def test_firm_in_the_regulated_industry_blocks_leading_posts_nearby() -> None:
    held = person(firms=(Firm("environment", "110105"), Firm("health", "110105")))
    posts = [
        post(is_leading=True, industries=frozenset({"environment"}), region="110108"),
        post(is_leading=True, industries=frozenset({"environment"}), region="510682"),
        post(industries=frozenset({"environment"}), region="110108"),
        post(is_leading=True, industries=frozenset({"education"})),
        post(is_leading=True, industries=frozenset({"health"})),
    ]
    assert said(check("H2", [held], posts)) == [
        (0, 0, "H2.regulates", BLOCK),
        (0, 1, "H2.elsewhere", WARN),
        (0, 4, "H2.regulates", BLOCK),
    ]


def test_firm_without_place_may_be_near() -> None:
    held = person(firms=(Firm("environment", ""),))
    posts = [post(is_leading=True, industries=frozenset({"environment"}), region="110108"), post()]
    assert said(check("H2", [held], posts)) == [(0, 0, "H2.regulates", BLOCK)]


def test_locality_recusal() -> None:
    grown = person(growth_region="110111", native_region="130100")
    origin = person(native_region="110111104")
    posts = [
        post(region="110111", locality="strict", is_principal=True),
        post(region="110111", locality="usual", is_principal=True),
        post(region="110111104", locality="strict"),
        post(region="110111", is_principal=True),
        post(region="1101", locality="strict", is_principal=True),
        post(region="130100", locality="strict", is_principal=True),
    ]
    assert said(check("H3", [grown, origin], posts)) == [
        (0, 0, "H3.grown_principal", BLOCK),
        (0, 1, "H3.grown_principal", WARN),
        (0, 2, "H3.grown_deputy", WARN),
        (1, 0, "H3.origin_principal", WARN),
        (1, 1, "H3.origin_principal", WARN),
        (1, 2, "H3.origin_deputy", WARN),
    ]


def test_nobody_goes_to_a_village_of_the_native_township() -> None:
    people = [
        person(native_region="110111104"),
        person(growth_region="110111104"),
        person(native_region="110111"),
    ]
    posts = [post(is_village=True, region="110111104"), post(region="110111104")]
    assert said(check("H3b", people, posts)) == [
        (0, 0, "H3b.native", BLOCK),
        (1, 0, "H3b.native", BLOCK),
        (2, None, "H3b.none", PASS),
    ]


def test_upward_needs_a_plan_number() -> None:
    people, posts = [person(is_county_or_below=True), person()], [post(is_up=True), post()]
    assert said(check("H7", people, posts)) == [(0, 0, "H7.no_plan", BLOCK), (1, None, "H7.none", PASS)]
    planned = dataclasses.replace(TERM, has_plan_number=True)
    assert {one.result for one in check("H7", people, posts, term=planned)} == {PASS}


@pytest.mark.parametrize(
    ("rule", "facts", "asked", "values"),
    [
        ("R1", {"born_on": dt.date(1987, 3, 1)}, {"oldest_age": 39}, {"age": 40, "limit": 39}),
        ("R2", {"education": "21"}, {"education": "10"}, {"education": "21", "least": "10"}),
        ("R2", {"education": ""}, {"education": "20"}, {"education": "", "least": "20"}),
        ("R3", {"title_level": "420"}, {"title_level": "412"}, {"title": "420", "least": "412"}),
        ("R3", {}, {"title_level": "430"}, {"title": "", "least": "430"}),
        ("R4", {"grassroots_years": 1.5}, {"grassroots_years": 2.0}, {"years": 1.5, "least": 2.0}),
        ("R5", {"is_party_member": False}, {"requires_party_member": True}, {}),
    ],
)
def test_requirement_of_one_post(
    rule: str, facts: dict[str, Any], asked: dict[str, Any], values: dict[str, object]
) -> None:
    (finding,) = check(rule, [person(**facts)], [post(**asked), post()], mode=Mode.WARN)
    assert (finding.post, finding.result, finding.values) == (0, WARN, values)


def test_what_is_said_of_every_post_is_said_once() -> None:
    young, old = person(), person(born_on=dt.date(1970, 1, 1))
    posts = [post(oldest_age=45), post(oldest_age=45)]
    assert said(check("R1", [young, old], posts)) == [(0, None, "R1.none", PASS), (1, None, "R1.age", BLOCK)]
    assert said(check("R1", [old], [post(oldest_age=45), post(oldest_age=40)])) == [
        (0, 0, "R1.age", BLOCK),
        (0, 1, "R1.age", BLOCK),
    ]
    assert said(check("R1", [old], [post(oldest_age=45)])) == [(0, 0, "R1.age", BLOCK)]


def test_exceptions_cover_a_pair_or_every_post() -> None:
    old, posts = person(born_on=dt.date(1970, 1, 1)), [post(oldest_age=45), post(oldest_age=45)]
    settings = only("R1")
    one = check_eligibility([old], posts, TERM, settings, {("R1", 0, 1)})
    assert said(one) == [(0, 0, "R1.age", BLOCK), (0, 1, "R1.age", EXEMPT)]
    every = check_eligibility([old], posts, TERM, settings, {("R1", 0, None)})
    assert said(every) == [(0, None, "R1.age", EXEMPT)]
    assert said(check_eligibility([person()], posts, TERM, settings, {("R1", 0, None)})) == [
        (0, None, "R1.none", PASS)
    ]


@pytest.mark.parametrize(
    ("starts_on", "born_on", "is_kept_out"),
    [
        (dt.date(2027, 3, 1), dt.date(1981, 3, 20), False),  # 45 until the birthday later that month
        (dt.date(2027, 3, 19), dt.date(1981, 3, 20), False),
        (dt.date(2027, 3, 20), dt.date(1981, 3, 20), True),
        (dt.date(2027, 3, 1), UNKNOWN_BIRTH, True),
    ],
)
def test_age_is_counted_on_the_own_first_day_of_a_post(
    starts_on: dt.date, born_on: dt.date, is_kept_out: bool
) -> None:
    asked = post(oldest_age=45, starts_on=starts_on)
    (found,) = check("R1", [person(born_on=born_on)], [asked])
    assert found.result is (BLOCK if is_kept_out else PASS)


def test_unknown_birth_meets_a_post_without_a_limit() -> None:
    assert said(check("R1", [person(born_on=UNKNOWN_BIRTH)], [post()])) == [(0, None, "R1.none", PASS)]

"""Once for a placement and assessment year; the end of term takes over what was closed shortly before."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.appraisals.scene import AT, ON, Scene, make_scene, make_standard
from tests.makers import make_programme_version

from secondment.appraisals.choices import AppraisalState, Occasion
from secondment.appraisals.errors import AppraisalError, CandidateError
from secondment.appraisals.models import Appraisal, Candidate
from secondment.appraisals.queries import choosable
from secondment.appraisals.services import (
    add_candidates,
    ask_void,
    confirm_void,
    remove_candidates,
    void_appraisal,
)
from secondment.appraisals.years import appraised, taken_over, who_cannot
from secondment.people.choices import Category
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement


def end_on(placement: Placement, last_day: dt.date) -> Placement:
    placement.ends_on = last_day + dt.timedelta(days=1)
    placement.save()
    return placement


def closed(appraisal: Appraisal, on: dt.date) -> None:
    Appraisal.objects.filter(pk=appraisal.pk).update(state=AppraisalState.CLOSED, closed_on=on)


def why_not(appraisal: Appraisal, placement: Placement) -> str:
    return dict(who_cannot(appraisal, [placement])).get(placement, "")


def end_of_term(scene: Scene, year: int, **fields) -> Appraisal:
    day = dt.date(year, 6, 1)
    values = {
        "name": "期满测评",
        "occasion": Occasion.END_OF_TERM,
        "year": year,
        "held_on": day,
        "closes_on": day,
    }
    return scene.appraisal(on=day, **{**values, **fields})


def test_a_second_for_the_same_year_is_refused_naming_the_first(scene: Scene) -> None:
    scene.with_candidates(scene.placement, name="一月测评")
    second = scene.appraisal(name="又一次", held_on=dt.date(2027, 1, 10), closes_on=dt.date(2027, 1, 12))
    with pytest.raises(CandidateError) as refused:
        add_candidates(second, [scene.placement, scene.other], by=scene.owner, at=AT)
    assert "张三（2026 年度已在《一月测评》中测评）" in str(refused.value)
    assert second.candidates.count() == 0
    assert set(choosable(second)) == {scene.other, scene.third}


def test_the_year_that_is_assessed_counts_not_the_day_of_the_vote(scene: Scene) -> None:
    scene.with_candidates(scene.placement, held_on=dt.date(2027, 1, 10), closes_on=dt.date(2027, 1, 12))
    next_year = scene.appraisal(
        on=dt.date(2027, 12, 1),
        name="2027",
        year=2027,
        held_on=dt.date(2027, 12, 20),
        closes_on=dt.date(2027, 12, 20),
    )
    assert len(add_candidates(next_year, [scene.placement], by=scene.owner, at=AT)) == 1


def test_voided_appraisals_do_not_count(scene: Scene) -> None:
    first, _made = scene.with_candidates(scene.placement)
    void_appraisal(first, reason="名单有误", by=scene.owner, at=AT)
    again, made = scene.with_candidates(scene.placement)
    assert (len(made), again.name) == (1, first.name)


def test_adding_twice_adds_once_and_removing_frees_the_year(scene: Scene) -> None:
    appraisal, made = scene.with_candidates(scene.placement)
    assert add_candidates(appraisal, [scene.placement], by=scene.owner, at=AT) == []
    assert remove_candidates(appraisal, made, by=scene.owner, at=AT) == 1
    assert remove_candidates(appraisal, made, by=scene.owner, at=AT) == 0
    assert scene.placement in choosable(appraisal)


@pytest.mark.parametrize(
    ("days", "is_reused"), [(-1, False), (0, True), (1, True)], ids=["before", "limit", "after"]
)
def test_the_end_of_term_takes_over_at_most_six_months(scene: Scene, days: int, is_reused: bool) -> None:
    placement = end_on(scene.placement, dt.date(2027, 8, 31))
    first, _made = scene.with_candidates(placement)
    limit = dt.date(2027, 2, 28)  # six months before the last of August
    closed(first, limit + dt.timedelta(days=days))
    appraisal = end_of_term(scene, 2027)
    words = why_not(appraisal, placement)
    assert bool(words) is is_reused
    if is_reused:
        assert "期满考核直接采用《2026 年度民主测评》" in words
    else:
        assert len(add_candidates(appraisal, [placement], by=scene.owner, at=AT)) == 1
        yearly = scene.appraisal(
            on=dt.date(2027, 12, 1),
            name="2027",
            year=2027,
            held_on=dt.date(2027, 12, 20),
            closes_on=dt.date(2027, 12, 20),
        )
        assert why_not(yearly, placement) == "2027 年度已在《期满测评》中测评"


def test_a_vote_that_is_to_close_in_time_is_taken_over_too(scene: Scene) -> None:
    placement = end_on(scene.placement, dt.date(2027, 6, 24))
    scene.with_candidates(placement)  # closes on 2026-12-25
    found = taken_over(placement, appraised([placement])[placement.pk])
    assert found is not None
    placement = end_on(scene.placement, dt.date(2027, 6, 26))
    assert taken_over(placement, appraised([placement])[placement.pk]) is None


def test_the_last_appraisal_is_asked_not_an_earlier_one(scene: Scene) -> None:
    placement = end_on(scene.placement, dt.date(2027, 8, 31))
    first, _made = scene.with_candidates(placement)
    closed(first, dt.date(2027, 1, 5))
    assert taken_over(placement, ()) is None
    assert taken_over(placement, appraised([placement])[placement.pk]) is None


def test_the_programme_sets_the_months(scene: Scene) -> None:
    rule = {"mode": "block", "basis": "本单位规定", "values": {"reuse_months": 0}}
    scene.placement.programme_version = make_programme_version({"rules": {"H23": rule}})
    placement = end_on(scene.placement, dt.date(2026, 12, 25))
    first, _made = scene.with_candidates(placement)
    closed(first, dt.date(2026, 12, 24))
    assert taken_over(placement, appraised([placement])[placement.pk]) is None
    closed(first, dt.date(2026, 12, 25))
    assert taken_over(placement, appraised([placement])[placement.pk]) is not None


def test_the_end_of_term_belongs_to_the_year_of_the_last_day(scene: Scene) -> None:
    appraisal = end_of_term(scene, 2027)
    scene.placement = end_on(scene.placement, dt.date(2027, 12, 31))
    assert why_not(appraisal, scene.placement) == ""
    assert scene.placement in choosable(appraisal)
    scene.placement = end_on(scene.placement, dt.date(2028, 1, 1))
    assert why_not(appraisal, scene.placement) == "挂职至2028-01-01，期满测评属于 2028 年度"
    assert scene.placement not in choosable(appraisal)


@pytest.mark.parametrize(
    ("starts_on", "last_day", "touches"),
    [
        (dt.date(2026, 12, 31), dt.date(2027, 5, 1), True),
        (dt.date(2027, 1, 1), dt.date(2027, 5, 1), False),
        (dt.date(2025, 1, 1), dt.date(2026, 1, 1), True),
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31), False),
    ],
)
def test_who_has_a_day_in_the_year_is_appraised(scene: Scene, starts_on, last_day, touches: bool) -> None:
    scene.placement.starts_on = starts_on
    placement = end_on(scene.placement, last_day)
    appraisal = scene.appraisal()
    assert (why_not(appraisal, placement) == "") is touches
    assert (placement in choosable(appraisal)) is touches


def test_others_are_refused_with_the_reason(scene: Scene) -> None:
    appraisal = scene.appraisal()
    scene.placement.state = PlacementState.APPOINTED
    assert why_not(appraisal, scene.placement) == "尚未到任，或挂职已取消"
    scene.other.owner_unit = scene.root
    assert why_not(appraisal, scene.other) == "由其他组织部门主办"
    off = {"rules": {"H23": {"mode": "off", "basis": "本单位规定", "values": {"reuse_months": 6}}}}
    scene.third.programme_version = make_programme_version(off)
    assert why_not(appraisal, scene.third) == "所在挂职项目不开展民主测评"


def test_a_missing_standard_is_named_with_its_remedy(scene: Scene) -> None:
    scene.placement.person.category = Category.SPECIALIST
    scene.placement.person.save()
    appraisal = scene.appraisal()
    with pytest.raises(
        CandidateError, match=r"没有已签批的测评标准：张三（普通下挂 · .*）。请先在“测评标准”中编制并签批"
    ):
        add_candidates(appraisal, scene.placements, by=scene.owner, at=AT)
    special = make_standard(scene.department, scene.owner, name="专技", category=Category.SPECIALIST)
    made = add_candidates(appraisal, scene.placements, by=scene.owner, at=AT)
    assert {one.placement_id: one.standard for one in made}[scene.placement.pk] == special


def test_many_who_are_refused_are_counted(scene: Scene) -> None:
    from secondment.appraisals.years import named

    rows = [(scene.placement, "甲")] * 6
    assert named(rows).endswith("等6人")


def test_candidates_are_chosen_only_in_preparation(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement)
    with pytest.raises(AppraisalError, match="当前为“名单已锁定”，不能办理此项"):
        add_candidates(appraisal, [scene.other], by=scene.owner, at=AT)


acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "void", "remove", "close"]),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)


class AnySequence(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts=acts)
    def test_no_placement_ever_has_two_for_a_year(self, acts) -> None:
        scene = make_scene()
        years = (2026, 2026, 2027, 2027)
        kinds = ("year", "end", "year", "end")
        appraisals = [
            scene.appraisal(
                on=dt.date(2027, 12, 1),
                name=f"第{number}次",
                year=year,
                occasion=kind,
                held_on=dt.date(year, 12, 1),
                closes_on=dt.date(year, 12, 1),
            )
            for number, (year, kind) in enumerate(zip(years, kinds, strict=True))
        ]
        for act, which, who in acts:
            appraisal = Appraisal.objects.get(pk=appraisals[which].pk)
            try:
                if act == "add":
                    add_candidates(appraisal, [scene.placements[who]], by=scene.owner, at=AT)
                elif act == "remove":
                    rows = list(appraisal.candidates.filter(placement=scene.placements[who]))
                    remove_candidates(appraisal, rows, by=scene.owner, at=AT)
                elif act == "void" and appraisal.state == AppraisalState.CLOSED:
                    asked = ask_void(appraisal, reason="试", by=scene.owner, on=ON, at=AT)
                    confirm_void(asked, by=scene.colleague, at=AT)
                elif act == "void":
                    void_appraisal(appraisal, reason="试", by=scene.owner, at=AT)
                elif appraisal.state == AppraisalState.DRAFT:
                    closed(appraisal, appraisal.closes_on)
            except (AppraisalError, CandidateError):
                pass
        standing = list(Candidate.objects.filter(is_void=False).values_list("placement", "year"))
        assert len(standing) == len(set(standing))

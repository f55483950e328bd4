"""The arithmetic: a record, a year of duties by rhythm, the list counted from the database; budgets at their limits."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.daily_work.scene import AT, ON, Scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.audit.services import record
from secondment.burden.budgets import allowed_for, budgets, excesses, rounded
from secondment.burden.cost import (
    form_of_duty,
    loads_of,
    minutes_by_role,
    minutes_of,
    request_minutes,
    times_a_year,
)
from secondment.burden.models import Budget
from secondment.burden.queries import regular_minutes, versions_in_use
from secondment.burden.register_lines import Line, lines
from secondment.burden.services import let_through, review_form, set_budget
from secondment.burden.services.errors import OverBudgetError, ReviewError
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.common.errors import NotAllowedError
from secondment.obligations.duties import DUTIES
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.register import asked_forms
from secondment.obligations.rhythms import SinceLast
from secondment.obligations.services import bring_up_to_date
from secondment.placements.duties import placement_duty
from secondment.placements.models import Placement

SUMMARY = asked_forms()["assessments.summary"]
PRESENCE = asked_forms()["daily_work.presence"]


def parameters(**cycles: int) -> dict[str, object]:
    made = to_json(ProgrammeParameters())
    made["cycles"] |= cycles
    return made


def times(kind: str, **cycles: int) -> float:
    found = {one.duty.kind: one.times for one in loads_of(parameters(**cycles))}
    return found[kind]


def test_one_summary_is_five_hundred_characters_a_field_and_three_pages() -> None:
    assert minutes_of(SUMMARY, 1, 1) == pytest.approx(500 / 40 + 5 / 60 + 30 / 60)


def test_pages_are_paid_for_once_a_sitting() -> None:
    assert minutes_of(PRESENCE, 15, 1) == 0.5
    assert minutes_of(PRESENCE, 15, 15) == 7.5
    assert request_minutes(4, 80) == pytest.approx(2 + 20 / 60 + 0.5)


def test_a_year_of_normal_duty_by_rhythm() -> None:
    assert times("presence_confirmation") == 12
    assert (times("host_report"), times("host_report", host_report_months=1)) == (4, 12)
    assert (times("talks.regular"), times("talks.arrival")) == (2, 0.5)
    assert times("year_summary") + times("self_appraisal") == 1


def test_a_contact_every_ninety_days_comes_four_times_a_year() -> None:
    duty = placement_duty(
        "test.contact", label="x", title="x", role=Role.HOME_UNIT, rhythm=SinceLast(lambda _one: 90)
    )  # type: ignore[arg-type]
    term = Placement(starts_on=dt.date(2001, 1, 1), ends_on=dt.date(2003, 1, 1))
    assert times_a_year(duty, term) == 4


def test_the_usual_programme_keeps_every_budget(scene: Scene) -> None:
    sums = minutes_by_role(loads_of(parameters()))
    assert excesses(sums, budgets()) == []
    assert sums[Role.SECONDEE] == pytest.approx(500 / 40 + 5 / 60 + 30 / 60)


def test_what_is_given_up_is_not_counted() -> None:
    kept = {one.duty.kind for one in loads_of(parameters(), off=["host_report"])}
    assert "host_report" not in kept
    assert {one.duty.kind for one in loads_of(parameters())} == kept | {"host_report"}


def test_a_duty_that_no_form_names_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from secondment.burden import cost

    duty = placement_duty(
        "test.tick", label="x", title="x", role=Role.HOME_UNIT, rhythm=SinceLast(lambda _one: 90)
    )  # type: ignore[arg-type]
    monkeypatch.setitem(DUTIES, duty.kind, duty)
    cost._loads.cache_clear()
    assert form_of_duty(duty.kind) is None
    assert duty.kind not in {one.duty.kind for one in loads_of(parameters())}
    cost._loads.cache_clear()


def test_the_programme_that_asks_most_counts(scene: Scene) -> None:
    assert [one.pk for one in versions_in_use()] == [scene.version.pk]
    assert regular_minutes([]) == {}
    more = loads_of({**scene.version.parameters, "cycles": {"host_report_months": 1}})
    scene.version.parameters["cycles"] = {"host_report_months": 1}
    other = regular_minutes([*versions_in_use(), scene.version])
    assert other[Role.HOST_UNIT] == minutes_by_role(more)[Role.HOST_UNIT]


@pytest.mark.parametrize(
    ("minutes", "is_over"),
    [(19, False), (19.2, False), (20, False), (20.0000001, False), (20.01, True), (21, True)],
)
def test_exactly_the_budget_is_within_it(scene: Scene, minutes: float, is_over: bool) -> None:
    found = excesses({Role.HOST_UNIT: minutes}, budgets())
    assert bool(found) is is_over
    if is_over:
        assert (found[0].role, found[0].budget, rounded(found[0].minutes)) == (Role.HOST_UNIT, 20, 21)


def test_a_budget_is_set_by_the_highest_department_with_its_basis(scene: Scene) -> None:
    with pytest.raises(NotAllowedError):
        set_budget(Role.HOST_UNIT, minutes=40, basis="部务会", by=scene.host_clerk(), at=AT)
    with pytest.raises(OverBudgetError, match="请写明依据"):
        set_budget(Role.HOST_UNIT, minutes=40, basis=" ", by=scene.owner, at=AT)
    set_budget(Role.HOST_UNIT, minutes=40, basis="部务会", by=scene.owner, at=AT)
    set_budget(Role.HOST_UNIT, minutes=30, basis="部务会", by=scene.owner, at=AT)
    assert (budgets()[Role.HOST_UNIT], Budget.objects.count()) == (30, 1)


def test_a_leader_lets_a_programme_through_and_the_last_word_counts(scene: Scene) -> None:
    programme = scene.version.programme

    def let(minutes: int, leader: str = "张部长", reason: str = "换届年") -> None:
        let_through(
            programme, Role.HOST_UNIT, minutes=minutes, leader=leader, reason=reason, by=scene.owner, at=AT
        )

    with pytest.raises(OverBudgetError, match="没有超过预算"):
        let(20)
    for leader, reason, field in ((" ", "换届年", "leader"), ("张部长", " ", "reason")):
        with pytest.raises(OverBudgetError) as refused:
            let(21, leader, reason)
        assert refused.value.field == field
    let(40)
    let(21)
    assert allowed_for(programme)[Role.HOST_UNIT] == 21
    set_budget(Role.HOST_UNIT, minutes=25, basis="部务会", by=scene.owner, at=AT)
    assert allowed_for(programme)[Role.HOST_UNIT] == 25
    with pytest.raises(NotAllowedError):
        let_through(
            programme, Role.HOST_UNIT, minutes=99, leader="张", reason="x", by=scene.home_clerk(), at=AT
        )


def line_of(code: str, on: dt.date = ON) -> Line:
    return next(one for one in lines(on) if one.form.code == code)


def test_people_and_times_come_from_the_database(scene: Scene) -> None:
    """Two people in two villages since 5 January: nine months and three quarters were due by 8 October, reports two."""
    bring_up_to_date(on=ON, since=dt.date(2026, 1, 1))
    line = line_of("daily_work.presence")
    counted = line.by_role[Role.HOST_UNIT]
    assert (counted.times, counted.people, counted.sittings) == (18, 2, 18)
    assert line.minutes[Role.HOST_UNIT] == 9.0
    assert (line.times, line.people, line.total) == (18, 2, 9.0)
    assert line.n_read is None
    assert line_of("daily_work.report").n_read is None


def test_one_office_hands_in_for_all_on_the_same_pages(scene: Scene) -> None:
    bring_up_to_date(on=ON, since=dt.date(2026, 1, 1))
    Obligation.objects.update(unit=scene.townships[0])
    counted = line_of("daily_work.presence").by_role[Role.HOST_UNIT]
    assert (counted.times, counted.people, counted.sittings) == (18, 1, 9)


def test_what_is_no_longer_owed_and_what_is_not_due_yet_is_not_counted(scene: Scene) -> None:
    bring_up_to_date(on=ON, since=dt.date(2026, 1, 1))
    Obligation.objects.filter(kind="presence_confirmation").update(state=ObligationState.WAIVED)
    assert line_of("daily_work.presence").times == 0
    assert line_of("assessments.summary").times == 0


@pytest.mark.parametrize(
    ("on", "n"),
    [
        (ON, 1),
        (ON - dt.timedelta(days=1), 0),
        (ON + dt.timedelta(days=364), 1),
        (ON + dt.timedelta(days=365), 0),
    ],
)
def test_a_year_has_365_days_of_events(scene: Scene, on: dt.date, n: int) -> None:
    record("post.print_form", scene.people[0].post, by=scene.owner, at=AT)
    record("leave_request.return", scene.people[0], by=scene.owner, at=AT)
    assert line_of("posts.demand", on).n_read == n
    assert line_of("leave.return", on).times == n


def test_secondees_are_counted_by_person(scene: Scene) -> None:
    for one in scene.people:
        one.person.account = make_user(Role.SECONDEE, scene.home)
        one.person.save()
    bring_up_to_date(on=dt.date(2026, 12, 31))
    counted = line_of("assessments.summary", dt.date(2026, 12, 31)).by_role[Role.SECONDEE]
    assert (counted.times, counted.people) == (2, 2)


def test_the_list_costs_three_queries_however_much_there_is(scene: Scene) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        lines(ON)
    scene.add()
    bring_up_to_date(on=ON, since=dt.date(2026, 1, 1))
    with CaptureQueriesContext(connection) as more:
        lines(ON)
    assert len(few) == len(more) == 3


def test_a_review_says_something_about_a_form_that_exists(scene: Scene) -> None:
    from secondment.burden.choices import Verdict
    from secondment.burden.models import FormReview

    with pytest.raises(NotAllowedError):
        review_form("talks.talk", Verdict.KEEP, reason="有用", by=scene.host_clerk(), on=ON, at=AT)
    with pytest.raises(ReviewError, match="没有这个表单"):
        review_form("none.such", Verdict.KEEP, reason="有用", by=scene.owner, on=ON, at=AT)
    with pytest.raises(ReviewError, match="请写明理由"):
        review_form("talks.talk", Verdict.KEEP, reason=" ", by=scene.owner, on=ON, at=AT)
    for _n in range(2):
        review_form("talks.talk", Verdict.KEEP, reason="有用", by=scene.owner, on=ON, at=AT)
    assert FormReview.objects.count() == 1
    review_form("talks.talk", Verdict.ABOLISH, reason="没有人看", by=scene.owner, on=ON, at=AT)
    assert line_of("talks.talk").review.verdict == Verdict.ABOLISH

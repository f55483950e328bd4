"""The clocks of the law, on their first and last days and the days beside them."""

import datetime as dt

import pytest

from secondment.appeals.choices import AppealKind
from secondment.appeals.clocks import windows_of
from secondment.appeals.errors import AppealError, AppealStateError
from secondment.appeals.queries import filed_against
from secondment.appeals.services import receive_outcome, withdraw_appeal
from secondment.campaigns.models import ProgrammeVersion
from tests.appeals.conftest import RECEIVED, Case
from tests.appeals.verdicts import decide
from tests.makers import AT

D = dt.date


def windows(case: Case) -> dict[str, tuple[dt.date, dt.date]]:
    case.grade.refresh_from_db()
    found = windows_of(case.grade, filed_against([case.grade]).get(case.grade.pk, {}))
    return {one.kind.value: (one.first, one.last) for one in found}


def test_thirty_days_after_the_receipt_and_the_day_itself_is_not_counted(case: Case) -> None:
    # 2026-03-02 + 30 days is Wednesday 2026-04-01
    assert windows(case) == {"review": (RECEIVED, D(2026, 4, 1)), "appeal": (RECEIVED, D(2026, 4, 1))}


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (D(2026, 3, 4), D(2026, 4, 3)),  # Friday
        (D(2026, 3, 5), D(2026, 4, 7)),  # Saturday; 清明 lasts until Monday
        (D(2026, 4, 1), D(2026, 5, 6)),  # 劳动节 lasts from Friday 1 to Tuesday 5 May
        (D(2026, 4, 9), D(2026, 5, 9)),  # a Saturday on which offices work (调休)
    ],
)
def test_a_last_day_off_moves_to_the_next_working_day(case: Case, received: dt.date, last: dt.date) -> None:
    case.grade.received_on = received
    case.grade.save()
    assert windows(case)["review"] == (received, last)


@pytest.mark.parametrize("kind", list(AppealKind))
@pytest.mark.parametrize("day", [RECEIVED, D(2026, 3, 31), D(2026, 4, 1)])
def test_first_and_last_day_are_in_time(case: Case, day: dt.date, kind: AppealKind) -> None:
    made = case.file(day, kind)
    assert (made.filed_on, made.last_day, made.late_reason) == (day, D(2026, 4, 1), "")


def test_the_day_after_is_late_and_the_day_before_too_early(case: Case) -> None:
    with pytest.raises(AppealError, match="2026-04-01"):
        case.file(D(2026, 4, 2))
    with pytest.raises(AppealStateError, match="早于结果签收日期"):
        case.file(D(2026, 3, 1))


def test_a_paper_that_came_late_is_taken_with_the_reason_that_excuses_it(case: Case) -> None:
    paper = {"by": case.scene.owner, "on": D(2026, 4, 20)}
    with pytest.raises(AppealError) as refused:
        case.file(D(2026, 4, 2), **paper)
    assert refused.value.field == "late_reason"
    with pytest.raises(AppealError):  # the person cannot excuse it alone
        case.file(D(2026, 4, 2), late_reason="住院")
    made = case.file(D(2026, 4, 2), late_reason="住院", **paper)
    assert (made.filed_on, made.late_reason, made.source) == (D(2026, 4, 2), "住院", "paper")


def test_a_paper_in_time_keeps_its_day_whenever_it_is_recorded(case: Case) -> None:
    with pytest.raises(AppealStateError, match="晚于今天"):
        case.file(D(2026, 4, 2), by=case.scene.owner, on=D(2026, 4, 1))
    made = case.file(D(2026, 4, 1), by=case.scene.owner, on=D(2026, 5, 20), late_reason="不需要")
    assert (made.filed_on, made.late_reason, made.due_on) == (D(2026, 4, 1), "", D(2026, 5, 1))


def test_a_review_is_decided_in_thirty_days_an_appeal_in_sixty(case: Case) -> None:
    review = case.file(D(2026, 3, 10))
    assert review.due_on == D(2026, 4, 9)
    withdraw_appeal(review, by=case.person, at=AT)
    assert case.file(D(2026, 3, 10), AppealKind.APPEAL).due_on == D(2026, 5, 9)


def test_an_appeal_follows_the_review_within_fifteen_days_of_its_receipt(case: Case) -> None:
    review = case.file(D(2026, 3, 10))
    assert windows(case) == {}
    decide(case, review, on=D(2026, 4, 1))
    assert windows(case) == {}
    review.refresh_from_db()
    receive_outcome(review, received_on=D(2026, 4, 8), by=case.person, on=D(2026, 4, 8), at=AT)
    assert windows(case) == {"appeal": (D(2026, 4, 8), D(2026, 4, 23))}
    made = case.file(D(2026, 4, 23), AppealKind.APPEAL)
    assert (made.previous, made.last_day) == (review, D(2026, 4, 23))
    assert windows(case) == {}


def test_figures_come_from_the_programme_and_old_versions_have_the_usual_ones(case: Case) -> None:
    version = ProgrammeVersion.objects.get(pk=case.evaluation.placement.programme_version_id)
    rule = {"mode": "block", "basis": "", "values": {"posted_workdays": 5, "review_days": 60}}
    version.parameters = {**version.parameters, "rules": {"H18": rule}}
    version.save()
    case.grade.evaluation.placement.refresh_from_db()
    found = windows_of(type(case.grade).objects.get(pk=case.grade.pk), {})
    assert [(one.kind.value, one.last) for one in found] == [
        ("review", D(2026, 5, 6)),  # 60 days end on Friday 1 May
        ("appeal", D(2026, 4, 1)),
    ]


def test_only_incompetent_where_the_programme_hears_no_more(case: Case) -> None:
    version = ProgrammeVersion.objects.get(pk=case.evaluation.placement.programme_version_id)
    rule = {"mode": "block", "basis": "", "values": {"appealable": "incompetent"}}
    version.parameters = {**version.parameters, "rules": {"H18": rule}}
    version.save()
    grade = type(case.grade).objects.get(pk=case.grade.pk)
    assert len(windows_of(grade, {})) == 2
    grade.grade = "competent"
    assert windows_of(grade, {}) == []
    grade.save()
    with pytest.raises(AppealError, match="没有规定受理其他等次"):
        case.file(D(2026, 3, 10))


def test_nothing_before_the_receipt_and_nothing_against_a_grade_that_is_gone(case: Case) -> None:
    case.grade.received_on = None
    case.grade.save()
    with pytest.raises(AppealError, match="签收以后"):
        case.file(D(2026, 3, 10))
    case.grade.received_on, case.grade.grade = RECEIVED, ""
    case.grade.save()
    with pytest.raises(AppealError, match="已经撤销"):
        case.file(D(2026, 3, 10))

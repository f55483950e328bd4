"""What the system fills in of a report, and what a year of this page costs."""

import datetime as dt

import pytest
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, make_scene
from tests.makers import make_user

from secondment.daily_work.content import Presence, Report
from secondment.daily_work.cycles import REPORT
from secondment.daily_work.desk import Desk
from secondment.daily_work.effort import Effort, year_of
from secondment.daily_work.known import known_of
from secondment.daily_work.models import HostReport
from secondment.daily_work.services import Entry, confirm_presence, hand_in_reports
from secondment.leave.models import LeaveEntry, LeaveRequest


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def leave(scene: Scene, half_days: int) -> None:
    starts_on = dt.date(2026, 8, 3)
    span = {"starts_on": starts_on, "ends_on": starts_on + dt.timedelta(days=half_days)}
    placement, by = scene.people[0], make_user()
    request = LeaveRequest.objects.create(
        placement=placement,
        type="annual",
        half_days=half_days,
        level="接收单位",
        asked_by=by,
        asked_at=AT,
        state="granted",
        **span,
    )
    LeaveEntry.objects.create(
        placement=placement,
        request=request,
        kind="granted",
        month=dt.date(2026, 8, 1),
        half_days=half_days,
        written_by=by,
        written_at=AT,
        **span,
    )


def known(scene: Scene) -> str:
    desk = Desk(REPORT, scene.people, SEPTEMBER)
    return str(known_of(desk, ON)[scene.people[0].pk])


def confirm(scene: Scene, half_days: int) -> None:
    content = Presence(half_days, "年休假" if half_days else "")
    confirm_presence([Entry(scene.people[0], content)], dt.date(2026, 9, 1), by=scene.owner, on=ON, at=AT)


def test_nothing_is_typed_of_what_is_known(scene: Scene) -> None:
    assert known(scene) == "应在岗66个工作日、任务书未签"
    leave(scene, 4)
    assert known(scene) == "应在岗66个工作日、请假台账2天、任务书未签"
    confirm(scene, 4)
    assert known(scene) == "应在岗66个工作日、已确认1个月，离岗2天、请假台账2天、任务书未签"


def test_a_confirmation_that_differs_from_the_ledger_is_named(scene: Scene) -> None:
    leave(scene, 4)
    confirm(scene, 3)
    assert "离岗1.5天、请假台账2天、确认与台账不一致" in known(scene)


def test_a_report_keeps_what_was_known_when_it_was_handed_in(scene: Scene) -> None:
    entry = Entry(scene.people[0], Report(work="修路"))
    hand_in_reports([entry], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    leave(scene, 4)
    assert HostReport.objects.get().known == "应在岗66个工作日、任务书未签"


def test_nobody_no_queries(django_assert_num_queries, db: None) -> None:
    with django_assert_num_queries(0):
        assert known_of(Desk(REPORT, [], SEPTEMBER), ON) == {}


def test_queries_do_not_grow(scene: Scene, django_assert_num_queries) -> None:
    for n in (1, 6):
        while len(scene.people) < n:
            scene.add()
        desk = Desk(REPORT, scene.people, SEPTEMBER)
        assert len(desk.periods) == n
        with django_assert_num_queries(5):
            known_of(desk, ON)


@pytest.mark.parametrize(
    ("n", "effort", "minutes"),
    [
        (0, Effort(0, 0, 0), 0.0),
        (1, Effort(36, 8, 220), 12.2),
        (15, Effort(36, 28, 1320), 41.3),
    ],
)
def test_a_year_is_computed_from_counts_at_fixed_speeds(n: int, effort: Effort, minutes: float) -> None:
    assert year_of(n) == effort
    assert round(effort.minutes, 1) == minutes

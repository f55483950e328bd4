"""What the law and the programme want looked into: limit − 1, limit, limit + 1."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.leave.scene import AT, ON, Scene, make_scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.common.errors import NotAllowedError
from secondment.leave.alerts import alerts_of
from secondment.leave.choices import Alert, LeaveType
from secondment.leave.models import LeaveReview
from secondment.leave.services import (
    LeaveStateError,
    WordsMissingError,
    excuse,
    look_after_all,
    review,
    undo_return,
)
from secondment.obligations.models import Obligation, ObligationState

RECALL = {"rules": {"H21": {"mode": "warn", "basis": "本单位规定", "values": {"leave_days": 5}}}}
NEVER = {
    "rules": {
        "H20": {"mode": "off", "basis": "无", "values": {"days_running": 15, "days_in_year": 30}},
        "H21": {"mode": "off", "basis": "无", "values": {"leave_days": 5}},
    }
}


def open_kinds(scene: Scene) -> list[str]:
    rows = Obligation.objects.filter(state=ObligationState.OPEN, subject_type="placements.placement")
    return [one.kind for one in rows.order_by("kind")]


@pytest.mark.parametrize(
    ("back", "alerts"),
    [
        ("2026-11-18pm", []),
        ("2026-11-19", []),
        ("2026-11-19pm", [Alert.RUNNING]),
        ("2026-11-20", [Alert.RUNNING]),
    ],
)
def test_more_than_fifteen_days_running_by_the_calendar(scene: Scene, back: str, alerts: list[Alert]) -> None:
    scene.back(scene.granted("2026-11-03"), back)  # due on 4 November
    assert [one.alert for one in alerts_of(scene.placement, ON)] == alerts
    assert open_kinds(scene) == [f"leave.{one}" for one in alerts]


@pytest.mark.parametrize(("back", "is_raised"), [("2026-09-28", False), ("2026-09-28pm", True)])
def test_more_than_thirty_days_in_a_year(scene: Scene, back: str, is_raised: bool) -> None:
    # due on 4 March, 3 June and 18 September: 10 days late each, half a day more the last time
    for first, late in (("2026-03-03", "2026-03-14"), ("2026-06-02", "2026-06-13"), ("2026-09-17", back)):
        scene.back(scene.granted(first), late)
    found = alerts_of(scene.placement, ON)
    assert [one.alert for one in found] == [Alert.IN_YEAR] * is_raised
    assert [one.days for one in found] == [30.5] * is_raised


def test_days_without_a_return_run_on(scene: Scene) -> None:
    scene.granted("2026-11-03")
    days = [dt.date(2026, 11, 19), dt.date(2026, 11, 20)]
    assert [bool(alerts_of(scene.placement, day)) for day in days] == [False, True]
    look_after_all(on=days[0])
    assert open_kinds(scene) == []
    look_after_all(on=days[1])
    assert open_kinds(scene) == ["leave.running"]
    owed = Obligation.objects.get()
    assert owed.title == "张三请假期满未归连续16天，超过15天，请核实"
    assert owed.basis.startswith("《公务员法》第八十八条")
    assert (owed.unit, owed.path) == (scene.root, f"/leave/placements/{scene.placement.pk}/")


def test_an_accepted_reason_ends_it(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03"), "2026-11-25")
    assert open_kinds(scene) == ["leave.running"]
    excuse(row, words="住院", by=scene.host, on=ON, at=AT)
    assert (alerts_of(scene.placement, ON), open_kinds(scene)) == ([], [])


def test_a_return_taken_back_is_counted_anew(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03"), "2026-11-25")
    undo_return(row, by=scene.host, on=dt.date(2026, 11, 10), at=AT)
    assert open_kinds(scene) == []


def test_late_days_that_touch_run_together(scene: Scene) -> None:
    scene.back(scene.granted("2026-11-03"), "2026-11-12", on=dt.date(2026, 11, 30))
    scene.back(scene.granted("2026-11-12", "2026-11-12am"), "2026-11-21", on=dt.date(2026, 11, 30))
    # eight days, half a day of leave between, eight and a half days: not running
    assert alerts_of(scene.placement, ON) == []


@pytest.mark.parametrize(
    ("last", "is_raised"), [("2026-11-09", False), ("2026-11-10am", True), ("2026-11-06", False)]
)
def test_recall_is_proposed_beyond_the_days_of_the_programme(db: None, last: str, is_raised: bool) -> None:
    scene = make_scene(RECALL)
    scene.granted("2026-11-03", last, type=LeaveType.SICK)
    found = alerts_of(scene.placement, ON)
    assert [one.alert for one in found] == [Alert.RECALL] * is_raised
    assert open_kinds(scene) == ["leave.recall"] * is_raised
    if is_raised:
        assert (found[0].days, found[0].most_days, found[0].year, found[0].is_recall) == (5.5, 5, 2026, True)


@pytest.mark.parametrize("leave_type", [LeaveType.ANNUAL, LeaveType.FAMILY, LeaveType.OFFICIAL])
def test_rights_and_duties_speak_for_no_recall(db: None, leave_type: str) -> None:
    scene = make_scene(RECALL)
    scene.granted("2026-11-03", "2026-12-03", type=leave_type)
    assert alerts_of(scene.placement, ON) == []


def test_rules_switched_off_raise_nothing(db: None) -> None:
    scene = make_scene(NEVER)
    scene.granted("2026-03-03", "2026-05-03", type=LeaveType.SICK)
    assert alerts_of(scene.placement, ON) == []


def test_a_year_is_its_own(db: None) -> None:
    scene = make_scene(RECALL)
    scene.granted("2026-12-28", "2027-01-05", type=LeaveType.SICK)
    assert alerts_of(scene.placement, ON) == []


def test_the_department_deals_with_it_in_words(scene: Scene) -> None:
    scene.back(scene.granted("2026-11-03"), "2026-11-25")
    given = {"alert": Alert.RUNNING, "year": 2026, "on": ON, "at": AT}
    with pytest.raises(NotAllowedError):
        review(scene.placement, words="核实", by=scene.host, **given)
    with pytest.raises(WordsMissingError):
        review(scene.placement, words=" ", by=scene.owner, **given)
    with pytest.raises(LeaveStateError):
        review(scene.placement, words="核实", by=scene.owner, **{**given, "year": 2025})
    review(scene.placement, words="已约谈，系家人病重", by=scene.owner, **given)
    assert LeaveReview.objects.get().half_days == 42
    assert (open_kinds(scene), len(alerts_of(scene.placement, ON))) == ([], 1)


def test_more_days_raise_it_again(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03"), "2026-11-25")
    review(scene.placement, alert=Alert.RUNNING, year=2026, words="已核实", by=scene.owner, on=ON, at=AT)
    undo_return(row, by=scene.host, on=dt.date(2026, 11, 5), at=AT)
    scene.back(row, "2026-11-26")
    assert open_kinds(scene) == ["leave.running"]


def test_the_daily_round_reads_no_more_for_those_in_time(scene: Scene) -> None:
    with CaptureQueriesContext(connection) as few:
        look_after_all(on=ON)
    scene.granted("2026-11-03")
    with CaptureQueriesContext(connection) as more:
        look_after_all(on=dt.date(2026, 11, 3))
    assert len(few) == len(more)


def test_strangers_have_no_part(scene: Scene) -> None:
    scene.back(scene.granted("2026-11-03"), "2026-11-25")
    with pytest.raises(NotAllowedError):
        review(
            scene.placement,
            alert=Alert.RUNNING,
            year=2026,
            words="核实",
            by=make_user(Role.LEADER, scene.root),
            on=ON,
            at=AT,
        )

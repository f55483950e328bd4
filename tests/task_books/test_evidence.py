"""Task books offer what both signed, what was accepted, refused and late, and proposals that were taken."""

import datetime as dt

from tests.daily_work.scene import make_scene
from tests.makers import make_user
from tests.placements.evidence import n_queries, offered, told
from tests.task_books.scene import AT, DUE, Scene, signed

from secondment.task_books.models import Task, TaskBook, TaskOutcome, TaskProposal

BEFORE, ONE = dt.date(2026, 11, 1), dt.timedelta(days=1)


def test_nothing_signed_offers_nothing(scene: Scene) -> None:
    assert told("task", scene.people[0]) == []


def test_a_signed_book_and_a_task_that_is_not_accepted(scene: Scene) -> None:
    signed(scene)
    assert told("task", scene.people[0]) == [
        ("2026-10-08", "签订目标任务书第1版，1 项任务"),
        ("2027-01-01", "任务“土地流转”应于2026-12-31完成，尚未通过验收"),
    ]
    days = (dt.date(2026, 10, 8), dt.date(2027, 1, 1))
    assert [one.key for one in offered("task", scene.people[0], days=days)] == ["book:1"]


def test_accepted_in_time_or_late(scene: Scene) -> None:
    signed(scene)
    before = offered("task", scene.people[0])[-1]
    Task.objects.update(accepted_on=DUE)
    assert told("task", scene.people[0])[1:] == [("2026-12-31", "任务“土地流转”通过验收")]
    Task.objects.update(accepted_on=DUE + ONE)
    found = offered("task", scene.people[0])
    assert [str(one.label) for one in found[1:]] == [
        "任务“土地流转”通过验收",
        "任务“土地流转”应于2026-12-31完成，2027-01-01通过验收",
    ]
    late = next(one for one in found if one.key == "late:1")
    assert (late.name, late.digest == before.digest) == (before.name, False)


def test_a_change_says_why(scene: Scene) -> None:
    signed(scene)
    TaskBook.objects.update(state="replaced")
    TaskBook.objects.create(
        placement=scene.people[0],
        number=2,
        state="in_force",
        reason="水患改道",
        written_by=make_user(),
        written_at=AT,
        own_signed_at=AT,
    )
    book = [one for one in offered("task", scene.people[0]) if one.key == "book:2"]
    assert [one.content for one in book] == ["水患改道"]


def test_refusals_and_proposals_that_were_taken(scene: Scene) -> None:
    signed(scene)
    placement = scene.people[0]
    TaskOutcome.objects.create(
        placement=placement,
        line=1,
        kind="refused",
        reason="合同不全",
        decided_on=BEFORE,
        by=make_user(),
        at=AT,
    )
    TaskOutcome.objects.create(
        placement=placement, line=1, kind="taken_back", decided_on=BEFORE, by=make_user(), at=AT
    )
    for state in ("taken", "declined"):
        TaskProposal.objects.create(
            placement=placement, state=state, name="修渠", target="两公里", proposed_at=AT, answered_at=AT
        )
    found = [one for one in offered("task", placement) if one.key.split(":")[0] in ("refused", "proposal")]
    assert {(str(one.label), one.content) for one in found} == {
        ("本人提出任务“修渠”，接收单位采纳", "两公里"),
        ("任务“土地流转”验收不通过", "合同不全"),
    }


def test_as_many_queries_for_one_as_for_many(db: None) -> None:
    scene = make_scene(3)
    signed(scene)
    few = n_queries("task", scene.people[0])
    signed(scene, at=1)
    signed(scene, at=2)
    assert n_queries("task", *scene.people) == few == 4

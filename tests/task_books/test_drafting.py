"""A draft: what it may not have, who writes it, and that nobody writes over anybody."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.makers import make_user
from tests.task_books.scene import AT, DUE, Scene, drafted, first_task, make_task, sent, signed

from secondment.accounts.choices import Role
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.choices import BookState, TaskKind
from secondment.task_books.content import faults_for_signing, faults_of, total_weight
from secondment.task_books.errors import (
    NobodyChosenError,
    OutdatedVersionError,
    ReasonMissingError,
    TaskBookStateError,
    TasksRefusedError,
)
from secondment.task_books.models import FULL_WEIGHT, MOST_TASKS, Task, TaskBook

TERM = Placement(starts_on=dt.date(2026, 1, 5), ends_on=dt.date(2028, 1, 5))


def told(*weights: int) -> list[str]:
    return [one.text for one in faults_for_signing([make_task(one) for one in weights], TERM)]


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (99, "各项权重合计应为 100，现为 99，还差 1。请调整。"),
        (100, None),
        (101, "各项权重合计应为 100，现为 101，多出 1。请调整。"),
    ],
)
def test_weights_that_do_not_sum_to_100_are_refused_with_the_gap(total: int, words: str | None) -> None:
    assert told(60, total - 60) == ([words] if words else [])


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_only_weights_that_sum_to_the_whole_can_be_signed(weights: list[int]) -> None:
    tasks = [make_task(one) for one in weights]
    assert total_weight(tasks) == sum(weights)
    assert (list(faults_for_signing(tasks, TERM)) == []) == (sum(weights) == FULL_WEIGHT)


@pytest.mark.parametrize(
    ("due_on", "is_within"),
    [
        (dt.date(2026, 1, 4), False),
        (dt.date(2026, 1, 5), True),
        (dt.date(2028, 1, 4), True),
        (dt.date(2028, 1, 5), False),
    ],
)
def test_a_day_outside_the_term_is_refused_with_the_term(due_on: dt.date, is_within: bool) -> None:
    faults = [one.text for one in faults_of([make_task(due_on=due_on)], TERM)]
    words = "完成时限应在挂职期内（2026-01-05至2028-01-04）。请改正。"
    assert faults == ([] if is_within else [words])


@pytest.mark.parametrize(("weight", "is_sound"), [(-1, False), (0, True), (100, True), (101, False)])
def test_a_weight_is_part_of_the_whole(weight: int, is_sound: bool) -> None:
    assert (list(faults_of([make_task(weight)], TERM)) == []) is is_sound


def test_whom_one_assists_is_named() -> None:
    without, named = make_task(kind=TaskKind.JOINT), make_task(kind=TaskKind.JOINT, partner="王示例副镇长")
    assert [one.field for one in faults_of([without], TERM)] == ["partner"]
    assert list(faults_of([named], TERM)) == []


@pytest.mark.parametrize(("n", "is_sound"), [(MOST_TASKS, True), (MOST_TASKS + 1, False)])
def test_there_are_not_more_tasks_than_anybody_reads(n: int, is_sound: bool) -> None:
    assert (list(faults_of([make_task(5)] * n, TERM)) == []) is is_sound


def test_what_nobody_signs_is_named_task_by_task() -> None:
    bare = Task(name="调研", weight=0)
    assert {one.field for one in faults_for_signing([bare], TERM)} == {"target", "due_on", "way", "weight"}
    assert [one.text for one in faults_for_signing([], TERM)] == ["任务书还没有任务。请至少写一项。"]


def test_the_host_and_the_owner_write_and_nobody_else(scene: Scene) -> None:
    placement = scene.people[0]
    for writer in (scene.host_clerk(), scene.owner):
        assert services.write_draft(placement, [make_task()], by=writer, at=AT).state == BookState.DRAFT
    for other in (scene.home_clerk(), scene.host_clerk(1), make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            services.write_draft(placement, [make_task()], by=other, at=AT)


def test_the_same_again_is_no_new_version(scene: Scene) -> None:
    first = drafted(scene)
    again = drafted(scene)
    assert (again.pk, again.version) == (first.pk, first.version)
    changed = drafted(scene, make_task(name="饮水管网"))
    assert (changed.pk, changed.version) == (first.pk, first.version + 1)
    assert [one.line for one in changed.tasks.all()] == [1]


@pytest.mark.parametrize("seen", [0, 5])
def test_a_draft_that_somebody_else_wrote_is_not_written_over(scene: Scene, seen: int) -> None:
    drafted(scene)
    with pytest.raises(StaleObjectError):
        services.write_draft(
            scene.people[0], [make_task(name="新")], by=scene.host_clerk(), at=AT, version=seen
        )
    assert Task.objects.get().name == "土地流转"


def test_what_is_sent_or_signed_is_not_written_over(scene: Scene) -> None:
    sent(scene)
    with pytest.raises(TaskBookStateError, match="请先收回"):
        drafted(scene, make_task(name="新"))
    signed(scene, at=1)
    with pytest.raises(TaskBookStateError, match="中期变更"):
        drafted(scene, make_task(name="新"), at=1)


@pytest.mark.parametrize("state", [PlacementState.DECIDED, PlacementState.ENDED, PlacementState.CANCELLED])
def test_only_for_placements_under_way(scene: Scene, state: PlacementState) -> None:
    Placement.objects.filter(pk=scene.people[0].pk).update(state=state)
    with pytest.raises(TaskBookStateError, match="任务书只在派任之后"):
        drafted(scene)


def test_refused_tasks_leave_nothing_behind(scene: Scene) -> None:
    with pytest.raises(TasksRefusedError, match="土地流转：完成时限"):
        drafted(scene, make_task(due_on=dt.date(2030, 1, 1)))
    assert not TaskBook.objects.exists()


def test_the_same_tasks_for_several_people_all_or_none(scene: Scene) -> None:
    clerk = scene.host_clerk()
    books = services.write_for_many(scene.people, [make_task(60), make_task(40)], by=clerk, at=AT)
    assert [[one.weight for one in book.tasks.all()] for book in books] == [[60, 40], [60, 40]]
    third = scene.add()
    with pytest.raises(TaskBookStateError, match=scene.people[0].person.name):
        services.write_for_many([third, scene.people[0]], [make_task()], by=clerk, at=AT)
    assert not TaskBook.objects.filter(placement=third).exists()
    with pytest.raises(NobodyChosenError):
        services.write_for_many([], [make_task()], by=clerk, at=AT)


def test_a_change_begins_with_what_is_in_force_and_leaves_it_there(scene: Scene) -> None:
    before = signed(scene, make_task(60), make_task(40, name="饮水管网"))
    draft = services.start_change(scene.people[0], reason=" 项目调整 ", by=scene.host_clerk(), at=AT)
    assert (draft.number, draft.reason, draft.state) == (2, "项目调整", BookState.DRAFT)
    assert [(one.line, one.name) for one in draft.tasks.all()] == [(1, "土地流转"), (2, "饮水管网")]
    before.refresh_from_db()
    assert before.state == BookState.IN_FORCE
    with pytest.raises(TaskBookStateError, match="已有一版变更在办"):
        services.start_change(scene.people[0], reason="又变", by=scene.host_clerk(), at=AT)


def test_a_change_needs_a_reason_and_something_to_change(scene: Scene) -> None:
    with pytest.raises(TaskBookStateError, match="直接修改草稿"):
        services.start_change(scene.people[0], reason="调整", by=scene.host_clerk(), at=AT)
    with pytest.raises(ReasonMissingError):
        services.start_change(scene.people[0], reason=" ", by=scene.host_clerk(), at=AT)


def test_what_was_accepted_stays_in_a_change(scene: Scene) -> None:
    signed(scene, make_task(60), make_task(40, name="饮水管网"))
    clerk = scene.host_clerk()
    services.accept_task(first_task(scene.people[0]), by=clerk, on=DUE, at=AT)
    services.start_change(scene.people[0], reason="调整", by=clerk, at=AT)
    for tasks in ([make_task(100, line=2, name="饮水管网")], [make_task(50, line=1), make_task(50, line=2)]):
        with pytest.raises(TasksRefusedError, match="“土地流转”已通过验收"):
            services.write_draft(scene.people[0], tasks, by=clerk, at=AT)
    kept = [make_task(60, line=1), make_task(40, name="入户路灯")]
    draft = services.write_draft(scene.people[0], kept, by=clerk, at=AT)
    assert [(one.line, one.accepted_on) for one in draft.tasks.all()] == [(1, DUE), (3, None)]


def test_a_draft_is_given_up_once_and_stays_on_record(scene: Scene) -> None:
    draft = drafted(scene)
    services.drop_draft(draft, by=scene.host_clerk(), at=AT, version=draft.version)
    assert TaskBook.objects.get().state == BookState.DROPPED
    with pytest.raises(OutdatedVersionError, match="未签订即作废"):
        services.drop_draft(draft, by=scene.host_clerk(), at=AT)
    assert drafted(scene).number == 2

"""What later rooms read of task books."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.task_books.scene import AT, DUE, ON, Scene, first_task, make_task, signed

from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.choices import Proposer, TaskKind
from secondment.task_books.facts import TaskFacts, middle_of, task_facts
from secondment.task_books.models import Task
from secondment.task_books.services import Division

MIDDLE = dt.date(2027, 1, 5)


def of(scene: Scene, at: int = 0, on: dt.date = ON) -> TaskFacts:
    return task_facts([Placement.objects.get(pk=scene.people[at].pk)], on)[scene.people[at].pk]


def test_without_a_task_book_there_are_no_facts(scene: Scene) -> None:
    assert of(scene) == TaskFacts()
    assert not of(scene).is_signed


def test_the_middle_of_the_term_is_the_day_after_which_half_is_left(scene: Scene) -> None:
    assert middle_of(scene.people[0]) == MIDDLE


def test_figures(scene: Scene) -> None:
    signed(
        scene,
        make_task(50, proposer=Proposer.SECONDEE),
        make_task(30, kind=TaskKind.JOINT, partner="甲", due_on=ON - dt.timedelta(days=1)),
        make_task(20, kind=TaskKind.ADVICE, over_people=True),
    )
    clerk = scene.host_clerk()
    services.accept_task(first_task(scene.people[0]), by=clerk, on=ON, at=AT)
    late = Task.objects.select_related("book").get(line=2)
    for _twice in range(2):
        services.refuse_task(late, reason="不", by=clerk, on=ON, at=AT)
    found = of(scene)
    assert found == TaskFacts(
        n_tasks=3,
        n_accepted=1,
        n_late=1,
        n_refused=1,
        accepted_share=0.5,
        own_share=0.5,
        n_own_responsibility=1,
        n_beyond_powers=1,
    )
    division = Division("抓党建", over_people=True)
    services.write_division(scene.people[0], division, by=clerk, on=ON, at=AT)
    assert of(scene).n_beyond_powers == 0


@pytest.mark.parametrize(
    ("accepted_on", "on", "share"),
    [
        (MIDDLE, MIDDLE - dt.timedelta(days=1), None),
        (MIDDLE, MIDDLE, 1.0),
        (MIDDLE + dt.timedelta(days=1), MIDDLE + dt.timedelta(days=1), 0.0),
    ],
)
def test_what_was_accepted_by_the_middle(
    scene: Scene, accepted_on: dt.date, on: dt.date, share: float | None
) -> None:
    signed(scene)
    services.accept_task(first_task(scene.people[0]), by=scene.host_clerk(), on=accepted_on, at=AT)
    assert of(scene, on=on).accepted_share_at_middle == share


@pytest.mark.parametrize(("day", "n"), [(-1, 1), (0, 0), (1, 0)])
def test_late_is_a_task_whose_day_has_passed(scene: Scene, day: int, n: int) -> None:
    signed(scene, make_task(due_on=ON + dt.timedelta(days=day)))
    assert of(scene).n_late == n


def test_a_term_cut_short_leaves_tasks_behind(scene: Scene) -> None:
    signed(scene)
    for ends_on, n in ((DUE + dt.timedelta(days=1), 0), (DUE, 1)):
        Placement.objects.filter(pk=scene.people[0].pk).update(ends_on=ends_on)
        assert of(scene).n_beyond_term == n


def test_only_assisting_is_said_of_signed_task_books(scene: Scene) -> None:
    signed(scene, make_task(kind=TaskKind.RESEARCH))
    signed(scene, at=1)
    assert (of(scene).is_only_assisting, of(scene, 1).is_only_assisting) == (True, False)


def test_three_queries_however_many(scene: Scene) -> None:
    for at in range(2):
        signed(scene, make_task(60), make_task(40), at=at)
    with CaptureQueriesContext(connection) as queries:
        task_facts(scene.people, ON)
    assert len(queries) == 3

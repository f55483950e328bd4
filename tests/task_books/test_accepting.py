"""Acceptance by one click, refusal with a reason, and taking back."""

import datetime as dt

import pytest
from tests.makers import make_user
from tests.task_books.scene import AT, DUE, ON, Scene, drafted, first_task, make_task, signed

from secondment.accounts.choices import Role
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.choices import TaskKind
from secondment.task_books.errors import (
    AcceptanceError,
    OutdatedVersionError,
    ReasonMissingError,
    TaskBookStateError,
)
from secondment.task_books.models import ProgressNote, Task, TaskOutcome


def test_accepted_once(scene: Scene) -> None:
    signed(scene)
    task, clerk = first_task(scene.people[0]), scene.host_clerk()
    assert services.accept_task(task, by=clerk, on=ON, at=AT).accepted_on == ON
    with pytest.raises(AcceptanceError, match="已于2026-10-08通过验收"):
        services.accept_task(task, by=clerk, on=ON + dt.timedelta(days=1), at=AT)
    assert list(TaskOutcome.objects.values_list("line", "kind", "decided_on")) == [(1, "accepted", ON)]


def test_advice_says_whether_it_was_followed(scene: Scene) -> None:
    signed(scene, make_task(50, kind=TaskKind.ADVICE), make_task(50))
    clerk = scene.host_clerk()
    with pytest.raises(AcceptanceError, match="已采纳"):
        services.accept_task(first_task(scene.people[0]), by=clerk, on=ON, at=AT)
    assert (
        services.accept_task(first_task(scene.people[0]), is_adopted=False, by=clerk, on=ON, at=AT).is_adopted
        is False
    )
    other = Task.objects.select_related("book").get(line=2)
    assert services.accept_task(other, is_adopted=True, by=clerk, on=ON, at=AT).is_adopted is None


def test_what_does_not_pass_stays_open_and_the_secondee_is_told_why(scene: Scene) -> None:
    signed(scene)
    task, clerk = first_task(scene.people[0]), scene.host_clerk()
    with pytest.raises(ReasonMissingError):
        services.refuse_task(task, reason=" ", by=clerk, on=ON, at=AT)
    services.refuse_task(task, reason="只有意向，没有合同", by=clerk, on=ON, at=AT)
    assert first_task(scene.people[0]).accepted_on is None
    told = Notice.objects.filter(recipient=scene.people[0].person.account).order_by("pk").last()
    assert told is not None
    assert told.body == "只有意向，没有合同"
    services.accept_task(task, by=clerk, on=DUE, at=AT)
    with pytest.raises(AcceptanceError, match="请先撤销验收"):
        services.refuse_task(task, reason="又看", by=clerk, on=DUE, at=AT)
    assert [one.kind for one in TaskOutcome.objects.all()] == ["refused", "accepted"]


def test_somebody_without_an_account_is_told_nothing(scene: Scene) -> None:
    signed(scene)
    Person.objects.update(account=None)
    services.refuse_task(
        first_task(scene.people[0]), reason="差一份合同", by=scene.host_clerk(), on=ON, at=AT
    )
    assert TaskOutcome.objects.get().reason == "差一份合同"
    assert not Notice.objects.filter(title__contains="验收不通过").exists()


def test_an_acceptance_is_taken_back_for_a_reason(scene: Scene) -> None:
    signed(scene)
    task, clerk = first_task(scene.people[0]), scene.host_clerk()
    with pytest.raises(AcceptanceError, match="没有通过验收"):
        services.take_acceptance_back(task, reason="误点", by=clerk, on=ON, at=AT)
    services.accept_task(task, by=clerk, on=ON, at=AT)
    with pytest.raises(ReasonMissingError):
        services.take_acceptance_back(task, reason="", by=clerk, on=ON, at=AT)
    services.take_acceptance_back(task, reason="误点", by=clerk, on=ON, at=AT)
    assert first_task(scene.people[0]).accepted_on is None
    assert services.accept_task(task, by=clerk, on=DUE, at=AT).accepted_on == DUE


def test_only_the_host_accepts(scene: Scene) -> None:
    signed(scene)
    task = first_task(scene.people[0])
    strangers = [
        scene.people[0].person.account,
        scene.home_clerk(),
        scene.host_clerk(1),
        make_user(Role.LEADER, scene.root),
    ]
    for other in strangers:
        with pytest.raises(NotAllowedError):
            services.accept_task(task, by=other, on=ON, at=AT)
        with pytest.raises(NotAllowedError):
            services.refuse_task(task, reason="不", by=other, on=ON, at=AT)
        with pytest.raises(NotAllowedError):
            services.take_acceptance_back(task, reason="不", by=other, on=ON, at=AT)


def test_tasks_of_drafts_and_of_older_versions_are_not_accepted(scene: Scene) -> None:
    draft = drafted(scene)
    task = draft.tasks.select_related("book").get()
    with pytest.raises(OutdatedVersionError):
        services.accept_task(task, by=scene.host_clerk(), on=ON, at=AT)
    draft.tasks.all().delete()
    with pytest.raises(OutdatedVersionError):
        services.accept_task(task, by=scene.host_clerk(), on=ON, at=AT)


def test_nobody_is_accepted_before_they_came(scene: Scene) -> None:
    signed(scene)
    Placement.objects.filter(pk=scene.people[0].pk).update(state=PlacementState.APPOINTED)
    with pytest.raises(TaskBookStateError, match="报到"):
        services.accept_task(first_task(scene.people[0]), by=scene.host_clerk(), on=ON, at=AT)


def test_progress_is_written_by_who_wants_to(scene: Scene) -> None:
    signed(scene)
    task, own = first_task(scene.people[0]), scene.people[0].person.account
    for writer in (own, own, scene.host_clerk()):
        services.note_progress(task, text=" 已流转300亩 ", by=writer, at=AT)
    assert ProgressNote.objects.count() == 2, "the same line twice is one"
    with pytest.raises(ReasonMissingError):
        services.note_progress(task, text=" ", by=own, at=AT)
    with pytest.raises(NotAllowedError):
        services.note_progress(task, text="外人", by=scene.home_clerk(), at=AT)

"""People in post in a county, one of them with an account; and tasks as offices agree them."""

import datetime as dt
from typing import Any

from tests.daily_work.scene import AT, ON, Scene, make_scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.models import Task, TaskBook

DUE = dt.date(2026, 12, 31)


def make_task(weight: int = 100, **fields: Any) -> Task:
    """A task that can be signed."""
    defaults = {"name": "土地流转", "target": "新增800亩", "due_on": DUE, "way": "看合同"}
    return Task(weight=weight, **{**defaults, **fields})


def with_account(scene: Scene, at: int = 0) -> User:
    """The account of a secondee."""
    person = scene.people[at].person
    person.account = make_user(Role.SECONDEE, scene.home)
    person.save()
    return person.account


def drafted(scene: Scene, *tasks: Task, at: int = 0) -> TaskBook:
    """A draft of one person."""
    return services.write_draft(scene.people[at], tasks or (make_task(),), by=scene.host_clerk(), at=AT)


def sent(scene: Scene, *tasks: Task, at: int = 0) -> TaskBook:
    """The same, signed by the host."""
    return services.send_book(drafted(scene, *tasks, at=at), by=scene.host_clerk(), on=ON, at=AT)


def signed(scene: Scene, *tasks: Task, at: int = 0) -> TaskBook:
    """The same, signed by both; the secondee has an account from now on."""
    account = scene.people[at].person.account or with_account(scene, at)
    return services.sign_book(sent(scene, *tasks, at=at), by=account, at=AT)


def first_task(placement: Placement) -> Task:
    """The first task of the version in force."""
    return Task.objects.select_related("book__placement").get(
        book__placement=placement, book__state="in_force", line=1
    )


__all__ = [
    "AT",
    "DUE",
    "ON",
    "Scene",
    "drafted",
    "first_task",
    "make_scene",
    "make_task",
    "sent",
    "signed",
    "with_account",
]

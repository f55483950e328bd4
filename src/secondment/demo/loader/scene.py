"""Who is in post while the demo is loaded, which case each is, and which account acts for their offices."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import Entry
from secondment.demo.work.planted import OF_POST, Case
from secondment.demo.work.texts import Goal
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.units.models import Unit

Accounts = Mapping[str, User]


@dataclass(frozen=True)
class Posted:
    """Somebody in post, with what the post is to reach."""

    placement: Placement
    goals: Sequence[Goal]

    @property
    def case(self) -> Case | None:
        """What is planted in the post."""
        return OF_POST.get(self.placement.post.code)

    def chance(self, matter: str) -> random.Random:
        """Chance of its own for a matter, the same whenever the demo is loaded."""
        return random.Random(f"{self.placement.post.code} {matter}")  # noqa: S311 -- invented data, no secret


@dataclass(frozen=True)
class Offices:
    """The accounts that act: an office's own where it has one, else the organisation department for it."""

    accounts: Accounts

    @property
    def department(self) -> User:
        """The organisation department in charge."""
        return self.accounts["org"]

    def of_host(self, placement: Placement) -> User:
        """Who acts for the host unit."""
        return self._own("host", placement.host_unit)

    def of_home(self, placement: Placement) -> User:
        """Who acts for the home unit."""
        return self._own("home", placement.home_unit)

    def deciding(self, unit: Unit, role: str) -> User:
        """Who decides for an office of this role."""
        return self._own("host" if role == Role.HOST_UNIT else "district", unit)

    def _own(self, username: str, unit: Unit) -> User:
        account = self.accounts[username]
        return account if unit.path.startswith(self._paths[username]) else self.department

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {name: one.unit.path for name, one in self.accounts.items() if one.unit}


@dataclass(frozen=True)
class Scene:
    """Everybody in post on a day, their offices, and the events that are written in the end."""

    people: Sequence[Posted]
    offices: Offices
    on: dt.date
    trail: list[Entry]


def scene_of(accounts: Accounts, on: dt.date) -> Scene:
    """Everybody in post on this day."""
    rows = with_names(Placement.objects.filter(state=PlacementState.IN_POST, starts_on__lt=on))
    rows = rows.select_related("person__account").prefetch_related("post__tasks").order_by("pk")
    people = [
        Posted(one, [Goal(task.name, float(task.target), task.measure_unit) for task in one.post.tasks.all()])
        for one in rows
    ]
    return Scene(people, Offices(accounts), on, [])


def at_hour(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """An instant of this day, by the clock of the offices."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))

"""A county with two townships, a home unit, and people in post since January."""

import datetime as dt
from dataclasses import dataclass

from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.models import ProgrammeVersion
from secondment.daily_work.cycles import CYCLES
from secondment.obligations.services import bring_up_to_date
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.models import Unit

SEPTEMBER, OCTOBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
"""The ends (half-open) of two months; the third quarter ends with September."""
AT = dt.datetime(2026, 10, 8, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 10, 8)


@dataclass
class Scene:
    root: Unit
    county: Unit
    home: Unit
    townships: list[Unit]
    version: ProgrammeVersion
    owner: User
    people: list[Placement]

    def add(self, township: int = 0, **fields) -> Placement:
        """One more person in post, in a village of the township."""
        village = make_unit(parent=self.townships[township])
        fields.setdefault("starts_on", dt.date(2026, 1, 5))
        fields.setdefault("ends_on", dt.date(2028, 1, 5))
        fields.setdefault("state", PlacementState.IN_POST)
        campaign = make_campaign(self.root, programme_version=self.version)
        placement = make_placement(campaign, make_person(self.home), make_post(village), **fields)
        self.people.append(placement)
        return placement

    def host_clerk(self, township: int = 0) -> User:
        """An account of a township, which is asked for all its villages."""
        return make_user(Role.HOST_UNIT, self.townships[township])

    def home_clerk(self) -> User:
        """An account of the home unit."""
        return make_user(Role.HOME_UNIT, self.home)


def make_scene(n: int = 1, **cycles: int) -> Scene:
    root = make_unit("示例市委组织部")
    county = make_unit("示例县", root)
    townships = [make_unit(f"示例镇{at}", county) for at in range(2)]
    scene = Scene(
        root=root,
        county=county,
        home=make_unit("示例厅", root),
        townships=townships,
        version=make_programme_version({"cycles": cycles}),
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root),
        people=[],
    )
    for _at in range(n):
        scene.add()
    return scene


def ask_for_records(*, on: dt.date) -> int:
    """What the cycles of daily work ask for on this day."""
    return bring_up_to_date(on=on, duties=CYCLES)

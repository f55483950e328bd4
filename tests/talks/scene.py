"""A county with an organisation department, a township with two villages, and two people in post for two years."""

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
from secondment.campaigns.models import Campaign
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.talks.drafts import NewFollowUp, NewTalk
from secondment.talks.models import Talk
from secondment.talks.services import record_talk
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

AT = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 2)
STARTS_ON, ENDS_ON = dt.date(2026, 1, 5), dt.date(2028, 1, 5)


@dataclass
class Scene:
    root: Unit
    department: Unit
    township: Unit
    village: Unit
    home: Unit
    campaign: Campaign
    owner: User
    local: User
    host: User
    home_clerk: User
    leader: User
    person: User
    placement: Placement
    other: Placement
    """Of another township of the county, sent by the same unit."""
    other_host: User

    def new(self, **fields) -> NewTalk:
        values = {
            "held_on": ON,
            "kind": "heart",
            "unit": self.township,
            "side": "host",
            "talker": "镇党委书记",
            "placements": [self.placement],
            **fields,
        }
        return NewTalk(**values)

    def talk(self, *, by: User | None = None, on: dt.date = ON, **fields) -> Talk:
        return record_talk(self.new(**fields), by=by or self.host, on=on, at=AT)

    def group(self, **fields) -> Talk:
        """The county's department talked with both."""
        values = {
            "unit": self.department,
            "side": "department",
            "talker": "部长",
            "placements": [self.placement, self.other],
        }
        return self.talk(by=self.local, **{**values, **fields})


def item(
    text: str = "协调一名农技专家", owner: str = "own", due_on: dt.date = dt.date(2026, 11, 30), **fields
):
    return NewFollowUp(text, owner, due_on, **fields)


def make_scene(parameters: dict | None = None) -> Scene:
    root = make_unit("示例市委", kind=UnitKind.PARTY_ORGAN)
    county = make_unit("示例县", root, kind=UnitKind.REGION)
    township = make_unit("示例镇", county, kind=UnitKind.TOWNSHIP)
    village = make_unit("示例村", township, kind=UnitKind.VILLAGE)
    far = make_unit("远处乡", county, kind=UnitKind.TOWNSHIP)
    home = make_unit("示例厅", root)
    person = make_user(Role.SECONDEE, home, name="张三")
    campaign = make_campaign(root, programme_version=make_programme_version(parameters or {}))
    values = {"starts_on": STARTS_ON, "ends_on": ENDS_ON, "state": PlacementState.IN_POST}
    mine = make_placement(
        campaign, make_person(home, account=person, name="张三"), make_post(village), **values
    )
    other = make_placement(campaign, make_person(home, name="李四"), make_post(far), **values)
    return Scene(
        root=root,
        department=county,
        township=township,
        village=village,
        home=home,
        campaign=campaign,
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root, name="市委组织部"),
        local=make_user(Role.ORGANISATION_DEPARTMENT, county, name="县委组织部"),
        host=make_user(Role.HOST_UNIT, township, name="镇党委书记"),
        home_clerk=make_user(Role.HOME_UNIT, home, name="人事处"),
        leader=make_user(Role.LEADER, root, name="领导"),
        person=person,
        placement=mine,
        other=other,
        other_host=make_user(Role.HOST_UNIT, far, name="远处乡干事"),
    )

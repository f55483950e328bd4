"""Two organisations side by side: actors belong to A, "own" objects stand in A and "other" objects in B."""

from dataclasses import dataclass, field
from typing import Any

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.posts.models import Post
from secondment.units.models import Unit
from tests.makers import (
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_quota,
    make_unit,
    make_user,
)


@dataclass
class Side:
    """One organisation with one row of every kind; apps add what they need to `extra` in their rows."""

    root: Unit
    home_unit: Unit
    host_unit: Unit
    person: Person
    post: Post
    campaign: Campaign
    campaign_post: CampaignPost
    nomination: Nomination
    placement: Placement
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """Both sides and an account of side A for every role."""

    own: Side
    other: Side
    actors: dict[Role, User]

    def side(self, name: str) -> Side:
        return self.own if name == "own" else self.other


def make_side(name: str) -> Side:
    root = make_unit(f"{name}省")
    home, host = make_unit(f"{name}厅", root), make_unit(f"{name}村", root)
    person, post = make_person(home), make_post(host)
    campaign = make_campaign(root)
    make_quota(campaign, home, n_asked=3)
    return Side(
        root=root,
        home_unit=home,
        host_unit=host,
        person=person,
        post=post,
        campaign=campaign,
        campaign_post=make_campaign_post(campaign, post),
        nomination=make_nomination(campaign, person),
        placement=make_placement(campaign, person, post),
    )


def make_world() -> World:
    """The world of the matrix: every role of A has the scope it has in practice."""
    own, other = make_side("甲"), make_side("乙")
    unit_of = {Role.HOME_UNIT: own.home_unit, Role.HOST_UNIT: own.host_unit, Role.SECONDEE: own.home_unit}
    actors = {role: make_user(role, unit_of.get(role, own.root)) for role in Role}
    own.person.account = actors[Role.SECONDEE]
    own.person.save()
    return World(own, other, actors)

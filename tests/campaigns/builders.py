"""A campaign ready to be worked on: an owner, a home unit with people, a host unit with posts."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tests.makers import (
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_programme_version,
    make_quota,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost, Nomination, Quota
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.people.models import AnnualGrade, Person
from secondment.units.models import Unit

ON = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@dataclass
class Scene:
    """One campaign with its parties."""

    root: Unit
    home: Unit
    host: Unit
    campaign: Campaign
    quota: Quota
    posts: list[CampaignPost]
    owner: User
    home_user: User
    host_user: User
    leader: User
    stranger: User
    people: list[Person] = field(default_factory=list)

    @property
    def now(self) -> dict[str, Any]:
        return {"on": ON, "at": AT}

    def person(self, **fields: Any) -> Person:
        """An official of the home unit with two good grades."""
        person = make_person(self.home, political_status="01", **fields)
        AnnualGrade.objects.bulk_create(
            AnnualGrade(person=person, year=year, grade="competent") for year in (2024, 2025)
        )
        return person

    def nomination(self, **fields: Any) -> Nomination:
        return make_nomination(self.campaign, fields.pop("person", None) or self.person(), **fields)


def make_scene(state: str = CampaignState.OPEN, n_posts: int = 2, n_asked: int = 3, **campaign: Any) -> Scene:
    root = make_unit("示例市")
    home, host = make_unit("示例局", root), make_unit("示例村", root, kind="village", level="village")
    version = make_programme_version(to_json(ProgrammeParameters()))
    row = make_campaign(root, state=state, programme_version=version, **campaign)
    posts = [make_campaign_post(row, make_post(host)) for _ in range(n_posts)]
    return Scene(
        root=root,
        home=home,
        host=host,
        campaign=row,
        quota=make_quota(row, home, n_asked=n_asked),
        posts=posts,
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root),
        home_user=make_user(Role.HOME_UNIT, home),
        host_user=make_user(Role.HOST_UNIT, host),
        leader=make_user(Role.LEADER, root),
        stranger=make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别市")),
    )

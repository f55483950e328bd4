"""A campaign with two people about to go."""

import datetime as dt
from dataclasses import dataclass

import pytest
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
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.placements.models import Placement
from secondment.units.models import Unit


@dataclass
class Scene:
    root: Unit
    home: Unit
    host: Unit
    campaign: Campaign
    first: Placement
    second: Placement
    owner: User
    home_clerk: User
    host_clerk: User
    secondee: User


@pytest.fixture
def scene(db: None) -> Scene:
    root = make_unit("示例省委组织部")
    home, host = make_unit("示例厅", root), make_unit("示例村", root)
    campaign = make_campaign(
        root,
        name="第一批",
        state=CampaignState.DECIDED,
        starts_on=dt.date(2026, 12, 1),
        ends_on=dt.date(2028, 12, 1),
        programme_version=make_programme_version({"duties_within_days": 10}),
    )
    secondee = make_user(Role.SECONDEE, home, name="张示例")
    person = make_person(home, name="张示例", name_key="zhang", account=secondee, post_title="一级主任科员")
    other = make_person(home, name="李示例", name_key="li")
    term = {"starts_on": campaign.starts_on, "ends_on": campaign.ends_on}
    return Scene(
        root=root,
        home=home,
        host=host,
        campaign=campaign,
        first=make_placement(campaign, person, make_post(host, title="驻村第一书记"), **term),
        second=make_placement(campaign, other, make_post(host, title="驻村工作队员"), **term),
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root),
        home_clerk=make_user(Role.HOME_UNIT, home),
        host_clerk=make_user(Role.HOST_UNIT, host),
        secondee=secondee,
    )

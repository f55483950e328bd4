"""A campaign under review with a chosen proposal: two people, two posts, one person without a post."""

import datetime as dt
from dataclasses import dataclass

import pytest

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.decision.queries import pairs_shown
from secondment.decision.services import PersonOpinion, UnitReply, reply_to_consultations
from secondment.matching.models import MatchingRun, Proposal, ProposalPair
from secondment.units.models import Unit
from tests.makers import (
    AT,
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

PLANNED = dt.datetime(2026, 9, 14, 9, 0, tzinfo=dt.UTC)


@dataclass
class Scene:
    root: Unit
    home: Unit
    hosts: tuple[Unit, Unit]
    campaign: Campaign
    posts: tuple[CampaignPost, CampaignPost]
    people: tuple[Nomination, Nomination, Nomination]
    proposal: Proposal
    owner: User
    home_clerk: User
    host_clerk: User


def make_proposal(campaign: Campaign, pairs: list[tuple[Nomination, CampaignPost]], **fields) -> Proposal:
    owner = make_user()
    run = fields.pop("run", None) or MatchingRun.objects.create(
        campaign=campaign,
        number=1,
        weights={},
        snapshot={
            "nominations": [person.pk for person, _post in pairs],
            "posts": [post.pk for _person, post in pairs],
        },
        report={
            "optimum": [[row, row] for row in range(len(pairs))],
            "n_assigned": len(pairs),
            "total_score": 0.0,
        },
        created_by=owner,
        created_at=AT,
    )
    fields.setdefault("is_chosen", True)
    proposal = Proposal.objects.create(run=run, name="方案一", created_by=owner, created_at=PLANNED, **fields)
    for nomination, campaign_post in pairs:
        ProposalPair.objects.create(
            proposal=proposal, nomination=nomination, campaign_post=campaign_post, score=0.8
        )
    return proposal


@pytest.fixture
def scene(db: None) -> Scene:
    root = make_unit("示例省委组织部")
    home = make_unit("示例厅", root)
    hosts = make_unit("甲村", root), make_unit("乙村", root)
    campaign = make_campaign(
        root,
        name="第一批",
        state=CampaignState.REVIEW,
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2029, 1, 1),
        programme_version=make_programme_version({"public_notification_workdays": 5}),
    )
    posts = tuple(make_campaign_post(campaign, make_post(host, title="第一书记")) for host in hosts)
    people = tuple(
        make_nomination(campaign, make_person(home, name=name, name_key=key), **CHECKED)
        for name, key in (("张示例", "a"), ("李示例", "b"), ("王示例", "c"))
    )
    return Scene(
        root=root,
        home=home,
        hosts=hosts,
        campaign=campaign,
        posts=posts,
        people=people,
        proposal=make_proposal(campaign, list(zip(people, posts, strict=False))),
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root),
        home_clerk=make_user(Role.HOME_UNIT, home),
        host_clerk=make_user(Role.HOST_UNIT, hosts[0]),
    )


def reply_alike(consultation, *, reply, text="", by, on, at):
    """The unit says the same about everyone it is asked about."""
    pairs = pairs_shown(consultation)
    opinions = [PersonOpinion(pair.nomination_id, reply, text) for pair in pairs]
    return reply_to_consultations([UnitReply(consultation, opinions)], by=by, on=on, at=at)[0]

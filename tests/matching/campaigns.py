"""A small campaign whose best plan is known by hand."""

from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState, Result
from secondment.campaigns.models import (
    Campaign,
    CampaignPost,
    EligibilityFinding,
    HostPreference,
    Nomination,
    Preference,
)
from secondment.matching.models import Proposal
from secondment.matching.services.runs import start_run
from secondment.units.models import Unit
from tests.makers import (
    AT,
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_unit,
    make_user,
)

WEIGHTS = {"person_preference": 60, "host_preference": 40}
SILENT_HOST = 0.4 * 0.25


@dataclass
class Matched:
    """Three posts and four people of two home units; scores come from the wishes of both sides only.

    Scores: 甲→P1 1.0, 甲→P2 0.48; 乙→P1 0.6; 丙→P2 1.0; everybody else 0 or less than these. The host of P3 named nobody,
    which counts at the neutral value, the same for everyone: SILENT_HOST.
    """

    root: Unit
    homes: list[Unit]
    campaign: Campaign
    posts: list[CampaignPost]
    people: list[Nomination]
    by: User


def make_matched(**campaign_fields) -> Matched:
    root = make_unit("示例省")
    homes = [make_unit("甲厅", root), make_unit("乙厅", root)]
    by = make_user(Role.ORGANISATION_DEPARTMENT, root)
    campaign = make_campaign(root, **({"state": CampaignState.REVIEW} | campaign_fields))
    posts = [
        make_campaign_post(campaign, make_post(make_unit(f"{name}村", root), title="第一书记"))
        for name in ("东", "西", "南")
    ]
    people = [
        make_nomination(campaign, make_person(home, name=name), **CHECKED)
        for name, home in zip(("赵甲", "钱乙", "孙丙", "李丁"), (*homes, *homes), strict=True)
    ]
    matched = Matched(root, homes, campaign, posts, people, by)
    wish(matched, 0, 0, 1)
    wish(matched, 0, 1, 2)
    wish(matched, 1, 0, 1)
    wish(matched, 2, 1, 1)
    wish(matched, 3, 0, 5)
    host_wish(matched, 0, 0, 1)
    host_wish(matched, 1, 2, 1)
    return matched


def wish(matched: Matched, person: int, post: int, rank: int) -> None:
    Preference.objects.create(nomination=matched.people[person], campaign_post=matched.posts[post], rank=rank)


def host_wish(matched: Matched, post: int, person: int, rank: int) -> None:
    HostPreference.objects.create(
        campaign_post=matched.posts[post], nomination=matched.people[person], rank=rank
    )


def block(matched: Matched, person: int, post: int | None = None, rule: str = "H1") -> None:
    EligibilityFinding.objects.create(
        nomination=matched.people[person],
        campaign_post=None if post is None else matched.posts[post],
        rule=rule,
        result=Result.BLOCK,
        fact="示例事实",
        basis="示例依据",
    )


def run_now(matched: Matched, callbacks, weights: dict[str, int] | None = None) -> Proposal:
    """Start a run and let its job happen (the suite's queue works at commit)."""
    with callbacks(execute=True):
        run = start_run(matched.campaign, weights=weights or WEIGHTS, by=matched.by, at=AT)
    run.refresh_from_db()
    assert run.state == "done", run.report
    return Proposal.objects.select_related("run__campaign__owner_unit").get(run=run)


def holders(proposal: Proposal) -> dict[str, str]:
    """Person by post, by name."""
    pairs = proposal.pairs.select_related("nomination__person", "campaign_post__post__host_unit")
    return {str(pair.campaign_post.post.host_unit): str(pair.nomination) for pair in pairs}

"""Matching belongs to the organisation department of the campaign; leaders read."""

from typing import Any

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import CampaignPost
from secondment.matching.choices import InterventionKind, LockKind, PairQuestion
from secondment.matching.models import ExactCost, Intervention, Lock, MatchingRun, Proposal, SideRule
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.runs import execute_run
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import AT, CHECKED, make_campaign_post, make_nomination, make_person, make_post, make_user

READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER})
OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
WEIGHTS = {"experience": 10}


def proposal_of(side: Side) -> Proposal:
    """A proposal of two people for three posts, made once a side."""
    if "proposal" not in side.extra:
        side.extra["proposal"] = _make_proposal(side)
    return side.extra["proposal"]


def _make_proposal(side: Side) -> Proposal:
    campaign, user = side.campaign, make_user()
    campaign.state = CampaignState.REVIEW
    campaign.save()
    for _number in range(2):
        make_campaign_post(campaign, make_post(side.host_unit))
    make_nomination(campaign, make_person(side.home_unit))
    campaign.nominations.update(**CHECKED)
    run = MatchingRun.objects.create(
        campaign=campaign, number=1, weights=WEIGHTS, created_by=user, created_at=AT
    )
    proposal = execute_run(run, at=AT, progress=lambda done, total, doing: None)
    empty = CampaignPost.objects.filter(campaign=campaign).exclude(pairs__proposal=proposal).get()
    side.extra["lock"] = Lock.objects.create(
        campaign=campaign,
        nomination=proposal.pairs.last().nomination,
        campaign_post=empty,
        kind=LockKind.FORBID,
        by=user,
    )
    return proposal


def campaign_key(side: Side) -> dict[str, Any]:
    proposal_of(side)
    return {"pk": side.campaign.pk}


def run_key(side: Side) -> dict[str, Any]:
    return {"pk": proposal_of(side).run_id}


def proposal_key(side: Side) -> dict[str, Any]:
    return {"pk": proposal_of(side).pk}


def pair_key(side: Side) -> dict[str, Any]:
    return {"pk": proposal_of(side).pairs.first().pk}


def lock_key(side: Side) -> dict[str, Any]:
    proposal_of(side)
    return {"pk": side.extra["lock"].pk}


def kind_key(side: Side) -> dict[str, Any]:
    return campaign_key(side) | {"kind": "team_skill"}


def rule_key(side: Side) -> dict[str, Any]:
    """A rule that can be changed and removed."""
    proposal_of(side)
    rule = SideRule.objects.create(
        campaign=side.campaign,
        kind="team_skill",
        values={"specialty": "health", "least": 1},
        created_by=make_user(),
        created_at=AT,
    )
    return {"pk": rule.pk}


def change(side: Side) -> dict[str, Any]:
    """The first person, to the post nobody holds."""
    proposal = proposal_of(side)
    empty = CampaignPost.objects.filter(campaign=side.campaign).exclude(pairs__proposal=proposal).get()
    return {
        "version": proposal.version,
        "nomination": proposal.pairs.first().nomination_id,
        "campaign_post": empty.pk,
        "reason": "示例理由",
    }


def undo_key(side: Side) -> dict[str, Any]:
    """A lock that can be taken back."""
    proposal, by = proposal_of(side), make_user()
    pair = proposal.pairs.first()
    row = Intervention.objects.create(
        proposal=proposal,
        number=proposal.interventions.count() + 1,
        kind=InterventionKind.LOCK,
        pair=[pair.nomination_id, pair.campaign_post_id],
        by=by,
        at=AT,
    )
    Lock.objects.update_or_create(
        nomination=pair.nomination,
        campaign_post=pair.campaign_post,
        defaults={"campaign": side.campaign, "kind": LockKind.LOCK, "proposal": proposal, "by": by, "at": AT},
    )
    return {"pk": row.pk}


def cost_key(side: Side) -> dict[str, Any]:
    """A question about the first pair."""
    proposal = proposal_of(side)
    pair = proposal.pairs.first()
    cost, _is_new = ExactCost.objects.get_or_create(
        proposal=proposal,
        standing=ProposalPlan(proposal).standing,
        nomination=pair.nomination,
        campaign_post=pair.campaign_post,
        question=PairQuestion.WITHOUT,
        defaults={"version": proposal.version, "by": make_user(), "at": AT},
    )
    return {"pk": cost.pk}


def pair_move(side: Side) -> dict[str, Any]:
    return change(side) | {"campaign_post": proposal_of(side).pairs.first().campaign_post_id}


def read(name: str, kwargs: Any, **keywords: Any) -> dict[str, Row]:
    return {f"matching:{name}": Row(READERS, kwargs, **keywords)}


def write(name: str, kwargs: Any, data: Any = lambda side: {}) -> dict[str, Row]:
    return {f"matching:{name}": Row(OWNER, kwargs, method="post", data=data)}


ROWS = {
    "matching:campaign_list": Row(frozenset(Role)),
    **read("campaign_detail", campaign_key),
    "matching:run_create": Row(OWNER, campaign_key),
    **write("weights_preview", campaign_key, lambda side: WEIGHTS),
    **read("campaign_compare", campaign_key),
    **read("side_rule_list", campaign_key),
    "matching:side_rule_add": Row(OWNER, kind_key),
    **write("side_rule_preview", kind_key, lambda side: {"specialty": "health", "least": "1"}),
    **read("host_choice_list", campaign_key),
    "matching:side_rule_edit": Row(OWNER, rule_key),
    **write("side_rule_remove", rule_key),
    **read("side_rule_report", proposal_key),
    **read("run_detail", run_key),
    **read("run_progress", run_key),
    **read("plan_options", run_key),
    **read("blocking_pairs", lambda side: run_key(side) | {"principle": "best_total"}),
    **read("run_replay", run_key),
    **read("replay_detail", lambda side: run_key(side) | {"tried": "0-0-0-0-10-0-0-0-0"}),
    **write("plan_choose", run_key, lambda side: {"principle": "stable_posts", "reason": "比较"}),
    **write("run_stop", run_key),
    **read("proposal_detail", proposal_key),
    **read("unplaced_list", proposal_key),
    **read("shortage_list", proposal_key),
    **read("fairness", proposal_key),
    **read("proposal_print", proposal_key),
    **read("proposal_certificate", proposal_key),
    **read("proposal_compare", proposal_key),
    **read(
        "pair_detail", lambda side: {"pk": proposal_of(side).pk, "pair": proposal_of(side).pairs.first().pk}
    ),
    **read(
        "post_candidates",
        lambda side: {"pk": proposal_of(side).pk, "post": proposal_of(side).pairs.first().campaign_post_id},
    ),
    **read(
        "person_posts",
        lambda side: {
            "pk": proposal_of(side).pk,
            "nomination": proposal_of(side).pairs.first().nomination_id,
        },
    ),
    **read(
        "person_obstacles",
        lambda side: {
            "pk": proposal_of(side).pk,
            "nomination": proposal_of(side).pairs.first().nomination_id,
        },
    ),
    **read("move_preview", proposal_key, data=lambda side: {"nomination": side.nomination.pk}),
    **write("proposal_copy", proposal_key, lambda side: {"name": "副本"}),
    **write("proposal_choose", proposal_key, lambda side: {"version": 1}),
    **write("person_assign", proposal_key, change),
    **write(
        "pair_swap",
        proposal_key,
        lambda side: change(side) | {"other": proposal_of(side).pairs.last().nomination_id},
    ),
    **write("person_unassign", proposal_key, change),
    **write("pair_forbid", proposal_key, pair_move),
    **write("person_rearrange", proposal_key, change),
    **write("exact_cost_ask", proposal_key, lambda side: pair_move(side) | {"question": "without"}),
    **read("exact_cost_detail", cost_key),
    **read("exact_cost_progress", cost_key),
    **write("exact_cost_stop", cost_key),
    **read("intervention_list", proposal_key),
    **read("proposal_version", lambda side: {"pk": proposal_of(side).pk, "number": 0}),
    **write("intervention_undo", undo_key, lambda side: {"version": proposal_of(side).version}),
    **write("pair_lock", pair_key, lambda side: {"reason": "示例理由"}),
    **write("lock_clear", lock_key),
}

"""What a user sees of consultation and decision."""

import datetime as dt
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import FROM_REVIEW, CampaignState, NominationState
from secondment.campaigns.models import Campaign, Nomination
from secondment.decision.choices import AfterStep, Party, Reply
from secondment.decision.models import Consultation, Decision, DecisionItem, NotificationObjection
from secondment.matching.holding import live_pairs
from secondment.matching.models import MatchingRun, Proposal, ProposalPair
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.queries import owed_about

KIND = "decision.afterwards."
"""How the obligations of an urgent decision begin."""
AFTER = (CampaignState.DECIDED, CampaignState.DISPATCHED)


def campaigns_visible_to(user: User) -> QuerySet[Campaign]:
    """Campaigns that have come to review, of the units the user decides or leads for."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    rows = Campaign.objects.filter(under("owner_unit__path", paths), state__in=FROM_REVIEW)
    return rows.select_related("owner_unit", "programme_version")


def consultations_visible_to(user: User) -> QuerySet[Consultation]:
    """The unit's own in the role it was asked in; all of a campaign to its owner and leaders."""
    owned = under(
        "proposal__run__campaign__owner_unit__path",
        paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER),
    )
    home = Q(party=Party.HOME) & under("unit__path", paths_of(user, Role.HOME_UNIT))
    host = Q(party=Party.HOST) & under("unit__path", paths_of(user, Role.HOST_UNIT))
    rows = Consultation.objects.filter(owned | home | host)
    return rows.select_related("unit", "replied_by", "proposal__run__campaign__owner_unit")


def objections_visible_to(user: User) -> QuerySet[NotificationObjection]:
    """Objections of campaigns the user decides or leads for."""
    return NotificationObjection.objects.filter(
        notification__proposal__run__campaign__in=campaigns_visible_to(user).order_by()
    ).select_related("nomination__person", "notification__proposal__run__campaign__owner_unit")


def chosen_proposal(campaign: Campaign) -> Proposal | None:
    """The one proposal that goes to consultation and decision."""
    rows = Proposal.objects.filter(run__campaign=campaign, is_chosen=True).defer(
        "run__snapshot", "run__report", "run__shortages"
    )
    return rows.select_related("run__campaign__owner_unit", "run__campaign__programme_version").first()


def pairs_shown(consultation: Consultation) -> QuerySet[ProposalPair]:
    """Only the unit's own people, or the people for its own posts."""
    pairs = live_pairs(consultation.proposal)
    if consultation.party == Party.HOME:
        return pairs.filter(nomination__home_unit=consultation.unit)
    return pairs.filter(campaign_post__post__host_unit=consultation.unit)


def consultations_of(proposal: Proposal) -> QuerySet[Consultation]:
    """Everyone asked about a proposal."""
    return Consultation.objects.filter(proposal=proposal).select_related("unit", "replied_by")


def consultations_with_figures(proposal: Proposal, *, on: dt.date) -> QuerySet[Any]:
    """Everyone asked, with the number of their people or posts, and whether the reply is overdue."""
    pairs = ProposalPair.objects.filter(proposal=OuterRef("proposal")).order_by().values("proposal")
    sent = pairs.filter(nomination__home_unit=OuterRef("unit"))
    received = pairs.filter(campaign_post__post__host_unit=OuterRef("unit"))
    return consultations_of(proposal).annotate(
        n_people=Case(
            When(party=Party.HOME, then=Subquery(sent.annotate(n=Count("pk")).values("n"))),
            default=Subquery(received.annotate(n=Count("pk")).values("n")),
        ),
        is_overdue=Case(
            When(reply=Reply.PENDING, due_on__lt=on, then=Value(value=True)), default=Value(value=False)
        ),
    )


def concerned(proposal: Proposal) -> QuerySet[Consultation]:
    """Units consulted that have people or posts in the current plan; replies of others are kept, but no longer awaited."""
    pairs = live_pairs(proposal).order_by()
    home = Q(party=Party.HOME, unit__in=pairs.values("nomination__home_unit"))
    host = Q(party=Party.HOST, unit__in=pairs.values("campaign_post__post__host_unit"))
    return Consultation.objects.filter(home | host, proposal=proposal).select_related("unit")


def open_objections(proposal: Proposal) -> QuerySet[Consultation]:
    """Units that object and have no answer yet."""
    return concerned(proposal).filter(reply=Reply.OBJECTED, handling="")


def live_nominations(campaign: Campaign) -> QuerySet[Nomination]:
    """Nominations that were not withdrawn, by name."""
    rows = Nomination.objects.filter(campaign=campaign, state=NominationState.NOMINATED)
    return rows.select_related("person__unit", "home_unit").order_by("person__name_key", "pk")


def computed_posts(proposal: Proposal) -> dict[int, int]:
    """Nomination id → campaign post id as the run computed, regardless of manual changes since.

    The run keeps its result as row numbers of its own snapshot; pairs of a proposal are replaced by changes.
    """
    kept = MatchingRun.objects.filter(pk=proposal.run_id)
    optimum, nominations, posts = kept.values_list(
        "report__optimum", "snapshot__nominations", "snapshot__posts"
    ).get()
    return {nominations[person]: posts[post] for person, post in optimum}


def afterwards_of(campaign: Campaign) -> QuerySet[Obligation]:
    """What follows an urgent decision, open or met."""
    return owed_about(campaign).filter(kind__startswith=KIND)


def owed_steps(campaign: Campaign) -> set[AfterStep]:
    """The steps of an urgent decision that are still to be done."""
    kinds = afterwards_of(campaign).filter(state=ObligationState.OPEN).values_list("kind", flat=True)
    return {AfterStep(kind.removeprefix(KIND)) for kind in kinds}


def decision_of(campaign: Campaign) -> Decision | None:
    """The decision, when it has been recorded."""
    return Decision.objects.filter(campaign=campaign).select_related("recorded_by").first()


def items_of(decision: Decision) -> QuerySet[DecisionItem]:
    """What was decided, together with what was proposed."""
    return decision.items.select_related(
        "nomination__person",
        "nomination__home_unit",
        "campaign_post__post__host_unit",
        "proposed_post__post__host_unit",
    )

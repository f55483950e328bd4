"""What a user sees of consultation and decision."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import FROM_REVIEW, CampaignState, NominationState
from secondment.campaigns.models import Campaign, Nomination
from secondment.decision.choices import AfterStep, Party, Reply
from secondment.decision.models import (
    Consultation,
    Decision,
    DecisionItem,
    NotificationObjection,
    PersonReply,
    PreAppointmentTalk,
    PublicNotification,
)
from secondment.matching.holding import live_pairs
from secondment.matching.models import Proposal, ProposalPair
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.queries import owed_about
from secondment.units.models import Unit

KIND = "decision.afterwards."
"""How the obligations of an urgent decision begin."""
ANSWERS_WITH_POSTS = Prefetch(
    "people", PersonReply.objects.select_related("campaign_post__post__host_unit").order_by("pk")
)
"""Everything that a unit said, the last words last."""
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
    return rows.select_related("unit__parent", "replied_by", "proposal__run__campaign__owner_unit")


def objections_visible_to(user: User) -> QuerySet[NotificationObjection]:
    """Objections of campaigns the user decides or leads for."""
    return NotificationObjection.objects.filter(
        notification__proposal__run__campaign__in=campaigns_visible_to(user).order_by()
    ).select_related("nomination__person", "notification__proposal__run__campaign__owner_unit")


def chosen_proposal(campaign: Campaign) -> Proposal | None:
    """The one proposal that goes to consultation and decision."""
    rows = Proposal.objects.filter(run__campaign=campaign, is_chosen=True).defer(
        "run__snapshot", "run__facts", "run__bounds", "run__report", "run__shortages"
    )
    return rows.select_related("run__campaign__owner_unit", "run__campaign__programme_version").first()


def replies_open_to(user: User, campaign_id: int) -> QuerySet[Consultation]:
    """What was asked of the user's own units about the current plan of a campaign, as home units first."""
    own = Q(party=Party.HOME) & under("unit__path", paths_of(user, Role.HOME_UNIT))
    own |= Q(party=Party.HOST) & under("unit__path", paths_of(user, Role.HOST_UNIT))
    rows = Consultation.objects.filter(own, proposal__run__campaign=campaign_id, proposal__is_chosen=True)
    related = (
        "unit__parent",
        "proposal__run__campaign__owner_unit",
        "proposal__run__campaign__programme_version",
    )
    return rows.select_related(*related).prefetch_related(ANSWERS_WITH_POSTS).order_by("party", "unit__path")


def pairs_shown(consultation: Consultation) -> QuerySet[ProposalPair]:
    """Only the unit's own people, or the people for its own posts."""
    pairs = live_pairs(consultation.proposal)
    if consultation.party == Party.HOME:
        return pairs.filter(nomination__home_unit=consultation.unit)
    return pairs.filter(campaign_post__post__host_unit=consultation.unit)


def people_of(consultations: Sequence[Consultation]) -> list[tuple[Consultation, ProposalPair]]:
    """Whom each of these consultations about one plan is about; one query however many units are asked."""
    if not consultations:
        return []
    pairs = list(
        live_pairs(consultations[0].proposal).select_related("campaign_post__post__host_unit__parent")
    )
    return [
        (one, pair) for one in consultations for pair in pairs if one.unit_id == _concerned_unit(one, pair)
    ]


def _concerned_unit(consultation: Consultation, pair: ProposalPair) -> int:
    """The unit of the pair that stands on the side that was asked."""
    if consultation.party == Party.HOME:
        return pair.nomination.home_unit_id
    return pair.campaign_post.post.host_unit_id


def answers_before(consultation: Consultation) -> QuerySet[PersonReply]:
    """What a unit said before its current answers, the latest first."""
    rows = consultation.people.filter(is_current=False)
    return rows.select_related("nomination__person", "campaign_post__post__host_unit").order_by("-pk")


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
            When(reply=Reply.PENDING, due_on__lt=on, is_withdrawn=False, then=Value(value=True)),
            default=Value(value=False),
        ),
    )


def live_nominations(campaign: Campaign) -> QuerySet[Nomination]:
    """Nominations that were not withdrawn, by name."""
    rows = Nomination.objects.filter(campaign=campaign, state=NominationState.NOMINATED)
    return rows.select_related("person__unit", "home_unit").order_by("person__name_key", "pk")


def afterwards_of(campaign: Campaign) -> QuerySet[Obligation]:
    """What follows an urgent decision, open or met; not what fell away with one that was taken back."""
    return owed_about(campaign).filter(kind__startswith=KIND).exclude(state=ObligationState.WAIVED)


def owed_steps(campaign: Campaign) -> set[AfterStep]:
    """The steps of an urgent decision that are still to be done."""
    kinds = afterwards_of(campaign).filter(state=ObligationState.OPEN).values_list("kind", flat=True)
    return {AfterStep(kind.removeprefix(KIND)) for kind in kinds}


def decision_of(campaign: Campaign) -> Decision | None:
    """The decision in force, when it has been recorded."""
    return in_force().filter(campaign=campaign).select_related("recorded_by").first()


def in_force() -> QuerySet[Decision]:
    """Decisions that were not taken back."""
    return Decision.objects.filter(withdrawn_on=None)


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """Decisions on campaigns the user decides or leads for, in force or taken back."""
    rows = Decision.objects.filter(campaign__in=campaigns_visible_to(user).order_by())
    return rows.select_related(
        "campaign__owner_unit", "campaign__programme_version", "recorded_by", "withdrawn_by"
    )


def taken_back(campaign: Campaign) -> QuerySet[Decision]:
    """Earlier decisions on the campaign, the last first."""
    rows = Decision.objects.filter(campaign=campaign).exclude(withdrawn_on=None)
    return rows.select_related("withdrawn_by").order_by("-version")


def items_of(decision: Decision) -> QuerySet[DecisionItem]:
    """What was decided, together with what was proposed."""
    return decision.items.select_related(
        "nomination__person",
        "nomination__home_unit",
        "campaign_post__post__host_unit__parent",
        "proposed_post__post__host_unit__parent",
    )


def posted_of(proposal: Proposal) -> PublicNotification | None:
    """The public notification that was not taken back."""
    return PublicNotification.objects.filter(proposal=proposal, withdrawn_on=None).first()


def postings_of(owner: Unit) -> QuerySet[PublicNotification]:
    """Public notifications of the unit's campaigns, the last first."""
    return PublicNotification.objects.filter(proposal__run__campaign__owner_unit=owner).order_by("-pk")


def posted_in(campaign: Campaign) -> QuerySet[PublicNotification]:
    """The public notification of the chosen proposal that was not taken back."""
    return PublicNotification.objects.filter(
        proposal__run__campaign=campaign, proposal__is_chosen=True, withdrawn_on=None
    )


def talks_about(proposal: Proposal) -> QuerySet[PreAppointmentTalk]:
    """Talks held with people of a proposal."""
    return PreAppointmentTalk.objects.filter(proposal=proposal)

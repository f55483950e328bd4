"""The pairs of a proposal that still count, and whether what was proposed still holds."""

from collections.abc import Iterator

from django.db.models import QuerySet

from secondment.campaigns.choices import NominationState
from secondment.campaigns.holding import lapses_of_pairs
from secondment.campaigns.lapses import Lapse, refuse_lapsed
from secondment.campaigns.planned import planned_pairs
from secondment.matching.models import Proposal, ProposalPair


def live_pairs(proposal: Proposal) -> QuerySet[ProposalPair]:
    """Pairs whose nomination is still valid, with everything their pages and documents name, by host unit."""
    return _planned(proposal).filter(nomination__state=NominationState.NOMINATED)


def lapses_of_proposal(proposal: Proposal) -> Iterator[Lapse]:
    """What no longer holds of a stored plan; people whose nomination was withdrawn are named too."""
    return lapses_of_pairs(proposal.run.campaign, planned_pairs(_planned(proposal)))


def check_holds(proposal: Proposal) -> None:
    """Refuse with every reason why the plan holds no longer."""
    refuse_lapsed(lapses_of_proposal(proposal))


def _planned(proposal: Proposal) -> QuerySet[ProposalPair]:
    return (
        ProposalPair.objects.filter(proposal=proposal)
        .select_related(
            "nomination__person__unit",
            "nomination__home_unit__parent",
            "campaign_post__post__host_unit__parent",
        )
        .order_by("campaign_post__post__host_unit__path", "campaign_post", "pk")
    )

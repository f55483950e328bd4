"""The pairs of a proposal that still count, and whether what was proposed still holds."""

from collections.abc import Iterator

from django.db.models import QuerySet

from secondment.campaigns.choices import NominationState
from secondment.campaigns.holding import lapses_of_pairs
from secondment.campaigns.lapses import Lapse, refuse_lapsed
from secondment.matching.models import Proposal, ProposalPair

# What `lapses_of_pairs` asks of each pair; hundreds of whole persons and posts would take most of a page's time.
ASKED = (
    "nomination__state",
    "nomination__home_unit__name",
    "nomination__home_unit__path",
    "nomination__home_unit__is_active",
    "nomination__person__name",
    "nomination__person__state",
    "nomination__person__unit__name",
    "nomination__person__unit__path",
    "campaign_post__post__title",
    "campaign_post__post__state",
    "campaign_post__post__direction",
    "campaign_post__post__starts_on",
    "campaign_post__post__ends_on",
    "campaign_post__post__headcount",
    "campaign_post__post__host_unit__name",
    "campaign_post__post__host_unit__is_active",
)


def live_pairs(proposal: Proposal) -> QuerySet[ProposalPair]:
    """Pairs whose nomination stands, with everything their pages and documents name, by host unit."""
    return _planned(proposal).filter(nomination__state=NominationState.NOMINATED)


def lapses_of_proposal(proposal: Proposal) -> Iterator[Lapse]:
    """What no longer holds of a stored plan; people whose nomination was withdrawn are named too."""
    pairs = [(one.nomination, one.campaign_post) for one in _planned(proposal).only(*ASKED)]
    return lapses_of_pairs(proposal.run.campaign, pairs)


def check_holds(proposal: Proposal) -> None:
    """Refuse with every reason why the plan holds no longer."""
    refuse_lapsed(lapses_of_proposal(proposal))


def _planned(proposal: Proposal) -> QuerySet[ProposalPair]:
    return (
        ProposalPair.objects.filter(proposal=proposal)
        .select_related("nomination__person__unit", "nomination__home_unit", "campaign_post__post__host_unit")
        .order_by("campaign_post__post__host_unit__path", "campaign_post", "pk")
    )

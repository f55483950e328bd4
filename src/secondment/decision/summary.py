"""What a decision will do, in numbers, before it is recorded."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.decision.queries import live_nominations
from secondment.decision.services.deciding import DecidedPair, Meeting
from secondment.matching.models import Proposal
from secondment.matching.services.interventions import proposed_posts


@dataclass(frozen=True)
class DecisionSummary:
    """How many are sent, how many otherwise than computed, how many nominated people stay; `mark` names the content."""

    meeting: Meeting
    n_sent: int
    n_changed: int
    n_staying: int
    mark: str


def decision_summary(proposal: Proposal, meeting: Meeting, decided: Sequence[DecidedPair]) -> DecisionSummary:
    """The numbers to be confirmed; any other content has another mark and is shown again."""
    computed = proposed_posts(proposal)
    sent = [one for one in decided if one.campaign_post_id is not None]
    return DecisionSummary(
        meeting=meeting,
        n_sent=len(sent),
        n_changed=sum(one.campaign_post_id != computed.get(one.nomination_id) for one in decided),
        n_staying=live_nominations(proposal.run.campaign).count() - len(sent),
        mark=hashlib.sha256(repr((meeting, decided)).encode()).hexdigest()[:16],
    )

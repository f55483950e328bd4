"""Write the pairs of a plan and who is left, whether a run found the plan or a campaign chose it."""

from collections.abc import Mapping
from typing import Any, Protocol

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment import AssignmentProblem
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.matching.choices import TieKind
from secondment.matching.explanation import Unplacing
from secondment.matching.models import Proposal, ProposalPair, Unplaced
from secondment.matching.snapshot import Snapshot


class Told(Protocol):
    """What is said about a plan: other candidates of each post, and why others are left, by row numbers."""

    @property
    def alternatives(self) -> Mapping[int, list[dict[str, Any]]]:
        """The next candidates of each post."""

    @property
    def unplaced(self) -> Mapping[int, Unplacing]:
        """Why each person has no post."""


def keep_plan(
    proposal: Proposal,
    snapshot: Snapshot,
    problem: AssignmentProblem,
    rows: IntArray,
    told: Told,
    tie_of: Mapping[int, TieKind],
) -> None:
    """The pairs in `rows` of the problem, and everybody else, as rows of the proposal."""
    _keep_pairs(proposal, snapshot, problem, rows, told, tie_of)
    _keep_unplaced(proposal, snapshot, told)


def _keep_pairs(
    proposal: Proposal,
    snapshot: Snapshot,
    problem: AssignmentProblem,
    rows: IntArray,
    told: Told,
    tie_of: Mapping[int, TieKind],
) -> None:
    people = Nomination.objects.filter(campaign=proposal.run.campaign_id)
    names = dict(people.values_list("pk", "person__name"))
    alternatives = {
        post: [one | {"name": names[one["nomination"]]} for one in listed]
        for post, listed in told.alternatives.items()
    }
    locked = set(problem.locked)
    pairs = zip(problem.person[rows].tolist(), problem.post[rows].tolist(), rows.tolist(), strict=True)
    ProposalPair.objects.bulk_create(
        [
            ProposalPair(
                proposal=proposal,
                nomination_id=snapshot.nominations[person],
                campaign_post_id=snapshot.posts[post],
                score=float(problem.score[row]),
                components=snapshot.components_of(row),
                alternatives=alternatives[post],
                is_locked=(person, post) in locked,
                tie=tie_of.get(row, ""),
            )
            for person, post, row in pairs
        ],
        batch_size=500,
    )


def _keep_unplaced(proposal: Proposal, snapshot: Snapshot, told: Told) -> None:
    nearest = {one.post for one in told.unplaced.values() if one.post is not None}
    names = {
        one.pk: str(one)
        for one in CampaignPost.objects.filter(pk__in=nearest).select_related("post__host_unit")
    }
    Unplaced.objects.bulk_create(
        [
            Unplaced(
                proposal=proposal,
                nomination_id=snapshot.nominations[person],
                kind=why.kind,
                facts={
                    "rules": list(why.rules),
                    "post": names.get(why.post or 0, ""),
                    "loss": why.loss,
                    "n_places": why.n_places,
                },
            )
            for person, why in told.unplaced.items()
        ],
        batch_size=500,
    )

"""An earlier state of a proposal beside the present one; it is worked out backwards from what was done since."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.sentences import listed
from secondment.matching.models import Proposal
from secondment.matching.queries import ComparedPost
from secondment.matching.services.interventions import NOTHING, plan_at, unrecorded
from secondment.matching.services.plans import ProposalPlan


@dataclass(frozen=True)
class PlanVersion:
    """The plan after `number` interventions: each post then and now, and the totals of both in points.

    It is as computed before the first, unless it was changed before changes were noted.
    """

    number: int
    posts: list[ComparedPost]
    n_then: int
    n_now: int
    total_then: float
    total_now: float
    is_computed: bool

    @property
    def n_different(self) -> int:
        """Posts that others hold now."""
        return sum(one.is_different for one in self.posts)


def version_of(proposal: Proposal, number: int) -> PlanVersion | None:
    """The plan after intervention `number`, 0 where the record begins; None when there have not been so many."""
    if number > proposal.interventions.count():
        return None
    plan = ProposalPlan(proposal)
    then, now = plan_at(proposal, number), plan.post_of
    posts = posts_named({*then.values(), *now.values()})
    first, second = _held(plan, then), _held(plan, now)
    compared = [
        ComparedPost(posts[key], *_cells(first.get(key), second.get(key)))
        for key in sorted(posts, key=lambda key: (posts[key].post.host_unit.path, key))
    ]
    compared.sort(key=lambda one: not one.is_different)
    is_computed = not number and unrecorded(proposal) == NOTHING
    totals = 100 * plan.total(then), 100 * plan.total(now)
    return PlanVersion(number, compared, len(then), len(now), *totals, is_computed)


def _held(plan: ProposalPlan, post_of: Mapping[int, int]) -> dict[int, list[tuple[str, float]]]:
    people = nominations_named(post_of)
    held: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for nomination, post in sorted(post_of.items()):
        held[post].append((str(people[nomination]), plan.score_of((nomination, post))))
    return held


def _cells(
    first: list[tuple[str, float]] | None, second: list[tuple[str, float]] | None
) -> tuple[str, str, float | None, float | None]:
    one, two = (
        (
            listed(name for name, _score in held or []),
            100 * sum(score for _name, score in held) if held else None,
        )
        for held in (first, second)
    )
    return one[0], two[0], one[1], two[1]

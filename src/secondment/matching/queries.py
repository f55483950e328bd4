"""What a user sees of runs and proposals, and the figures of their pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.algorithms.fit import COMPONENTS
from secondment.campaigns.choices import FROM_REVIEW
from secondment.campaigns.models import Campaign, CampaignPost, EligibilityFinding
from secondment.campaigns.queries import posts_named
from secondment.common.sentences import listed
from secondment.matching.choices import RunState
from secondment.matching.models import (
    ExactCost,
    Intervention,
    Lock,
    MatchingRun,
    Proposal,
    ProposalPair,
    SideRule,
    Unplaced,
)
from secondment.matching.rules import READERS
from secondment.units.models import Unit

BANDS = 10


def campaigns_visible_to(user: User) -> QuerySet[Campaign]:
    """Campaigns that have come to review, of the units the user acts or reads for."""
    return (
        Campaign.objects.filter(under("owner_unit__path", paths_of(user, *READERS)), state__in=FROM_REVIEW)
        .select_related("owner_unit", "programme_version__programme")
        .annotate(
            n_runs=Count("runs", distinct=True),
            has_choice=Exists(Proposal.objects.filter(run__campaign=OuterRef("pk"), is_chosen=True)),
        )
    )


def visible_to(user: User) -> QuerySet[MatchingRun]:
    """Runs of the campaigns the user acts or reads for; the snapshot is loaded only where it is needed."""
    return (
        MatchingRun.objects.filter(under("campaign__owner_unit__path", paths_of(user, *READERS)))
        .select_related("campaign__owner_unit", "created_by")
        .defer("snapshot", "facts", "bounds")
    )


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """Proposals of the runs the user sees."""
    return (
        Proposal.objects.filter(under("run__campaign__owner_unit__path", paths_of(user, *READERS)))
        .select_related("run__campaign__owner_unit", "created_by")
        .defer("run__snapshot", "run__facts", "run__bounds")
    )


def exact_costs_visible_to(user: User) -> QuerySet[ExactCost]:
    """Exact costs that were asked for in the proposals the user sees."""
    paths = under("proposal__run__campaign__owner_unit__path", paths_of(user, *READERS))
    return (
        ExactCost.objects.filter(paths)
        .select_related(
            "proposal__run__campaign__owner_unit",
            "nomination__person",
            "nomination__home_unit",
            "campaign_post__post__host_unit",
            "by",
        )
        .defer("proposal__run__facts", "proposal__run__bounds")
    )


def pairs_visible_to(user: User) -> QuerySet[ProposalPair]:
    """Pairs of the proposals the user sees."""
    return pairs_with_names(
        ProposalPair.objects.filter(
            under("proposal__run__campaign__owner_unit__path", paths_of(user, *READERS))
        ).select_related("proposal__run__campaign__owner_unit")
    ).defer("proposal__run__snapshot", "proposal__run__facts", "proposal__run__bounds")


def locks_visible_to(user: User) -> QuerySet[Lock]:
    """Locks and prohibitions of the campaigns the user acts or reads for."""
    return Lock.objects.filter(under("campaign__owner_unit__path", paths_of(user, *READERS))).select_related(
        "campaign__owner_unit",
        "nomination__person",
        "nomination__home_unit",
        "campaign_post__post__host_unit",
        "by",
    )


def interventions_visible_to(user: User) -> QuerySet[Intervention]:
    """What was done by hand to the proposals the user sees."""
    return (
        Intervention.objects.filter(
            under("proposal__run__campaign__owner_unit__path", paths_of(user, *READERS))
        )
        .select_related("proposal__run__campaign__owner_unit", "by", "undone_by", "undoes")
        .defer(
            "proposal__run__snapshot",
            "proposal__run__facts",
            "proposal__run__bounds",
        )
    )


def side_rules_visible_to(user: User) -> QuerySet[SideRule]:
    """Side rules of the campaigns the user acts or reads for."""
    return SideRule.objects.filter(
        under("campaign__owner_unit__path", paths_of(user, *READERS))
    ).select_related("campaign__owner_unit", "created_by")


def pairs_with_names(pairs: QuerySet[ProposalPair]) -> QuerySet[ProposalPair]:
    """Pairs with everything a line of the table reads."""
    return pairs.select_related(
        "nomination__person",
        "nomination__home_unit",
        "campaign_post__post__host_unit",
        "campaign_post__post__region",
    )


def pairs_for_list(proposal: Proposal) -> QuerySet[ProposalPair]:
    """Pairs of a proposal with nothing but what the list and its Excel file show."""
    own = ("proposal", "score", "components", "alternatives", "is_locked", "is_manual")
    person = ("nomination__person__name", "nomination__person__post_title", "nomination__home_unit__name")
    post = ("post__title", "post__host_unit__name", "post__region__full_name", "priority")
    return pairs_with_names(proposal.pairs.all()).only(
        *own, *person, *(f"campaign_post__{name}" for name in post)
    )


def unplaced_with_names(proposal: Proposal) -> QuerySet[Unplaced]:
    """People without a post in the proposal, with everything their line reads."""
    return proposal.unplaced.select_related("nomination__person", "nomination__home_unit")


def empty_posts(proposal: Proposal) -> QuerySet[CampaignPost]:
    """Posts of the campaign with a place that the proposal leaves empty, and how many people each has."""
    return (
        CampaignPost.objects.filter(campaign=proposal.run.campaign_id)
        .select_related("post__host_unit")
        .annotate(n_held=Count("pairs", filter=Q(pairs__proposal=proposal)))
        .filter(n_held__lt=F("post__headcount"))
        .order_by("priority", "pk")
    )


def units_named(keys: Iterable[int]) -> dict[int, Unit]:
    """Units by id."""
    return Unit.objects.in_bulk(list(keys))


def rule_bases(campaign: Campaign) -> dict[str, str]:
    """The legal basis of each rule that has a finding in the campaign."""
    found = EligibilityFinding.objects.filter(nomination__campaign=campaign).order_by("rule")
    return dict(found.values_list("rule", "basis").distinct())


def last_plan(campaign: Campaign) -> Proposal | None:
    """The plan of the campaign's last finished run, as it stands now."""
    found = Proposal.objects.filter(run__campaign=campaign, run__state=RunState.DONE)
    shown = found.select_related("run").defer("run__snapshot", "run__facts", "run__bounds")
    return shown.order_by("-run__number", "pk").first()


@dataclass(frozen=True)
class Summary:
    """Figures of a set of pairs: points are out of 100, `bands` counts pairs by tens of points; `n_stated` have wishes."""

    n_pairs: int
    total: float
    n_first_wishes: int
    n_wishes_met: int
    n_stated: int
    means: Mapping[str, float | None]
    bands: Sequence[int]

    @property
    def mean(self) -> float:
        """Average fit of a pair in points."""
        return self.total / self.n_pairs if self.n_pairs else 0.0

    def unfounded(self, weights: Mapping[str, int]) -> list[str]:
        """Components that count and rest on nothing: no pair could be assessed by them."""
        return [
            name for name, mean in self.means.items() if self.n_pairs and mean is None and weights.get(name)
        ]


def summary_of(
    scores: Sequence[float], components: "np.ndarray[tuple[int, int], np.dtype[np.float64]]"
) -> Summary:
    """Figures of pairs with these scores (0–1) and components (NaN where not assessed)."""
    points = 100 * np.asarray(scores, dtype=np.float64)
    known = np.isfinite(components)
    totals = np.where(known, components, 0.0).sum(axis=0)
    wishes = components[:, COMPONENTS.index("person_preference")]
    bands = np.bincount(np.minimum(points // BANDS, BANDS - 1).astype(np.int64), minlength=BANDS)
    return Summary(
        n_pairs=len(points),
        total=float(points.sum()),
        n_first_wishes=int((wishes == 1).sum()),
        n_wishes_met=int((wishes > 0).sum()),
        n_stated=int(np.isfinite(wishes).sum()),
        means={
            name: float(100 * total / n) if n else None
            for name, total, n in zip(COMPONENTS, totals, known.sum(axis=0), strict=True)
        },
        bands=bands.tolist(),
    )


def proposal_summary(proposal: Proposal) -> Summary:
    """Figures of a proposal in its current state."""
    pairs, components = components_of_pairs(proposal)
    return summary_of([score for _nomination, score in pairs], components)


def components_of_pairs(
    proposal: Proposal,
) -> tuple[list[tuple[int, float]], "np.ndarray[tuple[int, int], np.dtype[np.float64]]"]:
    """Nomination and score of every pair, and their components (n_pairs, 9), NaN where not judged."""
    rows = list(proposal.pairs.order_by("pk").values_list("nomination_id", "score", "components"))
    components = np.array(
        [
            [np.nan if (value := found.get(name)) is None else value for name in COMPONENTS]
            for _nomination, _score, found in rows
        ],
        dtype=np.float64,
    ).reshape(len(rows), len(COMPONENTS))
    return [(nomination, score) for nomination, score, _found in rows], components


@dataclass(frozen=True)
class ComparedPost:
    """Who holds a post in two proposals, with the fit of each in points."""

    post: CampaignPost
    first: str
    second: str
    first_score: float | None
    second_score: float | None

    @property
    def is_different(self) -> bool:
        """Whether the proposals disagree."""
        return self.first != self.second

    @property
    def change(self) -> float:
        """Points the second proposal has more for this post."""
        return (self.second_score or 0.0) - (self.first_score or 0.0)


def compared_posts(first: Proposal, second: Proposal) -> list[ComparedPost]:
    """Every post held in either proposal; four queries."""
    one, two = (_held(proposal) for proposal in (first, second))
    posts = posts_named({*one, *two})
    return [
        ComparedPost(
            posts[key],
            _names(one.get(key)),
            _names(two.get(key)),
            _points(one.get(key)),
            _points(two.get(key)),
        )
        for key in sorted(posts, key=lambda key: (posts[key].post.host_unit.path, key))
    ]


def _held(proposal: Proposal) -> dict[int, list[tuple[str, float]]]:
    held: dict[int, list[tuple[str, float]]] = {}
    rows = proposal.pairs.order_by("nomination_id").values_list(
        "campaign_post_id", "nomination__person__name", "score"
    )
    for post, name, score in rows:
        held.setdefault(post, []).append((name, score))
    return held


def _names(people: list[tuple[str, float]] | None) -> str:
    return listed(name for name, _score in people or [])


def _points(people: list[tuple[str, float]] | None) -> float | None:
    return 100 * sum(score for _name, score in people) if people else None

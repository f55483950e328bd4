"""How near a computation of the demo comes to the truth, which is known there alone: by the raw mean, and adjusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Min

from secondment.algorithms.rating.tally import LEAST
from secondment.appraisals.models import Appraisal
from secondment.common.installation import is_demo_data
from secondment.demo.work.merit import Merit, difficulties, expected_level, merit_of
from secondment.measurement.models import Measure, Run
from secondment.measurement.reading import measures_of
from secondment.standards.choices import IndicatorKind
from secondment.standards.models import Indicator, StandardVersion

TOP_SHARE = 5
"""The first of so many are looked at: about as many as there are places."""
MOST_WRONGED = 12


@dataclass(frozen=True)
class Known:
    """Somebody's true score beside both that were computed, with the rank by each."""

    measure: Measure
    truth: float
    plain: float
    fair: float
    rank: int
    plain_rank: int
    fair_rank: int

    @property
    def wrong(self) -> int:
        """By how many ranks the raw mean puts the person lower (negative: higher) than is true."""
        return self.plain_rank - self.rank


@dataclass(frozen=True)
class Nearness:
    """How well an order agrees with the true one: Kendall's tau, and how many of the true first it has among its first."""

    tau: float
    hits: int


@dataclass(frozen=True)
class Comparison:
    """People of the largest comparable set in the order of the truth, and both orders against it."""

    people: Sequence[Known]
    plain: Nearness
    fair: Nearness
    n_top: int

    @property
    def wronged(self) -> list[Known]:
        """Whom the raw mean misplaced most."""
        return sorted(self.people, key=lambda one: (-abs(one.wrong), one.rank))[:MOST_WRONGED]


def has_truth(run: Run) -> bool:
    """Whether the page is there: in the demo, for what an estimator computed."""
    return bool(run.results.get("subsets")) and is_demo_data()


def compared_with_truth(run: Run) -> Comparison | None:
    """None where fewer are comparable than would show anything."""
    rows = measures_of(run).select_related("candidate__placement__post")
    rows = rows.filter(fair_score__isnull=False, plain_score__isnull=False, subset=1)
    measures = list(rows.order_by("pk"))
    if len(measures) < LEAST:
        return None
    years = run.year - _first_year(run)
    truths = _true_scores([merit_of(one.candidate.placement.post.code, years=years) for one in measures], run)
    plains = [one.plain_score or 0.0 for one in measures]
    fairs = [one.fair_score or 0.0 for one in measures]
    ranks, plain_ranks, fair_ranks = (_ranks(each) for each in (truths, plains, fairs))
    people = [
        Known(*each)
        for each in zip(measures, truths, plains, fairs, ranks, plain_ranks, fair_ranks, strict=True)
    ]
    n_top = max(1, len(people) // TOP_SHARE)
    return Comparison(
        sorted(people, key=lambda one: one.rank),
        Nearness(kendall(truths, plains), _hits(ranks, plain_ranks, n_top)),
        Nearness(kendall(truths, fairs), _hits(ranks, fair_ranks, n_top)),
        n_top,
    )


def kendall(first: Sequence[float], second: Sequence[float]) -> float:
    """Share of pairs in the same order less that in the other order; 1 for the same order, -1 for its reverse."""
    pairs = list(combinations(zip(first, second, strict=True), 2))
    return sum(_sign(a - c) * _sign(b - d) for (a, b), (c, d) in pairs) / len(pairs)


def _first_year(run: Run) -> int:
    year: int = Appraisal.objects.filter(owner_unit=run.owner_unit_id).aggregate(first=Min("year"))["first"]
    return year


def _true_scores(merits: Sequence[Merit], run: Run) -> list[float]:
    """What everybody would get if raters were of average severity and there were endlessly many."""
    standard: StandardVersion = run.standard_version
    items = list(standard.indicators.filter(kind=IndicatorKind.RATED))
    hard = difficulties(len(items))
    return [_true_score(one, items, hard, standard.level_scores) for one in merits]


def _true_score(
    merit: Merit, items: Sequence[Indicator], hard: Sequence[float], scores: Sequence[float]
) -> float:
    step = (scores[-1] - scores[0]) / (len(scores) - 1)
    total = sum(item.weight for item in items)
    levels = (
        item.weight * (expected_level(merit.of(item.ability), at) - 1)
        for item, at in zip(items, hard, strict=True)
    )
    return scores[0] + step * sum(levels) / total


def _ranks(scores: Sequence[float]) -> list[int]:
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    ranks = [0] * len(scores)
    for rank, at in enumerate(order, 1):
        ranks[at] = rank
    return ranks


def _hits(ranks: Sequence[int], others: Sequence[int], n_top: int) -> int:
    return sum(rank <= n_top and other <= n_top for rank, other in zip(ranks, others, strict=True))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)

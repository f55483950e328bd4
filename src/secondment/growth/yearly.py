"""What the yearly appraisals say of the five abilities: their ability items, by the rules of the plain tally.

Groups too small to be shown join others or are left out as everywhere; no single ballot is told apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt

from secondment.algorithms.rating.abilities import Rated
from secondment.algorithms.rating.tally import CandidateTally, GroupTally, IndicatorTally, plain_tally
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Candidate
from secondment.measurement.gathering import gather
from secondment.placements.models import Placement
from secondment.standards.choices import IndicatorKind
from secondment.standards.models import StandardVersion

Results = dict[str, Rated]


def yearly_abilities(placements: Iterable[Placement]) -> dict[int, dict[int, Results]]:
    """Placement → assessment year → ability → result; nothing where no appraisal was counted."""
    rows = Candidate.objects.filter(
        placement__in=[one.pk for one in placements], is_void=False, appraisal__state=AppraisalState.CLOSED
    ).select_related("standard", "appraisal")
    by_standard: dict[StandardVersion, list[Candidate]] = defaultdict(list)
    for one in rows:
        by_standard[one.standard].append(one)
    found: dict[int, dict[int, Results]] = defaultdict(dict)
    for standard, candidates in by_standard.items():
        results = _abilities_of(candidates, standard)
        for one in candidates:
            if told := results.get(one.pk):
                found[one.placement_id][one.year] = told
    return dict(found)


def _abilities_of(candidates: Sequence[Candidate], standard: StandardVersion) -> dict[int, Results]:
    """Candidate → ability → result: one tally for each ability, of its own items alone.

    No ballot is read that is not about one of these: a page about one person asks for the papers of one person.
    """
    items: dict[str, dict[str, float]] = defaultdict(dict)
    for one in standard.indicators.filter(kind=IndicatorKind.RATED).exclude(ability=""):
        items[one.ability][one.code] = float(one.weight)
    if not items:
        return {}
    appraisals = list({one.appraisal for one in candidates})
    ballots = gather(appraisals, standard, about=[one.pk for one in candidates]).ballots
    found: dict[int, Results] = defaultdict(dict)
    for ability, weights in items.items():
        tallies = plain_tally(
            ballots,
            level_scores=standard.level_scores,
            group_weights=standard.group_weights,
            indicator_weights=weights,
        )
        for candidate, tally in tallies.items():
            if tally.score is not None:
                found[candidate][ability] = result_of(tally, standard.level_scores)
    return found


def result_of(tally: CandidateTally, level_scores: Sequence[float]) -> Rated:
    """The weighted mean; its error from how often each level was given, where that may be told.

    Where it may not, the error is the largest that marks with this mean can have: single marks stay closed, and nobody
    is called better or worse because of it.
    """
    counted = [one for one in tally.groups if one.score is not None and one.weight]
    total = sum(one.weight for one in counted)
    variance = sum((one.weight / total) ** 2 * _variance(one, level_scores) / one.n for one in counted)
    return Rated(float(tally.score or 0.0), sqrt(variance), sum(one.n for one in counted))


def _variance(group: GroupTally, scores: Sequence[float]) -> float:
    """Of one rater's mark; never below what rounding to levels hides."""
    low, high, mean = scores[0], scores[-1], group.score or 0.0
    floor = ((high - low) / (len(scores) - 1)) ** 2 / 12
    told = [_spread(one, scores) for one in group.indicators.values()]
    known = [one for one in told if one is not None]
    found = max(known) if known and len(known) == len(told) else (high - mean) * (mean - low)
    return max(found, floor)


def _spread(indicator: IndicatorTally, scores: Sequence[float]) -> float | None:
    if indicator.counts is None:
        return None
    squares = sum(
        n * (score - indicator.mean) ** 2 for n, score in zip(indicator.counts, scores, strict=True)
    )
    return squares / (indicator.n - 1)

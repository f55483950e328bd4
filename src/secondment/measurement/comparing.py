"""What whole ballots say without a model: the funnel of units, and gaps that stand out."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Candidate
from secondment.appraisals.reading import signed_marks_of
from secondment.measurement.flag_words import LEADERS_HIGH
from secondment.measurement.flags import (
    Flags,
    changes_of_signed,
    gap_flags,
    leaders_over_masses,
)
from secondment.measurement.funnels import funnel_figures
from secondment.measurement.gathering import Gathered, rated_weights
from secondment.measurement.inputs import Cast, counted
from secondment.measurement.models import Run


def compared(run: Run, gathered: Gathered) -> dict[str, Any]:
    """The results of a run that need no estimate: `funnel`, `flags`, `untried`."""
    standard = run.standard_version
    scores, weights = standard.level_scores, rated_weights(standard)
    found = gap_flags(
        LEADERS_HIGH, leaders_over_masses(gathered.ballots, scores, weights), seed=run.seed
    ) + gap_flags("change", _changes(run, gathered.ballots), both_ways=True, seed=run.seed)
    return {"funnel": funnel_figures(counted(gathered.ballots), scores, weights), **packed(found)}


def packed(flags: Flags) -> dict[str, Any]:
    """As a run keeps them."""
    return {"flags": flags.found, "untried": flags.untried}


def _changes(run: Run, ballots: Sequence[Cast]) -> dict[int, tuple[float, float]]:
    """Signed scores of this year against those of the same placement the year before."""
    scores = run.standard_version.level_scores
    now: dict[int, list[float]] = defaultdict(list)
    for ballot in ballots:
        if ballot.rater:
            for candidate, levels in ballot.marks.items():
                now[candidate] += [scores[level - 1] for level in levels.values() if level is not None]
    rows = Candidate.objects.filter(
        year=run.year - 1,
        is_void=False,
        appraisal__state=AppraisalState.CLOSED,
        placement__in=Candidate.objects.filter(pk__in=list(now)).values("placement"),
    ).select_related("appraisal", "standard")
    earlier = {one.pk: one for one in rows}
    placement_of = dict(Candidate.objects.filter(pk__in=list(now)).values_list("placement", "pk"))
    before: dict[int, list[float]] = defaultdict(list)
    for mark in signed_marks_of({one.appraisal for one in earlier.values()}):
        one = earlier.get(mark.candidate)
        if one is not None and mark.level is not None:
            before[placement_of[one.placement_id]].append(one.standard.level_scores[mark.level - 1])
    return changes_of_signed(now, before)

"""A finished computation with scores that are known by hand, as rooms above read it."""

from collections.abc import Sequence

import numpy as np

from secondment.algorithms.rating.ranking import Posterior
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, Candidate
from secondment.assessments.models import Evaluation, Register
from secondment.measurement.choices import Model, RunState
from secondment.measurement.models import Measure, Run
from secondment.measurement.posteriors import pack
from secondment.standards.models import StandardVersion
from tests.makers import AT, ON, make_user

Score = tuple[float | None, float | None]


def make_run(
    register: Register,
    version: StandardVersion,
    scores: Sequence[tuple[Evaluation, float | None, float | None]],
    *,
    se: float = 2.0,
    subsets: Sequence[int] = (),
    groups: dict | None = None,
) -> Run:
    """Evaluation, plain score and fair score (none: nothing was measured of this person)."""
    year, owner = register.year, register.owner_unit
    appraisal, _created = Appraisal.objects.get_or_create(
        owner_unit=owner,
        name=f"{year} 年度测评",
        defaults={
            "year": year,
            "held_on": ON,
            "closes_on": ON,
            "created_at": AT,
            "state": AppraisalState.CLOSED,
        },
    )
    run = Run.objects.create(
        owner_unit=owner,
        year=year,
        standard_version=version,
        model=Model.HIERARCHICAL,
        state=RunState.DONE,
        requested_by=make_user(),
        requested_at=AT,
        finished_at=AT,
    )
    fair_ones, sets = [], []
    for at, (evaluation, plain, fair) in enumerate(scores):
        candidate, _created = Candidate.objects.get_or_create(
            placement=evaluation.placement, year=year, defaults={"appraisal": appraisal, "standard": version}
        )
        subset = subsets[at] if subsets else 1
        measured = {} if fair is None else {"fair_score": fair, "fair_se": se, "subset": subset}
        Measure.objects.create(
            run=run, candidate=candidate, plain_score=plain, n_ballots=12, groups=groups or {}, **measured
        )
        if fair is not None:
            fair_ones.append((candidate.pk, fair))
            sets.append(subset)
    if fair_ones:
        fair = np.array([score for _key, score in fair_ones])
        errors = np.full(len(fair), se)
        merit = Posterior.independent(fair / 10, errors / 10)
        run.posterior = pack([key for key, _score in fair_ones], np.array(sets), merit, fair, errors)
        run.save()
    return run

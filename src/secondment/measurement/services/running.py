"""Start a computation, and carry it out: ballots, plain tally, marks as columns, estimate, rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.rating.tally import CandidateTally, plain_tally
from secondment.audit.services import record
from secondment.common.release import release
from secondment.common.sentences import say
from secondment.jobs.services import start_job
from secondment.measurement import tallies
from secondment.measurement.choices import Model, RunState
from secondment.measurement.errors import NothingToMeasureError
from secondment.measurement.gathering import Gathered, appraisals_of, gather, rated_weights
from secondment.measurement.inputs import Inputs, digest, fair_weights, inputs_of, packed
from secondment.measurement.models import Measure, Run
from secondment.measurement.rules import require_may_measure
from secondment.measurement.services.looking import JOB as LOOK
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit

JOB = "measurement.run"
N_STEPS = 4
Progress = Callable[[int, int, Any], None]


@transaction.atomic
def start_run(
    owner_unit: Unit,
    year: int,
    standard: StandardVersion,
    *,
    model: Model,
    by: User,
    at: dt.datetime,
    seed: int = 0,
) -> Run:
    """Queue a computation over every closed appraisal of the year under the standard.

    Raises `NothingToMeasureError`.
    """
    run = prepare_run(owner_unit, year, standard, model=model, by=by, at=at, seed=seed)
    job = start_job(JOB, {"run_id": run.pk}, by=by, at=at)
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    return run


@transaction.atomic
def prepare_run(
    owner_unit: Unit,
    year: int,
    standard: StandardVersion,
    *,
    model: Model,
    by: User,
    at: dt.datetime,
    seed: int = 0,
) -> Run:
    """A computation that somebody asked for, to be carried out by `execute_run`: a job does, and the loader of the demo.

    Raises `NothingToMeasureError`.
    """
    require_may_measure(by, owner_unit)
    appraisals = list(appraisals_of(owner_unit, year, standard))
    if not appraisals:
        raise NothingToMeasureError(
            _("%(year)d 年度没有按“%(standard)s”举行并已封存的民主测评。请先封存测评，再进行计算。")
            % {"year": year, "standard": standard}
        )
    run = Run.objects.create(
        owner_unit=owner_unit,
        year=year,
        standard_version=standard,
        model=model,
        seed=seed,
        requested_by=by,
        requested_at=at,
    )
    run.appraisals.set(appraisals)
    record("measurement.start", run, by=by, at=at, details={"model": str(model)})
    return run


def execute_run(run: Run, *, at: dt.datetime, progress: Progress) -> None:
    """Carry out a queued computation; all rows or none."""
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    standard = run.standard_version
    progress(0, N_STEPS, say("读取封存票和考核组评分"))
    gathered = gather(list(run.appraisals.all()), standard)
    progress(1, N_STEPS, say("直接统计"))
    tally = plain_tally(
        gathered.ballots,
        level_scores=standard.level_scores,
        group_weights=standard.group_weights,
        indicator_weights=rated_weights(standard),
    )
    inputs = inputs_of(gathered.ballots, standard.level_scores, may_cut=run.model == Model.HIERARCHICAL)
    progress(2, N_STEPS, say("校准计算"))
    measured = _measured(run, inputs, fair_weights(inputs, tally.values(), rated_weights(standard)), progress)
    progress(3, N_STEPS, say("保存结果"))
    _save(run, gathered, tally, inputs, measured, _figures(run, gathered), at=at)


def fail_run(*, run_id: int) -> None:
    """Show that a computation came to nothing."""
    Run.objects.filter(pk=run_id).exclude(state=RunState.DONE).update(state=RunState.FAILED)


def _measured(run: Run, inputs: Inputs, weights: dict[str, dict[str, float]], progress: Progress) -> Any:
    """The estimate of the marks, in the order of the candidates; none without an estimator or enough marks."""
    from secondment.measurement.measuring import measure

    if run.model == Model.NONE or not len(inputs):
        return None
    return measure(
        inputs,
        Model(run.model),
        weights=weights,
        seed=run.seed,
        watch=lambda: progress(2, N_STEPS, say("校准计算")),
    )


def _figures(run: Run, gathered: Gathered) -> dict[str, Any]:
    """Funnel and gaps: what whole ballots say without a model."""
    from secondment.measurement.comparing import compared

    return compared(run, gathered)


@transaction.atomic
def _save(
    run: Run,
    gathered: Gathered,
    tally: dict[int, CandidateTally],
    inputs: Inputs,
    measured: Any,
    figures: dict[str, Any],
    *,
    at: dt.datetime,
) -> None:
    content = inputs.as_csv()
    run.inputs, run.inputs_digest = packed(content), digest(content)
    run.software_version, run.finished_at, run.state = release(), at, RunState.DONE
    run.results = {
        "n_marks": len(inputs),
        "n_cut": inputs.n_cut,
        "model": run.model,
        "short": list(gathered.short),
        "unweighted": list(gathered.unweighted),
        **figures,
    }
    of_candidate = {}
    if measured is not None:
        run.results |= measured.results
        run.posterior = measured.posterior
        of_candidate = measured.of_candidate
    run.save(
        update_fields=[
            "inputs",
            "inputs_digest",
            "software_version",
            "finished_at",
            "state",
            "results",
            "posterior",
        ]
    )
    Measure.objects.filter(run=run).delete()
    Measure.objects.bulk_create(
        [
            Measure(
                run=run,
                candidate_id=candidate,
                plain_score=one.score if one else None,
                n_ballots=one.n_ballots if one else 0,
                groups=tallies.packed(one) if one else {},
                **of_candidate.get(candidate, {}),
            )
            for candidate in gathered.candidates
            for one in [tally.get(candidate)]
        ],
        batch_size=500,
    )
    record(
        "measurement.finish",
        run,
        by=run.requested_by,
        at=at,
        details={"people": len(gathered.candidates), "inputs": run.inputs_digest},
    )
    if run.posterior and run.model == Model.HIERARCHICAL:
        start_job(LOOK, {"run_id": run.pk}, by=run.requested_by, at=at, once=str(run.pk))

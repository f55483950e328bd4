"""Compute a result again: on the same inputs, which must give the same numbers, or on corrected ones, beside the old.

Single ballots are never taken out: a roster that was wrong goes as a whole, with a reason.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.rating.tally import plain_tally
from secondment.appeals.choices import RecomputationKind
from secondment.appeals.differences import counts_of, lays_bare
from secondment.appeals.errors import RecomputationError
from secondment.appeals.explained import RULES, explain, scores_by_rule
from secondment.appeals.models import Recomputation
from secondment.appeals.rules import may_recompute
from secondment.appraisals.models import BallotPaper
from secondment.assessments.models import Grade
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.jobs.services import start_job
from secondment.measurement.choices import Model
from secondment.measurement.gathering import gather, rated_weights
from secondment.measurement.inputs import digest, inputs_of
from secondment.measurement.models import Run

JOB = "appeals.recompute"
ALL = 100  # percent


@transaction.atomic
def start_recomputation(
    grade: Grade,
    kind: RecomputationKind,
    *,
    reason: str,
    group_weights: Mapping[str, int] | None = None,
    excluded: Sequence[int] = (),
    by: User,
    at: dt.datetime,
) -> Recomputation:
    """Queue it; what is corrected is named with its reason. Raises `RecomputationError`."""
    require(may_recompute(by, grade), _("由主办组织部门重新计算，不能办理本人的。"))
    found = explain(grade)
    if found is None:
        raise RecomputationError(_("没有可以重新计算的测评结果。"))
    weights = {} if kind == RecomputationKind.SAME else dict(group_weights or {})
    papers = [] if kind == RecomputationKind.SAME else sorted(set(excluded))
    if weights == found.standard.group_weights:
        weights = {}
    if not reason.strip():
        raise RecomputationError(_("请写明重新计算的理由。"), field="reason")
    if kind == RecomputationKind.CORRECTED and not weights and not papers:
        raise RecomputationError(_("请更正主体权重，或选择名单有误的票种。"))
    if weights and sum(weights.values()) != ALL:
        raise RecomputationError(_("各主体权重之和应为 100，现为 %(n)d。") % {"n": sum(weights.values())})
    if set(papers) - {one.pk for one in found.papers}:
        raise RecomputationError(_("所选票种不属于这次测评。请刷新页面后重选。"))
    if papers:
        _refuse_bare(grade, found.papers, papers)
    made = Recomputation.objects.create(
        grade=grade,
        run=found.run,
        kind=kind,
        group_weights=weights,
        excluded=papers,
        reason=reason.strip(),
        requested_by=by,
        requested_at=at,
    )
    start_job(JOB, {"pk": made.pk}, by=by, at=at)
    record("appeal.recompute", made, by=by, at=at, details={"kind": kind.value, "reason": made.reason})
    return made


def _refuse_bare(grade: Grade, papers: Sequence[BallotPaper], excluded: Sequence[int]) -> None:
    """No new score may stand beside the published one, or beside one computed before, that fewer than five separate from it."""
    counts = counts_of(papers)
    before = Recomputation.objects.filter(grade=grade).values_list("excluded", flat=True)
    if any(lays_bare(counts, excluded, one) for one in [[], *before]):
        raise RecomputationError(
            _(
                "剔除后的得分与原得分或以前重新计算的得分相减，会显出不足 5 人的评价，不能这样计算。"
                "请连同与之合并统计的票种一并剔除，或另选票种。"
            )
        )


def execute_recomputation(row: Recomputation) -> Recomputation:
    """Carry it out; the published numbers stay where they are."""
    found = explain_run(row)
    standard, run = row.run.standard_version, row.run
    gathered = gather(list(run.appraisals.all()), standard)
    left_out = {(one.group, f"U{one.unit_id}") for one in BallotPaper.objects.filter(pk__in=row.excluded)}
    ballots = [one for one in gathered.ballots if (one.group, one.unit) not in left_out]
    tally = plain_tally(
        ballots,
        level_scores=standard.level_scores,
        group_weights=row.group_weights or standard.group_weights,
        indicator_weights=rated_weights(standard),
    )
    inputs = inputs_of(ballots, standard.level_scores)
    again = tally.get(found.candidate_id)
    fair = _fair(run, inputs, found.candidate_id)
    before = scores_by_rule(found.plain_score, found.fair_score)
    after = scores_by_rule(again.score if again else None, fair)
    row.inputs_digest = digest(inputs.as_csv())
    row.results = {rule: [before[rule], after[rule]] for rule in RULES}
    row.save(update_fields=["inputs_digest", "results"])
    return row


def explain_run(row: Recomputation) -> Any:
    """What the published run says of the person."""
    evaluation = row.grade.evaluation
    return row.run.measures.get(candidate__placement=evaluation.placement_id, candidate__year=evaluation.year)


def _fair(run: Run, inputs: Any, candidate: int) -> float | None:
    if run.model == Model.NONE or not len(inputs):
        return None
    from secondment.measurement.measuring import measure

    score: float | None = (
        measure(inputs, Model(run.model), seed=run.seed).of_candidate.get(candidate, {}).get("fair_score")
    )
    return score

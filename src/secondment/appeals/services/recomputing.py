"""Compute a result again: on the same inputs, which must give the same numbers, or on corrected ones, beside the old.

Single ballots are never taken out: a roster that was wrong goes as a whole, with a reason. Values and statements are
corrected one by one, each with its basis.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.rating.tally import plain_tally
from secondment.appeals.choices import RecomputationKind
from secondment.appeals.composites import Working, composed, digest_of, working_of
from secondment.appeals.differences import counts_of, lays_bare
from secondment.appeals.errors import RecomputationError
from secondment.appeals.explained import RULES, Explained, explain, scores_by_rule
from secondment.appeals.models import Recomputation
from secondment.appeals.rules import may_recompute
from secondment.appraisals.models import BallotPaper
from secondment.assessments.bands import bands_of
from secondment.assessments.composite.drafts import faults_of_statement, faults_of_value
from secondment.assessments.composite.inputs import votes_of
from secondment.assessments.models import Grade
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.jobs.services import start_job
from secondment.measurement import tallies
from secondment.measurement.choices import Model
from secondment.measurement.gathering import gather, has_weight, rated_weights
from secondment.measurement.inputs import Inputs, digest, fair_weights, inputs_of
from secondment.measurement.models import Measure, Run

JOB = "appeals.recompute"
ALL = 100  # percent
VOTED = ("plain_score", "fair_score", "fair_se", "low", "high", "n_ballots", "groups")


@dataclass(frozen=True)
class Corrected:
    """What is corrected: weights of groups, rosters taken out, values (value, backing, evidence) and statements (adverse, basis)."""

    group_weights: Mapping[str, int] = field(default_factory=dict)
    excluded: Sequence[int] = ()
    values: Mapping[str, tuple[Decimal, str, str]] = field(default_factory=dict)
    facts: Mapping[str, tuple[bool, str]] = field(default_factory=dict)


@transaction.atomic
def start_recomputation(
    grade: Grade,
    kind: RecomputationKind,
    corrected: Corrected | None = None,
    *,
    reason: str,
    by: User,
    at: dt.datetime,
) -> Recomputation:
    """Queue it; what is corrected is named with its reason. Raises `RecomputationError`."""
    require(may_recompute(by, grade), _("由主办组织部门重新计算，不能办理本人的。"))
    found, working = explain(grade), _working(grade)
    if not reason.strip():
        raise RecomputationError(_("请写明重新计算的理由。"), field="reason")
    asked: dict[str, Any] = {}
    if kind == RecomputationKind.CORRECTED:
        corrected = corrected or Corrected()
        asked = _of_votes(grade, corrected, found) | _of_working(corrected, working)
        if not any(asked.values()):
            raise RecomputationError(
                _("请更正主体权重、指标值或认定，或选择名单有误的票种；没有更正的，请选“用相同的输入重算”。")
            )
    made = Recomputation.objects.create(
        grade=grade,
        run=found.run if found else None,
        kind=kind,
        reason=reason.strip(),
        requested_by=by,
        requested_at=at,
        **asked,
    )
    start_job(JOB, {"pk": made.pk}, by=by, at=at)
    record("appeal.recompute", made, by=by, at=at, details={"kind": kind.value, "reason": made.reason})
    return made


def execute_recomputation(row: Recomputation, *, at: dt.datetime) -> Recomputation:
    """Carry it out; the published numbers stay where they are."""
    found, working = explain(row.grade), _working(row.grade)
    measure = _count_again(row, found) if found else None
    row.before, row.after = working.packed(), _compose_again(row, working, measure).packed()
    row.digest = digest_of(row.after, row.inputs_digest, row.group_weights)
    row.done_at = at
    row.save()
    return row


def _working(grade: Grade) -> Working:
    """The composite behind the grade; whoever was appraised has a standard, and so has one."""
    working = working_of(grade)
    if working is None:
        raise RecomputationError(_("没有可以重新计算的测评结果。"))
    return working


def _of_votes(grade: Grade, corrected: Corrected, found: Explained | None) -> dict[str, Any]:
    """Weights and rosters that differ from what was published."""
    if found is None:
        return {}
    weights, papers = dict(corrected.group_weights), sorted(set(corrected.excluded))
    if weights == found.standard.group_weights:
        weights = {}
    if weights and sum(weights.values()) != ALL:
        raise RecomputationError(_("各主体权重之和应为 100，现为 %(n)d。") % {"n": sum(weights.values())})
    if set(papers) - {one.pk for one in found.papers}:
        raise RecomputationError(_("所选票种不属于这次测评。请刷新页面后重选。"))
    if papers:
        counted = [one for one in found.papers if has_weight(found.standard, one.group)]
        _refuse_bare(grade, counted, papers)
    return {"group_weights": weights, "excluded": papers}


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


def _of_working(corrected: Corrected, working: Working) -> dict[str, Any]:
    """Values and statements that differ from what the result rests on."""
    known = working.inputs["values"]
    indicators = {one.code: one for one in working.scheme.indicators}
    values = {}
    for code, (value, backing, evidence) in corrected.values.items():
        if code not in known or code not in indicators:
            raise RecomputationError(_("只能更正已登记的指标值。请刷新页面后重新填写。"))
        if [float(value), backing, evidence.strip()] == [*known[code], working.evidence.get(code, "")]:
            continue
        for _field, fault in faults_of_value(indicators[code], value, backing, evidence.strip()):
            raise RecomputationError(
                _("%(title)s：%(fault)s") % {"title": indicators[code].title, "fault": told_whole(fault)}
            )
        values[code] = [f"{value}", backing, evidence.strip()]
    facts = {}
    for code, (is_adverse, basis) in corrected.facts.items():
        if code not in indicators:
            raise RecomputationError(_("测评标准中已没有这项指标。请刷新页面后重新填写。"))
        if working.facts.get(code) == (is_adverse, basis.strip()):
            continue
        for _field, fault in faults_of_statement(is_adverse, basis.strip()):
            raise RecomputationError(
                _("%(title)s：%(fault)s") % {"title": indicators[code].title, "fault": told_whole(fault)}
            )
        facts[code] = [is_adverse, basis.strip()]
    return {"values": values, "facts": facts}


def _count_again(row: Recomputation, found: Explained) -> Measure:
    """The votes with what was corrected of them."""
    standard, run = found.standard, found.run
    # by paper: another appraisal of the run may have raters of the same group and unit
    ballots = gather(list(run.appraisals.all()), standard, without=row.excluded).ballots
    everybody = plain_tally(
        ballots,
        level_scores=standard.level_scores,
        group_weights=row.group_weights or standard.group_weights,
        indicator_weights=rated_weights(standard),
    )
    tally = everybody.get(found.candidate.pk)
    inputs = inputs_of(ballots, standard.level_scores, may_cut=run.model == Model.HIERARCHICAL)
    weights = fair_weights(inputs, everybody.values(), rated_weights(standard))
    measure = Measure(
        run=run,
        candidate=found.candidate,
        plain_score=tally.score if tally else None,
        n_ballots=tally.n_ballots if tally else 0,
        groups=tallies.packed(tally) if tally else {},
        **_fair(run, inputs, weights, found.candidate.pk),
    )
    before, after = found.scores, scores_by_rule(measure.plain_score, measure.fair_score)
    row.inputs_digest = digest(inputs.as_csv())
    row.results = {rule: [before[rule], after[rule]] for rule in RULES}
    row.votes = {name: getattr(measure, name) for name in VOTED}
    return measure


def _fair(
    run: Run, inputs: Inputs, weights: Mapping[str, Mapping[str, float]], candidate: int
) -> dict[str, Any]:
    if run.model == Model.NONE or not len(inputs):
        return {}
    from secondment.measurement.measuring import measure

    measured = measure(inputs, Model(run.model), weights=weights, seed=run.seed)
    found: dict[str, Any] = measured.of_candidate.get(candidate, {})
    return found


def _compose_again(row: Recomputation, working: Working, measure: Measure | None) -> Working:
    """The composite of the new votes, values and statements."""
    evidence = {**working.evidence, **{code: one[2] for code, one in row.values.items()}}
    facts = {**working.facts, **{code: (one[0], one[1]) for code, one in row.facts.items()}}
    effects = {one.code: one.effect for one in working.scheme.stated}
    values = {code: [float(value), backing] for code, (value, backing, _evidence) in row.values.items()}
    inputs = {
        **working.inputs,
        "votes": votes_of(measure),
        "values": {**working.inputs["values"], **values},
        "adverse": {code: effects.get(code, "") for code, (adverse, _basis) in facts.items() if adverse},
    }
    bands = bands_of(row.grade.evaluation.pool)
    figures = composed(working.scheme, working.basis, inputs, bands)
    return Working(working.scheme, working.basis, inputs, figures, evidence, facts)

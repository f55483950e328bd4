"""Compute a table, confirm that it holds nevertheless, and write down how members of the committee compare two people."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from secondment.accounts.models import User
from secondment.assessments.bands import bands_of
from secondment.assessments.composite.choices import Basis
from secondment.assessments.composite.inputs import digest_of
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.models import CommitteeTable, Comparison, Evaluation, Pool
from secondment.assessments.rules import require_about_others, require_may_manage
from secondment.assessments.services.errors import ReasonMissingError
from secondment.assessments.services.registers import lock
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.errors import ComparisonError, TableError
from secondment.assessments.table.holding import holding_of, inputs_now, latest_table, people_of
from secondment.audit.services import record
from secondment.common.release import release

VOTES_TITLE = gettext_noop("民主测评")


def calculate_table(pool: Pool, basis: Basis, *, by: User, at: dt.datetime) -> CommitteeTable:
    """Compute the table of a pool; the same inputs as those of the newest table give that one.

    The figures are computed before the lock is taken, and again by whoever finds that they have changed meanwhile.
    """
    require_may_manage(by, pool.register)
    people = people_of(pool)
    inputs, schemes = inputs_now(pool, people), schemes_of(people)
    if not schemes:
        raise TableError(
            _("“%(pool)s”的人员还没有已签批的测评标准，不能计算。请先签批测评标准。") % {"pool": pool}
        )
    digest = digest_of(inputs, basis)
    before = latest_table(pool)
    if before is not None and before.digest == digest:
        return before
    from secondment.assessments.table.calculating import calculate

    by_version = {scheme.version.pk: scheme for scheme in schemes.values()}
    results = calculate(inputs, by_version, basis, cuts=bands_of(pool).cuts, votes_title=_(VOTES_TITLE))
    with transaction.atomic():
        lock(pool.register)
        table = CommitteeTable.objects.create(
            pool=pool,
            basis=basis,
            inputs=inputs,
            digest=digest,
            results=results,
            software_version=release(),
            calculated_by=by,
            calculated_at=at,
        )
        details = {"n": len(people), "inputs": digest}
        record("assessment.calculate_table", table, by=by, at=at, details=details)
    return table


@transaction.atomic
def hold_table(pool: Pool, *, digest: str, reason: str, by: User, at: dt.datetime) -> CommitteeTable:
    """A person has looked at what changed since, and says why the table holds nevertheless; `digest` is what they saw."""
    lock(pool.register)
    require_may_manage(by, pool.register)
    holding = holding_of(pool)
    if holding is None or not holding.is_stale:
        raise TableError(_("评定表的依据没有变化，不用确认。请刷新页面。"))
    if holding.digest != digest:
        raise TableError(_("页面打开后，依据又有变化。请刷新页面，核对后再确认。"))
    if not reason.strip():
        raise ReasonMissingError(_("请写明评定表仍然适用的理由。"), field="reason")
    table = holding.table
    table.held_digest, table.held_reason = digest, reason.strip()
    table.held_by, table.held_at = by, at
    table.save()
    record("assessment.hold_table", table, by=by, at=at, details={"reason": table.held_reason})
    return table


@transaction.atomic
def compare_two(
    pool: Pool, better: Evaluation, other: Evaluation, *, judge: str, by: User, at: dt.datetime
) -> Comparison:
    """A member of the committee prefers one of two in the grey zone; a later word of the same member replaces it."""
    lock(pool.register)
    require_may_manage(by, pool.register)
    if not judge.strip():
        raise ComparisonError(_("请填写评议人姓名。"), field="judge")
    require_about_others(by, [better.person, other.person])
    if better.pk == other.pk:
        raise ComparisonError(_("请选择两个不同的人。"))
    for one in (better, other):
        if one.pk not in grey_zone(latest_table(pool)):
            raise ComparisonError(
                _("%(name)s不在“由会议评议”的范围内，不作两两比较。") % {"name": one.person.name}
            )
    first, second = sorted((better, other), key=lambda one: one.pk)
    row, _created = Comparison.objects.update_or_create(
        pool=pool,
        first=first,
        second=second,
        judge=judge.strip(),
        withdrawn_at=None,
        defaults={"prefers_first": first.pk == better.pk, "recorded_by": by, "recorded_at": at},
    )
    record("assessment.compare", row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_comparison(comparison: Comparison, *, reason: str, by: User, at: dt.datetime) -> Comparison:
    """Take a judgement back: it stays on record with the reason, and the order is worked out without it."""
    register = lock(comparison.pool.register)
    require_may_manage(by, register)
    row = Comparison.objects.select_for_update(of=("self",)).get(pk=comparison.pk)
    if row.withdrawn_at is not None:
        raise ComparisonError(_("这条意见已经撤回。请刷新页面查看。"))
    if not reason.strip():
        raise ComparisonError(_("请写明撤回的理由。"), field="reason")
    row.withdrawn_reason, row.withdrawn_by, row.withdrawn_at = reason.strip(), by, at
    row.save()
    details = {"judge": row.judge, "reason": row.withdrawn_reason}
    record("assessment.withdraw_comparison", row, by=by, at=at, details=details)
    return row


def grey_zone(table: CommitteeTable | None) -> list[int]:
    """Whom the figures leave to the committee."""
    people: dict[str, Any] = table.results["people"] if table else {}
    return [int(key) for key, one in people.items() if one["standing"] == Standing.COMMITTEE]


def preferences_of(pool: Pool, table: CommitteeTable) -> list[tuple[int, float]]:
    """Those of the grey zone who were compared, in the order that the comparisons support, with their strengths in logits."""
    zone = grey_zone(table)
    place = {key: at for at, key in enumerate(zone)}
    outcomes = [
        (place[one.first_id], place[one.second_id])
        if one.prefers_first
        else (place[one.second_id], place[one.first_id])
        for one in Comparison.objects.filter(pool=pool, first__in=zone, second__in=zone, withdrawn_at=None)
    ]
    if not outcomes:
        return []
    from secondment.algorithms.rating.paired import compare_pairs

    found = compare_pairs(len(zone), outcomes)
    strengths = [(key, round(float(found.posterior.mean[at]), 3)) for key, at in place.items() if found.n[at]]
    return sorted(strengths, key=lambda one: -one[1])

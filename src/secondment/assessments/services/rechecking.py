"""Facts that change after they were kept: the evaluation is marked, and a person looks at it again."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState
from secondment.assessments.facts import Facts, changes_of, facts_of
from secondment.assessments.models import Evaluation, Register
from secondment.assessments.queries import STANDING, decided_grades, with_facts
from secondment.assessments.rules import require_may_manage
from secondment.assessments.services.errors import ReasonMissingError
from secondment.audit.services import record
from secondment.common.versions import lock_version
from secondment.people.models import AnnualGrade
from secondment.placements.models import Placement

KEPT = ("host_workdays", "year_workdays", "assessing_side", "limits", "changes")


def mark_changed(evaluations: QuerySet[Evaluation]) -> int:
    """Name on each evaluation what differs from the facts it keeps; returns how many marks became different."""
    marked = []
    for evaluation, found, _facts in compared(evaluations):
        if evaluation.changes != found:
            evaluation.changes = found
            marked.append(evaluation)
    Evaluation.objects.bulk_update(marked, ["changes"], batch_size=500)
    return len(marked)


def compared(evaluations: QuerySet[Evaluation]) -> Iterator[tuple[Evaluation, list[str], Facts]]:
    """Each evaluation with what has changed and the facts of today; as many queries for one as for many."""
    rows = list(evaluations)
    placements = with_facts(Placement.objects.filter(pk__in=[one.placement_id for one in rows])).in_bulk()
    in_force = decided_grades([one.pk for one in rows], DecisionState.IN_FORCE)
    files = AnnualGrade.objects.filter(
        person__in=[one.person_id for one in rows], year__in={one.year for one in rows}
    )
    on_record = {(one.person_id, one.year): one.grade for one in files}
    for one in rows:
        facts = facts_of(placements[one.placement_id], one.year, leave_workdays=one.leave_workdays)
        decided = in_force[one.pk].grade if one.pk in in_force else None
        found = changes_of(one, facts, on_record=on_record.get((one.person_id, one.year)), decided=decided)
        yield one, found, facts


def bring_up_to_date(register: Register) -> int:
    """Take over the facts of today where no grade is decided, mark the others; returns how many were different."""
    standing = decided_grades(register.evaluations.values_list("pk", flat=True), *STANDING)
    changed = [
        evaluation
        for evaluation, found, facts in compared(register.evaluations.all())
        if _is_updated(evaluation, found, facts, is_open=evaluation.pk not in standing)
    ]
    Evaluation.objects.bulk_update(changed, KEPT, batch_size=500)
    return len(changed)


def _is_updated(evaluation: Evaluation, found: list[str], facts: Facts, *, is_open: bool) -> bool:
    """Bring one up to date in memory; whether that changed anything."""
    marks = [code for code in found if code == "gone"] if is_open else found
    is_same = evaluation.changes == marks and (not is_open or facts.is_kept_by(evaluation))
    evaluation.changes = marks
    if is_open:
        keep(evaluation, facts)
    return not is_same


def keep(evaluation: Evaluation, facts: Facts) -> None:
    """Set the facts in memory; the caller saves."""
    evaluation.year_workdays, evaluation.host_workdays = facts.year_workdays, facts.host_workdays
    evaluation.assessing_side, evaluation.limits = facts.side, list(facts.limits)


@transaction.atomic
def settle_changes(
    evaluation: Evaluation, *, reason: str, version: int | None = None, by: User, at: dt.datetime
) -> Evaluation:
    """Somebody has looked at what changed: the facts of today are kept, and why the grade stays is written down.

    A grade that must change is corrected by a decision instead.
    """
    row = lock_version(evaluation, version=version)
    require_may_manage(by, row.register)
    if not reason.strip():
        raise ReasonMissingError(_("请写明核对情况。等次确需改变的，请先更正等次。"))
    [(current, found, facts)] = compared(Evaluation.objects.filter(pk=row.pk))
    keep(row, facts)
    # what the file says is put right there, never by looking away
    row.changes = [code for code in found if code == "record"]
    row.save()
    details = {"reason": reason.strip(), "changed": current.changes}
    record("assessment.settle", row, by=by, at=at, details=details)
    return row


def recheck_of(people: Iterable[int]) -> int:
    """Mark the evaluations of these people; called when their files or placements change."""
    return mark_changed(Evaluation.objects.filter(person__in=list(people)))

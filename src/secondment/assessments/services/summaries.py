"""The text of a year: handed in, read, given back for correction."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import SummaryKind, SummarySource
from secondment.assessments.models import Summary
from secondment.assessments.rules import is_reader, may_write_summary
from secondment.assessments.services.errors import ReasonMissingError, SummaryError
from secondment.assessments.summary_drafts import cleaned, faults_of
from secondment.assessments.writing import DUTIES, Asked
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.common.sentences import joined_sentences, say, say_label
from secondment.common.versions import lock_version
from secondment.notices.services import send_notice
from secondment.obligations.services import meet_for_period
from secondment.people.rules import is_self
from secondment.placements.models import Placement


@transaction.atomic
def write_summary(
    asked: Asked,
    text: str,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
    is_of_workbook: bool = False,
) -> Summary:
    """Hand in the text of a year, or correct one that nobody has read; the same text again changes nothing.

    Raises `SummaryError`.
    """
    placement = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("person", "host_unit", "home_unit", "owner_unit", "programme_version__programme")
        .get(pk=asked.placement.pk)
    )
    before = Summary.objects.filter(placement=placement, year=asked.year).first()
    require(
        may_write_summary(by, placement, before),
        _("本人已经填写的，由本人更正；没有填写的，由本人、单位或组织部门填写。"),
    )
    text = cleaned(text)
    if before is not None and before.text == text:
        return before
    faults = [told_whole(one) for one in faults_of(placement, text, before)]
    if faults:
        raise SummaryError(joined_sentences(faults), field="text")
    row = Summary(placement=placement, year=asked.year, kind=asked.kind)
    if before is not None:
        row = lock_version(before, version=version)
    row.text, row.written_by, row.written_at, row.return_reason = text, by, at, ""
    row.source = _source(by, placement, is_of_workbook=is_of_workbook)
    row.save()
    meet_for_period(DUTIES[asked.kind].kind, [placement], asked.ends_on, on=on)
    details = {"year": row.year, "n": len(text), "source": row.source}
    record("summary.correct" if before else "summary.write", row, by=by, at=at, details=details)
    return row


def _source(by: User, placement: Placement, *, is_of_workbook: bool) -> str:
    if is_of_workbook:
        return SummarySource.WORKBOOK
    return SummarySource.OWN if is_self(by, placement.person) else SummarySource.CLERK


@transaction.atomic
def read_summary(summary: Summary, *, by: User, at: dt.datetime) -> Summary:
    """Note down that one of those it is for has opened it; the first time counts, and the text stands from then on.

    Who typed it in for somebody else, and the secondee, read nothing new.
    """
    if summary.read_at is not None or summary.written_by_id == by.pk or not is_reader(by, summary.placement):
        return summary
    row = (
        Summary.objects.select_for_update(of=("self",))
        .select_related("placement__owner_unit")
        .get(pk=summary.pk)
    )
    if row.read_at is None:
        row.read_by, row.read_at = by, at
        row.version += 1
        row.save(update_fields=["read_by", "read_at", "version"])
        record("summary.read", row, by=by, at=at)
    summary.read_by, summary.read_at, summary.version = row.read_by, row.read_at, row.version
    return summary


@transaction.atomic
def return_summary(summary: Summary, *, reason: str, by: User, at: dt.datetime) -> Summary:
    """Let the text be corrected once more; the secondee is told why. Nothing is owed by it."""
    row = lock_version(summary, version=None)
    require(is_reader(by, row.placement), _("由接收单位、派出单位或组织部门退回更正。"))
    if row.read_at is None:
        raise SummaryError(_("还没有单位查阅，本人可以直接更正，不用退回。"))
    if not reason.strip():
        raise ReasonMissingError(_("请写明退回理由，本人据此更正。"), field="reason")
    row.read_by, row.read_at, row.return_reason = None, None, reason.strip()
    row.save()
    record("summary.return", row, by=by, at=at, details={"reason": row.return_reason})
    account = row.placement.person.account
    if account is not None:
        title = say(
            "%(kind)s（%(year)s）退回更正", year=f"{row.year}", kind=say_label(SummaryKind(row.kind).label)
        )
        send_notice(
            [account], title=title, body=row.return_reason, at=at, path=reverse("assessments:my_summaries")
        )
    return row

"""Issue appointment notices: number, Word file, obligations and messages in one transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.holding import ONE_PLACEMENT
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import Campaign
from secondment.common.versions import lock_version
from secondment.documents.models import DocumentNumber, StoredFile
from secondment.documents.official import letter_bytes
from secondment.documents.official.letter import WORD
from secondment.documents.papers import expect_paper
from secondment.documents.services import next_number, store_file
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.letters import LetterFacts, joint_letter, notice_letter
from secondment.placements.models import AppointmentNotice, Placement
from secondment.placements.papers import NOTICE
from secondment.placements.parameters import arrival_receipt_days
from secondment.placements.queries import in_letter_order, offices_above
from secondment.placements.rules import require_may_issue, require_may_manage
from secondment.placements.services.dispatching import dispatch_when_complete
from secondment.placements.services.errors import (
    AlreadyActiveError,
    NothingToIssueError,
    ReportDateError,
    SeriesError,
)
from secondment.placements.services.holding import lapses_of
from secondment.placements.services.moving import locked, move, note_down
from secondment.placements.services.notifying import notify_of_notices, owe_arrival
from secondment.placements.services.overlaps import way_to

Above = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Issue:
    """How notices go out: number series, day to report by, copies, one letter for all or one for each."""

    series: str
    report_by: dt.date
    copies: str = ""
    is_joint: bool = False
    copies_above: bool = False


def issue_notice(placement: Placement, issue: Issue, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    """Issue the notice for one person; the last one of a campaign dispatches it."""
    if placement.campaign is None:
        return _issue_single(placement, issue, by=by, on=on, at=at)
    return issue_notices(placement.campaign, issue, by=by, on=on, at=at, only=[placement.pk])[0]


@transaction.atomic
def _issue_single(placement: Placement, issue: Issue, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    row = locked(placement)
    require_may_manage(by, row)
    check_issue([row], issue, by=by, on=on)
    _write_single(row, issue, offices_above([row]) if issue.copies_above else {}, by=by, on=on, at=at)
    owe_arrival(row, issue.report_by + dt.timedelta(days=arrival_receipt_days(row)))
    notify_of_notices([row], at=at)
    return row


@transaction.atomic
def issue_notices(
    campaign: Campaign,
    issue: Issue,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    only: Sequence[int] | None = None,
) -> list[Placement]:
    """Issue the notices of a campaign, or of some of its placements; the last one dispatches the campaign.

    Messages are part of the transaction: whatever stops the process, nobody is appointed without being told.
    """
    campaign = lock_version(campaign, version=None)
    require_may_issue(by, campaign)
    placements = _to_issue(campaign, only)
    check_issue(placements, issue, by=by, on=on)
    above = offices_above(placements) if issue.copies_above else {}
    if issue.is_joint:
        _write_joint(campaign, placements, issue, above, by=by, on=on, at=at)
    else:
        for placement in placements:
            _write_single(placement, issue, above, by=by, on=on, at=at)
    due_on = issue.report_by + dt.timedelta(days=arrival_receipt_days(campaign))
    for placement in placements:
        owe_arrival(placement, due_on)
    campaign.save(update_fields=["version"])
    dispatch_when_complete(campaign, by=by, at=at)
    notify_of_notices(placements, at=at)
    return placements


def _to_issue(campaign: Campaign, only: Sequence[int] | None) -> list[Placement]:
    rows = Placement.objects.filter(campaign=campaign)
    rows = rows.filter(state=PlacementState.DECIDED) if only is None else rows.filter(pk__in=only)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    placements = in_letter_order(rows)
    if not placements:
        raise NothingToIssueError(_("没有待印发挂职通知的人员。请先登记集体决定。"))
    return placements


def check_issue(placements: Sequence[Placement], issue: Issue, *, by: User, on: dt.date) -> None:
    """Refuse a day to report by outside a term, what no longer holds, and people still in another placement."""
    if not DocumentNumber.is_series(issue.series):
        raise SeriesError(
            _("文号字只填机关代字，如“示组挂”；年份和序号由系统编排，请去掉括号、数字和“号”。"),
            field="series",
        )
    check_report_day(placements, issue.report_by, on=on)
    refuse_lapsed(lapses_of(placements))
    busy = (
        Placement.objects.filter(person__in=[one.person_id for one in placements], state__in=UNDER_WAY)
        .exclude(pk__in=[one.pk for one in placements])
        .select_related("person")
        .first()
    )
    if busy is not None:
        raise AlreadyActiveError(
            _("%(person)s的上一个挂职尚未办结。请先办结原挂职，再印发挂职通知。")
            % {"person": busy.person.name},
            basis=ONE_PLACEMENT,
            way=way_to(busy, by),
        )


def check_report_day(placements: Sequence[Placement], day: dt.date, *, on: dt.date | None) -> None:
    """Refuse a day outside any of the terms, and one before today; a correction (`on` None) may keep a past day."""
    first = max((*([on] if on else []), *(one.starts_on for one in placements)))
    last = min(one.last_day for one in placements)
    if not first <= day <= last:
        raise ReportDateError(
            _("报到期限应在%(first)s至%(last)s之间：不早于今天和挂职开始日期，不晚于挂职结束日期。请修改。")
            % {"first": first, "last": last}
        )


def _write_single(
    placement: Placement, issue: Issue, above: Above, *, by: User, on: dt.date, at: dt.datetime
) -> None:
    facts = LetterFacts(next_number(issue.series, on=on), on, issue.report_by, issue.copies, above)
    letter = notice_letter(placement, facts)
    stored = store_file(f"{letter.title}.docx", letter_bytes(letter), content_type=WORD, by=by, at=at)
    _appoint(placement, facts, stored, by=by, at=at)
    register([placement], issue, facts, stored, by=by)
    expect_paper(NOTICE, placement, by=by, on=on, at=at)


def _write_joint(
    campaign: Campaign,
    placements: Sequence[Placement],
    issue: Issue,
    above: Above,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> None:
    facts = LetterFacts(next_number(issue.series, on=on), on, issue.report_by, issue.copies, above)
    letter = joint_letter(campaign, placements, facts)
    stored = store_file(f"{letter.title}.docx", letter_bytes(letter), content_type=WORD, by=by, at=at)
    for placement in placements:
        _appoint(placement, facts, stored, by=by, at=at)
    register(placements, issue, facts, stored, by=by)
    expect_paper(NOTICE, min(placements, key=attrgetter("pk")), by=by, on=on, at=at)


def register(
    placements: Sequence[Placement],
    issue: Issue,
    facts: LetterFacts,
    stored: StoredFile,
    *,
    by: User,
    version: int = 1,
) -> AppointmentNotice:
    """Enter a number, or a new version of it, with whom it is about."""
    first, others = placements[0], f"等{len(placements)}人" if placements[1:] else ""
    notice = AppointmentNotice.objects.create(
        owner_unit=first.owner_unit,
        campaign=first.campaign,
        number=facts.number,
        version=version,
        subject=f"{first.person.name}{others}",
        issued_on=facts.signed_on,
        report_by=facts.report_by,
        copies=issue.copies,
        copies_above=issue.copies_above,
        file=stored,
        issued_by=by,
    )
    notice.placements.set(placements)
    return notice


def _appoint(
    placement: Placement, facts: LetterFacts, stored: StoredFile, *, by: User, at: dt.datetime
) -> None:
    move(placement, "issue_notice")
    placement.notice_number, placement.notice_on = facts.number, facts.signed_on
    placement.notice_file, placement.report_by = stored, facts.report_by
    placement.version += 1
    placement.save()
    details = {"notice_number": facts.number, "report_by": f"{facts.report_by}"}
    note_down("issue_notice", placement, by=by, at=at, details=details)

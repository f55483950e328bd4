"""Withdraw or correct a notice that is out: its number stays in the register with the reason, and is never given again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.services.outcomes import recall
from secondment.campaigns.services.transitions import advance
from secondment.common.sentences import listed, say
from secondment.common.versions import lock_version
from secondment.documents.official import chinese_date, letter_bytes
from secondment.documents.official.letter import WORD
from secondment.documents.papers import expect_paper, retire_paper
from secondment.documents.services import store_file
from secondment.placements.choices import UNDER_WAY, NoticeState, PlacementState
from secondment.placements.letters import LetterFacts, joint_letter, notice_letter
from secondment.placements.models import AppointmentNotice, Placement
from secondment.placements.papers import NOTICE
from secondment.placements.parameters import arrival_receipt_days
from secondment.placements.queries import in_letter_order, offices_above
from secondment.placements.rules import require_may_change_notice
from secondment.placements.services.errors import ArrivedError, ReasonMissingError, WrongStateError
from secondment.placements.services.issuing import Issue, check_report_day, register
from secondment.placements.services.moving import locked, move, note_down
from secondment.placements.services.notifying import (
    notify_home,
    notify_host,
    notify_secondee,
    owe_arrival,
    owe_nothing,
)


@transaction.atomic
def withdraw_notice(
    notice: AppointmentNotice, *, reason: str, by: User, on: dt.date, at: dt.datetime
) -> AppointmentNotice:
    """Everyone it is about waits for a notice again; nobody may have reported for duty yet."""
    row = _in_force(notice, reason, by)
    placements = _about(row)
    arrived = [one.person.name for one in placements if one.state != PlacementState.APPOINTED]
    if arrived:
        raise ArrivedError(
            _("%(names)s已报到，通知不能作废。文字有误的，请更正通知；不再挂职的，请办理提前结束。")
            % {"names": listed(arrived)}
        )
    _close(row, NoticeState.WITHDRAWN, reason, on=on)
    record("notice.withdraw", row, by=by, at=at, details={"number": row.number, "reason": row.reason})
    for one in placements[:1]:
        retire_paper(NOTICE, one)
    for one in placements:
        _take_back(one, by=by, on=on, at=at)
    if row.campaign is not None:
        campaign = lock_version(row.campaign, version=None)
        if placements and campaign.state == CampaignState.DISPATCHED:
            advance(campaign, "recall_dispatch", by=by, at=at)
    title = say("挂职通知%(number)s作废", number=row.number)
    _notify(placements, title, row.reason, at=at)
    return row


@transaction.atomic
def correct_notice(
    notice: AppointmentNotice,
    *,
    report_by: dt.date,
    copies: str,
    reason: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> AppointmentNotice:
    """Write the notice again under its number, from what is on record now; the new letter says what it replaces.

    It waits for a seal of its own; the scan of the letter before stays as an earlier version.
    """
    row = _in_force(notice, reason, by)
    placements = _about(row)
    if not placements:
        raise WrongStateError(_("通知涉及的挂职都已取消或结束，不能更正。"))
    check_report_day(placements, report_by, on=None)
    _close(row, NoticeState.CORRECTED, reason, on=on)
    issue = Issue("", report_by, copies.strip(), is_joint=len(placements) > 1, copies_above=row.copies_above)
    facts = LetterFacts(
        row.number,
        on,
        report_by,
        issue.copies,
        offices_above(placements) if issue.copies_above else {},
        correction=(
            f"本通知为更正件，{chinese_date(row.issued_on)}印发的同号通知停止使用。更正事由：{row.reason.rstrip('。')}。"
        ),
    )
    letter = (
        joint_letter(row.campaign, placements, facts)
        if row.campaign is not None and len(placements) > 1
        else notice_letter(placements[0], facts)
    )
    letter = replace(letter, title=f"{letter.title}（更正）")
    stored = store_file(f"{letter.title}.docx", letter_bytes(letter), content_type=WORD, by=by, at=at)
    corrected = register(placements, issue, facts, stored, by=by, version=row.version + 1)
    record("notice.correct", row, by=by, at=at, details={"number": row.number, "reason": row.reason})
    retire_paper(NOTICE, placements[0])
    expect_paper(NOTICE, placements[0], by=by, on=on, at=at)
    for one in placements:
        _follow(one, corrected, report_by)
    _notify(placements, say("挂职通知%(number)s已更正", number=row.number), row.reason, at=at)
    return corrected


def void_when_nobody_goes(
    placement: Placement, *, reason: str, by: User, on: dt.date, at: dt.datetime
) -> None:
    """A placement was cancelled: the number of a notice that is about nobody else any more is marked as void."""
    for row in placement.notices.filter(state=NoticeState.IN_FORCE).select_for_update():
        if not row.placements.exclude(state=PlacementState.CANCELLED).exists():
            _close(row, NoticeState.WITHDRAWN, reason, on=on)
            retire_paper(NOTICE, placement)
            record("notice.withdraw", row, by=by, at=at, details={"number": row.number, "reason": row.reason})


def _in_force(notice: AppointmentNotice, reason: str, by: User) -> AppointmentNotice:
    row = (
        AppointmentNotice.objects.select_for_update(of=("self",))
        .select_related("campaign", "owner_unit")
        .get(pk=notice.pk)
    )
    require_may_change_notice(by, row)
    if not reason.strip():
        raise ReasonMissingError(_("作废或更正通知须写明理由。"))
    if row.state != NoticeState.IN_FORCE:
        raise WrongStateError(
            _("%(number)s已是“%(state)s”，不能再作废或更正。")
            % {"number": row.number, "state": row.get_state_display()}
        )
    return row


def _about(row: AppointmentNotice) -> list[Placement]:
    """The placements under way that the notice appoints, in the order of letters."""
    rows = row.placements.filter(state__in=UNDER_WAY)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return in_letter_order(rows)


def _close(row: AppointmentNotice, state: NoticeState, reason: str, *, on: dt.date) -> None:
    row.state, row.reason, row.changed_on = state, reason.strip(), on
    row.save(update_fields=["state", "reason", "changed_on"])


def _take_back(placement: Placement, *, by: User, on: dt.date, at: dt.datetime) -> None:
    one = locked(placement)
    move(one, "withdraw_notice")
    number = one.notice_number
    one.notice_number, one.notice_on, one.notice_file = "", None, None
    one.report_by = one.reported_on = None
    one.save()
    owe_nothing(one, on=on)
    if one.campaign is not None:
        recall(one.campaign, one.person_id)
    note_down("withdraw_notice", one, by=by, at=at, details={"notice_number": number})


def _follow(placement: Placement, notice: AppointmentNotice, report_by: dt.date) -> None:
    one = locked(placement)
    one.notice_file, one.report_by = notice.file, report_by
    one.save()
    if one.state == PlacementState.APPOINTED:
        owe_arrival(one, report_by + dt.timedelta(days=arrival_receipt_days(one)))


def _notify(placements: Sequence[Placement], title: str, reason: str, *, at: dt.datetime) -> None:
    for one in placements:
        for notify in (notify_home, notify_host, notify_secondee):
            notify(one, title, body=reason, at=at)

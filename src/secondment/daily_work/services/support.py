"""Support that a host report asks for: owed by an office until the host says whether it helped."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.daily_work.choices import JUDGED, STILL_OWED, SupportState
from secondment.daily_work.models import HostReport, SupportItem
from secondment.daily_work.parameters import support_days
from secondment.daily_work.queries import with_support_names
from secondment.daily_work.rules import may_answer_support, may_judge_support
from secondment.daily_work.services.errors import SupportStateError, WordsMissingError
from secondment.obligations.services import Owed, meet, owe, waive

SUPPORT, OUTCOME = "support", "support_outcome"
DAYS_TO_JUDGE = 14


def follow_reports(reports: Sequence[HostReport], *, by: User, on: dt.date, at: dt.datetime) -> None:
    """What new reports ask for becomes items; a correction changes the item of the report before, or takes it back."""
    replaced = [one.replaces_id for one in reports if one.replaces_id]
    standing = {
        one.report_id: one
        for one in SupportItem.objects.select_for_update()
        .filter(report__in=replaced)
        .exclude(state=SupportState.WITHDRAWN)
    }
    for report in reports:
        _follow(report, standing.get(report.replaces_id or 0), by=by, on=on, at=at)


def _follow(report: HostReport, item: SupportItem | None, *, by: User, on: dt.date, at: dt.datetime) -> None:
    if item is not None and (item.wanted == report.support_wanted or item.state in STILL_OWED):
        item.report, item.placement = report, report.placement
        _correct(item, report.support_wanted, by=by, on=on, at=at)
    elif report.support_wanted:
        _ask(report, by=by, on=on, at=at)


def _ask(report: HostReport, *, by: User, on: dt.date, at: dt.datetime) -> None:
    placement = report.placement
    item = SupportItem.objects.create(
        placement=placement,
        report=report,
        wanted=report.support_wanted,
        owner=placement.home_unit,
        owner_role=Role.HOME_UNIT,
        asked_on=on,
        due_on=on + dt.timedelta(days=support_days(placement)),
    )
    _owe(item)
    record("support_item.ask", item, by=by, at=at, details={"to_office": item.owner.name})


def _correct(item: SupportItem, wanted: str, *, by: User, on: dt.date, at: dt.datetime) -> None:
    if wanted == item.wanted:
        item.save(update_fields=["report"])
        return
    if wanted:
        item.wanted = wanted
    else:
        item.state, item.closed_on = SupportState.WITHDRAWN, on
        waive(item, SUPPORT, on=on)
        waive(item, OUTCOME, on=on)
    item.save()
    record("support_item.correct" if wanted else "support_item.withdraw", item, by=by, at=at)


@transaction.atomic
def answer_support(item: SupportItem, *, words: str, by: User, on: dt.date, at: dt.datetime) -> SupportItem:
    """The owner says what it did; the host is asked whether that helped."""
    row = _locked(item)
    require(may_answer_support(by, row), _("由责任单位或主办组织部门填写办理情况。"))
    _require_state(row, SupportState.OPEN)
    row.answer = _said(words, _("请用一句话写明办理情况。"))
    row.state, row.answered_on = SupportState.ANSWERED, on
    row.save()
    meet(row, SUPPORT, on=on)
    _owe_outcome(row, on)
    record("support_item.answer", row, by=by, at=at)
    return row


@transaction.atomic
def pass_support_on(item: SupportItem, *, words: str, by: User, at: dt.datetime, on: dt.date) -> SupportItem:
    """From the home unit to the organisation department or back, with a reason; the day stays."""
    row = _locked(item)
    require(may_answer_support(by, row), _("由责任单位或主办组织部门转办。"))
    _require_state(row, SupportState.OPEN)
    row.passed_because = _said(words, _("请写明转办理由。"))
    waive(row, SUPPORT, on=on)
    placement = row.placement
    goes_up = row.owner_role == Role.HOME_UNIT
    row.owner = placement.owner_unit if goes_up else placement.home_unit
    row.owner_role = Role.ORGANISATION_DEPARTMENT if goes_up else Role.HOME_UNIT
    row.save()
    _owe(row)
    record("support_item.pass_on", row, by=by, at=at, details={"to_office": row.owner.name})
    return row


@transaction.atomic
def judge_support(
    item: SupportItem, *, helped: bool, words: str = "", by: User, on: dt.date, at: dt.datetime
) -> SupportItem:
    """The host says whether it helped: that alone ends an item."""
    row = _locked(item)
    require(may_judge_support(by, row.placement), _("是否帮到，由接收单位评价，或由主办组织部门代填。"))
    _require_state(row, *STILL_OWED)
    row.outcome = words.strip() if helped else _said(words, _("没有帮到的，请写明还缺什么。"))
    row.state = SupportState.HELPED if helped else SupportState.NOT_HELPED
    row.closed_on = on
    row.save()
    meet(row, SUPPORT, on=on)
    meet(row, OUTCOME, on=on)
    record("support_item.judge", row, by=by, at=at, details={"outcome": row.state})
    return row


@transaction.atomic
def reopen_support(item: SupportItem, *, by: User, on: dt.date, at: dt.datetime) -> SupportItem:
    """The host's word was given by mistake: the item waits again as before."""
    row = _locked(item)
    require(may_judge_support(by, row.placement), _("由接收单位或主办组织部门撤回评价。"))
    _require_state(row, *JUDGED)
    row.state = SupportState.ANSWERED if row.answer else SupportState.OPEN
    row.outcome, row.closed_on = "", None
    row.save()
    if row.answer:
        _owe_outcome(row, on)
    else:
        _owe(row)
    record("support_item.reopen", row, by=by, at=at)
    return row


def _locked(item: SupportItem) -> SupportItem:
    rows = SupportItem.objects.select_for_update(of=("self",))
    return with_support_names(rows).get(pk=item.pk)


def _require_state(row: SupportItem, *states: SupportState) -> None:
    if row.state not in states:
        raise SupportStateError(
            _("这一项现在是“%(state)s”。请刷新页面再办。") % {"state": row.get_state_display()}
        )


def _said(words: str, missing: str) -> str:
    if not words.strip():
        raise WordsMissingError(missing, field="words")
    return words.strip()


def support_owed(item: SupportItem) -> Owed:
    """What the owner of an item owes."""
    placement = item.placement
    return Owed(
        kind=SUPPORT,
        title=say("办理%(person)s同志的需支持事项", person=placement.person.name),
        unit=item.owner,
        role=Role(item.owner_role),
        creditor=placement.host_unit.name,
        due_on=item.due_on,
        path=reverse("daily_work:support_detail", args=[item.pk]),
        basis=placement.programme_version.programme.name,
    )


def outcome_owed(item: SupportItem, on: dt.date) -> Owed:
    """What the host owes once the owner has answered on this day."""
    placement = item.placement
    return Owed(
        kind=OUTCOME,
        title=say("%(person)s同志的需支持事项是否帮到，请评价", person=placement.person.name),
        unit=placement.host_unit,
        role=Role.HOST_UNIT,
        creditor=item.owner.name,
        due_on=on + dt.timedelta(days=DAYS_TO_JUDGE),
        path=reverse("daily_work:support_detail", args=[item.pk]),
        basis=placement.programme_version.programme.name,
    )


def _owe(item: SupportItem) -> None:
    owe(item, support_owed(item))


def _owe_outcome(item: SupportItem, on: dt.date) -> None:
    owe(item, outcome_owed(item, on))

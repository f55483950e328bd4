"""Ask for a review or lodge an appeal, take it back, and give its office more time."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.appeals.choices import AppealKind, AppealSource, AppealState
from secondment.appeals.clocks import BASIS, due_on, most_extension, windows_of
from secondment.appeals.errors import AppealError, AppealStateError, WordsMissingError
from secondment.appeals.models import Appeal
from secondment.appeals.queries import filed_against, is_current, office_for, results_visible_to, with_names
from secondment.appeals.rules import is_own, may_file, may_handle, may_withdraw
from secondment.appeals.states import TRANSITIONS
from secondment.assessments.models import Grade
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say, say_label
from secondment.notices.services import send_notice


@transaction.atomic
def file_appeal(
    grade: Grade,
    kind: AppealKind,
    *,
    text: str,
    filed_on: dt.date,
    late_reason: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Appeal:
    """The person asks within the days of the law, or the department writes down a paper with its day.

    The same kind against the same grade is the one that was filed. A paper that came late is taken with the reason that
    excuses it. Raises `AppealError`.
    """
    Grade.objects.select_for_update().get(pk=grade.pk)
    row = results_visible_to(by).get(pk=grade.pk)
    require(may_file(by, row), _("复核、申诉由本人提出，或由组织部门据书面申请登记。"))
    earlier = filed_against([row]).get(row.pk, {})
    if kind in earlier:
        return earlier[kind]
    filed_on = on if is_own(by, row) else filed_on
    late_reason = "" if is_own(by, row) else late_reason.strip()
    if not text.strip():
        raise WordsMissingError(_("请写明请求和理由。"), field="text")
    if filed_on > on:
        raise AppealStateError(_("提出日期不能晚于今天。"), field="filed_on")
    if not is_current(row):
        raise AppealError(_("该等次已有新的决定，请对新的结果提出。"))
    window = next((one for one in windows_of(row, earlier) if one.kind == kind), None)
    if window is None:
        raise AppealError(_refused(row, earlier), basis=BASIS)
    if filed_on < window.first:
        raise AppealStateError(
            _("提出日期早于结果签收日期（%(day)s）。") % {"day": window.first}, field="filed_on"
        )
    if filed_on > window.last and not late_reason:
        words = _("法定最后一日是 %(day)s，已经超过。因不可抗力等正当理由耽误的，由组织部门据书面申请登记。")
        raise AppealError(words % {"day": window.last}, basis=BASIS, field="late_reason")
    owner = row.decision.register.owner_unit
    appeal = Appeal.objects.create(
        grade=row,
        kind=kind,
        previous=earlier.get(AppealKind.REVIEW) if kind == AppealKind.APPEAL else None,
        office=office_for(kind, owner),
        text=text.strip(),
        source=AppealSource.OWN if is_own(by, row) else AppealSource.PAPER,
        filed_on=filed_on,
        last_day=window.last,
        late_reason=late_reason if filed_on > window.last else "",
        filed_by=by,
        filed_at=at,
        due_on=due_on(kind, filed_on, row.evaluation.placement),
    )
    record("appeal.file", appeal, by=by, at=at, details={"kind": kind.value})
    _tell_office(appeal, at)
    return appeal


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, by: User, at: dt.datetime) -> Appeal:
    """The person takes it back before it is decided; it may be filed again as long as the days of the law last."""
    row = locked(appeal, "withdraw_appeal")
    require(may_withdraw(by, row), _("由本人撤回，或由受理单位据书面申请登记。"))
    row.state = AppealState.WITHDRAWN
    row.version += 1
    row.save()
    record("appeal.withdraw", row, by=by, at=at)
    return row


@transaction.atomic
def extend_appeal(
    appeal: Appeal, *, days: int, reason: str, by: User, on: dt.date, at: dt.datetime
) -> Appeal:
    """An appeal whose case is complicated takes longer, once, before its days are over; the person is told why."""
    row = locked(appeal, "extend_appeal")
    require(may_handle(by, row), _("由受理单位延长。"))
    most = most_extension(row.kind, row.grade.evaluation.placement)
    if row.kind != AppealKind.APPEAL or row.extension_days:
        raise AppealStateError(_("只有申诉可以延长，并且只延长一次。"), basis=BASIS)
    if not 1 <= days <= most:
        raise AppealStateError(_("最多延长 %(n)d 天。") % {"n": most}, basis=BASIS, field="days")
    if on > row.due_on:
        raise AppealStateError(_("办理期限已过，不能再延长，请尽快作出决定。"), basis=BASIS)
    if not reason.strip():
        raise WordsMissingError(_("请写明延长的理由。"), field="reason")
    row.extension_days, row.extension_reason = days, reason.strip()
    row.due_on += dt.timedelta(days=days)
    row.version += 1
    row.save()
    details = {"n": days, "reason": row.extension_reason}
    record("appeal.extend", row, by=by, at=at, details=details)
    tell_person(row, say("您的申诉延长办理，%(day)s 前决定", day=f"{row.due_on}"), at)
    return row


def locked(appeal: Appeal, action: str) -> Appeal:
    """The row in a state in which the action is possible."""
    Appeal.objects.select_for_update().get(pk=appeal.pk)
    row = with_names(Appeal.objects.filter(pk=appeal.pk)).get()
    if row.state not in TRANSITIONS[action][0]:
        raise AppealStateError(
            _("该件当前为“%(state)s”，不能办理此项。请刷新页面查看最新状态。")
            % {"state": row.get_state_display()}
        )
    return row


def tell_person(appeal: Appeal, title: object, at: dt.datetime) -> None:
    """A message to the person, where they have an account."""
    account = appeal.grade.evaluation.person.account
    send_notice([account] if account else [], title=title, at=at, path=page_of(appeal))  # type: ignore[arg-type]


def page_of(appeal: Appeal) -> str:
    """The page of a review or an appeal."""
    return reverse("appeals:appeal_detail", args=[appeal.pk])


def _tell_office(appeal: Appeal, at: dt.datetime) -> None:
    title = say(
        "收到一件考核%(kind)s申请，%(day)s 前决定",
        kind=say_label(AppealKind(appeal.kind).label),
        day=f"{appeal.due_on}",
    )
    accounts = accounts_of([appeal.office], Role.ORGANISATION_DEPARTMENT)
    send_notice(accounts, title=title, at=at, path=page_of(appeal))


def _refused(grade: Grade, earlier: dict[str, Appeal]) -> str:
    """Why nothing can be filed now."""
    if AppealKind.APPEAL in earlier:
        return _("已经提出申诉，不再复核。")
    if AppealKind.REVIEW in earlier:
        return _("复核决定签收以后，才可以提出申诉；等次已经更正的，请对新的结果提出。")
    if grade.received_on is None:
        return _("考核结果签收以后，才可以提出复核、申诉。")
    if not grade.grade:
        return _("等次已经撤销，不需要复核、申诉。")
    return _("法律规定可以申请复核、提出申诉的是“不称职”等次；本项目没有规定受理其他等次。")

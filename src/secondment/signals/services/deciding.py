"""The department in charge decides: show the facts to the person, use the sign, close it."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.signals.choices import SignState, UseKind
from secondment.signals.errors import NotHeardError, SignStateError, WordsMissingError
from secondment.signals.models import EarlySign, SignUse
from secondment.signals.rules import OWN_WORKDAYS, is_own, may_be_used, may_decide
from secondment.signals.services.locking import locked, save

BASIS = "《个人信息保护法》第二十四条、第四十四条"


@transaction.atomic
def show_sign(sign: EarlySign, *, words: str, by: User, on: dt.date, at: dt.datetime) -> EarlySign:
    """Tell the person; of somebody without an account it is written down who told them and how."""
    row = locked(sign)
    require(may_decide(by, row), _("预警提示由主办组织部门告知本人。"))
    if row.state == SignState.SHOWN:
        return row
    if row.state != SignState.ANSWERED:
        raise SignStateError(_("请先听取被询问单位的说明；单位没有账号的，可以代为登记。"))
    account, told = row.placement.person.account, words.strip()
    if account is None and not told:
        raise WordsMissingError(_("本人没有账号，请写明由谁、怎样把事实告知了本人。"), field="words")
    row.state, row.shown_on = SignState.SHOWN, on
    row.shown_words = told if account is None else ""
    save(row, "state", "shown_on", "shown_words")
    record("sign.show", row, by=by, at=at, details={"sign": row.code})
    if account is not None:
        title = say("有一条与您有关的预警提示，请看事实，可以说明")
        send_notice([account], title=title, at=at, path=page_of(row))
    return row


@transaction.atomic
def read_by_person(sign: EarlySign, *, by: User, on: dt.date) -> None:
    """The person has opened the page: from the next working day on the days to answer in count."""
    if is_own(by, sign) and sign.shown_on is not None and sign.read_on is None:
        row = locked(sign)
        if row.read_on is None:
            row.read_on = on
            save(row, "read_on")


@transaction.atomic
def use_sign(sign: EarlySign, *, kind: str, words: str, by: User, on: dt.date, at: dt.datetime) -> SignUse:
    """The only way into a talk, a draw or a report: refused until the person was heard."""
    row = locked(sign)
    require(may_decide(by, row), _("预警提示由主办组织部门决定是否使用。"))
    text = words.strip()
    if not text:
        raise WordsMissingError(_("请写明用在哪里、为什么需要。"), field="words")
    if on >= row.expires_on:
        raise SignStateError(
            _("这条提示已满六个月失效，不能再使用。需要了解近况的，请直接找本人或者单位谈。")
        )
    if not may_be_used(row, on):
        raise NotHeardError(
            _(
                "本人还没有看到事实，或者看到后不满%(n)d个工作日且没有说明。请先告知本人并听取说明，再用于谈话、督查抽取或报告。"
            )
            % {"n": OWN_WORKDAYS},
            basis=BASIS,
            way=(_("查看这条提示"), page_of(row)),
        )
    use, is_new = SignUse.objects.get_or_create(
        sign=row, kind=kind, words=text, used_on=on, defaults={"by": by}
    )
    if is_new:
        record("sign.use", row, by=by, at=at, details={"use": UseKind(kind).value, "sign": row.code})
    return use


@transaction.atomic
def close_sign(sign: EarlySign, *, words: str, by: User, on: dt.date, at: dt.datetime) -> EarlySign:
    """Nothing more is asked; the words say why."""
    row = locked(sign)
    require(may_decide(by, row), _("预警提示由主办组织部门了结。"))
    text = words.strip()
    if not text:
        raise WordsMissingError(_("请写明了结意见，例如“情况正常，不再提示”。"), field="words")
    if row.state == SignState.CLOSED and row.closed_words == text:
        return row
    if row.state not in (SignState.ANSWERED, SignState.SHOWN):
        raise SignStateError(_("这条提示还没有听取单位说明，或者已经了结。请刷新页面，查看最新情况。"))
    row.state, row.closed_words, row.closed_by, row.closed_on = SignState.CLOSED, text, by, on
    save(row, "state", "closed_words", "closed_by", "closed_on")
    record("sign.close", row, by=by, at=at, details={"sign": row.code})
    return row


def page_of(sign: EarlySign) -> str:
    """The page of a sign."""
    return reverse("signals:sign_detail", args=[sign.pk])

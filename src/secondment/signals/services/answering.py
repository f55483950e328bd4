"""The office that was asked answers; the person who was shown the facts may say something to them."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.signals.choices import AnswerKind, SignState
from secondment.signals.errors import SignStateError, WordsMissingError
from secondment.signals.models import EarlySign
from secondment.signals.rules import is_own, may_answer, may_speak
from secondment.signals.services.locking import locked, save


@transaction.atomic
def answer_sign(
    sign: EarlySign, *, kind: str, words: str, by: User, on: dt.date, at: dt.datetime
) -> EarlySign:
    """What the office says; the same answer sent again is the answer."""
    row = locked(sign)
    require(may_answer(by, row), _("预警提示由被询问的单位说明，主办组织部门可以代为登记。"))
    text = words.strip()
    if not text:
        raise WordsMissingError(_("请写明情况，一两句话即可。"), field="words")
    if row.state == SignState.ANSWERED and (row.answer_kind, row.answer) == (kind, text):
        return row
    if row.state not in (SignState.ASKED, SignState.ANSWERED):
        raise SignStateError(_("这条提示已告知本人或已了结，说明不能再改。有新情况，请告诉主办组织部门。"))
    row.state, row.answer_kind, row.answered_by, row.answered_on = SignState.ANSWERED, kind, by, on
    row.set_answer(text)
    save(row, "state", "answer_kind", "answer_sealed", "answered_by", "answered_on")
    details = {"answer": AnswerKind(kind).value, "sign": row.code}
    record("sign.answer", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def speak(sign: EarlySign, *, words: str, by: User, on: dt.date, at: dt.datetime) -> EarlySign:
    """The person's own words; they may be changed until the sign is closed, and nobody asks for them."""
    row = locked(sign)
    require(may_speak(by, row), _("告知后由本人说明；没有账号的，由主办组织部门代为记录。"))
    text = words.strip()
    if not text:
        raise WordsMissingError(_("请写明情况；没有要说的，不用填写。"), field="words")
    if row.state != SignState.SHOWN:
        raise SignStateError(_("这条提示已经了结，不能再补充说明。"))
    if row.own_words == text:
        return row
    row.own_on = on
    row.set_own_words(text)
    save(row, "own_sealed", "own_on")
    record("sign.speak", row, by=by, at=at, details={"is_own": is_own(by, row), "sign": row.code})
    return row

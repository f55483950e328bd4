"""Amounts and how they were reckoned, in words."""

from django.utils.translation import gettext as _

from secondment.allowances.entitlement import Entitled
from secondment.campaigns.choices import AllowanceUnit
from secondment.campaigns.parameters import FEN
from secondment.common.sentences import joined_sentences, listed
from secondment.leave.choices import EntryKind, LeaveType
from secondment.leave.presence import LATE
from secondment.leave.words import days_words


def money(fen: int) -> str:
    """Yuan with two decimals; what is taken back has a minus."""
    return f"{'−' if fen < 0 else ''}{abs(fen) / FEN:.2f}"


def yuan(fen: int) -> float:
    """For figures of lists and sheets."""
    return fen / FEN


def arithmetic(one: Entitled) -> str:
    """The sum as it is written: days × standard = amount."""
    parts = {"standard": money(one.amount_fen), "total": money(one.total_fen)}
    if one.unit == AllowanceUnit.TRIP:
        return _("%(n)s 次 × %(standard)s 元 = %(total)s 元") % {**parts, "n": one.counted}
    if one.unit == AllowanceUnit.DAY:
        days = days_words(one.counted)
        return _("%(n)s 天 × %(standard)s 元 = %(total)s 元") % {**parts, "n": days}
    if one.is_stopped:
        return _("停发，0.00 元")
    if one.counted == one.n_month:
        return _("整月 %(total)s 元") % parts
    return _("%(standard)s 元 × %(n)s 天 ÷ 全月 %(whole)s 天 = %(total)s 元") % {
        **parts,
        "n": days_words(one.counted),
        "whole": days_words(one.n_month),
    }


def subtracted(one: Entitled) -> str:
    """What there was, what was subtracted from it and why; or what bounds the month."""
    if one.unit == AllowanceUnit.TRIP:
        is_bounded = bool(one.limit) and one.n_trips > one.limit
        words = _("登记 %(n)s 次，每月最多 %(limit)s 次")
        return words % {"n": one.n_trips, "limit": one.limit} if is_bounded else ""
    parts = [_("应在岗 %(n)s 天") % {"n": days_words(one.n_due)}]
    if one.paused:
        parts.append(_("暂停挂职 %(n)s 天") % {"n": days_words(one.paused)})
    if one.away:
        parts.append(_away(one))
    if one.unit == AllowanceUnit.DAY and one.limit and one.n_due - one.paused - one.n_away > one.counted:
        parts.append(_("每月最多 %(n)s 天") % {"n": one.limit})
    return joined_sentences(parts)


def difference(before_fen: int, one: Entitled | None) -> str:
    """What is due by now, less what was issued before."""
    now = one.total_fen if one else 0
    words = _("补发：应发 %(now)s − 已发 %(before)s = %(rest)s 元")
    if now < before_fen:
        words = _("扣回：应发 %(now)s − 已发 %(before)s = %(rest)s 元")
    return words % {"now": money(now), "before": money(before_fen), "rest": money(now - before_fen)}


def _away(one: Entitled) -> str:
    labels = {**dict(LeaveType.choices), LATE: EntryKind.LATE.label}
    types = listed(
        [_("%(type)s %(n)s 天") % {"type": labels[name], "n": days_words(n)} for name, n in one.away]
    )
    if one.is_stopped:
        words = _("不在岗超过 %(limit)s 天（%(types)s）")
    elif one.unit == AllowanceUnit.MONTH and one.limit:
        words = _("不在岗未超过 %(limit)s 天，不扣（%(types)s）")
    else:
        words = _("减%(types)s")
    return words % {"limit": one.limit, "types": types}

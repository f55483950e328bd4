"""Hand out one-time passwords on paper: shown once; printing again means new ones, and the old slips are void."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import Deed
from secondment.accounts.models import User
from secondment.accounts.rules import needs_two
from secondment.accounts.services import ONE_TIME_DAYS, give_password
from secondment.audit.services import record, record_export
from secondment.jobs.services import start_job
from secondment.onboarding.choices import BatchState
from secondment.onboarding.errors import NoCodesError
from secondment.onboarding.models import AccountBatch, AccountLine
from secondment.onboarding.rules import may_hand_out, require
from secondment.onboarding.services.codes import AT_ONCE, Code, new_codes, open_code, seal_code
from secondment.onboarding.services.making import locked_batch

RENEW_JOB = "onboarding.renew_codes"


@dataclass(frozen=True)
class Slip:
    """What a holder is handed."""

    unit: str
    name: str
    username: str
    code: str
    until: dt.datetime


def codes_ready(batch: AccountBatch, *, at: dt.datetime) -> list[AccountLine]:
    """Lines whose sealed code still opens their account: not used, not replaced by another one, not expired."""
    if batch.codes_until is None or batch.codes_until <= at:
        return []
    return [
        line
        for line in batch.all_lines
        if line.sealed_code is not None
        and line.account is not None
        and line.account.is_active
        and line.account.one_time_until == batch.codes_until
    ]


def renewable(batch: AccountBatch) -> list[tuple[AccountLine, User]]:
    """Lines whose holder has never signed in: others keep their password, also when an administrator has just reset it,
    and what needs two administrators is left to them.
    """
    if batch.state != BatchState.MADE:
        return []
    opened = [(line, line.account) for line in batch.all_lines if line.account is not None]
    return [
        (line, account)
        for line, account in opened
        if account.is_active and account.last_login is None and not needs_two(account, Deed.RESET_PASSWORD)
    ]


@transaction.atomic
def take_slips(batch: AccountBatch, *, by: User, at: dt.datetime) -> list[Slip]:
    """The slips; their codes are forgotten with this transaction. Raises `NoCodesError`."""
    row = locked_batch(batch)
    require(may_hand_out(by, row))
    lines = codes_ready(row, at=at)
    if not lines or row.codes_until is None:
        raise NoCodesError(
            _("一次性密码已打印或已过期，不能再次查看。需要补发的，请重新生成，原账号单同时作废。")
        )
    slips = [
        Slip(line.unit.name, line.name, line.username, open_code(line), row.codes_until) for line in lines
    ]
    row.lines.update(sealed_code=None)
    row.printed_at = at
    row.save(update_fields=["printed_at"])
    record_export("batch.print", row, n=len(slips), by=by, at=at)
    return slips


def renew_codes(batch: AccountBatch, *, by: User, at: dt.datetime) -> None:
    """New codes for everyone who has not signed in; the old ones open nothing. Many are left to a job."""
    require(may_hand_out(by, batch))
    keys = [line.pk for line, _account in _renewable(batch)]
    if len(keys) > AT_ONCE:
        start_job(RENEW_JOB, {"batch": batch.pk}, by=by, at=at, once=str(batch.pk))
        return
    write_codes(batch, new_codes(keys), by=by, at=at)


@transaction.atomic
def write_codes(batch: AccountBatch, codes: Mapping[int, Code], *, by: User, at: dt.datetime) -> int:
    """Give the accounts these passwords, except those whose holder signed in meanwhile; returns how many."""
    row = locked_batch(batch)
    require(may_hand_out(by, row))
    accounts = User.objects.filter(pk__in=row.lines.values("account"))
    list(accounts.select_for_update().order_by("pk").values_list("pk"))
    row.lines.update(sealed_code=None)
    lines = []
    for line, account in _renewable(row):
        if line.pk in codes:
            give_password(account, codes[line.pk].hashed, by=by, at=at)
            seal_code(line, codes[line.pk])
            lines.append(line)
    AccountLine.objects.bulk_update(lines, ["sealed_code"])
    row.codes_until, row.printed_at = at + dt.timedelta(days=ONE_TIME_DAYS), None
    row.save(update_fields=["codes_until", "printed_at"])
    record("batch.renew", row, by=by, at=at, details={"n": len(lines)})
    return len(lines)


def _renewable(batch: AccountBatch) -> list[tuple[AccountLine, User]]:
    found = renewable(batch)
    if not found:
        raise NoCodesError(_("名单中的人员都已登录过，不需要新的一次性密码；忘记密码的，由系统管理员重置。"))
    return found

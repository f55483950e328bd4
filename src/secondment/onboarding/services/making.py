"""Open the accounts of a confirmed batch in one transaction; what can no longer be opened is named on its line."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.services import ONE_TIME_DAYS, give_role, open_account
from secondment.common.sentences import counted, say
from secondment.notices.services import send_notice
from secondment.onboarding.candidates import refusal_of_person, refusal_of_unit
from secondment.onboarding.errors import BatchClosedError
from secondment.onboarding.models import AccountBatch, AccountLine
from secondment.onboarding.services.asking import locked_people
from secondment.onboarding.services.codes import Code, seal_code
from secondment.onboarding.states import TRANSITIONS
from secondment.people.services.own_account import give_account


@transaction.atomic
def write_accounts(batch: AccountBatch, codes: Mapping[int, Code], *, at: dt.datetime) -> int:
    """Open, link and grant; returns how many accounts there are. The events name both who asked and who confirmed."""
    row = locked_batch(batch)
    before, after = TRANSITIONS["finish_batch"]
    if row.state not in before or row.decided_by is None:
        raise BatchClosedError(_("该申请已办理，未作任何改动。请刷新页面查看。"))
    people = locked_people(line.person_id for line in row.all_lines if line.person_id)
    taken = _taken(row)
    for line in row.all_lines:
        line.person = people.get(line.person_id) if line.person_id else None
        line.refusal = _refusal(line, taken)
        line.is_open = False
        if not line.refusal:
            _open(line, codes[line.pk], roles=row.roles, by=row.decided_by, asked_by=row.asked_by, at=at)
    AccountLine.objects.bulk_update(row.all_lines, ["account", "refusal", "is_open", "sealed_code"])
    row.state, row.codes_until = after, at + dt.timedelta(days=ONE_TIME_DAYS)
    row.save()
    n = sum(line.account_id is not None for line in row.all_lines)
    send_notice(
        [row.asked_by],
        title=counted("已开设 %(n)d 个账号，请打印账号单", n),
        path=reverse("onboarding:batch_detail", args=[row.pk]),
        at=at,
    )
    return n


def locked_batch(batch: AccountBatch) -> AccountBatch:
    """The current state of the batch, locked until the transaction ends."""
    rows = AccountBatch.objects.select_for_update(of=("self",)).select_related("asked_by", "decided_by")
    return rows.get(pk=batch.pk)


def _open(
    line: AccountLine, code: Code, *, roles: list[str], by: User, asked_by: User, at: dt.datetime
) -> None:
    details = {"asked_by": asked_by.name}
    account = open_account(
        line.username, name=line.name, unit=line.unit, hashed=code.hashed, by=by, at=at, details=details
    )
    for role in roles:
        give_role(account, role=Role(role), unit=line.unit, by=by, at=at, details=details)
    if line.person:
        give_account(line.person, account, by=by, at=at)
    line.account = account
    seal_code(line, code)


def _refusal(line: AccountLine, taken: set[str]) -> str:
    """Why the account can no longer be opened, to be kept."""
    if line.username in taken:
        return say("账号“%(name)s”已被使用", name=line.username)
    if line.person is None:
        return refusal_of_unit(line.unit)
    if line.person.unit_id != line.unit_id:
        return say("本人已不在该单位")
    return refusal_of_person(line.person)


def _taken(batch: AccountBatch) -> set[str]:
    """Names that were free when they were asked for and are no longer: the room of accounts opens single ones."""
    names = [line.username for line in batch.all_lines]
    return set(User.objects.filter(username__in=names).values_list("username", flat=True))

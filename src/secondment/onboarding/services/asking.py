"""Ask for accounts: nothing is opened yet, but each name is kept for the batch and each person waits in one only."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.sentences import counted, say
from secondment.notices.services import send_notice
from secondment.onboarding.candidates import refusal_of_person, refusal_of_unit
from secondment.onboarding.errors import AlreadyListedError, BatchSizeError, NameTakenError
from secondment.onboarding.models import AccountBatch, AccountLine
from secondment.onboarding.rules import CONFIRMER, is_on_asking_side, may_grant_all, require
from secondment.onboarding.usernames import taken_usernames
from secondment.people.models import Person
from secondment.units.models import Unit

MOST_LINES = 200


@dataclass(frozen=True)
class LineAsked:
    """One account as it is asked for."""

    unit: Unit
    name: str
    username: str
    person: Person | None = None


@transaction.atomic
def ask_batch(
    asked: Sequence[LineAsked], *, roles: Sequence[Role], by: User, at: dt.datetime
) -> AccountBatch:
    """A batch that waits for the security administrator.

    Raises `BatchSizeError`, `AlreadyListedError`, `NameTakenError`.
    """
    if not 0 < len(asked) <= MOST_LINES:
        raise BatchSizeError(
            _("一次可申请 1 至 %(most)d 个账号，本次为 %(n)d 个。请重新选择。")
            % {"most": MOST_LINES, "n": len(asked)}
        )
    people = locked_people(line.person.pk for line in asked if line.person)
    batch = AccountBatch(roles=[str(role) for role in roles], asked_by=by, asked_at=at)
    lines = [
        AccountLine(
            batch=batch,
            person=people[line.person.pk] if line.person else None,
            unit=people[line.person.pk].unit if line.person else line.unit,
            name=line.name,
            username=line.username,
        )
        for line in asked
    ]
    require(is_on_asking_side(by, lines))
    _check(lines)
    batch.save()
    try:
        with transaction.atomic():  # two who ask for the same at once: the constraints let one through
            AccountLine.objects.bulk_create(lines)
    except IntegrityError as error:
        raise AlreadyListedError(_("其中有人或账号刚刚列入了另一份申请。请返回列表，重新选择。")) from error
    record("batch.ask", batch, by=by, at=at, details={"n": len(lines)})
    send_notice(
        _confirmers(batch),
        title=counted("%(n)d 个账号等待确认", len(lines)),
        body=say("%(name)s申请批量开设，请核对名单后确认。", name=by.name),
        path=reverse("onboarding:batch_detail", args=[batch.pk]),
        at=at,
    )
    return batch


def locked_people(keys: Iterable[int]) -> dict[int, Person]:
    """The persons as they are now, locked until the transaction ends."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("unit", "account")
    return {person.pk: person for person in rows.filter(pk__in=set(keys)).order_by("pk")}


def _check(lines: Sequence[AccountLine]) -> None:
    people = [line.person_id for line in lines if line.person_id]
    for line in lines:
        why = refusal_of_person(line.person) if line.person else refusal_of_unit(line.unit)
        if why:
            raise AlreadyListedError(
                _("%(name)s：%(why)s。请返回列表，重新选择。") % {"name": line.name, "why": why}
            )
    if len(set(people)) != len(people):
        raise AlreadyListedError(_("名单中有人列了两次。请返回列表，重新选择。"))
    names = [line.username for line in lines]
    taken = taken_usernames(names) | {name for name in names if names.count(name) > 1}
    if taken:
        raise NameTakenError(_("账号“%(name)s”已被使用，请更换。") % {"name": min(taken)})


def _confirmers(batch: AccountBatch) -> list[User]:
    found = accounts_of([line.unit for line in batch.all_lines], CONFIRMER)
    return [user for user in found if may_grant_all(user, batch)]

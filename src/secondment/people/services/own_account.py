"""The account by which a person reads the own file, states preferences and reports for duty.

Who holds it reads family and penalties of the person, so only those who read them anyway may link it.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.people.errors import AccountNotFittingError
from secondment.people.models import Person
from secondment.people.queries import linkable_accounts
from secondment.people.rules import may_link_account
from secondment.people.services.history import Change, keep_changes


@transaction.atomic
def link_account(person: Person, account: int | None, *, by: User, at: dt.datetime) -> Person:
    """Give the person this account as the own one."""
    locked = _locked(person, by)
    found = next((one for one in linkable_accounts(locked) if one.pk == account), None)
    if locked.account_id or found is None:
        raise AccountNotFittingError(
            _("没有关联：本人已有账号，或该账号已停用、已关联他人、姓名或管理范围不符。请刷新页面后核对。")
        )
    return give_account(locked, found, by=by, at=at)


@transaction.atomic
def unlink_account(person: Person, *, by: User, at: dt.datetime) -> Person:
    """Take the account from the person, whose file it opens no more."""
    locked = _locked(person, by)
    if locked.account is None:
        raise AccountNotFittingError(_("本人没有关联账号，可能已由他人解除。请刷新页面后核对。"))
    account, locked.account = locked.account, None
    keep_changes(locked, [Change("account_id", account.pk, None)], by=by, at=at)
    return _saved(locked, "person.unlink_account", account, by=by, at=at)


def give_account(person: Person, account: User, *, by: User, at: dt.datetime) -> Person:
    """Link the locked person to the account; the caller has checked that this is allowed."""
    keep_changes(person, [Change("account_id", person.account_id, account.pk)], by=by, at=at)
    person.account = account
    return _saved(person, "person.link_account", account, by=by, at=at)


def _locked(person: Person, by: User) -> Person:
    locked = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
    require(may_link_account(by, locked))
    return locked


def _saved(person: Person, action: str, account: User, *, by: User, at: dt.datetime) -> Person:
    person.save(update_fields=["account"])
    details = {"account": account.username}
    record(action, person, by=by, at=at, details=details)
    return person

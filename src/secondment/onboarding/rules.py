"""Who asks for accounts in bulk, who confirms them, and who is given the slips: never one person alone.

Who confirms never sees a one-time password, and who prints them could not have granted a role.
"""

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.common import errors
from secondment.onboarding.models import AccountBatch, AccountLine
from secondment.onboarding.states import TRANSITIONS
from secondment.people.models import Person
from secondment.people.rules import may_link_account
from secondment.units.models import Unit

ASKERS = (Role.ORGANISATION_DEPARTMENT, Role.SYSTEM_ADMINISTRATOR)
CONFIRMER = Role.SECURITY_ADMINISTRATOR
require = partial(
    errors.require,
    message=_("您没有批量开设账号的权限：组织部门或系统管理员提出，安全管理员确认，两者互不替代。"),
)


def may_ask_somewhere(user: User) -> bool:
    """Organisation departments and system administrators."""
    return has_role(user, *ASKERS)


def may_ask_for_person(user: User, person: Person) -> bool:
    """Whoever may link an account to the person."""
    return may_link_account(user, person)


def may_ask_for_unit(user: User, unit: Unit) -> bool:
    """Organisation department and system administrator, within their scope."""
    return covers(user, unit.path, *ASKERS)


def is_on_asking_side(user: User, lines: Iterable[AccountLine]) -> bool:
    """Whether the account could have asked for all of these."""
    return all(
        may_ask_for_person(user, line.person) if line.person else may_ask_for_unit(user, line.unit)
        for line in lines
    )


def may_grant_all(user: User, batch: AccountBatch) -> bool:
    """The security administrator whose scope covers every unit, for what another asked for."""
    return user.pk != batch.asked_by_id and all(
        covers(user, line.unit.path, CONFIRMER) for line in batch.all_lines
    )


def may_hand_out(user: User, batch: AccountBatch) -> bool:
    """The asking side, without whoever confirmed."""
    return user.pk != batch.decided_by_id and is_on_asking_side(user, batch.all_lines)


def actions_for(user: User, batch: AccountBatch) -> frozenset[str]:
    """The decisions a page offers this user now: right and state together."""
    is_confirmer = may_grant_all(user, batch)
    rights = {"confirm_batch": is_confirmer, "decline_batch": is_confirmer or may_hand_out(user, batch)}
    return frozenset(
        action for action, is_right in rights.items() if is_right and batch.state in TRANSITIONS[action][0]
    )

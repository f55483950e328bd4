"""The first three administrators: afterwards everything is done by them, each their part."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.services import ONE_TIME_DAYS, one_time_password
from secondment.audit.services import record
from secondment.common.errors import DomainError
from secondment.units.models import Unit
from secondment.units.services import create_unit


class NotFirstError(DomainError):
    """There are administrators already, or the three are not three different named people."""


@transaction.atomic
def first_administrators(
    root: Unit, people: Sequence[tuple[str, str]], *, at: dt.datetime
) -> list[tuple[User, str]]:
    """Save the root unit, open three accounts with one administrator role each; these and their one-time passwords."""
    if RoleAssignment.objects.filter(role__in=ADMINISTRATOR_ROLES).exists():
        raise NotFirstError(_("系统中已有管理员。新增管理员请由系统管理员开设账号、安全管理员授予角色。"))
    names = {username.strip().lower() for username, _name in people}
    if len(names) != len(ADMINISTRATOR_ROLES) or not all(name.strip() for _username, name in people):
        raise NotFirstError(_("三名管理员须是三个不同的人，每人填写“账号:姓名”。"))
    create_unit(root, by=None, at=at)
    made = []
    for role, (username, name) in zip(ADMINISTRATOR_ROLES, people, strict=True):
        password = one_time_password()
        account = User.objects.create_user(username, name=name.strip(), password=password)
        account.unit, account.must_change_password = root, True
        account.one_time_until = at + dt.timedelta(days=ONE_TIME_DAYS)
        account.save()
        RoleAssignment.objects.create(user=account, role=role, unit=root)
        record("account.create", account, by=None, at=at, details={"role": role})
        made.append((account, password))
    return made

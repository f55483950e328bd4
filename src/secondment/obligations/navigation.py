"""The to-do count in the top bar, and holidays among the settings."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.navigation import NavigationItem
from secondment.obligations.waiting import count_waiting


def count_todo(request: HttpRequest) -> int:
    """What waits for the signed-in account today."""
    today = timezone.localdate()  # noqa: TID251 -- the top bar is part of a page
    return count_waiting(cast("User", request.user), today)


NAVIGATION = [
    NavigationItem(
        label=_("待办"),
        url_name="obligations:todo",
        icon="checklist",
        place="top",
        order=20,
        badge=count_todo,
    ),
    NavigationItem(
        label=_("放假安排"),
        url_name="obligations:holiday_list",
        icon="calendar",
        group=_("系统管理"),
        order=94,
        roles=frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
]

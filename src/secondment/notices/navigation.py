"""The bell in the top bar."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.navigation import NavigationItem
from secondment.notices.queries import n_unread


def count_unread(request: HttpRequest) -> int:
    """Unread messages of the signed-in account."""
    return n_unread(cast("User", request.user))


NAVIGATION = [
    NavigationItem(
        label=_("消息"),
        url_name="notices:notice_list",
        icon="bell",
        place="top",
        order=25,
        badge=count_unread,
    ),
    NavigationItem(
        label=_("外发渠道"),
        url_name="notices:channel_list",
        icon="mail",
        group=_("系统管理"),
        order=95,
        roles=frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
]

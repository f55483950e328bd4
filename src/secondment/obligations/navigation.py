"""The to-do count in the top bar."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.navigation import NavigationItem
from secondment.obligations.queries import todo_of


def count_todo(request: HttpRequest) -> int:
    """Open obligations of the signed-in account."""
    return todo_of(cast("User", request.user)).count()


NAVIGATION = [
    NavigationItem(
        label=_("待办"),
        url_name="obligations:todo",
        icon="checklist",
        place="top",
        order=20,
        badge=count_todo,
    )
]

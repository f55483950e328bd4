"""The side bar entry of the demand for posts."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.posts.queries import READING, count_waiting


def waiting(request: HttpRequest) -> int:
    """Demands that wait for this account's decision."""
    return count_waiting(request.user)  # type: ignore[arg-type]  # signed in, or there is no side bar


NAVIGATION = [
    NavigationItem(
        label=_("岗位需求"),
        url_name="posts:post_list",
        icon="briefcase",
        group=_("统筹规划"),
        order=32,
        roles=frozenset(READING),
        badge=waiting,
    ),
]

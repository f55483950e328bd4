"""The side bar and the top bar: every app names its entries, the frame shows those a user's roles need.

An app puts `NAVIGATION = [NavigationItem(...), ...]` into its `navigation.py`; nothing else is to be registered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from itertools import groupby
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from secondment.common import installation

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """One entry; `roles` empty means every signed-in user, `badge` counts what waits there.

    With `within` it is no entry of its own: its pages belong to the entry of that name.
    """

    label: Text
    url_name: str
    icon: str
    group: Text = ""
    order: int = 100
    roles: frozenset[str] = frozenset()
    badge: Callable[[HttpRequest], int] | None = None
    place: Literal["side", "top"] = "side"
    within: str = ""


@dataclass(frozen=True)
class NavigationLink:
    """An entry as shown to one user."""

    label: Text
    url: str
    icon: str
    group: Text
    n_waiting: int
    is_current: bool


@dataclass(frozen=True)
class NavigationGroup:
    """Entries under one heading."""

    label: Text
    links: Sequence[NavigationLink]


@cache
def navigation_items() -> tuple[NavigationItem, ...]:
    """All entries of all installed apps, in their order."""
    items: list[NavigationItem] = []
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "navigation"):
            items += getattr(import_module(f"{app.name}.navigation"), "NAVIGATION", ())
    return tuple(sorted(items, key=lambda item: item.order))


class Frame:
    """What surrounds a page; evaluated only by full pages, so fragments cost no query."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def assignments(self) -> list[tuple[str, str]]:
        """The user's roles with the names of their units; empty for a visitor."""
        user: Any = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        return [(role, name) for role, _path, name in user.held]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the roles the user plays anywhere."""
        return frozenset(role for role, _unit in self.assignments)

    @cached_property
    def scopes(self) -> list[str]:
        """Names of the units the user acts for, without repetition."""
        return list(dict.fromkeys(unit for _role, unit in self.assignments))

    @cached_property
    def groups(self) -> list[NavigationGroup]:
        """The side bar."""
        by_group = groupby(_in_group_order(self._links("side")), key=lambda link: str(link.group))
        return [NavigationGroup(label, list(links)) for label, links in by_group]

    @cached_property
    def top_links(self) -> list[NavigationLink]:
        """Entries of the top bar, such as the to-do list."""
        return self._links("top")

    @cached_property
    def home_url(self) -> str:
        """Where the product's name leads."""
        return url_or_nothing(settings.LOGIN_REDIRECT_URL)

    @cached_property
    def search_url(self) -> str:
        """The search page, when the installation has one."""
        return url_or_nothing("portal:search")

    @property
    def is_demo(self) -> bool:
        """Whether what the pages show is invented."""
        return installation.SEEN.is_demo

    @property
    def is_in_danger(self) -> bool:
        """Whether the database file is opened by a library that can lose data."""
        return installation.SEEN.is_in_danger

    def _links(self, place: str) -> list[NavigationLink]:
        shown = [
            (item, url)
            for item in navigation_items()
            if item.place == place and self._may_see(item) and (url := url_or_nothing(item.url_name))
        ]
        inner = {url: url_or_nothing(item.within) for item, url in shown if item.within}
        current = _longest_prefix([url for _, url in shown], self.request.path)
        current = inner.get(current, current)
        return [
            NavigationLink(
                item.label,
                url,
                item.icon,
                item.group,
                item.badge(self.request) if item.badge else 0,
                url == current,
            )
            for item, url in shown
            if not item.within
        ]

    def _may_see(self, item: NavigationItem) -> bool:
        return bool(self.assignments) and (not item.roles or bool(item.roles & self.roles))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` and `product_name` for the base templates."""
    return {"frame": Frame(request), "product_name": settings.PRODUCT_NAME}


def url_or_nothing(url_name: str, *args: object) -> str:
    """The address of a page, or "" where this installation does not have it."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def _longest_prefix(urls: Sequence[str], path: str) -> str:
    """The most special entry that contains this page; the home page only for itself."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")


def _in_group_order(links: Sequence[NavigationLink]) -> list[NavigationLink]:
    """Links sorted so that each group is together, at the place of its first entry."""
    first = {str(link.group): at for at, link in reversed(list(enumerate(links)))}
    return sorted(links, key=lambda link: first[str(link.group)])

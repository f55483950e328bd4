"""Search across all rooms, within what the account may see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from secondment.accounts import queries as accounts
from secondment.accounts.models import User
from secondment.files.names import clean_name
from secondment.portal.links import link
from secondment.portal.reach import campaigns_of, people_of, placements_of, posts_of

SHOWN = 10
LONGEST = 60


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, its page, and what distinguishes it."""

    text: str
    url: str
    note: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `has_more` when only the first are shown, all of them at `url`."""

    title: str
    hits: Sequence[Hit]
    has_more: bool
    url: str


def search(user: User, words: str) -> list[Group]:
    """Groups with at least one hit: people, secondments, posts, campaigns, accounts; one query each."""
    words = " ".join(words.split())[:LONGEST]
    if not words:
        return []
    groups = [find(user, words) for find in (_people, _placements, _posts, _campaigns, _accounts)]
    return [group for group in groups if group.hits]


def _people(user: User, words: str) -> Group:
    name = Q(name__icontains=clean_name(words)) | Q(name_key__istartswith=words.replace(" ", ""))
    found = people_of(user).filter(name)
    return _group(
        _("干部"),
        found.select_related("unit").order_by("name_key", "pk"),
        lambda one: Hit(one.name, link("people:person_detail", one.pk), one.post_title or one.unit.name),
        link("people:person_list", q=words),
    )


def _placements(user: User, words: str) -> Group:
    found = placements_of(user).filter(
        Q(person__name__icontains=clean_name(words))
        | Q(host_unit__name__icontains=words)
        | Q(home_unit__name__icontains=words)
    )
    return _group(
        _("挂职"),
        found.select_related("person", "post", "host_unit").order_by("-starts_on", "pk"),
        lambda one: Hit(
            one.person.name,
            link("placements:placement_detail", one.pk),
            f"{one.host_unit.name} {one.post.title} · {one.get_state_display()}",
        ),
        link("placements:placement_list", name=words),
    )


def _posts(user: User, words: str) -> Group:
    found = posts_of(user).filter(
        Q(title__icontains=words) | Q(code__icontains=words) | Q(host_unit__name__icontains=words)
    )
    return _group(
        _("挂职岗位"),
        found.select_related("host_unit").order_by("host_unit__path", "pk"),
        lambda one: Hit(
            one.title, link("posts:post_detail", one.pk), f"{one.host_unit.name} · {one.get_state_display()}"
        ),
        link("posts:post_list", title=words),
    )


def _campaigns(user: User, words: str) -> Group:
    found = campaigns_of(user).filter(
        Q(name__icontains=words) | Q(programme_version__programme__name__icontains=words)
    )
    return _group(
        _("批次"),
        found.select_related("programme_version__programme").order_by("-starts_on", "-pk"),
        lambda one: Hit(
            one.name,
            link("campaigns:campaign_detail", one.pk),
            f"{one.programme_version.programme.name} · {one.get_state_display()}",
        ),
        link("campaigns:campaign_list", name=words),
    )


def _accounts(user: User, words: str) -> Group:
    found = accounts.visible_to(user).filter(Q(name__icontains=words) | Q(username__icontains=words))
    return _group(
        _("账号"),
        found.select_related("unit").order_by("username"),
        lambda one: Hit(one.name, link("accounts:account_detail", one.pk), one.username),
        link("accounts:account_list", name=words),
    )


def _group(title: str, rows: QuerySet[Any], hit: Callable[[Any], Hit], url: str) -> Group:
    found: Iterable[Any] = list(rows[: SHOWN + 1])
    hits = [hit(one) for one in found]
    return Group(title, hits[:SHOWN], len(hits) > SHOWN, url)

"""Pages of this site as their reader would be shown them now, asked for in the middle of another request."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.datastructures import MultiValueDict

from secondment.common.errors import DomainError

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class OwnPage:
    """What a page is called, and its address."""

    title: str
    url: str


def page_as_shown(request: HttpRequest, match: ResolverMatch) -> str:
    """What this reader is shown at an address; nothing where it cannot be opened."""
    asked = copy.copy(request)
    asked.method = "GET"
    asked._post, asked._files = QueryDict(), MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 -- Django has no other way
    try:
        answer = match.func(asked, *match.args, **match.kwargs)
    except (Http404, PermissionDenied, DomainError):
        return ""
    return str(answer.content.decode()) if answer.status_code == 200 else ""


def page_of_form(request: HttpRequest, url: str) -> OwnPage | None:
    """The page that a form sent to `url` stands on: its own, or the nearest above it that this reader may open."""
    for above in _addresses(url):
        parts = urlsplit(above)
        asked = copy.copy(request)
        asked.path = asked.path_info = parts.path
        asked.GET = QueryDict(parts.query)
        try:
            asked.resolver_match = resolve(parts.path)
        except Resolver404:
            continue
        # Nobody looks at the page yet, so no look at it is recorded.
        with transaction.atomic():
            page = page_as_shown(asked, asked.resolver_match)
            transaction.set_rollback(True)
        if found := TITLE.search(page):
            return OwnPage(unescape(" ".join(found[1].split())).rpartition(" · ")[0], above)
    return None


def _addresses(url: str) -> Iterator[str]:
    yield url
    path = urlsplit(url).path
    while (path := path.rstrip("/").rpartition("/")[0] + "/") != "/":
        yield path

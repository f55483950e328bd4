"""What measurement must know of rooms beside or above it; their `apps.py` register readers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from secondment.measurement.models import Run


@dataclass(frozen=True)
class PageBeside:
    """A page that another room has for a computation: what it is called, its address by the key of the run, and when it is there."""

    label: str | Promise
    address: str
    is_there: Callable[[Run], bool]


_PAGES: list[PageBeside] = []


def add_page_beside(page: PageBeside) -> None:
    """Offer a page beside the one of a computation."""
    if page not in _PAGES:
        _PAGES.append(page)


def pages_beside(run: Run) -> Iterator[tuple[str | Promise, str]]:
    """Labels and addresses of what is there for this computation."""
    for one in _PAGES:
        if one.is_there(run):
            yield one.label, reverse(one.address, args=[run.pk])

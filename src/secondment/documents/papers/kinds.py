"""Which forms go out on paper: every room names its own at start, this room knows none."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.units.models import Unit

_KINDS: dict[str, "PaperKind"] = {}


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A form, the objects it is made of, and who reads it; its office files it.

    code        as the form is called among offices and in addresses: F16
    visible_to  the objects whose form the account may read
    office_of   the unit that keeps the paper; `roles` at it or above it file the stamped copy
    subject_of  whom and what the paper is about, as the lists name it
    page_of     the address of the object's page for an account that reads the form
    key_of      the object that the paper belongs to, where one paper is for several; None: there is none
    """

    code: str
    title: str | Promise
    visible_to: Callable[[User], QuerySet[Any]]
    office_of: Callable[[Any], Unit]
    roles: frozenset[Role]
    subject_of: Callable[[Any], str]
    page_of: Callable[[User, Any], str]
    key_of: Callable[[Any], int | None] = attrgetter("pk")

    def may_file(self, user: User, row: Any) -> bool:
        """Whether the account files the stamped copy of this object's form."""
        return covers(user, self.office_of(row).path, *self.roles)


def add_kind(kind: PaperKind) -> PaperKind:
    """Register a form; called by a room's `papers.py`, imported when its app is ready."""
    _KINDS[kind.code] = kind
    return kind


def kind_of(code: str) -> PaperKind | None:
    """The form of this code."""
    return _KINDS.get(code)


def all_kinds() -> list[PaperKind]:
    """Every form, in the order of codes."""
    return sorted(_KINDS.values(), key=lambda kind: (len(kind.code), kind.code))

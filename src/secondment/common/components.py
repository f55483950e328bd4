"""What pages hand to the component tags of `templatetags/components.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Status = Literal["good", "warn", "bad", "info", "idle"]


@dataclass(frozen=True)
class Step:
    """A stage of a life cycle; `when` is the day it was reached or is due, `url` its page, which may be the one read."""

    label: Text
    state: Literal["done", "current", "ahead"]
    when: date | None = None
    url: str = ""
    is_here: bool = False


def steps_to(current: int, labels: Sequence[Text], days: Sequence[date | None] = ()) -> list[Step]:
    """The stages of a life cycle up to the one that is current; behind the last one all are done."""
    return [
        Step(
            label,
            "done" if at < current else "current" if at == current else "ahead",
            days[at] if days else None,
        )
        for at, label in enumerate(labels)
    ]


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened: when, by whom, what, and where to read more."""

    when: date | datetime
    title: Text
    by: Text = ""
    text: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing."""

    label: Text
    url: str
    is_current: bool = False
    n: int | None = None


@dataclass(frozen=True)
class Fact:
    """A line of a definition list; `is_wide` takes the full row."""

    label: Text
    value: object
    url: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Difference:
    """What a field held before and holds now."""

    label: Text
    old: object
    new: object


@dataclass(frozen=True)
class TreeNode:
    """A node of a tree; `n` counts what belongs to it and everything below."""

    label: Text
    url: str = ""
    n: int | None = None
    children: Sequence["TreeNode"] = ()
    is_open: bool = False
    is_current: bool = False

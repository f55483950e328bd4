"""What the matrix test expects of one URL; every app declares its rows in `rows_<app>.py` (a dict `ROWS`)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from secondment.accounts.choices import Role
from tests.authorisation.world import Side

EVERYONE = frozenset(Role)


@dataclass(frozen=True)
class Row:
    """Who may do what at one URL.

    `allowed`: roles that get an answer below 400 for objects of their own side. Every other role, and
    every role for the other side's objects, gets `denied` (404 unless the object is visible but the
    action is not allowed: then 403). `kwargs` builds the URL's arguments from a side; None when the
    URL names no object (then only `allowed` counts). Post rows send `data(side)` and must be harmless
    or rolled back: each cell runs in its own transaction. `public`: no sign-in needed. `keyless`: its forms
    belong to no account, and what is typed into them makes them act once.
    """

    allowed: frozenset[Role] = frozenset()
    kwargs: Callable[[Side], dict[str, Any]] | None = None
    method: str = "get"
    data: Callable[[Side], dict[str, Any]] = field(default=lambda side: {})
    denied: frozenset[int] = frozenset({403, 404})
    public: bool = False
    keyless: bool = False

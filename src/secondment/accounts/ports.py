"""What rooms above do for accounts; they register at start."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from secondment.accounts.models import User


class Notifier(Protocol):
    """Sends a message to accounts."""

    def __call__(
        self, recipients: Iterable[User], *, title: str, body: str, path: str, at: dt.datetime
    ) -> object:
        """One message to each."""


_notifiers: list[Notifier] = []


def register_notifier(notifier: Notifier) -> Notifier:
    """Have `notifier` called for every message of this room."""
    _notifiers.append(notifier)
    return notifier


def notify(recipients: Iterable[User], *, title: str, body: str, path: str, at: dt.datetime) -> None:
    """Notify these accounts."""
    accounts = list(recipients)
    for notifier in _notifiers:
        notifier(accounts, title=title, body=body, path=path, at=at)

"""Errors of the domain: refused actions that a person can understand and act upon."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A business rule refuses the action; the message states what happened, why and what to do.

    Each rule has its own subclass, raised by services with a translated message; `basis` names the law
    or document behind the rule, shown with the message. A message of several `reasons` is shown as their list.
    `way` is a button beside it: its label, and the page on which the obstacle is removed. `field` is the name of what
    was typed wrong, where a form may have it.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        basis: str | Promise = "",
        reasons: Sequence[str | Promise] = (),
        way: tuple[str | Promise, str] | None = None,
        field: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.basis = basis
        self.reasons = reasons or (message,)
        self.way = way
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(DomainError):
    """The user may see this object but not do this to it: answered with 403."""


_NOT_ALLOWED = _("您没有办理该项工作的权限。如确需办理，请联系组织部门。")


def require(is_allowed: bool, message: str | Promise = _NOT_ALLOWED) -> None:  # noqa: FBT001 -- reads as a sentence where it is called
    """Refuse with 403 what a rule does not allow."""
    if not is_allowed:
        raise NotAllowedError(message)


class StaleObjectError(DomainError):
    """Someone else changed the object since the page was loaded: answered with 409."""

"""Offices: any unit with everything below it that hosts or sends somebody in a period."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import units_within
from secondment.daily_work.cycles import NOTICE, PRESENCE
from secondment.daily_work.queries import LONGEST, handed_in_by
from secondment.units.models import Unit

HANDERS = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)


@dataclass(frozen=True)
class Office:
    """A unit, and how many secondees it and the units below it host and send."""

    unit: Unit
    n_received: int
    n_sent: int
    until: dt.date


def offices_of(user: User, until: dt.date) -> list[Office]:
    """Offices within the account's scope for which a workbook of the period can be made, in the order of the tree."""
    terms = {"starts_on__lt": until, "ends_on__gt": until - LONGEST}
    received = _counted(user, PRESENCE, "host_unit__path", terms)
    sent = _counted(user, NOTICE, "home_unit__path", terms)
    units = units_within(user, *HANDERS).filter(pk__in=[*received, *sent])
    return [
        Office(one, received[one.pk], sent[one.pk], until)
        for one in units.select_related("parent").order_by("path")
    ]


def _counted(user: User, cycle: object, field: str, terms: dict[str, dt.date]) -> Counter[int]:
    """Unit → people at it and below."""
    found: Counter[int] = Counter()
    rows = handed_in_by(user, cycle).filter(**terms)  # type: ignore[arg-type]  # a cycle
    for path in rows.values_list(field, flat=True):
        found.update(int(part) for part in path.strip("/").split("/"))
    return found

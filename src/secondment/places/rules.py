"""Who reads and writes about a place."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.placements.choices import UNDER_WAY
from secondment.placements.models import Placement
from secondment.placements.rules import may_record_arrival
from secondment.units.models import Unit

WRITERS = (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)
READERS = (*WRITERS, Role.LEADER, Role.INSPECTOR, Role.SECONDEE)
READABLE_BEFORE = dt.timedelta(days=7)


def may_write(user: User, unit: Unit, on: dt.date) -> bool:
    """The host unit, organisation departments above it, and whoever is on a placement there now."""
    own = own_placement(user, unit, on)
    return covers(user, unit.path, *WRITERS) or (own is not None and own.starts_on <= on)


def may_read(user: User, unit: Unit, on: dt.date) -> bool:
    """Whoever oversees the unit, and whoever is on a placement there."""
    overseers = (*WRITERS, Role.LEADER, Role.INSPECTOR)
    return covers(user, unit.path, *overseers) or own_placement(user, unit, on) is not None


def may_list(user: User, unit: Unit) -> bool:
    """What a place is listed as is registered by organisation departments."""
    return covers(user, unit.path, Role.ORGANISATION_DEPARTMENT)


def own_placement(user: User, unit: Unit, on: dt.date) -> Placement | None:
    """The account's own placement there, from a week before it begins until it ends."""
    rows = Placement.objects.filter(
        person__account=user, host_unit=unit, state__in=UNDER_WAY, starts_on__lte=on + READABLE_BEFORE
    )
    return rows.order_by("-starts_on").first()


def may_settle(user: User, placement: Placement) -> bool:
    """The handover is kept by the host unit, or by the organisation department that answers for the placement."""
    return may_record_arrival(user, placement)


def may_confirm(user: User, placement: Placement) -> bool:
    """What was handed over to a placement is confirmed by whoever is on it."""
    return placement.person.account_id == user.pk


def may_promise(user: User, placement: Placement) -> bool:
    """Promises are noted by the secondee or the host, who both wish that they are kept."""
    return may_confirm(user, placement) or may_settle(user, placement)

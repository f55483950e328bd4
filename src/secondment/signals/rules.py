"""Who reads an early sign and who acts on it; unit paths only, no query per row."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.common.days import ONE_DAY
from secondment.common.workdays import span_of_workdays
from secondment.placements.rules import may_manage
from secondment.signals.choices import SignState
from secondment.signals.models import EarlySign

OFFICES = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
READERS = (*OFFICES, Role.SECONDEE)
OWN_WORKDAYS = 5
"""So many working days after being shown the facts the person may answer before they are used."""


def is_own(user: User, sign: EarlySign) -> bool:
    """Whether the sign is about the account's own placement."""
    return sign.placement.person.account_id == user.pk


def may_answer(user: User, sign: EarlySign) -> bool:
    """The office that was asked, or the department in charge, which writes down what the office said."""
    is_office = covers(user, sign.unit.path, Role(sign.role))
    return not is_own(user, sign) and (is_office or may_manage(user, sign.placement))


def may_decide(user: User, sign: EarlySign) -> bool:
    """The department in charge shows, uses and closes; nobody about themselves."""
    return not is_own(user, sign) and may_manage(user, sign.placement)


def may_speak(user: User, sign: EarlySign) -> bool:
    """The person, once shown; of somebody without an account the department writes down what they said."""
    if sign.shown_on is None:
        return False
    if sign.placement.person.account_id is None:
        return may_decide(user, sign)
    return is_own(user, sign)


def heard_from(sign: EarlySign) -> dt.date | None:
    """The first day on which it may be used: the day of the person's answer, else after the days to answer in."""
    if sign.own_on is not None:
        return sign.own_on
    seen_on = sign.read_on or (sign.shown_on if sign.shown_words else None)
    if seen_on is None:
        return None
    return span_of_workdays(seen_on + ONE_DAY, OWN_WORKDAYS).last_day + ONE_DAY


def may_be_used(sign: EarlySign, on: dt.date) -> bool:
    """Whether the person was heard: shown the facts, and answered or had the time for it. What has expired is of no use."""
    first = heard_from(sign)
    return sign.state == SignState.SHOWN and first is not None and first <= on < sign.expires_on


def oversees(user: User) -> bool:
    """Organisation departments read counts, thresholds and the impact assessment."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)

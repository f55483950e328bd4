"""Days away of the last half-year: by the leave ledger, by what the host confirmed beyond it, and who is not back."""

import re
from collections.abc import Iterator

from secondment.common.days import ONE_DAY
from secondment.common.workdays import workdays_between
from secondment.leave.choices import IN_POST, LeaveType
from secondment.leave.presence import LATE
from secondment.leave.spans import HALF_DAYS
from secondment.signals.readers import Away, Confirmed, confirmations, ledger, not_back
from secondment.signals.sign import Case

AT_HOME = re.compile(r"(原|派出|本|回|我)单位")
"""A cause that names the home unit."""


def days_of(case: Case, *kinds: str) -> float:
    """Days of these types in the ledger."""
    return sum(one.half_days for one in _recent(case) if one.kind in kinds) / HALF_DAYS


def leave_days(case: Case) -> float:
    """Days of leave of any type; official journeys count as in post."""
    return sum(one.half_days for one in _recent(case) if one.kind not in (*IN_POST, LATE)) / HALF_DAYS


def sick_days(case: Case) -> float:
    """Days of sick leave."""
    return days_of(case, LeaveType.SICK)


def late_days(case: Case) -> float:
    """Days beyond a leave for which no reason was accepted, up to today where somebody is not back."""
    still = sum(workdays_between(day, case.on - ONE_DAY) for day in case.of(not_back) if case.is_recent(day))
    return days_of(case, LATE) + still


def beyond_ledger(case: Case) -> Iterator[tuple[Confirmed, float]]:
    """Months of which the host confirmed more days away than the ledger has, with the difference."""
    lines: list[Away] = case.of(ledger)
    for month in case.of(confirmations):
        if case.is_recent(month.day):
            known = sum(
                one.half_days for one in lines if one.month == month.month and one.kind not in IN_POST
            )
            if month.half_days > known:
                yield month, (month.half_days - known) / HALF_DAYS


def unknown_days(case: Case) -> float:
    """Days away that the ledger does not have and that are not said to be spent at the home unit."""
    return sum(n for month, n in beyond_ledger(case) if not AT_HOME.search(month.cause))


def called_home_days(case: Case) -> float:
    """Days that the host saw spent at the home unit without a leave."""
    return sum(n for month, n in beyond_ledger(case) if AT_HOME.search(month.cause))


def _recent(case: Case) -> list[Away]:
    return [one for one in case.of(ledger) if case.is_recent(one.day)]

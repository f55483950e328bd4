"""The receipts of several people in one submission: all or none."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from secondment.accounts.models import User
from secondment.common.errors import DomainError, NotAllowedError, StaleObjectError
from secondment.placements.models import Placement
from secondment.placements.services.arrival import Arrival, record_arrival
from secondment.placements.services.errors import ReceiptRefusedError


@dataclass(frozen=True)
class Receipt:
    """One person's receipt, as of the version that was read."""

    placement: Placement
    arrival: Arrival
    version: int


@transaction.atomic
def record_arrivals(
    receipts: Sequence[Receipt], *, by: User, on: dt.date, at: dt.datetime
) -> list[Placement]:
    """Give each receipt as if it came alone; a refusal says whose it is, and nothing is kept."""
    return [_record(one, by=by, on=on, at=at) for one in receipts]


def _record(one: Receipt, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    try:
        return record_arrival(one.placement, one.arrival, by=by, on=on, at=at, version=one.version)
    except (NotAllowedError, StaleObjectError):
        raise
    except DomainError as error:
        raise ReceiptRefusedError(one.placement, error) from error

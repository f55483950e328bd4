"""Raise signs from what a look found, let those of six months ago expire; done again it changes nothing."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from secondment.accounts.choices import Role
from secondment.audit.services import Entry, record_all
from secondment.common.days import ONE_DAY
from secondment.common.workdays import span_of_workdays
from secondment.placements.duties import UNITS
from secondment.placements.models import Placement
from secondment.signals.looking import Looked, look_at, those_in_post
from secondment.signals.models import EarlySign, Tally
from secondment.signals.sign import HALF_YEAR, Found, Sign

ANSWER_WORKDAYS = 10
BATCH = 500


def look_tonight(*, on: dt.date, at: dt.datetime) -> int:
    """Once a day: look at everybody in post without a lock, then write in one short transaction. Returns how many were raised."""
    last = Tally.objects.aggregate(last=Max("looked_on"))["last"]
    if last is not None and last >= on:
        return 0
    return write_signs(look_at(those_in_post(on), on), at=at)


@transaction.atomic
def write_signs(looked: Looked, *, at: dt.datetime) -> int:
    """What is new is raised with its facts; what stands keeps the facts of its day and says whether it still holds."""
    on = looked.on
    _expire(on, at)
    standing = {(one.placement_id, one.code): one for one in EarlySign.objects.select_for_update()}
    found = {(placement.pk, sign.code) for sign, placement, _figures, _found in looked.found}
    new = [
        _new(sign, placement, figures, one, on)
        for sign, placement, figures, one in looked.found
        if (placement.pk, sign.code) not in standing
    ]
    EarlySign.objects.bulk_create(new, batch_size=BATCH)
    record_all([Entry("sign.raise", one, None, at, {"sign": one.code}) for one in new])
    changed = [one for key, one in standing.items() if one.holds != (key in found)]
    for one in changed:
        one.holds = not one.holds
    EarlySign.objects.bulk_update(changed, ["holds"], batch_size=BATCH)
    _count(looked)
    return len(new)


def _expire(on: dt.date, at: dt.datetime) -> None:
    """The trail keeps that it was, nothing keeps what it said."""
    old = EarlySign.objects.filter(expires_on__lte=on)
    rows = list(old.select_related("placement__person", "placement__owner_unit"))
    record_all([Entry("sign.expire", one, None, at, {"sign": one.code}) for one in rows])
    old.delete()


def _new(
    sign: Sign, placement: Placement, figures: Mapping[str, int], found: Found, on: dt.date
) -> EarlySign:
    role = found.asks or sign.asks
    row = EarlySign(
        placement=placement,
        code=sign.code,
        raised_on=on,
        expires_on=on + HALF_YEAR,
        figures=figures,
        unit=getattr(placement, UNITS[Role(role)]),
        role=role,
        due_on=span_of_workdays(on + ONE_DAY, ANSWER_WORKDAYS).last_day,
    )
    row.set_facts(found.facts)
    return row


def _count(looked: Looked) -> None:
    """The counts of the last look take the place of those before."""
    Tally.objects.all().delete()
    rows = [
        Tally(
            unit_id=unit,
            code=code,
            n_looked=one.n_looked,
            n_raised=one.n_raised,
            spared=one.spared,
            looked_on=looked.on,
        )
        for (unit, code), one in looked.counts.items()
    ]
    Tally.objects.bulk_create(rows, batch_size=BATCH)

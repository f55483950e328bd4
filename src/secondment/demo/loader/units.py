"""The unit tree, level by level."""

import datetime as dt
from collections.abc import Iterable, Sequence

from secondment.demo.facts import DemoUnit
from secondment.units.models import Unit, UnitPeriod

BATCH = 1000


def load_units(units: Sequence[DemoUnit], *, on: dt.date) -> dict[str, Unit]:
    """Save all units with their paths and open periods; returns them by key."""
    saved: dict[str, Unit] = {}
    waiting = list(units)
    while waiting:
        ready = [unit for unit in waiting if not unit.parent or unit.parent in saved]
        waiting = [unit for unit in waiting if unit.parent and unit.parent not in saved]
        saved |= _load_level(ready, saved)
    UnitPeriod.objects.bulk_create(
        (
            UnitPeriod(unit=unit, name=unit.name, parent_id=unit.parent_id, starts_on=on)
            for unit in saved.values()
        ),
        batch_size=BATCH,
    )
    return saved


def _load_level(units: Iterable[DemoUnit], above: dict[str, Unit]) -> dict[str, Unit]:
    rows = {
        unit.key: Unit(
            name=unit.name,
            kind=unit.kind,
            level=unit.level,
            region_id=unit.region or None,
            parent=above.get(unit.parent),
            position=number,
        )
        for number, unit in enumerate(units)
    }
    Unit.objects.bulk_create(rows.values(), batch_size=BATCH)
    for row in rows.values():
        row.path = f"{row.parent.path if row.parent else ''}{row.pk}/"
    Unit.objects.bulk_update(rows.values(), ["path"], batch_size=BATCH)
    return rows

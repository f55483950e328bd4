"""Party membership (组织关系) out, in and back, and appointment and removal by law (法定任免)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from secondment.accounts.models import User
from secondment.common.errors import require
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import Placement
from secondment.placements.rules import APPOINTMENT, PARTY_BACK, PARTY_IN, PARTY_OUT, formalities_of
from secondment.placements.services.errors import FormalityError
from secondment.placements.services.moving import locked, note_down, refuse_state

FORMALITIES = tuple(
    name for name in (*PARTY_OUT, *PARTY_IN, *PARTY_BACK, *APPOINTMENT) if name != "party_branch"
)
IN_ORDER = (
    ("party_out_on", "party_in_on", gettext_noop("组织关系转入日期早于转出日期")),
    ("party_out_on", "party_back_on", gettext_noop("组织关系转回日期早于转出日期")),
    ("party_in_on", "party_back_on", gettext_noop("组织关系转回日期早于转入日期")),
    ("appointment_on", "removal_on", gettext_noop("免职日期早于任命日期")),
)
LATER = gettext_noop("日期晚于今天")
NEEDS_NO_REMOVAL = gettext_noop("期满自然免除的，不填免职文号和免职日期")


def faults_of(values: Mapping[str, Any], on: dt.date) -> Iterator[tuple[str, str]]:
    """What cannot be so: the field, and why in words that are still to be translated."""
    for name, value in values.items():
        if isinstance(value, dt.date) and value > on:
            yield name, LATER
    for earlier, later, why in IN_ORDER:
        first, second = values.get(earlier), values.get(later)
        if first and second and second < first:
            yield later, why
    if values.get("lapses_at_end") and (values.get("removal_number") or values.get("removal_on")):
        yield "lapses_at_end", NEEDS_NO_REMOVAL


@transaction.atomic
def record_formalities(
    placement: Placement,
    values: Mapping[str, Any],
    *,
    version: int | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Placement:
    """Write the part that the account's side fills in; the trail names the fields. The same again is no event."""
    row = locked(placement, version=version)
    require(
        values.keys() <= set(formalities_of(by, row)),
        _("组织关系由派出单位、接收单位和主办组织部门登记，法定任免由主办组织部门登记。"),
    )
    if row.state not in (*UNDER_WAY, PlacementState.ENDED):
        refuse_state(row)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    for name, why in faults_of({one: getattr(row, one) for one in FORMALITIES}, on):
        label = Placement._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001 -- a column
        raise FormalityError(_("%(field)s：%(why)s。请核对。") % {"field": label, "why": _(why)})
    if changed:
        row.save()
        note_down("record_formalities", row, by=by, at=at, details={"changed": sorted(changed)})
    return row

"""What a row of a list of people in post changes of a placement on record, column by column."""

from collections.abc import Iterator, Mapping
from typing import Any

from secondment.campaigns.models import ProgrammeVersion
from secondment.common.components import Difference
from secondment.common.days import ONE_DAY
from secondment.files.columns.placement import PLACEMENT
from secondment.files.faults import gettext_noop
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.services.formalities import FORMALITIES

# Columns whose cell goes into the field of the same name.
PLAIN = (
    *("decision_number", "reported_on", "duties", "contact_leader", "mentor", "work_mode", "purpose"),
    *("party_branch", "insurance_number", "destination"),
    *FORMALITIES,
)


def changes_of(
    before: Placement, title: str, version: ProgrammeVersion, values: Mapping[str, Any]
) -> Iterator[Difference]:
    """What the row and the placement say differently."""
    if before.post.title != title:
        yield Difference(PLACEMENT["title"].title, before.post.title, title)
    if before.programme_version.programme_id != version.programme_id:
        yield Difference(
            PLACEMENT["programme"].title, before.programme_version.programme.name, version.programme.name
        )
    for key in PLAIN:
        if key in values and getattr(before, key) != values[key]:
            write = PLACEMENT[key].cell.write
            yield Difference(PLACEMENT[key].title, write(getattr(before, key) or ""), write(values[key]))
    if before.ends_on != values["ends_on"]:
        yield Difference(PLACEMENT["last_day"].title, before.last_day, values["ends_on"] - ONE_DAY)
    if before.state != values["state"]:
        new = PlacementState(values["state"]).label
        yield Difference(gettext_noop("状态"), before.get_state_display(), new)

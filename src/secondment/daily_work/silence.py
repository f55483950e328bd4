"""Lines that are cut (断线): a home unit or host unit that has been silent too long about somebody in post.

One predicate; the panel of a placement and the list by office both ask it. Other rooms that keep words of a party, such as
talks, add theirs to `WORDS`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.daily_work.cycles import QUARTER_MONTHS
from secondment.daily_work.models import HomeNotice, HostReport
from secondment.daily_work.parameters import contact_days, host_report_months
from secondment.obligations.periods import last_over
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement
from secondment.talks.duties import held_by_home

Words = Callable[[Sequence[int]], Iterable[tuple[int, dt.date]]]
"""Of these placements: (placement, day) of words of a party, in one query."""
SIDES = (Role.HOST_UNIT, Role.HOME_UNIT)


def _reports(keys: Sequence[int]) -> Iterable[tuple[int, dt.date]]:
    """Host reports by the day they were handed in; that there is no news is a word too."""
    rows = HostReport.objects.filter(placement__in=keys).order_by()
    for placement, at in rows.values_list("placement", "handed_in_at"):
        yield placement, timezone.localtime(at).date()


def _notices(keys: Sequence[int]) -> Iterable[tuple[int, dt.date]]:
    """Notices that tell the secondee something; one without matters reaches nobody."""
    rows = HomeNotice.objects.filter(placement__in=keys, has_no_matters=False).order_by()
    for placement, at in rows.values_list("placement", "handed_in_at"):
        yield placement, timezone.localtime(at).date()


WORDS: Mapping[Role, list[Words]] = {Role.HOST_UNIT: [_reports], Role.HOME_UNIT: [_notices, held_by_home]}
"""A talk or a visit of the home unit is a word to the secondee; a talk of the host unit is none to the home unit."""


@dataclass(frozen=True)
class LastWords:
    """When each party last had a word about these placements, up to a day."""

    on: dt.date
    by_side: Mapping[Role, Mapping[int, dt.date]]

    @classmethod
    def of(cls, keys: Sequence[int], on: dt.date) -> "LastWords":
        """One query for each kind of record."""
        found: dict[Role, dict[int, dt.date]] = {}
        for side in SIDES:
            latest: defaultdict[int, dt.date] = defaultdict(lambda: dt.date.min)
            for source in WORDS[side]:
                for placement, day in source(keys):
                    if day <= on:
                        latest[placement] = max(latest[placement], day)
            found[side] = dict(latest)
        return cls(on, found)

    def last(self, placement: Placement, side: Role) -> dt.date | None:
        """The last word of this side; none yet is None."""
        return self.by_side[side].get(placement.pk)

    def since(self, placement: Placement, side: Role) -> dt.date:
        """Since when it is silent: the last word, else the first day in post, else the day it was recorded here."""
        begun = max(first_day_of(placement), placement.recorded_on or dt.date.min)
        return max(begun, self.last(placement, side) or dt.date.min)

    def is_silent(self, placement: Placement, side: Role) -> bool:
        """The home unit for more days than the programme allows, the host unit throughout a quarter that is over."""
        if placement.state != PlacementState.IN_POST:
            return False
        since = self.since(placement, side)
        if side == Role.HOME_UNIT:
            return (self.on - since).days > contact_days(placement)
        months = max(QUARTER_MONTHS, host_report_months(placement))
        return since < last_over(self.on, months).starts_on


@dataclass(frozen=True)
class SilentOffice:
    """An office that has been silent about so many secondees; none of them is named."""

    unit_id: int
    unit: str
    path: str
    side: Role
    n: int
    longest: int


def silent_offices(placements: Sequence[Placement], on: dt.date) -> list[SilentOffice]:
    """By office and side, the longest silence in days with it."""
    words = LastWords.of([one.pk for one in placements], on)
    days: defaultdict[tuple[int, str, str, Role], list[int]] = defaultdict(list)
    for one in placements:
        for side in SIDES:
            if words.is_silent(one, side):
                unit = one.host_unit if side == Role.HOST_UNIT else one.home_unit
                days[unit.pk, unit.name, unit.path, side].append((on - words.since(one, side)).days)
    return [SilentOffice(*key, len(found), max(found)) for key, found in days.items()]

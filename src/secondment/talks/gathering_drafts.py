"""What is wrong with a training or meeting as it is planned, and with its list; the page and the service ask here."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.common.days import ONE_DAY
from secondment.common.sentences import listed
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.talks.choices import GatheringKind
from secondment.talks.models import Gathering
from secondment.talks.rules import is_of_office
from secondment.units.models import Unit

COMES = (PlacementState.APPOINTED, PlacementState.IN_POST, PlacementState.ENDED)
"""People who know of their placement; whether the day lies in it is asked besides."""
FURTHEST = dt.timedelta(days=366)
LONGEST = dt.timedelta(days=92)
MOST_NAMED = 5


@dataclass(frozen=True)
class NewGathering:
    """A training or meeting as an office types it; `last_day` belongs to it."""

    kind: str
    title: str
    starts_on: dt.date
    last_day: dt.date
    place: str
    hours: str = ""
    contact: str = ""
    agenda: str = ""

    @property
    def ends_on(self) -> dt.date:
        """The first day after it."""
        return self.last_day + ONE_DAY

    def write_to(self, gathering: Gathering) -> None:
        """Fill the row; the caller saves."""
        for name in FIELDS:
            setattr(gathering, name, getattr(self, name))

    def changed(self, gathering: Gathering) -> list[str]:
        """Which fields differ from the row."""
        return [name for name in FIELDS if getattr(self, name) != getattr(gathering, name)]


FIELDS = ("kind", "title", "starts_on", "ends_on", "place", "hours", "contact", "agenda")
TOLD = frozenset({"title", "starts_on", "ends_on", "place", "hours"})
"""Changes of which everybody invited is told."""


def faults_of(told: NewGathering, on: dt.date) -> Iterator[tuple[str, str]]:
    """(Field, what is wrong with it and what to do)."""
    if told.last_day < told.starts_on:
        yield "last_day", _("结束日期早于开始日期。请核对，只有一天的可以不填。")
    elif told.last_day - told.starts_on > LONGEST:
        yield "last_day", _("活动超过三个月。请核对日期，分几期的分别登记。")
    if told.starts_on > on + FURTHEST:
        yield "starts_on", _("开始日期在一年以后。请核对年份。")


def who_cannot_come(
    unit: Unit, side: str, told: NewGathering, placements: Iterable[Placement]
) -> Iterator[tuple[Placement, str]]:
    """(Placement, why it cannot be on the list)."""
    for one in placements:
        if not is_of_office(one, unit, side):
            yield one, _("不由主办单位接收、派出或管理")
        elif one.state not in COMES:
            yield one, _("还没有派任，或挂职已取消")
        elif told.starts_on >= one.ends_on:
            yield one, _("挂职至%(day)s") % {"day": one.last_day}
        elif told.kind != GatheringKind.BEFORE and told.last_day < one.starts_on:
            yield one, _("%(day)s才到任，到任前只参加岗前培训") % {"day": one.starts_on}


def named(refused: Sequence[tuple[Placement, str]]) -> str:
    """Who is refused, and why, the first of them by name."""
    words = [_("%(name)s（%(why)s）") % {"name": one.person.name, "why": why} for one, why in refused]
    shown = listed(words[:MOST_NAMED])
    return shown if len(words) <= MOST_NAMED else _("%(names)s等%(n)d人") % {"names": shown, "n": len(words)}


def of_row(gathering: Gathering) -> NewGathering:
    """The row as it would be typed."""
    return NewGathering(
        gathering.kind,
        gathering.title,
        gathering.starts_on,
        gathering.last_day,
        gathering.place,
        gathering.hours,
        gathering.contact,
        gathering.agenda,
    )

"""What is wrong with a talk as it is told; the page, the workbook and the service ask here."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.talks.choices import TalkKind
from secondment.talks.rules import is_of_office
from secondment.units.models import Unit

Named = tuple[str, Fault]
"""The field that is wrong, and what is wrong with it."""
TALKED_WITH = (PlacementState.APPOINTED, PlacementState.IN_POST, PlacementState.ENDED)


@dataclass(frozen=True)
class NewFollowUp:
    """What is promised, which office sees to it by when; `placement` None: about everybody talked with."""

    text: str
    owner: str
    due_on: dt.date
    placement: Placement | None = None


@dataclass(frozen=True)
class NewTalk:
    """A talk before it is recorded: when, by whom, with whom; points and items that follow are left to the office."""

    held_on: dt.date
    kind: str
    unit: Unit
    side: str
    talker: str
    placements: Sequence[Placement]
    points: str = ""
    items: Sequence[NewFollowUp] = ()


def faults_of(told: NewTalk, on: dt.date) -> Iterator[Named]:
    """Everything that is wrong."""
    if told.held_on > on:
        found, remedy = gettext_noop("谈话日期还没有到"), gettext_noop("请在谈话以后登记")
        yield "held_on", in_chinese(found, remedy)
    if not told.placements:
        found, remedy = gettext_noop("没有选谈话对象"), gettext_noop("请选一人或几人")
        yield "placements", in_chinese(found, remedy)
    for one in told.placements:
        if not is_of_office(one, told.unit, told.side):
            found = gettext_noop("{name}不是{unit}的挂职干部")
            remedy = gettext_noop("请核对谈话单位和谈话对象")
            yield "placements", in_chinese(found, remedy, name=one.person.name, unit=told.unit.name)
        elif one.state not in TALKED_WITH:
            found = gettext_noop("{name}还没有派出")
            remedy = gettext_noop("派出前的谈话请在批次的任前谈话中登记")
            yield "placements", in_chinese(found, remedy, name=one.person.name)
        elif _is_outside(told, one):
            found = gettext_noop("谈话日期不在{name}的挂职期内（{first}至{last}）")
            remedy = gettext_noop("请核对日期；期限有误的，请组织部门先更正挂职期限")
            values = {"name": one.person.name, "first": f"{one.starts_on}", "last": f"{one.last_day}"}
            yield "held_on", in_chinese(found, remedy, **values)


def _is_outside(told: NewTalk, placement: Placement) -> bool:
    """Only a talk on arrival may come before the first day."""
    is_early = told.held_on < placement.starts_on and told.kind != TalkKind.ARRIVAL
    return is_early or told.held_on >= placement.ends_on

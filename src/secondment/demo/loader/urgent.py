"""Urgent matters of the last months: most acknowledged in time, one late, one too late, one that waits."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.daily_work.models import UrgentMatter, UrgentOffice
from secondment.daily_work.parameters import urgent_hours
from secondment.daily_work.services.urgent import owe_urgent
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

MATTERS: tuple[tuple[str, str, int, int | None], ...] = (
    ("illness", "今晨突发胸痛，已送县医院，家属已到", 80, 2),
    ("accident", "下村途中摔伤脚踝，已就医，无大碍", 61, 1),
    ("safety", "强降雨，村口塌方，带队转移群众，人员安全", 47, 1),
    ("petition", "有群众到镇里反映合作社分红问题，涉及本人", 40, 20),
    ("family", "父亲病危，已连夜返家", 33, 3),
    ("discipline", "有人反映收受农户土特产，镇里正在核实", 26, 31),
    ("illness", "高烧两天，在县医院留观", 12, 4),
    ("accident", "乘坐车辆追尾，人无大碍，已留院观察", 6, 26),
    ("safety", "村内养殖场失火，已扑灭，无人员伤亡", 2, None),
    ("family", "爱人早产住院，需请假三天", 0, None),
)
"""Kind, line, days ago, hours until somebody took note (none: it waits)."""


def load_urgent(*, by: User, at: dt.datetime) -> None:
    """A few matters of the last months; a clerk took the calls, and most home units took note in time."""
    for placement, (kind, line, days, hours) in zip(_one_of_each_home_unit(), MATTERS, strict=False):
        told_at = at - dt.timedelta(days=days, hours=1)
        due_at = told_at + dt.timedelta(hours=urgent_hours(placement))
        matter = UrgentMatter(
            placement=placement,
            kind=kind,
            told_by="镇党委书记",
            reported_by=by,
            reported_at=told_at,
            due_at=due_at,
            next_at=due_at if hours is None and due_at > at else None,
        )
        if hours is not None:
            matter.acknowledged_by, matter.acknowledged_for = by, "人事处值班同志"
            matter.acknowledged_at, matter.minutes_waited = told_at + dt.timedelta(hours=hours), hours * 60
        matter.set_line(line)
        matter.save()
        _tell(matter, is_open=hours is None, at=at)


def _tell(matter: UrgentMatter, *, is_open: bool, at: dt.datetime) -> None:
    placement = matter.placement
    offices = [(placement.owner_unit, Role.ORGANISATION_DEPARTMENT), (placement.home_unit, Role.HOME_UNIT)]
    if is_open and matter.due_at < at:
        offices.append((placement.owner_unit, Role.LEADER))
    for unit, role in offices:
        is_next = role == Role.LEADER
        told_at = matter.due_at if is_next else matter.reported_at
        UrgentOffice.objects.create(matter=matter, unit=unit, role=role, is_next=is_next, told_at=told_at)
        if is_open:
            owe_urgent(matter, unit, role, at=told_at)


def _one_of_each_home_unit() -> list[Placement]:
    found: dict[int, Placement] = {}
    rows = with_names(Placement.objects.filter(state=PlacementState.IN_POST))
    for one in rows.order_by("pk")[:200]:
        found.setdefault(one.home_unit_id, one)
    return list(found.values())[: len(MATTERS)]

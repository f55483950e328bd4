"""What goes beyond the usual in daily work: support that was asked for, by bulk, and a dozen urgent matters."""

import datetime as dt
from typing import Any

from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.daily_work.choices import STILL_OWED, SupportState
from secondment.daily_work.models import HostReport, SupportItem
from secondment.daily_work.parameters import support_days
from secondment.daily_work.services import acknowledge_urgent, report_urgent
from secondment.daily_work.services.support import owe_support
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

BATCH = 500
OUTCOMES: tuple[tuple[str, dict[str, str]], ...] = (
    (SupportState.HELPED, {"answer": "已请农科院派专家驻村一周", "outcome": "专家已到，问题解决"}),
    (SupportState.OPEN, {}),
    (SupportState.ANSWERED, {"answer": "已联系对口处室，月底前答复"}),
    (SupportState.NOT_HELPED, {"answer": "已转有关部门", "outcome": "一直没有回音"}),
    (SupportState.HELPED, {"answer": "资金已拨付", "outcome": ""}),
)
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


def load_support(*, on: dt.date) -> None:
    """An item for every current report that wants something; the owners of open ones find it in their to-do."""
    reports = HostReport.objects.filter(is_current=True).exclude(support_wanted="")
    names = ("home_unit", "host_unit", "person", "programme_version__programme")
    items = [_item(one, on) for one in reports.select_related(*(f"placement__{name}" for name in names))]
    SupportItem.objects.bulk_create(items, batch_size=BATCH)
    for item in items:
        if item.state == SupportState.OPEN:
            owe_support(item)


def _item(report: HostReport, on: dt.date) -> SupportItem:
    placement = report.placement
    asked_on = timezone.localtime(report.handed_in_at).date()
    state, words = OUTCOMES[report.placement_id % len(OUTCOMES)]
    days: dict[str, Any] = {}
    if "answer" in words:
        days["answered_on"] = min(on, asked_on + dt.timedelta(days=9))
    if state not in STILL_OWED:
        days["closed_on"] = min(on, asked_on + dt.timedelta(days=15))
    return SupportItem(
        placement=placement,
        report=report,
        wanted=report.support_wanted,
        owner=placement.home_unit,
        owner_role=Role.HOME_UNIT,
        asked_on=asked_on,
        due_on=asked_on + dt.timedelta(days=support_days(placement)),
        state=state,
        **words,
        **days,
    )


def load_urgent(*, by: User, on: dt.date, at: dt.datetime) -> None:
    """A few matters of the last months; a clerk took the calls, and most home units took note in time."""
    people = _without_account()
    for placement, (kind, line, days, hours) in zip(people, MATTERS, strict=False):
        told_at = at - dt.timedelta(days=days, hours=1)
        matter = report_urgent(
            placement, kind=kind, line=line, told_by="镇党委书记", by=by, at=told_at
        ).matter
        if hours is not None:
            noted_at = told_at + dt.timedelta(hours=hours)
            acknowledge_urgent(matter, name="人事处值班同志", by=by, on=on, at=noted_at)


def _without_account() -> list[Placement]:
    """Somebody of each of some home units in which nobody can sign in."""
    found: dict[int, Placement] = {}
    rows = with_names(Placement.objects.filter(state=PlacementState.IN_POST, owner_unit__isnull=False))
    for one in rows.order_by("pk")[:200]:
        if one.home_unit_id in found or accounts_of([one.home_unit], Role.HOME_UNIT).exists():
            continue
        found[one.home_unit_id] = one
        if len(found) == len(MATTERS):
            break
    return list(found.values())

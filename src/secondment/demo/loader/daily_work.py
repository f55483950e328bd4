"""A quarter of daily work: most of it in, some of it missing or late, by bulk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from secondment.accounts.models import User
from secondment.common.days import ONE_DAY
from secondment.daily_work.choices import Source
from secondment.daily_work.cycles import BY_KIND, MONTH, NOTICE, PRESENCE, QUARTER_MONTHS, REPORT, Cycle
from secondment.daily_work.models import CycleRecord
from secondment.leave.presence import away_in
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import last_over
from secondment.obligations.services import bring_up_to_date

BATCH = 500
MISTAKEN = 40
"""One in so many hosts confirms something else than the leave ledger says."""
HANDED_IN_BEFORE = dt.timedelta(days=2)
CLERKS: Mapping[Cycle, str] = {PRESENCE: "镇组织委员", REPORT: "镇组织委员", NOTICE: "人事科"}
AWAY: tuple[dict[str, Any], ...] = (
    {"half_days_away": 4, "cause": "年休假"},
    {"half_days_away": 1, "cause": "体检"},
    {"half_days_away": 6, "cause": "回原单位参加培训"},
)
REPORTS: tuple[dict[str, Any], ...] = (
    {"has_no_news": True},
    {
        "thinking": "思想稳定，融入班子快。",
        "work": "牵头修通产业路2.3公里，惠及86户。",
        "life": "食宿已安排妥当。",
    },
    {
        "work": "协助整顿党组织，完成班子补选；走访农户一遍。",
        "support_wanted": "请派出单位协调一名农技专家。",
    },
    {"has_no_news": True},
    {"thinking": "积极主动。", "work": "引进食用菌合作社，带动就业30人。", "problems": "当地方言还不熟悉。"},
    {"work": "完成饮水管网改造一期。", "suggestions": "建议延长对接项目的资金周期。"},
)
NOTICES: tuple[dict[str, Any], ...] = (
    {"logistics": "年度体检安排在下月，可就近参加；交通补助已按标准发放。"},
    {"has_no_matters": True},
    {
        "major_matters": "本单位机构职能有调整，你的职务和待遇不变。",
        "work_requirements": "请以挂职工作为主，原单位工作已由他人承担。",
    },
)


def load_daily_work(*, by: User, on: dt.date, at: dt.datetime) -> None:
    """Ask for what is owed on this day, then hand in most of it."""
    bring_up_to_date(on=on)
    handed_in = [one for one in _owed() if not _is_missing(one, on)]
    away = _away(handed_in)
    records: defaultdict[type[CycleRecord], list[CycleRecord]] = defaultdict(list)
    for one in handed_in:
        record = _record(one, away, by, at)
        records[type(record)].append(record)
        one.state, one.closed_on = ObligationState.MET, timezone.localtime(record.handed_in_at).date()
        one.escalated_on = None
    for model, rows in records.items():
        model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 -- Django's documented name
    Obligation.objects.bulk_update(handed_in, ["state", "closed_on", "escalated_on"], batch_size=BATCH)


def _owed() -> list[Obligation]:
    return list(Obligation.objects.filter(kind__in=BY_KIND).order_by("period_ends_on", "pk"))


def _is_missing(one: Obligation, on: dt.date) -> bool:
    """Whether an office has not handed it in: only for the last month and quarter that are over."""
    months = MONTH if BY_KIND[one.kind] is PRESENCE else QUARTER_MONTHS
    return one.period == last_over(on, months) and int(one.subject_id) % 7 == 3


def _away(owed: list[Obligation]) -> dict[tuple[int, dt.date], dict[str, Any]]:
    """(Placement, end of a month) → what the host confirms: what the leave ledger says."""
    keys: dict[dt.date, list[int]] = defaultdict(list)
    for one in owed:
        if one.kind == PRESENCE.kind:
            keys[one.period.ends_on].append(int(one.subject_id))
    return {
        (key, ends_on): {"half_days_away": away.half_days, "cause": away.cause}
        for ends_on, people in keys.items()
        for key, away in away_in(people, (ends_on - ONE_DAY).replace(day=1), ends_on).items()
    }


def _record(
    one: Obligation, away: Mapping[tuple[int, dt.date], dict[str, Any]], by: User, at: dt.datetime
) -> CycleRecord:
    cycle, number = BY_KIND[one.kind], int(one.subject_id)
    day = timezone.make_aware(dt.datetime.combine(one.due_on - HANDED_IN_BEFORE, dt.time(9)))
    content = _content(cycle, number, one.period.ends_on.month)
    if cycle is PRESENCE and number % MISTAKEN:
        content = away.get((number, one.period.ends_on), {})
    return cycle.model(
        placement_id=number,
        starts_on=one.period.starts_on,
        ends_on=one.period.ends_on,
        source=Source.WORKBOOK,
        clerk=CLERKS[cycle],
        handed_in_by=by,
        handed_in_at=min(day, at),
        **content,
    )


def _content(cycle: Cycle, number: int, month: int) -> dict[str, Any]:
    if cycle is PRESENCE:
        return AWAY[number % len(AWAY)] if (number + month) % 9 == 0 else {}
    told = REPORTS if cycle is REPORT else NOTICES
    return told[(number + month) % len(told)]

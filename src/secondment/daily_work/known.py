"""What the system knows of a period already (系统带出): presence, leave and tasks, shown in the report and typed by nobody."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Sum

from secondment.common.sentences import Sentence, say
from secondment.daily_work.desk import Desk
from secondment.daily_work.models import HALF_DAYS, PresenceConfirmation
from secondment.leave.presence import Away, away_in
from secondment.placements.models import Placement
from secondment.task_books.facts import TaskFacts, task_facts


def known_of(desk: Desk, on: dt.date) -> dict[int, Sentence]:
    """Placement → its facts of the period of the desk's reports; a few queries for any number."""
    placements = [desk.placements[pk] for pk in desk.periods]
    if not placements:
        return {}
    starts_on = min(one.starts_on for one in desk.periods.values())
    confirmed = _confirmed(desk, starts_on)
    away = away_in([one.pk for one in placements], starts_on, desk.ends_on)
    tasks = task_facts(placements, on)
    return {
        one.pk: _facts(desk, one, confirmed.get(one.pk), away.get(one.pk), tasks[one.pk])
        for one in placements
    }


def _confirmed(desk: Desk, starts_on: dt.date) -> Mapping[int, tuple[int, int]]:
    """Placement → months confirmed and half-days away in them."""
    rows = PresenceConfirmation.objects.filter(
        placement__in=desk.placements, is_current=True, ends_on__gt=starts_on, ends_on__lte=desk.ends_on
    ).order_by()
    grouped = rows.values("placement").annotate(n=Count("pk"), away=Sum("half_days_away"))
    return {row["placement"]: (row["n"], row["away"]) for row in grouped}


def _facts(
    desk: Desk, placement: Placement, confirmed: tuple[int, int] | None, away: Away | None, tasks: TaskFacts
) -> Sentence:
    n_due = f"{desk.days_due(placement)}"
    due = say("应在岗%(n)s个工作日", n=n_due)
    guessed = say("应在岗%(n)s个工作日（放假安排未公布，按周末推算）", n=n_due)
    facts = [due if desk.is_certain else guessed]
    on_leave = away.half_days if away else 0
    if confirmed is not None:
        n, n_away = confirmed
        facts.append(say("已确认%(n)s个月，离岗%(days)s天", n=f"{n}", days=_days(n_away)))
    if on_leave or confirmed is not None:
        facts.append(say("请假台账%(days)s天", days=_days(on_leave)))
    if confirmed is not None and confirmed[1] != on_leave:
        facts.append(say("确认与台账不一致"))
    if tasks.is_signed:
        facts.append(
            say(
                "任务%(n)s项，已验收%(done)s项，逾期%(late)s项",
                n=f"{tasks.n_tasks}",
                done=f"{tasks.n_accepted}",
                late=f"{tasks.n_late}",
            )
        )
    else:
        facts.append(say("任务书未签"))
    return say("%(facts)s", facts=list(facts))


def _days(half_days: int) -> str:
    return f"{half_days / HALF_DAYS:g}"

"""Talks over the terms of everybody in post, and what follows from them, by bulk."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.days import ONE_DAY
from secondment.demo.work.planted import OF_POST, Case
from secondment.obligations.periods import periods_between
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.talks.choices import (
    FollowUpState,
    Side,
    Source,
    TalkKind,
)
from secondment.talks.models import FollowUp, Talk, TalkPerson
from secondment.talks.parameters import visit_months

BATCH = 500
TALKER, VISITOR = "镇党委书记", "机关党委书记"
FORGOTTEN = 9
UNVISITED = 13
"""One in so many people had no talk this half-year, one in so many no visit."""
ITEMS = ("协调一名农技专家到村", "落实乡镇工作补贴", "帮助联系子女入学", "安排参加产业帮扶培训")


def load_talks(*, by: User, on: dt.date) -> None:
    """Most people are talked with on arrival, every half-year and at half of the term, and visited by their home unit."""
    rows = Placement.objects.filter(
        state__in=(PlacementState.IN_POST, PlacementState.ENDED), starts_on__lt=on
    )
    placements = list(with_names(rows).order_by("pk"))
    planned = [one for number, each in enumerate(placements) for one in _talks(each, number, by, on)]
    talks = Talk.objects.bulk_create((talk for talk, _placement in planned), batch_size=BATCH)
    TalkPerson.objects.bulk_create(
        (TalkPerson(talk=talk, placement=one) for talk, (_same, one) in zip(talks, planned, strict=True)),
        batch_size=BATCH,
    )
    items = (
        _item(talk, one, number, by, on)
        for number, (talk, (_same, one)) in enumerate(zip(talks, planned, strict=True))
        if number % 5 == 0
    )
    FollowUp.objects.bulk_create(items, batch_size=BATCH)


def _talks(placement: Placement, number: int, by: User, on: dt.date) -> Iterator[tuple[Talk, Placement]]:
    """On arrival, half-way through every half-year, at half of the term; and visits before each period of visits ends."""
    first, last = first_day_of(placement), min(placement.ends_on - ONE_DAY, on)
    days = [(first + dt.timedelta(days=6), TalkKind.ARRIVAL)]
    days += [
        (dt.date(year, month, 20), TalkKind.HEART)
        for year in range(first.year, last.year + 1)
        for month in (4, 10)
    ]
    days.append((first + (placement.ends_on - first) / 2 + dt.timedelta(days=5), TalkKind.MIDDLE))
    for day, kind in days:
        is_forgotten = number % FORGOTTEN == 0 and (on - day).days < 183
        if first <= day <= last and not is_forgotten:
            yield _talk(placement, day, kind, by), placement
    for day in _visits(placement, last):
        is_forgotten = number % UNVISITED == 0 or OF_POST.get(placement.post.code) == Case.HOME_SILENT
        if first <= day <= last and not (is_forgotten and (on - day).days < 183):
            yield _visit(placement, day, by), placement


def _visits(placement: Placement, last: dt.date) -> Iterator[dt.date]:
    """A day within every period in which the home unit owes a visit, as the county or the programme has it."""
    for period in periods_between(first_day_of(placement), last + ONE_DAY, visit_months(placement)):
        yield period.ends_on - dt.timedelta(days=12 + placement.pk % 9)


def _visit(placement: Placement, day: dt.date, by: User) -> Talk:
    visit = _talk(placement, day, TalkKind.VISIT, by)
    visit.side, visit.unit, visit.talker = Side.HOME, placement.home_unit, VISITOR
    return visit


def _talk(placement: Placement, day: dt.date, kind: TalkKind, by: User) -> Talk:
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(17)))
    talk = Talk(
        held_on=day,
        kind=kind,
        side=Side.HOST,
        unit=placement.host_unit,
        talker=TALKER,
        source=Source.WORKBOOK,
        recorded_by=by,
        recorded_at=at,
    )
    talk.set_points("适应情况良好。" if kind == TalkKind.ARRIVAL else "")
    return talk


def _item(talk: Talk, placement: Placement, number: int, by: User, on: dt.date) -> FollowUp:
    """Most are done by now; some recent ones are open, a few of them late."""
    due_on = talk.held_on + dt.timedelta(days=30)
    is_open = (on - talk.held_on).days < 60
    is_home = number % 2 == 0
    return FollowUp(
        talk=talk,
        placement=placement,
        text=ITEMS[number // 5 % len(ITEMS)],
        unit=placement.home_unit if is_home else placement.host_unit,
        role=Role.HOME_UNIT if is_home else Role.HOST_UNIT,
        due_on=due_on,
        state=FollowUpState.OPEN if is_open else FollowUpState.DONE,
        closed_on=None if is_open else due_on,
        closing_words="" if is_open else "已落实。",
        closed_by=None if is_open else by,
    )

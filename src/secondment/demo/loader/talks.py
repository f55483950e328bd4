"""Talks over the terms of everybody in post, and some letters: one late, one to discipline, one anonymous; by bulk."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.parameters import Cycles
from secondment.common.days import ONE_DAY
from secondment.common.workdays import span_of_workdays
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.talks.choices import (
    FollowUpState,
    Side,
    Source,
    SuggestionCategory,
    SuggestionState,
    TalkKind,
)
from secondment.talks.models import FollowUp, Suggestion, Talk, TalkPerson
from secondment.talks.services.anonymous import index_of_code
from secondment.units.models import Unit

BATCH = 500
TALKER = "镇党委书记"
FORGOTTEN = 9
"""One in so many people had no talk this half-year."""
ITEMS = ("协调一名农技专家到村", "落实乡镇工作补贴", "帮助联系子女入学", "安排参加产业帮扶培训")
LETTERS = (
    (SuggestionCategory.BURDEN, "同一组数据一个月内按三种表样各报一次，建议合并。", 5, ""),
    (SuggestionCategory.BENEFITS, "交通补助两个月没有发放，请核实。", 60, ""),
    (SuggestionCategory.OTHER, "建议每半年组织一次同县挂职干部的交流。", 40, "已列入下半年座谈安排。"),
)
"""Category, text, so many days ago, answer."""
ANONYMOUS_TEXT, DISCIPLINE_TEXT = "开会、填表占去一半时间，建议减少。", "村集体工程没有公开招标，请核查。"
DEMO_CODE = "DEMA-2345-6789-ABCD"
"""The receipt code of the demo's anonymous letter, to try the page with."""


def load_talks(*, by: User, sender: User, discipline: Unit, on: dt.date) -> None:
    """Most people are talked with on arrival and every half-year."""
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
    _load_letters(by, sender, discipline, on)


def _talks(placement: Placement, number: int, by: User, on: dt.date) -> Iterator[tuple[Talk, Placement]]:
    """On arrival, and half-way through every half-year of the term."""
    first, last = first_day_of(placement), min(placement.ends_on - ONE_DAY, on)
    days = [(first + dt.timedelta(days=6), TalkKind.ARRIVAL)]
    days += [
        (dt.date(year, month, 20), TalkKind.HEART)
        for year in range(first.year, last.year + 1)
        for month in (4, 10)
    ]
    for day, kind in days:
        is_forgotten = number % FORGOTTEN == 0 and (on - day).days < 183
        if first <= day <= last and not is_forgotten:
            yield _talk(placement, day, kind, by), placement


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


def _load_letters(by: User, sender: User, discipline: Unit, on: dt.date) -> None:
    if by.unit is None:
        return
    department = Role.ORGANISATION_DEPARTMENT
    for category, text, ago, answer in LETTERS:
        letter = _letter(by.unit, department, category, text, on - dt.timedelta(days=ago))
        letter.sent_by = sender
        if answer:
            letter.state, letter.answered_by = SuggestionState.ANSWERED, by
            letter.answered_on = letter.received_on + ONE_DAY
            letter.set_answer(answer)
        letter.save()
    passed = _letter(discipline, Role.INSPECTOR, SuggestionCategory.ABUSE, DISCIPLINE_TEXT, on - 4 * ONE_DAY)
    passed.sent_by = sender
    passed.save()
    nameless = _letter(by.unit, department, SuggestionCategory.BURDEN, ANONYMOUS_TEXT, on - 2 * ONE_DAY)
    nameless.receipt = index_of_code(DEMO_CODE)
    nameless.save()


def _letter(unit: Unit, role: Role, category: str, text: str, received_on: dt.date) -> Suggestion:
    due_on = span_of_workdays(received_on + ONE_DAY, Cycles().suggestion_days).last_day
    letter = Suggestion(category=category, unit=unit, role=role, received_on=received_on, due_on=due_on)
    letter.set_text(text)
    return letter

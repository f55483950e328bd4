"""Talks that a programme asks for: by the host unit after arrival, every so many months, at half of the term and before its
end; by the home unit a visit (走访慰问) every so many months.

A talk of the organisation department meets those of the host unit as well: what was talked about once is not asked for
twice. A visit is one line: day, who, and what was promised, which becomes an item of the office that sees to it.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.obligations.duties import Duty, Records, add_duty
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import AfterStart, AtHalf, BeforeEnd, Rhythm, WithinEach
from secondment.placements.duties import placement_duty
from secondment.placements.models import Placement
from secondment.talks.choices import Side, TalkKind
from secondment.talks.models import TalkPerson
from secondment.talks.parameters import (
    arrival_talk_days,
    last_talk_days,
    last_talk_opens_days,
    midterm_days,
    talk_months,
    visit_months,
)

READY_DAYS = 30  # what comes half-yearly stands in lists for its last month
BY_HOST = (Side.HOST, Side.DEPARTMENT)
Days = Iterable[tuple[int, dt.date]]


def held(keys: Sequence[int]) -> Days:
    """Talks of host unit and organisation department with these people."""
    return _held(keys, BY_HOST)


def held_by_home(keys: Sequence[int]) -> Days:
    """Talks and visits of the home unit: each of them is a contact."""
    return _held(keys, (Side.HOME,))


def reviewed(keys: Sequence[int]) -> Days:
    """Mid-term reviews."""
    return _held(keys, BY_HOST, TalkKind.MIDDLE)


def visited(keys: Sequence[int]) -> Days:
    """Visits of the home unit."""
    return _held(keys, (Side.HOME,), TalkKind.VISIT)


def _held(keys: Sequence[int], sides: Collection[Side], kind: str = "") -> Days:
    rows = TalkPerson.objects.filter(
        placement__in=list(keys), talk__is_withdrawn=False, talk__side__in=sides
    ).order_by()
    if kind:
        rows = rows.filter(talk__kind=kind)
    found: Days = rows.values_list("placement", "talk__held_on")
    return found


def _form(kind: TalkKind, placement: Placement | None = None) -> str:
    """The form with the kind chosen, and the person where it is about one."""
    person = f"placement={placement.pk}&" if placement else ""
    return f"{reverse('talks:talk_new')}?{person}kind={kind}"


def _own_page(kind: TalkKind) -> Callable[[Placement], str]:
    return lambda placement: _form(kind, placement)


def _page(kind: TalkKind) -> Callable[[Period], str]:
    return lambda _period: _form(kind)


def _talk(
    kind: TalkKind,
    label: Promise,
    title: str,
    rhythm: Rhythm,
    *,
    code: str = "",
    role: Role = Role.HOST_UNIT,
    records: Records = held,
) -> Duty:
    return placement_duty(
        f"talks.{code or kind}",
        label=label,
        title=title,
        role=role,
        rhythm=rhythm,
        records=records,
        page=_page(kind),
        own_page=_own_page(kind),
    )


DUTIES = (
    _talk(
        TalkKind.ARRIVAL,
        _("到任谈话"),
        gettext_noop("与%(person)s同志到任谈话"),
        AfterStart(arrival_talk_days),
    ),
    _talk(
        TalkKind.HEART,
        _("日常谈心"),
        gettext_noop("与%(person)s同志谈心谈话"),
        WithinEach(talk_months, READY_DAYS),
        code="regular",
    ),
    _talk(
        TalkKind.MIDDLE,
        _("中期谈话"),
        gettext_noop("与%(person)s同志中期谈话，评议任务进展"),
        AtHalf(midterm_days),
        records=reviewed,
    ),
    _talk(
        TalkKind.BEFORE_END,
        _("期满前谈话"),
        gettext_noop("与%(person)s同志期满前谈话"),
        BeforeEnd(last_talk_days, last_talk_opens_days),
    ),
    _talk(
        TalkKind.VISIT,
        _("走访慰问"),
        gettext_noop("走访慰问%(person)s同志"),
        WithinEach(visit_months, READY_DAYS),
        role=Role.HOME_UNIT,
        records=visited,
    ),
)
for one in DUTIES:
    add_duty(one)

"""Talks that a programme asks for: after arrival, every so many months, and before the end; by the host unit.

A talk of the organisation department meets them as well: what was talked about once is not asked for twice.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.obligations.duties import Duty, add_duty
from secondment.obligations.rhythms import AfterStart, BeforeEnd, Rhythm, WithinEach
from secondment.placements.duties import placement_duty
from secondment.placements.models import Placement
from secondment.talks.choices import Side
from secondment.talks.models import TalkPerson
from secondment.talks.parameters import arrival_talk_days, last_talk_days, last_talk_opens_days, talk_months

READY_DAYS = 30  # a half-yearly talk stands in lists for its last month


def held(keys: Sequence[int]) -> Iterable[tuple[int, dt.date]]:
    """Talks of host unit and organisation department with these people."""
    rows = TalkPerson.objects.filter(
        placement__in=list(keys), talk__is_withdrawn=False, talk__side__in=(Side.HOST, Side.DEPARTMENT)
    )
    found: Iterable[tuple[int, dt.date]] = rows.values_list("placement", "talk__held_on")
    return found


def page_of(placement: Placement) -> str:
    """The form, with the person chosen."""
    return f"{reverse('talks:talk_new')}?placement={placement.pk}"


def _talk(kind: str, label: object, title: str, rhythm: Rhythm) -> Duty:
    return placement_duty(
        f"talks.{kind}",
        label=label,  # type: ignore[arg-type]  # a lazy text
        title=title,
        role=Role.HOST_UNIT,
        rhythm=rhythm,
        records=held,
        own_page=page_of,
    )


DUTIES = (
    _talk("arrival", _("到任谈话"), gettext_noop("与%(person)s同志到任谈话"), AfterStart(arrival_talk_days)),
    _talk(
        "regular",
        _("日常谈心"),
        gettext_noop("与%(person)s同志谈心谈话"),
        WithinEach(talk_months, READY_DAYS),
    ),
    _talk(
        "end",
        _("期满前谈话"),
        gettext_noop("与%(person)s同志期满前谈话"),
        BeforeEnd(last_talk_days, last_talk_opens_days),
    ),
)
for one in DUTIES:
    add_duty(one)

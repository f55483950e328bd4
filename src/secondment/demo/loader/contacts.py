"""Home units whose notices were late or had nothing to tell called their people, most of them, so that few lines are cut."""

import datetime as dt
import random

from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.daily_work.silence import LastWords
from secondment.demo.loader.scene import Posted, Scene
from secondment.demo.work.planted import Case
from secondment.talks.choices import Side, Source, TalkKind
from secondment.talks.models import Talk, TalkPerson

CALLER = "派出单位人事处"
FORGOTTEN = 0.1
"""So many lines stay cut."""


def load_contacts(scene: Scene, *, by: User) -> None:
    """A talk within the last weeks with those whose home unit would be silent."""
    words = LastWords.of([one.placement.pk for one in scene.people], scene.on)
    called = [one for one in scene.people if _is_called(one, words)]
    talks = Talk.objects.bulk_create([_talk(one, scene.on, by) for one in called])
    people = (TalkPerson(talk=talk, placement=one.placement) for talk, one in zip(talks, called, strict=True))
    TalkPerson.objects.bulk_create(people)


def _is_called(posted: Posted, words: LastWords) -> bool:
    if posted.case == Case.HOME_SILENT or not words.is_silent(posted.placement, Role.HOME_UNIT):
        return False
    return posted.case is not None or posted.chance("contact").random() >= FORGOTTEN


def _talk(posted: Posted, on: dt.date, by: User) -> Talk:
    source: random.Random = posted.chance("contact day")
    day = on - dt.timedelta(days=source.randint(15, 60))
    return Talk(
        held_on=day,
        kind=TalkKind.HEART,
        side=Side.HOME,
        unit=posted.placement.home_unit,
        talker=CALLER,
        source=Source.WORKBOOK,
        recorded_by=by,
        recorded_at=timezone.make_aware(dt.datetime.combine(day, dt.time(16))),
    )

"""A secondee is reminded of the yearly writing alone, and twice at most; an office of what it owes."""

import datetime as dt
from collections import Counter

import pytest
from django.utils.translation import gettext_noop
from tests.daily_work.scene import AT, ON, Scene, make_scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.assessments.services.reminding import remind_of_summaries
from secondment.notices.models import Notice
from secondment.obligations.digest import send_digests
from secondment.obligations.duties import DUTIES
from secondment.obligations.models import Obligation
from secondment.obligations.reminding import may_be_reminded, remind
from secondment.obligations.rhythms import AfterStart
from secondment.obligations.services import bring_up_to_date
from secondment.placements.duties import placement_duty


def own(kind: str, characters: int):
    return placement_duty(
        kind,
        label=gettext_noop("示例"),
        title=gettext_noop("示例"),
        role=Role.SECONDEE,
        rhythm=AfterStart(lambda _placement: 300),
        characters=characters,
    )


WRITING, ACT = own("test.writing", 500), own("test.act", 0)


@pytest.fixture
def scene(db: None, monkeypatch) -> Scene:
    made = make_scene()
    person = made.people[0].person
    person.account = make_user(Role.SECONDEE, made.home)
    person.save()
    monkeypatch.setitem(DUTIES, WRITING.kind, WRITING)
    monkeypatch.setitem(DUTIES, ACT.kind, ACT)
    bring_up_to_date(on=ON, duties=[WRITING, ACT])
    return made


def owed(kind: str) -> Obligation:
    return Obligation.objects.get(kind=kind)


def test_whatever_is_owed_a_secondee_is_told_of_the_writing_only(scene: Scene) -> None:
    remind(Obligation.objects.all(), on=ON, at=AT)
    assert list(Notice.objects.values_list("recipient", flat=True)) == [scene.people[0].person.account_id]
    assert (owed("test.writing").n_reminders, owed("test.act").n_reminders) == (1, 0)


def test_the_third_reminder_is_not_sent(scene: Scene) -> None:
    for days in range(5):
        remind(Obligation.objects.all(), on=ON + dt.timedelta(days=days), at=AT)
    assert Notice.objects.count() == 2


def test_an_act_of_a_term_that_no_duty_declares_reminds_nobody(scene: Scene) -> None:
    one = owed("test.act")
    one.kind = "placement.report_for_duty"
    assert not may_be_reminded(one)


def test_an_office_and_somebody_who_is_nominated_are_reminded(scene: Scene) -> None:
    one = owed("test.act")
    one.subject_type = "campaigns.nomination"
    assert may_be_reminded(one)
    one.subject_type, one.role = "placements.placement", Role.HOST_UNIT
    assert may_be_reminded(one)


def test_over_a_whole_term_nobody_is_told_of_anything_but_the_texts_and_twice_a_year_at_most(
    scene: Scene,
) -> None:
    """Day by day, with every duty that any room declares and everything that daily work sends."""
    account = scene.people[0].person.account
    told: Counter[int] = Counter()
    words: set[str] = set()
    day = dt.date(2026, 1, 5)
    while day <= dt.date(2028, 3, 1):
        Notice.objects.all().delete()
        if day.day in (1, 15):
            bring_up_to_date(on=day)
        remind_of_summaries(on=day, at=AT)
        send_digests(on=day, at=AT)
        own = Notice.objects.filter(recipient=account)
        told[day.year] += own.count()
        words.update(str(one.title) for one in own)
        day += dt.timedelta(days=1)
    assert dict(told) == {2026: 2, 2027: 2, 2028: 0}
    assert words == {"催办：2026年个人总结", "催办：期满自我鉴定"}

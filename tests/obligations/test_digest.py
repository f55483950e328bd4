"""An office is told once a week; a secondee never."""

import datetime as dt

import pytest
from tests.daily_work.scene import AT, Scene, ask_for_records, make_scene
from tests.makers import make_unit, make_user

from secondment.accounts.choices import Role
from secondment.jobs.daily import DAILY
from secondment.notices.models import Delivery, Notice
from secondment.obligations.digest import send_digests
from secondment.obligations.models import Digest
from secondment.obligations.services import Owed, owe

MONDAY = dt.date(2026, 10, 12)
DAY = dt.timedelta(days=1)


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene(2)
    ask_for_records(on=MONDAY)
    return made


def test_an_office_is_told_how_much_waits_and_how_much_is_late(scene: Scene) -> None:
    clerk = scene.home_clerk()
    assert send_digests(on=MONDAY, at=AT) == 2
    one = Notice.objects.get(recipient=clerk)
    assert (one.title, one.path) == ("本周待办：1 项，其中逾期 1 项", "/todo/")


def test_once_a_week_whatever_the_day_of_the_first_look(scene: Scene) -> None:
    scene.home_clerk()
    assert send_digests(on=MONDAY + 2 * DAY, at=AT) == 2
    assert send_digests(on=MONDAY + 6 * DAY, at=AT) == 0
    assert send_digests(on=MONDAY + 7 * DAY, at=AT) == 2


def test_an_office_for_which_nothing_waits_is_told_nothing_and_not_asked_again(scene: Scene) -> None:
    idle = make_user(Role.HOST_UNIT, make_unit())
    send_digests(on=MONDAY, at=AT)
    assert not Notice.objects.filter(recipient=idle).exists()
    assert Digest.objects.get(account=idle).n == 0


def test_a_secondee_and_an_account_that_is_closed_are_told_nothing(scene: Scene) -> None:
    secondee = make_user(Role.SECONDEE, scene.home)
    owe(
        scene.people[0],
        Owed("x", "事", scene.home, Role.SECONDEE, "镇", MONDAY - DAY, "/", account=secondee),
    )
    closed = scene.host_clerk()
    closed.is_active = False
    closed.save()
    send_digests(on=MONDAY, at=AT)
    assert list(Notice.objects.values_list("recipient", flat=True)) == [scene.owner.pk]


def test_it_leaves_by_the_ways_the_installation_names(scene: Scene, settings) -> None:
    settings.HOOK_URL = "http://127.0.0.1:9/"
    DAILY["obligations.send_digests"](on=MONDAY, at=AT)
    assert [one.title for one in Delivery.objects.all()] == [one.title for one in Notice.objects.all()]

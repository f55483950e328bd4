"""A task book on phones: the host writes and signs, the secondee signs, the host accepts; the clicks are counted."""

import datetime as dt

import pytest

from secondment.accounts.choices import Role
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState
from secondment.task_books.models import RecusalDeclaration, Task, TaskBook, TaskOutcome
from secondment.units.models import Unit
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import fill, follow, go, press, told
from tests.browser.scene import EAST, HOME, LISTED, PASSWORD, TITLE, TODAY, Scene, day
from tests.makers import make_campaign, make_placement, make_post, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PHONE = 360


@pytest.fixture
def placement(scene: Scene) -> Placement:
    """The listed person in post at a village of the town, whose clerk has an account."""
    village = Unit.objects.get(name=EAST)
    make_user(Role.HOST_UNIT, village.parent, username="town", name="镇组织委员", password=PASSWORD)
    campaign = make_campaign(Unit.objects.get(name=HOME).parent)
    return make_placement(
        campaign,
        scene.person,
        make_post(village, title=TITLE),
        starts_on=TODAY - dt.timedelta(days=30),
        ends_on=TODAY + dt.timedelta(days=600),
        reported_on=TODAY - dt.timedelta(days=29),
        state=PlacementState.IN_POST,
    )


@pytest.mark.django_db(transaction=True)
def test_written_signed_and_accepted_on_a_phone(scene: Scene, placement: Placement, live_server) -> None:
    with playing(live_server.url) as desks:
        town = desks.sign_in("town", width=PHONE)
        go(town, "任务书", LISTED)
        follow(town, "起草任务书")
        for name, value in {
            "name": "土地流转",
            "target": "新增流转面积800亩",
            "weight": "99",
            "due_on": day(100),
            "way": "看合同",
        }.items():
            town.locator(f"[name=tasks-0-{name}]").fill(value)
        press(town, "签署并送本人")
        told(town, "还差 1")
        town.locator("[name=tasks-0-weight]").fill("100")
        press(town, "签署并送本人")
        told(town, "已签署并送本人签署。")

        own = desks.sign_in("zhang", width=PHONE)
        go(own, "任务书")
        press(own, "签署")
        told(own, "已签署，任务书生效。")
        own.go_back()
        told(own, "土地流转")
        own.goto(f"{live_server.url}/task-books/{placement.pk}/")
        press(own, "无需申报")
        told(own, "已确认无需申报")
        follow(own, "提出任务")
        fill(own, {"任务": "村史馆", "量化目标": "收集老物件100件"})
        press(own, "提出")
        told(own, "已提出")

        go(town, "任务书", LISTED)
        press(town, "通过验收")
        told(town, "已通过验收。")
        for page in (town, own):
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            assert not wide, page.url
    assert desks.troubles == []
    assert TaskBook.objects.get().state == BookState.IN_FORCE
    assert Task.objects.get().accepted_on == TODAY
    assert (TaskOutcome.objects.count(), RecusalDeclaration.objects.count()) == (1, 1)

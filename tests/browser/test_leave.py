"""Leave on a phone: asked for by the secondee, granted by the host, returned from; 14 clicks in all."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page
from reliability.accessible import bring_axe, violations

from secondment.accounts.choices import Role
from secondment.common.workdays import is_workday
from secondment.leave.models import LeaveEntry
from secondment.placements.choices import PlacementState
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import fill, follow, go, press, shows, told
from tests.browser.scene import PASSWORD, TODAY
from tests.makers import make_campaign, make_person, make_placement, make_post, make_unit, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PHONE = 360


def working_day_before(day: dt.date) -> dt.date:
    """The last day of work before this one."""
    day -= dt.timedelta(days=1)
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


@pytest.fixture
def office(transactional_db: None) -> None:
    root = make_unit("示例市委组织部")
    home, town = make_unit("示例局", root), make_unit("示例镇", root)
    make_user(Role.HOST_UNIT, town, username="town", password=PASSWORD, name="镇党委书记")
    person = make_person(home, name="张示例")
    person.account = make_user(Role.SECONDEE, home, username="zhang", password=PASSWORD, name="张示例")
    person.save()
    make_placement(
        make_campaign(root),
        person,
        make_post(town),
        state=PlacementState.IN_POST,
        starts_on=TODAY - dt.timedelta(days=200),
        ends_on=TODAY + dt.timedelta(days=200),
    )


def check_page(page: Page) -> None:
    """Nothing to scroll sideways, and nothing that a screen reader misses."""
    bring_axe(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("office")
def test_asked_granted_and_returned_at_phone_width(live_server) -> None:
    leave_day = working_day_before(TODAY)
    with playing(live_server.url) as desks:
        person, host = desks.sign_in("zhang", width=PHONE), desks.sign_in("town", width=PHONE)
        go(person, "请假", "请假申请")
        check_page(person)
        fill(
            person,
            {
                "假别": "年休假",
                "开始日期": f"{leave_day}",
                "结束日期": f"{leave_day}",
                "代行工作人电话": "13800000000",
            },
        )
        press(person, "核对天数和审批人")
        shows(person, "代行工作人的姓名和电话只填了一项")
        person.get_by_label("代行工作人", exact=True).fill("李四")
        press(person, "核对天数和审批人")
        shows(person, "共 1 个工作日", "示例镇")
        check_page(person)
        person.get_by_role("button", name="确认提交", exact=True).first.click()
        told(person, "已提交，并已通知审批人。")

        go(host, "请假")
        check_page(host)
        follow(host, "张示例")
        press(host, "同意")
        told(host, "已同意。")
        check_page(host)

        go(person, "请假")
        person.locator("#main").get_by_role("link", name=re.compile("^年休假")).first.click()
        person.get_by_label("返岗日期").fill(f"{TODAY}")
        press(person, "已返岗，销假")
        told(person, "已销假。")
        check_page(person)
        follow(person, "张示例")
        shows(person, "请假台账")
        check_page(person)
        go(host, "请假", "在岗情况")
        check_page(host)
        assert desks.troubles == []
    assert [one.half_days for one in LeaveEntry.objects.filter(kind="granted")] == [2]

"""From the chosen proposal to the decision: units are asked, the public is told, people are talked with."""

import datetime as dt

from playwright.sync_api import Page, expect

from secondment.common.workdays import span_of_workdays
from tests.browser.desk import fill, follow, go, press, shows, told
from tests.browser.scene import (
    CAMPAIGN,
    EAST,
    IMPORTED,
    LISTED,
    NOTIFIED_BEFORE,
    TITLE,
    TODAY,
    WEST,
    day,
)

NUMBER = "示组决〔2026〕6号"
REASON = "西岭村产业薄弱，需要农技经历"
LATE = "张贴于示例市农业农村局公告栏，系统启用前已公示"


def consult(page: Page) -> None:
    """Three units are asked."""
    go(page, "批次", CAMPAIGN, "意见", "征求意见")
    press(page, "发出")
    told(page, "已向 3 个单位征求意见。")
    shows(page, "3 个单位，3 个未答复，0 个有异议", "3 个单位尚未答复且未到期限")


def agree(page: Page, *units: str) -> None:
    """An account opens its to-do, sees the people of its own units only, and agrees to all of them at once."""
    page.locator(".top").get_by_role("link", name="待办").click()
    page.locator("#main tbody tr", has_text="征求意见").get_by_role("link").first.click()
    for unit in units:
        shows(page, unit)
    press(page, "其余均同意，送组织部门")
    told(page, f"{len(units)} 个单位的答复已送组织部门。")
    expect(page.locator(".top").get_by_role("link", name="待办").locator(".count")).to_have_count(0)


def notify_public(page: Page) -> None:
    """What was posted on paper three weeks ago is entered late, and says so."""
    go(page, "批次", CAMPAIGN, "公示", "发布公示")
    fill(
        page,
        {
            "公示开始": day(-NOTIFIED_BEFORE),
            "受理方式": "示例市委组织部干部监督科 010-00000001",
            "补录说明": LATE,
        },
    )
    press(page, "发布")
    posted = span_of_workdays(TODAY - dt.timedelta(days=NOTIFIED_BEFORE), 5)
    told(page, f"公示时间为 {posted.starts_on} 至 {posted.last_day}。")
    shows(page, f"{posted.starts_on} 至 {posted.last_day}，共 5 个工作日", f"公示后补录：{LATE}")


def talk(page: Page) -> None:
    """Everyone at once."""
    follow(page, "登记谈话")
    fill(page, {"谈话日期": day(-1), "谈话人": "李组织", "谈话要点": "讲清任务和纪律"})
    page.locator("[data-select-all]").check()
    press(page, "登记谈话")
    told(page, "已登记 2 人的谈话。")
    shows(page, "2 人中已谈话 2 人")


def decide(page: Page) -> None:
    """The meeting keeps the change by hand; what differs from the computation needs a reason."""
    follow(page, "登记集体决定")
    fill(page, {"会议": "部务会 2026 年第 12 次会议", "决定文号": NUMBER, "决定日期": day(0)})
    for number in (0, 1):
        page.locator(f"#id_changes-{number}-reason").fill(REASON)
    press(page, "核对决定")
    shows(page, "登记前核对", "决定派出", "与计算建议不同")
    press(page, "确认登记：派出 2 人")
    told(page, "集体决定已登记，可以印发挂职通知。")
    shows(page, "决定派出 2 人", NUMBER, "与计算建议不同的 2 人", REASON)
    for person, computed, decided in ((LISTED, WEST, EAST), (IMPORTED, EAST, WEST)):
        row = page.locator("#main tbody tr").filter(has=page.get_by_role("cell", name=person, exact=True))
        expect(row.first.locator("td")).to_have_text(
            [person, f"{computed} {TITLE}", f"{decided} {TITLE}", REASON]
        )

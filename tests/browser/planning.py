"""Before anyone is nominated: the campaign, the demands for posts, their approval, quotas, opening."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.desk import confirm, figures, fill, follow, go, press, shows, told
from tests.browser.scene import CAMPAIGN, EAST, HOME, OWNER, TITLE, TOWN, WEST, day, two_years_on

TASK = "村集体经营性收入"
LAST_DAY = two_years_on() - dt.timedelta(days=1)


def create_campaign(page: Page) -> None:
    """The organisation department begins a campaign of first secretaries."""
    go(page, "批次", "新建批次")
    fill(
        page,
        {
            "挂职项目": "驻村第一书记",
            "主办组织部门": f"示例市/{OWNER}",
            "批次名称": CAMPAIGN,
            "选派计划文号": "示组发〔2026〕8号",
            "目的说明": "建强村党组织，推进强村富民",
            "推荐开始": day(-40),
            "推荐截止": day(5),
            "挂职开始": day(0),
            "挂职结束": f"{LAST_DAY}",
        },
    )
    press(page, "保存")
    told(page, "批次已建立。接下来选入岗位、分配名额，再开始征集。")
    follow(page, CAMPAIGN)
    shows(page, "驻村第一书记（第 1 版）", f"{day(0)} 至 {LAST_DAY}")


def demand_posts(page: Page) -> None:
    """The town enters a demand for one village, copies it for the other, and hands both in."""
    go(page, "岗位需求", "填报岗位")
    fill(
        page,
        {
            "接收单位": f"{TOWN}/{EAST}",
            "挂任职务": TITLE,
            "到岗日期": day(0),
            "挂职结束": f"{LAST_DAY}",
            "工作地点": "110101001",
            "岗位职责": "建强村党组织、推进强村富民、提升治理水平、为民办事服务",
            "联系人": "赵接收",
            "联系电话": "010-00000000",
        },
    )
    fill_task(page, TASK, "年末村集体账面收入", "50", "万元")
    press(page, "保存")
    told(page, "已存为草稿。核对无误后请提交审核。")
    shows(page, TASK, "50 万元")
    press(page, "提交审核")
    told(page, "待审核")
    page.locator("details.menu summary", has_text="更多").click()
    press(page, "复制为新岗位")
    fill(page, {"接收单位": f"{TOWN}/{WEST}"})
    page.locator("#id_tasks-0-target").fill("80")
    press(page, "保存")
    told(page, "修改已保存。")
    shows(page, WEST, "80 万元")
    press(page, "提交审核")
    told(page, "待审核")


def fill_task(page: Page, name: str, measure: str, target: str, unit: str) -> None:
    """The first task row."""
    for field, value in (("name", name), ("measure", measure), ("target", target), ("measure_unit", unit)):
        page.locator(f"#id_tasks-0-{field}").fill(value)


def approve_posts(page: Page) -> None:
    """Both demands at once, from the list."""
    go(page, "岗位需求")
    expect(page.locator("#main tbody tr")).to_have_count(2)
    page.locator("[data-select-all]").check()
    confirm(page, "审核通过", "审核通过")
    told(page, "2个岗位需求已审核通过。")
    expect(page.locator("#main tbody")).to_contain_text("已审核")


def open_campaign(page: Page) -> None:
    """Posts, quotas, and the call for nominations."""
    go(page, "批次", CAMPAIGN)
    follow(page, "岗位")
    follow(page, "选入岗位")
    page.locator("[data-select-all]").check()
    press(page, "选入批次")
    told(page, "已选入 2 个岗位。")
    choose_units(page, HOME)
    fill(page, {"每个新增单位的推荐名额": "2"})
    press(page, "保存")
    told(page, "名额已保存，共 1 个单位。")
    confirm(page, "开始征集推荐", "开始征集推荐")
    told(page, "已办理。")
    figures(page, {"岗位人数": 2, "名额": 2, "已推荐": 0, "已答复": 0})


def choose_units(page: Page, name: str) -> None:
    """Type into the searchable list and take the one found."""
    box = page.locator(".ts-control input").first
    box.fill(name)
    page.locator(".ts-dropdown .option", has_text=name).first.click()

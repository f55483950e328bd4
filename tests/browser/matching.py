"""The proposal: computed, changed by hand at a known cost, chosen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.desk import confirm, figures, follow, go, press, told
from tests.browser.scene import CAMPAIGN, IMPORTED, LISTED, WEST


def compute(page: Page) -> None:
    """A run with the usual weights places both; the first wish counts."""
    go(page, "批次", CAMPAIGN, "匹配", "设定权重并计算")
    expect(page.locator("#preview")).to_contain_text("2")
    press(page, "按此权重计算")
    told(page, "第 1 次计算")
    page.locator("#main tbody a.row-title").first.click()
    figures(page, {"已安排": 2, "空缺岗位": 0, "未匹配人选": 0, "平均匹配度": "47.50", "第一志愿": 1})
    expect(row_of(page, LISTED)).to_contain_text(WEST)
    expect(page.locator("#main tbody tr")).to_have_count(2)


def swap_by_menu(page: Page) -> None:
    """The cost stands on the page before anybody agrees to it, and is what the change then did."""
    row_of(page, LISTED).get_by_role("link", name=LISTED).click()
    follow(page, "换到…")
    page.locator("tbody tr", has_text=IMPORTED).get_by_role("link", name="查看影响").click()
    way = page.locator(".way", has_text=f"与{IMPORTED}对调")
    cost = re.search(r"总匹配度 ([+−]\d+\.\d\d)", way.inner_text())
    assert cost is not None
    assert cost[1] == "−10.00"  # each loses one of five wishes worth 10 of 20 points
    way.get_by_label("理由").fill("主要领导意见")
    way.get_by_role("button", name="确认").click()
    told(page, f"已调整。总匹配度变化 {cost[1]} 分。")
    expect(row_of(page, IMPORTED)).to_contain_text(WEST)
    expect(page.locator("#main tbody .status", has_text="人工调整")).to_have_count(2)


def see_cost_by_drag(page: Page) -> None:
    """Dragging a person onto another opens the costs of the way back; nothing changes before somebody agrees."""
    chips = page.locator(".person-chip")
    chips.filter(has_text=LISTED).drag_to(chips.filter(has_text=IMPORTED))
    panel = page.locator("#panel[open]")
    expect(panel.locator(".way", has_text=f"与{IMPORTED}对调")).to_contain_text("总匹配度 +10.0")
    panel.get_by_role("button", name="关闭").click()
    expect(row_of(page, IMPORTED)).to_contain_text(WEST)


def see_cost_by_handle(page: Page) -> None:
    """The handle before a name picks the person, the next row clicked is where to; Escape lets go."""
    row_of(page, LISTED).get_by_role("button", name=f"移动{LISTED}").click()
    expect(page.locator("[data-pick-bar]")).to_contain_text(LISTED)
    page.keyboard.press("Escape")
    expect(page.locator("[data-pick-bar]")).to_be_hidden()
    row_of(page, LISTED).get_by_role("button", name=f"移动{LISTED}").click()
    row_of(page, IMPORTED).locator("td").last.click()
    panel = page.locator("#panel[open]")
    expect(panel.locator(".way", has_text=f"与{IMPORTED}对调")).to_contain_text("总匹配度 +10.0")
    panel.get_by_role("button", name="关闭").click()


def choose(page: Page) -> None:
    """This proposal goes to consultation."""
    confirm(page, "采用本方案", "采用")
    told(page, "已采用本方案。下一步：征求派出单位和接收单位意见。")


def row_of(page: Page, name: str):
    """The row of a person in the proposal."""
    return page.locator("#main tbody tr").filter(has=page.locator(".person-chip", has_text=name))

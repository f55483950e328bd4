"""Home unit, nominee and check: who is named, what they wish, what the rules say, what is excepted."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.desk import confirm, figures, fill, follow, go, press, shows, told
from tests.browser.scene import CAMPAIGN, EAST, IMPORTED, LISTED, WEST

FORM = Path(__file__).parents[1] / "data" / "lrmx" / "01_full_v3.2.1.16.lrmx"
AGE_BASIS = "本单位规定"


def nominate_from_list(page: Page) -> None:
    """The home unit ticks one of its people, reads the preview and nominates."""
    go(page, "批次", CAMPAIGN)
    follow(page, "推荐人选")
    expect(page.locator(".kpis")).to_contain_text("名额 2，已推荐 0")
    page.locator("tbody tr", has_text=LISTED).locator("[data-select-row]").check()
    press(page, "推荐所选人员")
    shows(page, "资格预审：1 人", "H9a 年龄", AGE_BASIS)
    fill(page, {"廉政意见": "无不良反映，示农纪〔2026〕3号", "推荐理由": "熟悉种植业，能吃苦"})
    press(page, "确认推荐")
    told(page, "已推荐 1 人。")


def nominate_by_form(page: Page) -> None:
    """A person who is not in the list yet comes in by the appointment form, first as a dry run."""
    follow(page, "推荐人选")
    follow(page, "上传名单")
    follow(page, "导入任免审批表")
    page.locator("input[type=file]").set_input_files(FORM)
    press(page, "上传并核对")
    expect(page.get_by_role("heading", level=1)).to_have_text(FORM.name)
    shows(page, IMPORTED, "新增")
    confirm(page, "导入 1 人", "导入")
    told(page, "已导入：新增 1 人，更新 0 人。")
    follow(page, "返回推荐")
    page.locator("tbody tr", has_text=IMPORTED).locator("[data-select-row]").check()
    press(page, "推荐所选人员")
    shows(page, "资格预审：1 人", IMPORTED)
    press(page, "确认推荐")
    told(page, "已推荐 1 人。")
    expect(page.locator("#main tbody tr")).to_have_count(2)


def state_preferences(page: Page) -> None:
    """On a phone: two wishes, put in order, and a hardship."""
    page.locator("#main").get_by_role("link", name=CAMPAIGN).first.click()
    for village in (EAST, WEST):
        option = page.locator("#add option", has_text=village).get_attribute("value")
        page.locator("#add").select_option(value=[option])
        press(page, "加入")
    expect(page.locator(".sortable-list > li").first).to_contain_text(EAST)
    page.locator(".sortable-list > li").nth(1).get_by_role("button", name="上移").click()
    expect(page.locator(".sortable-list > li").first).to_contain_text(WEST)
    fill(page, {"困难及需关照事项": "父亲年事已高，希望能定期回家探望"})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, "提交志愿")
    told(page, "志愿已提交，截止前可以修改。")


def close_and_check(page: Page) -> None:
    """Nominations close, the check finds one person too old, the exception is put on record."""
    go(page, "批次", CAMPAIGN)
    confirm(page, "结束推荐并审查", "结束推荐并审查")
    told(page, "已办理。")
    figures(page, {"岗位人数": 2, "名额": 2, "已推荐": 2, "已答复": 1, "资格不符": 0, "待审查": 0})
    follow(page, "审查")
    finding = page.locator("tbody tr", has_text="H9a 年龄").filter(has_text=LISTED)
    expect(finding).to_contain_text("提示")
    expect(finding).to_contain_text("47")
    expect(finding).to_contain_text(AGE_BASIS)
    finding.get_by_role("link", name=LISTED).click()
    row = page.locator("tbody tr", has_text="H9a 年龄")
    row.get_by_role("link", name="登记例外").click()
    fill(page, {"批准文号": "示组函〔2026〕15号", "批准人": "李组织", "理由": "专业急需，身体健康"})
    press(page, "登记")
    told(page, "例外已登记。")


def recheck(page: Page) -> None:
    """After the exception the check says so."""
    follow(page, CAMPAIGN)
    follow(page, "审查")
    press(page, "重新审查")
    told(page, "资格审查已完成。")
    counts = page.locator("#main tbody tr", has_text="H9a 年龄").locator("td.num")
    expect(counts).to_have_text(["0", "0", "0", "0", "1"])  # nobody refused or warned, one exception

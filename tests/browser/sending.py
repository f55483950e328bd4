"""Notices, report for duty, receipt of arrival."""

import io
from pathlib import Path

from docx import Document
from playwright.sync_api import Page

from secondment.documents.official import chinese_date
from tests.browser.desk import fill, follow, go, press, shows, told
from tests.browser.scene import EAST, HOME, LISTED, OWNER, TITLE, TODAY, TOWN, day


def issue_notices(page: Page) -> None:
    """One letter for each person."""
    follow(page, "印发挂职通知")
    fill(page, {"文号字": "示组任", "报到期限": day(7)})
    page.get_by_label("每人一份通知").check()
    press(page, "核对通知")
    shows(page, "2 人，2 份通知，文号 示组任〔", f"关于{LISTED}同志挂职的通知")
    press(page, "确认编号并印发 2 份")
    told(page, "已为 2 人印发挂职通知。")


def read_notice(page: Page) -> None:
    """The secondee downloads the Word file; it names person, post, number and days."""
    go(page, "我的挂职")
    with page.expect_download() as waiting:
        page.locator("#main a[download]").first.click()
    document = Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    text = "\n".join(one.text for one in document.paragraphs)
    assert waiting.value.suggested_filename == f"关于{LISTED}同志挂职的通知.docx"
    assert f"选派{HOME}种植业处处长{LISTED}同志到{TOWN}{EAST}挂任{TITLE}" in text
    assert f"示组任〔{TODAY.year}〕1号" in text
    assert OWNER in text
    assert chinese_date(TODAY) in text


def report_for_duty(page: Page) -> None:
    """One press; nothing on paper."""
    press(page, "确认报到")
    told(page, "已确认报到，接收单位将收到消息。")


def record_arrival(page: Page) -> None:
    """The host unit finds it in its to-do, completes the receipt and divides the work."""
    page.locator(".top").get_by_role("link", name="待办").click()
    page.locator("#main tbody tr", has_text=f"填写{LISTED}同志的报到回执").get_by_role("link").first.click()
    fill(page, {"联系领导": "孙书记", "带教导师": "周主任"})
    page.locator("#id_duties").fill("主持村党组织工作，联系合作社")
    press(page, "保存回执")
    told(page, "报到回执已保存，派出单位和组织部门无需再收纸质回执。")
    shows(page, "孙书记", "主持村党组织工作，联系合作社", day(0))

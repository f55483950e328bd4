"""The style guide in a real browser: policy, width, keyboard, partial updates, contrast."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from secondment.accounts.choices import Role
from tests.makers import make_user

CHROMIUM = shutil.which("chromium") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
]
FLAGS += ["--disable-sync", "--no-first-run"]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")]

# Every text whose contrast with the first solid ground behind it is below 4.5:1 (3:1 when large).
WEAK_TEXTS = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      const parts = parse(colour);
      if (colour.startsWith("rgb") && (parts[3] ?? 1) === 1) return parts;
    }
    return [255, 255, 255];
  };
  const weak = new Set();
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.checkVisibility() || node.closest(".chart-canvas, .is-off, option, script, dialog")) continue;
    const style = getComputedStyle(node);
    if (!style.color.startsWith("rgb")) continue;
    const [a, b] = [light(parse(style.color)), light(ground(node))].sort((x, y) => y - x);
    const limit = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    if ((a + .05) / (b + .05) < limit) weak.add(`${node.className} ${node.textContent.trim().slice(0, 12)} ${((a + .05) / (b + .05)).toFixed(2)}`);
  }
  return [...weak];
}"""


@pytest.fixture
def page(transactional_db: None, live_server, signed_in, request: pytest.FixtureRequest) -> Iterator[Page]:
    session = signed_in(make_user(Role.LEADER)).cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            locale="zh-CN", viewport={"width": getattr(request, "param", 1440), "height": 900}
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        opened = context.new_page()
        troubles: list[str] = []
        opened.on(
            "console", lambda message: troubles.append(message.text) if message.type == "error" else None
        )
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.goto(f"{live_server.url}/styleguide/", wait_until="networkidle")
        yield opened
        browser.close()
    assert troubles == []


@pytest.mark.parametrize("page", [1440, 390], indirect=True)
def test_page_fits_its_width_and_is_readable(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(WEAK_TEXTS) == []
    assert page.locator(".chart-canvas svg").count() == 5


def test_list_works_by_keyboard_and_updates_in_part(page: Page) -> None:
    page.evaluate("window.isSamePage = true")
    page.locator("th a", has_text="考核得分").click()
    page.wait_for_url("**sort=score*")
    page.keyboard.press("/")
    page.keyboard.type("赵")
    page.wait_for_url("**name=*sort=score*")
    page.locator(".list-count", has_text="共 14 条").wait_for()
    assert page.evaluate("document.activeElement.id") == "filter_name"
    assert page.evaluate("window.isSamePage") is True
    page.locator("#filter_name").blur()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tr.is-current [data-select-row]").is_checked()
    assert "已选 1 条" in " ".join(page.locator(".list-bulk").inner_text().split())
    page.locator("[data-select-all]").check()
    assert "已选 14 条" in " ".join(page.locator(".list-bulk").inner_text().split())


def test_dialog_asks_and_escape_refuses(page: Page) -> None:
    page.locator("[data-opens=withdraw]").click()
    assert page.evaluate("document.activeElement.textContent") == "取消"
    page.keyboard.press("Escape")
    assert not page.locator("#withdraw").is_visible()
    page.locator("[data-opens=withdraw]").click()
    page.locator("#withdraw .btn-danger").click()
    page.get_by_text("样式页的操作不会改动任何数据").wait_for()


def test_job_progress_reaches_its_result(page: Page) -> None:
    result = page.get_by_role("link", name="查看结果")
    result.wait_for(timeout=15_000)
    assert result.get_attribute("href")

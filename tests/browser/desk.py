"""What every step does at a desk: sign in, go somewhere by the menu, fill a form, press a button, read the answer."""

import re
from collections.abc import Mapping

from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.scene import PASSWORD

TIMEOUT_MS = 30_000  # waits end with what they wait for; a busy machine is no fault


class Desks:
    """One browser, a separate session for every account, and everything that went wrong in any of them."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.troubles: list[str] = []
        self.pages_read: dict[str, dict[str, None]] = {}

    def sign_in(self, username: str, *, width: int = 1440, password: str = PASSWORD) -> Page:
        """A page of this account, signed in through the form."""
        size = {"width": width, "height": 900}
        context = self.browser.new_context(locale="zh-CN", viewport=size, is_mobile=width < 500)
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        page.on("console", lambda one: self._note(page, one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: self._note(page, str(error)))
        page.on("response", lambda response: self._read(page, username, response))
        page.goto(self.url, timeout=2 * TIMEOUT_MS)  # the first page of a server loads every room
        fill(page, {"账号": username, "密码": password})
        press(page, "登录")
        expect(page.get_by_role("heading", level=1)).not_to_have_text("登录")
        return page

    def _note(self, page: Page, text: str) -> None:
        self.troubles.append(f"{page.url}: {text}")

    def _read(self, page: Page, username: str, response: Response) -> None:
        if response.status >= 400:
            self._note(page, f"{response.status} {response.url}")
        is_page = response.request.is_navigation_request() and response.request.method == "GET"
        if is_page and response.status == 200 and "html" in response.headers.get("content-type", ""):
            self.pages_read.setdefault(username, {})[response.url] = None

    def pages_still_open(self, page: Page, username: str) -> list[str]:
        """What this account has read and may still read now, each once."""
        opened = [url for url in self.pages_read[username] if "sign-in" not in url]
        return [url for url in opened if page.request.get(url).status == 200]


def is_phone(page: Page) -> bool:
    """Whether the side bar is folded away."""
    return page.viewport_size is not None and page.viewport_size["width"] < 500


def go(page: Page, *labels: str) -> None:
    """Follow the side bar, then links, by their words."""
    if is_phone(page):
        page.locator(".top-menu").click()
    page.locator("#side").get_by_role("link", name=re.compile(rf"^{labels[0]}")).click()
    for label in labels[1:]:
        follow(page, label)


def follow(page: Page, label: str) -> None:
    """Click a link of the page itself; a crumb carries its stroke before its words."""
    words = re.compile(rf"^\x2f?\s*{re.escape(label)}( \d+)?$")
    page.locator("#main").get_by_role("link", name=words).first.click()


def press(page: Page, label: str) -> None:
    """Click a button of the page or of the dialog that is open."""
    open_dialog = page.locator("dialog[open]")
    place = open_dialog if open_dialog.count() else page.locator("main, .plain, body").first
    place.get_by_role("button", name=label, exact=True).click()


def confirm(page: Page, opener: str, answer: str) -> None:
    """Open a dialog and agree."""
    press(page, opener)
    page.locator("dialog[open]").get_by_role("button", name=answer, exact=True).click()


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Fill fields by their labels; a select takes the words of its option."""
    for label, value in values.items():
        field = page.get_by_label(label).first
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def told(page: Page, text: str) -> None:
    """The answer at the top of the page."""
    expect(page.locator("#main")).to_contain_text(text)


def figures(page: Page, expected: Mapping[str, float | str]) -> None:
    """Figures at the head of the page, by their labels."""
    for label, figure in expected.items():
        tile = page.locator(".kpis > *").filter(has_text=re.compile(rf"^\s*{label}"))
        expect(tile).to_contain_text(re.compile(rf"{label}\s*{figure}(\D|$)"))


def shows(page: Page, *texts: str) -> None:
    """Words that the page holds."""
    for text in texts:
        expect(page.locator("#main")).to_contain_text(text)

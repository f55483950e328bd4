"""The same pages for a reader who has chosen English: no Chinese is left but what users typed."""

from playwright.sync_api import Page, expect

from tests.browser import deciding, planning, scene
from tests.browser.desk import is_phone

UI_TEXTS = """() => [...document.querySelectorAll(
    "h1, h2, h3, th, label, legend, button, summary, .btn, .side a, .tabs a, .status, .field-help, .empty-title")]
  .filter((node) => node.checkVisibility() && !node.closest("[lang=zh-hans], .menu summary:has(.top-user)"))
  .map((node) => node.innerText.trim()).filter((text) => /[\\u4e00-\\u9fff]/.test(text))"""
# what users typed, longest first so that no word breaks another
DATA = sorted(
    (
        scene.CAMPAIGN,
        scene.OWNER,
        scene.HOME,
        scene.TOWN,
        scene.EAST,
        scene.WEST,
        scene.TITLE,
        scene.LISTED,
        scene.IMPORTED,
        "示例市",
        "李组织",
        "王派出",
        "赵接收",
        "种植业处处长",
        "示例省农业农村厅示例处四级调研员",
        deciding.NUMBER,
        planning.TASK,
    ),
    key=len,
    reverse=True,
)


def read_in_english(page: Page, paths: list[str]) -> list[str]:
    """Switch by the button of the top bar and read every page again; gives the headings read."""
    if is_phone(page):
        page.locator("details.menu summary:has(.top-user)").click()
    page.locator("button[lang=en]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    found, headings = {}, []
    for path in paths:
        page.goto(path)
        headings.append(page.get_by_role("heading", level=1).inner_text())
        left = [text for text in (without_data(one) for one in page.evaluate(UI_TEXTS)) if is_chinese(text)]
        if left:
            found[path] = left
    assert not found, found
    return headings


def without_data(text: str) -> str:
    """The words of the product in a text."""
    for word in DATA:
        text = text.replace(word, "")
    return text


def is_chinese(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return any("\u4e00" <= one <= "\u9fff" for one in text)

"""Pages as a keyboard, a screen reader, a phone and a slow line meet them: no rule of WCAG 2.2 AA is broken, the focus is
never lost, long forms fold, and no page weighs much.

One page of each kind; `reliability.accessible` walks all of them.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from reliability.accessible import WIDTHS, bring_axe, sign_in, violations

from secondment.campaigns.models import Campaign, Nomination, Programme
from secondment.daily_work.cycles import PRESENCE, QUARTER_MONTHS
from secondment.documents.models import Paper
from secondment.obligations.periods import last_over
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.posts.models import Post
from tests.browser.appraisal_pages import appraisal_pages
from tests.browser.conftest import CHROMIUM, playing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


# Bytes of a first visit, packed.
LIGHT, HEAVY = 120_000, 200_000
CHARTS = 190_000  # on top of it where there is a chart, of which only some pages have one
LIGHT_ACCOUNTS = {"host", "secondee", "nominee"}


def pages() -> dict[str, list[str]]:
    """Which account looks at which pages of the demo."""
    person, post = Person.objects.earliest("pk"), Post.objects.earliest("pk")
    campaign, programme = Campaign.objects.latest("pk"), Programme.objects.earliest("pk")
    computed = Campaign.objects.filter(state="review").earliest("pk")
    nomination = Nomination.objects.get(person__account__username="nominee")
    placement = Placement.objects.earliest("pk")
    return {
        "org": [
            reverse("portal:home"),
            reverse("people:person_list"),
            reverse("people:person_detail", args=[person.pk]),
            reverse("people:person_create"),
            reverse("posts:post_list"),
            reverse("posts:post_detail", args=[post.pk]),
            reverse("campaigns:campaign_detail", args=[campaign.pk]),
            reverse("campaigns:programme_edit", args=[programme.pk]),
            reverse("directory:unit_tree"),
            reverse("matching:campaign_detail", args=[computed.pk]),
            reverse("matching:run_create", args=[computed.pk]),
            reverse("placements:placement_detail", args=[placement.pk]),
            reverse("placements:contact_list"),
            reverse("documents:paper_list"),
            reverse("documents:paper", args=["F5", Paper.objects.latest("pk").object_id]),
            reverse("daily_work:fulfilment"),
            reverse("daily_work:sheet_list"),
            reverse("daily_work:notice_give"),
        ],
        "host": [
            reverse("daily_work:host_sheet"),
            PRESENCE.page(last_over(timezone.localdate(), QUARTER_MONTHS)),  # noqa: TID251 -- as the server
            reverse("portal:home"),
            reverse("posts:post_create"),
            reverse("posts:post_list"),
        ],
        "secondee": [
            reverse("portal:home"),
            reverse("placements:my_placement"),
            reverse("people:own_contacts"),
            reverse("obligations:todo"),
            reverse("leave:leave_new"),
            reverse("task_books:book_list"),
            reverse("places:place_list"),
        ],
        "nominee": [reverse("campaigns:preferences", args=[nomination.pk])],
        "auditor": [reverse("portal:trail")],
    }


def all_pages() -> dict[str, list[str]]:
    """Those of assessment as well, which anybody may vote on without an account."""
    found = pages()
    for account, paths in appraisal_pages().items():
        found[account] = [*found.get(account, ()), *paths]
    return found


def test_pages_of_the_demo(transactional_db: None, live_server, settings) -> None:
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    addresses = all_pages()
    with playing(live_server.url) as desks:
        found = []
        for account, paths in addresses.items():
            page = desks.browser.new_page()
            if account:
                sign_in(page, live_server.url, account)
            for path in paths:
                sent = visit(page, live_server.url + path)
                found += look(page)
                found += weigh(page, sent, LIGHT if account in LIGHT_ACCOUNTS else HEAVY)
            for check in CHECKS.get(account, ()):
                check(page, live_server.url, addresses[account])
            page.context.close()
    assert found == []


def visit(page: Page, url: str) -> int:
    """Open it; the bytes of the page as it was sent. The browser itself counts them unpacked where a worker hands it on."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    response = page.goto(url)
    return int(response.headers["content-length"]) if response else 0


def look(page: Page) -> list[str]:
    """What axe finds at both widths, and in every dialog of the page, opened in turn; none begins on the act that costs."""
    url = page.url
    bring_axe(page)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{url} {width}: {one}" for one in violations(page)]
    for opener in page.locator("main [data-opens]").all():
        if not opener.is_visible():
            continue
        opener.click()
        held = page.evaluate(
            "document.activeElement.matches('dialog[open] :is(input, select, textarea, [data-closes])')"
        )
        if not held:
            found.append(f"{url}: the focus of {opener.get_attribute('data-opens')} is on what acts")
        # What lies behind a dialog was looked at before, and nobody reaches it now.
        found += [f"{url} dialog: {one}" for one in violations(page, "dialog[open]")]
        page.keyboard.press("Escape")
    return found


def weigh(page: Page, sent: int, limit: int) -> list[str]:
    """The bytes of a first visit: the page as it was sent, and its files as they are shipped, packed."""
    names = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    files = {unquote(urlsplit(one).path).removeprefix("/static/") for one in names if "/static/" in one}
    weight = sent + sum(shipped(one) for one in files)
    limit += CHARTS * any(one.endswith("/charts.js") for one in files)
    return [f"{page.url}: {weight} bytes"] if weight > limit or not files else []


def shipped(name: str) -> int:
    path = finders.find(f"{name}.gz") or finders.find(name)
    return Path(str(path)).stat().st_size


def check_errors(page: Page, url: str, _paths: list[str]) -> None:
    """A form with errors begins at their summary, and each entry leads into its field."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(url + reverse("people:person_create"))
    page.locator("#main form .btn-primary").click()
    bring_axe(page)
    summary = page.locator("#form-faults")
    expect(summary).to_be_focused()
    n = summary.get_by_role("link").count()
    assert page.title().startswith(f"有 {n} 处需要改正 · ")
    assert violations(page) == []
    for link in summary.get_by_role("link").all():
        target = (link.get_attribute("href") or "#").removeprefix("#")
        link.click()
        focused = page.evaluate("document.activeElement.id")
        assert focused in {target, f"{target}-ts-control"}


def check_sorting(page: Page, url: str, _paths: list[str]) -> None:
    """Sorting and paging keep the focus and tell what is shown now."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{url}{reverse('people:person_list')}?size=100")
    live = page.locator("#live")
    head = page.locator("#people-sort-sex")
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_contain_text("性别")
    expect(head).to_be_focused()
    expect(live).to_contain_text("第 1—100 条")
    page.locator("#people-next").focus()
    page.keyboard.press("Enter")
    expect(live).to_contain_text("第 101—200 条")
    expect(page.locator("#people-next")).to_be_focused()
    page.goto(f"{url}{reverse('people:person_list')}?size=100&page=13")
    page.locator("#people-next").focus()
    page.keyboard.press("Enter")
    expect(live).to_contain_text("第 1301—1348 条")
    expect(page.locator("#table-people")).to_be_focused()


def check_print(page: Page, url: str, _paths: list[str]) -> None:
    """The whole list goes to paper, block by block, so that every page repeats the head and carries its number."""
    page.add_init_script("window.print = () => { window.isPrinted = true }")
    page.goto(f"{url}{reverse('people:person_list')}?print=all")
    assert page.evaluate("window.isPrinted")
    assert page.locator("tbody tr").count() == 1348
    page.emulate_media(media="print")
    frames = page.evaluate(
        "['.shell', '.shell-body', '.list'].map(one => getComputedStyle(document.querySelector(one)).display)"
    )
    assert frames == ["block", "block", "block"]
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.card:has(table), .list')).breakInside")
        == "auto"
    )
    assert page.locator(".strip, .list-foot, .list-tools").filter(visible=True).count() == 0
    page.emulate_media(media="screen")


def check_steps(page: Page, url: str, _paths: list[str]) -> None:
    """On a phone the form of a post begins with one step; what has to be corrected opens its own, type is not zoomed."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(url + reverse("posts:post_create"))
    steps = page.locator("details.form-step")
    assert [one.get_attribute("open") is not None for one in steps.all()] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert page.evaluate("document.documentElement.scrollHeight") < 2000
    small = "[...document.querySelectorAll('input, select, textarea')].filter(one => one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16 && !one.matches('[type=checkbox], [type=date]')).length"
    assert page.evaluate(small) == 0
    steps.nth(2).locator("summary").click()
    page.locator("#id_grassroots_years").fill("")
    assert page.locator("#id_contact_phone").get_attribute("type") == "tel"
    page.locator("#main form .btn-primary").click()
    assert [one.get_attribute("open") is not None for one in steps.all()] == [True, False, True, False, False]
    expect(steps.nth(2).locator("summary")).to_contain_text("有 1 处需要改正")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(url + reverse("posts:post_create"))
    assert page.locator("details.form-step[open]").count() == 5


def check_copying(page: Page, url: str, _paths: list[str]) -> None:
    """A list copied from a phone keeps its columns and their names, as on a wide screen."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url + reverse("people:person_list"))
        copied[width] = page.evaluate(COPY)
    assert copied[1440] == copied[390]
    plain, rows = copied[390]
    assert plain == rows
    assert rows[0][0] == "姓名"
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 21


COPY = """async () => {
  getSelection().selectAllChildren(document.querySelector("main table tbody"));
  document.execCommand("copy");
  const [copied] = await navigator.clipboard.read();
  const [text, html] = await Promise.all(["text/plain", "text/html"].map(async one => (await copied.getType(one)).text()));
  const page = new DOMParser().parseFromString(html, "text/html");
  return [text.split("\\n").map(line => line.split("\\t")), [...page.querySelectorAll("tr")].map(row => [...row.cells].map(cell => cell.textContent))];
}"""


def check_forced_colours(page: Page, url: str, _paths: list[str]) -> None:
    """With the colours of the reader's system, focus, ticks and the place in the menu are drawn with lines."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(forced_colors="active")
    page.goto(url + reverse("posts:post_list"))
    box = page.locator("[data-select-row]").first
    box.check()
    assert box.evaluate("node => getComputedStyle(node).appearance") == "auto"
    for part in ("#side a[aria-current]", "tr:has([data-select-row]:checked)"):
        assert page.locator(part).first.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    for control in ("main input[type=text]", "main h1 ~ a, .page-actions a", "main select"):
        node = page.locator(control).first
        page.keyboard.press("Tab")
        node.focus()
        assert node.evaluate("node => getComputedStyle(node).outlineWidth") == "3px", control
    page.emulate_media(forced_colors="none")


CHECKS: dict[str, tuple[Callable[[Page, str, list[str]], None], ...]] = {
    "org": (check_errors, check_sorting, check_copying, check_forced_colours, check_print),
    "host": (check_steps,),
}

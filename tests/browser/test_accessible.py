"""Pages as a keyboard and a screen reader meet them: no rule of WCAG 2.2 AA is broken, and the focus is never lost.

One page of each kind; `reliability.accessible` walks all of them.
"""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect
from reliability.accessible import WIDTHS, sign_in, violations

from secondment.campaigns.models import Campaign, Nomination, Programme
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.posts.models import Post
from tests.browser.conftest import CHROMIUM, playing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


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
        ],
        "host": [reverse("portal:home"), reverse("posts:post_create")],
        "nominee": [reverse("campaigns:preferences", args=[nomination.pk])],
        "auditor": [reverse("portal:trail")],
    }


def test_pages_of_the_demo(transactional_db: None, live_server, settings) -> None:
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    addresses = pages()
    with playing(live_server.url) as desks:
        found = []
        for account, paths in addresses.items():
            page = desks.browser.new_page()
            sign_in(page, live_server.url, account)
            for path in paths:
                found += look(page, live_server.url + path)
            for check in CHECKS.get(account, ()):
                check(page, live_server.url, addresses[account])
            page.context.close()
    assert found == []


def look(page: Page, url: str) -> list[str]:
    """What axe finds at both widths, with every dialog of the page opened in turn; none begins on the act that costs."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
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
        found += [f"{url} dialog: {one}" for one in violations(page)]
        page.keyboard.press("Escape")
    return found


def check_errors(page: Page, url: str, _paths: list[str]) -> None:
    """A form with errors begins at their summary, and each entry leads into its field."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(url + reverse("people:person_create"))
    page.locator("#main form .btn-primary").click()
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
    page.goto(f"{url}{reverse('people:person_list')}?size=100&page=9")
    page.locator("#people-next").focus()
    page.keyboard.press("Enter")
    expect(live).to_contain_text("第 901—957 条")
    expect(page.locator("#table-people")).to_be_focused()


def check_print(page: Page, url: str, _paths: list[str]) -> None:
    """The whole list goes to paper, block by block, so that every page repeats the head and carries its number."""
    page.add_init_script("window.print = () => { window.isPrinted = true }")
    page.goto(f"{url}{reverse('people:person_list')}?print=all")
    assert page.evaluate("window.isPrinted")
    assert page.locator("tbody tr").count() == 957
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


CHECKS: dict[str, tuple[Callable[[Page, str, list[str]], None], ...]] = {
    "org": (check_errors, check_sorting, check_print)
}

"""A hundred and thirty-two accounts by two people: 13 clicks, no character typed, seventeen sheets of paper."""

import re

import pytest
from playwright.sync_api import Page, expect
from reliability.accessible import bring_axe, violations

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.hand import Hand
from tests.browser.scene import PASSWORD
from tests.makers import make_campaign, make_person, make_placement, make_post, make_unit, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
N = 132
SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def office(transactional_db: None) -> None:
    root = make_unit("示例市委组织部")
    make_user(Role.ORGANISATION_DEPARTMENT, root, username="org", password=PASSWORD, name="经办人甲")
    make_user(Role.SECURITY_ADMINISTRATOR, root, username="security", password=PASSWORD, name="安全员乙")
    home, post, campaign = (
        make_unit("示例局", root),
        make_post(make_unit("示例镇", root)),
        make_campaign(root),
    )
    for _at in range(N):
        person = make_person(home, name="张示例")
        make_placement(campaign, person, post, state=PlacementState.IN_POST)


def check_page(page: Page) -> None:
    """Nothing to scroll sideways, and nothing that a screen reader misses."""
    bring_axe(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("office")
def test_two_people_open_132_accounts(live_server) -> None:
    """Clerk 5 clicks: 挂职干部 · 200 a page · all · 批量开设账号 · 提交. Security administrator 4: 待办 · the request ·
    确认开设 · 确认开设. Clerk 4: 批量开设账号 · the batch · 打印 · 打印 in the browser's own dialog. Nothing is typed.

    At three seconds a click that is 39 seconds of hands. With argon2 a processor works 25 seconds, 23 of them in the job
    (0.18 a password); no page takes more than half a second. Together less than two of the three minutes there are.
    """
    with playing(live_server.url) as desks:
        clerk, security = Hand(desks.sign_in("org")), Hand(desks.sign_in("security"))
        clerk.link("挂职干部", "#side")
        clerk.link("200", ".list-sizes")
        expect(clerk.page.locator("[data-select-row]")).to_have_count(N)
        clerk.tick("选中本页全部")
        clerk.button("批量开设账号", ".list-bulk")
        expect(clerk.page.get_by_role("heading", name="将开设 132 个账号")).to_be_visible()
        check_page(clerk.page)
        clerk.button("提交安全管理员确认")
        expect(clerk.page.get_by_role("heading", level=1)).to_contain_text("批量开设 132 个账号")
        assert clerk.n == 5

        security.link("待办", ".top")
        security.link("确认开设 132 个账号", "main")
        security.button("确认开设")
        security.button("确认开设", "dialog[open]")
        expect(security.page.locator("main")).to_contain_text("账号单由申请一方打印")
        assert security.n == 4

        clerk.page.add_init_script("window.print = () => { window.hasPrinted = true }")
        clerk.link("批量开设账号", "#side")
        clerk.link("挂职干部", "main")
        clerk.button("打印 132 张账号单")
        expect(clerk.page.locator(".slip")).to_have_count(N)
        clerk.page.wait_for_load_state()
        assert clerk.page.evaluate("window.hasPrinted"), "the browser's own dialog opens by itself"
        assert clerk.n + 1 + security.n == 13
        assert len(SHEET.findall(clerk.page.pdf(prefer_css_page_size=True))) == 17
        check_page(clerk.page)
        clerk.page.set_viewport_size({"width": 390, "height": 844})
        check_page(clerk.page)
        assert desks.troubles == []
    assert Person.objects.exclude(account=None).count() == N
    assert User.objects.filter(assignments__role=Role.SECONDEE).count() == N


@pytest.mark.usefixtures("office")
def test_the_pages_fit_a_phone(live_server) -> None:
    with playing(live_server.url) as desks:
        clerk = desks.sign_in("org", width=390)
        clerk.goto(f"{live_server.url}/accounts/batches/")
        check_page(clerk)
        clerk.goto(f"{live_server.url}/accounts/batches/units/")
        check_page(clerk)
        box = clerk.locator("[data-select-row]").first
        box.check()
        clerk.get_by_role("button", name="开设接收单位账号").click()
        expect(clerk.get_by_role("heading", name="将开设 1 个账号")).to_be_visible()
        check_page(clerk)
        clerk.get_by_role("button", name="提交安全管理员确认").click()
        expect(clerk.get_by_role("heading", level=1)).to_contain_text("批量开设 1 个账号")
        check_page(clerk)
        assert desks.troubles == []

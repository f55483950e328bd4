"""A township reports on fifteen secondees on a phone: six clicks besides the text, most of it filled in; the line is cut on the way."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from reliability.accessible import bring_axe, violations

from secondment.accounts.choices import Role
from secondment.daily_work.models import HostReport, PresenceConfirmation, UrgentMatter
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.scene import PASSWORD
from tests.daily_work.scene import ON, SEPTEMBER, Scene, make_scene
from tests.makers import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PHONE = 360
N, N_WITH_NEWS = 15, 3
MOST_CLICKS, LEAST_SHARE = 6, 0.7
NEWS = (
    "思想稳定，与班子成员和群众相处融洽。",
    "牵头修通到二组的产业路2.3公里，惠及86户；合作社与县供销社签了收购协议，首批菌菇已经交货，村集体增收三万元。",
)
SHEET = f"/daily/host/?until={SEPTEMBER}"


@pytest.fixture
def township(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    scene = make_scene(N)
    make_user(Role.HOST_UNIT, scene.townships[0], username="town", password=PASSWORD, name="镇组织委员")
    return scene


def share_filled_in(page: Page, typed: int) -> float:
    """Characters of all rows that stand there without being typed, of all that the quarter consists of."""
    rows = page.locator("table.row-forms tbody tr")
    words = page.locator("table.row-forms td:not(.is-phone-line) a, [data-known]").all_inner_texts()
    units = page.locator("table.row-forms td:nth-child(2), table.row-forms td.num").all_inner_texts()
    days = page.locator("input[name^=half_days_away]").evaluate_all("all => all.map(one => one.value)")
    assert rows.count() == 2 * N
    known = sum(len("".join(one.split())) for one in [*words, *units, *days])
    return known / (known + typed)


def test_fifteen_rows_three_with_news_in_six_clicks(township: Scene, live_server) -> None:
    clicks = typed = 0
    with playing(live_server.url) as desks:
        page = desks.sign_in("town", width=PHONE)
        page.goto(live_server.url + SHEET)
        clicks += 1  # the line of the to-do list that leads here
        bring_axe(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for one in township.people[:N_WITH_NEWS]:
            page.locator("summary", has_text=f"{one.person.name}的情况报告").click()
            clicks += 1
            for name, text in zip(("thinking", "work"), NEWS, strict=True):
                page.locator(f"[name={name}_{one.pk}]").fill(text)
                typed += len(text)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        share = share_filled_in(page, typed)
        page.get_by_label("其余各人本期无新情况").check()
        page.get_by_role("button", name="提交本页各人").click()
        clicks += 2
        expect(page.get_by_text("已报送 15 份情况报告。")).to_be_visible()
        expect(page.get_by_text("已受理，第")).to_be_visible()
    assert clicks <= MOST_CLICKS
    assert share >= LEAST_SHARE, share
    assert HostReport.objects.filter(has_no_news=False).count() == N_WITH_NEWS
    assert PresenceConfirmation.objects.count() == N


def test_a_cut_line_and_a_killed_page_lose_nothing_and_it_is_sent_once(township: Scene, live_server) -> None:
    first = township.people[0]
    with playing(live_server.url) as desks:
        page = desks.sign_in("town", width=PHONE)
        page.goto(live_server.url + SHEET)
        page.locator("summary", has_text=f"{first.person.name}的情况报告").click()
        page.locator(f"[name=work_{first.pk}]").fill(NEWS[1])
        expect(page.get_by_text("已保存在本机，还没有发送。")).to_be_visible()
        page.context.set_offline(True)
        page.get_by_role("button", name="提交本页各人").click()
        expect(page.get_by_text("线路中断，没有发送")).to_be_visible()
        page.context.set_offline(False)
        # the page is killed, and opened again in the same browser
        again = page.context.new_page()
        page.close()
        again.goto(live_server.url + SHEET)
        expect(again.get_by_text("本机保存有上次没有发送的内容。")).to_be_visible()
        again.get_by_role("button", name="恢复").click()
        expect(again.locator(f"[name=work_{first.pk}]")).to_have_value(NEWS[1])
        again.get_by_role("button", name="提交本页各人").click()
        expect(again.get_by_text("已报送 1 份情况报告。")).to_be_visible()
        again.goto(live_server.url + SHEET)
        expect(again.get_by_text("本机保存有上次没有发送的内容。")).to_have_count(0)
    assert HostReport.objects.get().work == NEWS[1]


def test_who_signs_out_leaves_no_draft_on_the_machine(township: Scene, live_server) -> None:
    with playing(live_server.url) as desks:
        page = desks.sign_in("town", width=PHONE)
        page.goto(f"{live_server.url}/daily/urgent/new/?placement={township.people[0].pk}")
        page.get_by_label("情况").fill("今晨摔伤，已送县医院")
        expect(page.get_by_text("已保存在本机，还没有发送。")).to_be_visible()
        kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
        assert page.evaluate(kept) == 1
        page.locator("form[data-forgets-drafts]").evaluate("form => form.requestSubmit()")
        page.wait_for_url("**/sign-in/**")
        assert page.evaluate(kept) == 0


def test_an_urgent_matter_on_a_phone(township: Scene, live_server) -> None:
    with playing(live_server.url) as desks:
        page = desks.sign_in("town", width=PHONE)
        page.goto(f"{live_server.url}/daily/urgent/new/?placement={township.people[0].pk}")
        bring_axe(page)
        assert violations(page) == []
        page.get_by_label("情况").fill("今晨摔伤，已送县医院")
        page.get_by_role("button", name="立即报告").click()
        expect(page.get_by_text("已受理，第")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert UrgentMatter.objects.get().reported_at.date() >= dt.date(2026, 1, 1)

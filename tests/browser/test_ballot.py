"""Slips come out of the printer's page, and a phone that reads one votes; seen from outside."""

import datetime as dt
import io
import re

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from secondment.appraisals.box.boxes import box_of
from secondment.appraisals.models import Appraisal
from tests.appraisals.box_makers import list_raters, make_appraisal, officer_of, opened
from tests.browser.conftest import playing

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}


def test_a_slip_is_read_from_the_page_and_votes_once(
    transactional_db, live_server, settings, tmp_path
) -> None:
    settings.DATA_DIR = tmp_path
    appraisal = make_appraisal(("masses",), n_candidates=2, n_items=11)
    Appraisal.objects.update(closes_on=dt.date(2099, 12, 31))
    appraisal.refresh_from_db()
    officer, paper = officer_of(appraisal), appraisal.papers.get()
    opened(appraisal, officer)
    list_raters(paper, 3)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with playing(live_server.url) as desks:
        office = desks.browser.new_context(viewport={"width": 1440, "height": 1000})
        office.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        printing = office.new_page()
        printing.goto(f"{live_server.url}/appraisals/papers/{paper.pk}/slips/")
        printing.get_by_label("张数").fill("3")
        printing.get_by_role("button", name="生成选票").click()
        printing.get_by_text("选票只显示一次").first.wait_for()
        picture = Image.open(io.BytesIO(printing.screenshot(full_page=True)))
        read = sorted(one.text for one in zxingcpp.read_barcodes(picture))
        shown = sorted(printing.locator(".slip code").all_inner_texts())
        assert read == [f"{live_server.url}/vote/#{code}" for code in shown]
        asked: list[str] = []
        phone = desks.browser.new_context(viewport=PHONE, has_touch=True)
        page = phone.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(read[0])
        page.get_by_role("button", name="下一步：核对").wait_for()
        assert "#" not in page.url
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("alert").wait_for()
        assert "还有 12 项没有选" in page.get_by_role("alert").inner_text()
        for group in page.locator("fieldset").all():
            group.get_by_label("不了解").check()
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("button", name="确认提交").click()
        receipt = page.locator(".receipt").inner_text()
        assert re.fullmatch(r"\w{5}-\w{5}", receipt)
        assert phone.cookies() == []
        assert not any(code.replace("-", "") in url or code in url for code in shown for url in asked[1:])
        again = phone.new_page()
        again.goto(read[0])
        again.locator(".receipt").wait_for()
        assert again.locator(".receipt").inner_text() == receipt
    assert box_of(appraisal).counts()[paper.pk].spent == 1

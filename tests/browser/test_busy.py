"""A form that met a busy database is sent again by its page, and acted on once; the page fits both widths."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import expect
from reliability.accessible import bring_axe, violations

from secondment.accounts.choices import Role
from secondment.common.busy import RETRY_SECONDS
from secondment.directory.views import units
from secondment.units.models import Unit
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.scene import PASSWORD
from tests.makers import make_unit, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_sends_the_form_again_until_the_database_is_free(
    transactional_db: None, live_server, monkeypatch, width: int
) -> None:
    root = make_unit("示例省")
    make_user(Role.ORGANISATION_DEPARTMENT, root, username="org", password=PASSWORD)
    tries: list[str] = []

    def create(*given, **named) -> object:
        tries.append("")
        if len(tries) < 3:
            raise OperationalError("database is locked")
        return created(*given, **named)

    created = units.add_unit
    monkeypatch.setattr(units, "add_unit", create)
    with playing(live_server.url) as desks:
        page = desks.sign_in("org", width=width)
        page.clock.install()
        page.goto(live_server.url + reverse("directory:unit_create", args=[root.pk]))
        page.get_by_label("单位名称").first.fill("示例厅<b>")
        page.locator("form").filter(has=page.get_by_label("单位名称")).evaluate(
            "form => form.requestSubmit()"
        )
        for n in (1, 2):
            expect(page.get_by_role("heading", level=1)).to_have_text("系统繁忙，请稍候")
            assert len(tries) == n
            bring_axe(page)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            with page.expect_navigation():
                page.clock.fast_forward(RETRY_SECONDS * 1000)
        expect(page.get_by_text("示例厅<b>").first).to_be_visible()
    assert Unit.objects.filter(name="示例厅<b>").count() == 1

"""Deciding at the committee's table: what changed meanwhile blocks the decision, nothing typed is lost, and the wall is readable."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from reliability.accessible import bring_axe, violations

from secondment.accounts.models import User
from secondment.assessments.composite.choices import Basis
from secondment.assessments.models import GradeDecision
from secondment.assessments.table.services import calculate_table
from tests.assessments.conftest import Scene, make_scene
from tests.assessments.measured import make_run
from tests.assessments.schemes import make_scheme
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import fill, press, shows, told
from tests.browser.scene import PASSWORD
from tests.makers import AT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PICTURES = os.environ.get("COMMITTEE_PICTURES", "")


def check_page(page: Page, name: str = "") -> None:
    """Nothing to scroll sideways, and nothing that a screen reader misses."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    bring_axe(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def office(transactional_db: None) -> Scene:
    scene = make_scene()
    version = make_scheme(scene.root)
    register = scene.open()
    rows = list(register.evaluations.select_related("placement").order_by("placement"))
    fair = (85.0, 84.0, 83.0, 70.0, 60.0)
    make_run(register, version, [(one, 80.0, score) for one, score in zip(rows, fair, strict=True)])
    scene.hear("excellent")
    calculate_table(register.pools.get(), Basis.FAIR, by=scene.owner, at=AT)
    for user, name in ((scene.owner, "zzb"), (scene.second_owner, "zzb2")):
        account = User.objects.get(pk=user.pk)
        account.username = name
        account.set_password(PASSWORD)
        account.save()
    return scene


def test_deciding_in_the_meeting_with_a_table_that_is_out_of_date(office: Scene, live_server) -> None:
    register = office.evaluation().register
    pool = register.pools.get()
    one, name = office.evaluation(), office.evaluation(4).person.name
    with playing(live_server.url) as desks:
        page = desks.sign_in("zzb")
        table = live_server.url + reverse("assessments:table_detail", args=[pool.pk])
        page.goto(table)
        shows(page, "第 1 档", "名额决定，不是测出的差别", "由会议评议")
        check_page(page, "table")
        page.goto(f"{table}?large=1")
        check_page(page, "large")
        page.goto(f"{table}?decide=1")
        fill(
            page,
            {
                "会议": "考核委员会会议",
                "参加决定的人员": "赵示例、李示例",
                "决定文号": "示组发〔2026〕1号",
                "决定日期": "2026-01-20",
            },
        )
        check_page(page, "decide")
        # while the meeting sits, somebody states a veto
        other = desks.sign_in("zzb2")
        other.goto(live_server.url + reverse("assessments:statement_grid", args=[register.pk]))
        check_page(other, "statements")
        fill(
            other,
            {f"{name} 违纪违法 认定": "有此情形", f"{name} 违纪违法 依据": "结论3号"},
        )
        press(other, "保存")
        told(other, "已保存 1 项认定。")
        press(page, "登记决定")
        shows(page, "门槛或否决事项有变化")
        assert page.get_by_label("会议").first.input_value() == "考核委员会会议"
        check_page(page, "stale")
        page.get_by_label("仍然适用的理由").fill("不影响优秀名额")
        press(page, "确认仍然适用")
        told(page, "已确认评定表仍然适用。")
        page.goto(f"{table}?decide=1")
        fill(
            page,
            {
                "会议": "考核委员会会议",
                "参加决定的人员": "赵示例、李示例",
                "决定文号": "示组发〔2026〕1号",
                "决定日期": "2026-01-20",
            },
        )
        press(page, "登记决定")
        told(page, "等次决定已登记，须由另一账号复核。")
        check_page(page, "decision")
        page.goto(live_server.url + reverse("assessments:table_person", args=[pool.pk, one.pk]))
        check_page(page, "person")
        for page_name in ("table_compare", "quantity_grid"):
            key = pool.pk if page_name == "table_compare" else register.pk
            page.goto(live_server.url + reverse(f"assessments:{page_name}", args=[key]))
            check_page(page, page_name)
        phone = desks.sign_in("zzb", width=390)
        phone.goto(table)
        check_page(phone, "table-phone")
        phone.goto(live_server.url + reverse("assessments:quantity_grid", args=[register.pk]))
        check_page(phone, "quantity-phone")
        assert desks.troubles == []
    assert GradeDecision.objects.get().grades.count() == 5

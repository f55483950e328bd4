"""A whole quarter of a hundred people without an account but the organisation department's, by workbooks alone."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.daily_work.scene import ask_for_records
from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.waiting import waiting_for
from secondment.placements.choices import PlacementState
from secondment.units.models import Unit

# The whole quarter of a hundred people; on PostgreSQL a short form, where it is one transaction without statistics
# for the planner: row by row over rows of earlier tests it took minutes.
N_PEOPLE, N_TOWNSHIPS, N_HOMES, N_FILES = (
    (20, 3, 2, 14) if connection.vendor == "postgresql" else (100, 12, 5, 53)
)
MONTHS = [dt.date(2026, 8, 1), dt.date(2026, 9, 1), dt.date(2026, 10, 1)]
QUARTER = MONTHS[-1]
ON = dt.date(2026, 10, 8)


@pytest.fixture
def county(db: None) -> tuple[Unit, list[Unit], list[Unit]]:
    """The department's unit, twelve townships with villages, five home units, and a hundred people in post."""
    root = make_unit("示例县委组织部")
    townships = [make_unit(f"示例镇{at}", root) for at in range(N_TOWNSHIPS)]
    homes = [make_unit(f"示例局{at}", root) for at in range(N_HOMES)]
    campaign = make_campaign(root, programme_version=make_programme_version({"cycles": {}}))
    for at in range(N_PEOPLE):
        village = make_unit(parent=townships[at % N_TOWNSHIPS])
        make_placement(
            campaign,
            make_person(homes[at % N_HOMES]),
            make_post(village),
            starts_on=dt.date(2026, 7, 1),
            ends_on=dt.date(2028, 7, 1),
            state=PlacementState.IN_POST,
        )
    return root, townships, homes


def filled(content: bytes, fill: dict[str, str]) -> bytes:
    """What a clerk without any account does: type into the workbook and save it."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    for line in range(2, page.max_row + 1):
        for title, text in fill.items():
            if title in columns:
                page.cell(line, columns[title]).value = text
    page.cell(2, columns["填表人"]).value = "王示例"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def over_the_gap(client: Client, kind: str, until: dt.date, unit: Unit, fill: dict[str, str]) -> None:
    """Out by one click; nothing but the file crosses; in by upload and confirmation."""
    content = client.get(reverse(f"daily_work:{kind}_sheet"), {"until": str(until), "unit": unit.pk}).content
    file = io.BytesIO(filled(content, fill))
    file.name = "汇总表.xlsx"
    review = client.post(reverse(f"daily_work:{kind}_import"), {"file": file}, follow=True)
    assert review.context["report"].refused == []
    done = client.post(review.context["confirm_url"], follow=True)
    assert "已报送" in text_of(done)


def test_a_quarter_is_closed_by_two_accounts_and_fifty_three_workbooks(
    county: tuple[Unit, list[Unit], list[Unit]], signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, townships, homes = county
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    RoleAssignment.objects.all().delete()  # nobody else can sign in for any office
    clerks = [make_user(Role.ORGANISATION_DEPARTMENT, root) for _at in range(2)]
    ask_for_records(on=ON)
    of_quarter = Obligation.objects.filter(period_ends_on__in=MONTHS)
    assert of_quarter.filter(state=ObligationState.OPEN).count() == N_PEOPLE * 5
    assert {one.title for one in waiting_for(clerks[0], ON)} == {
        f"2026年7月在岗确认：{N_PEOPLE} 人未报",
        f"2026年8月在岗确认：{N_PEOPLE} 人未报",
        f"2026年9月在岗确认：{N_PEOPLE} 人未报",
        f"2026年第3季度情况报告：{N_PEOPLE} 人未报",
        f"2026年第3季度告知单：{N_PEOPLE} 人未报",
    }
    first, second = map(signed_in, clerks)
    for until in MONTHS:
        for township in townships:
            over_the_gap(first, "month", until, township, {})
    for township in townships:
        over_the_gap(second, "quarter", QUARTER, township, {"工作": "按计划推进"})
    for home in homes:
        over_the_gap(second, "quarter", QUARTER, home, {"后勤保障": "体检安排在十月"})
    n_files = len(MONTHS) * len(townships) + len(townships) + len(homes)
    assert AuditEvent.objects.filter(action="daily_work.export_sheet").count() == n_files == N_FILES
    assert not of_quarter.filter(state=ObligationState.OPEN).exists()
    assert of_quarter.filter(state=ObligationState.MET).count() == N_PEOPLE * 5
    assert PresenceConfirmation.objects.count() == N_PEOPLE * 3
    assert (HostReport.objects.count(), HomeNotice.objects.count()) == (N_PEOPLE, N_PEOPLE)
    for model in (PresenceConfirmation, HostReport, HomeNotice):
        assert set(model.objects.values_list("source", "clerk")) == {("workbook", "王示例")}
    # the day of this test stands still, the clock of records does not: contacts are of a later day
    waiting = [line for clerk in clerks for line in waiting_for(clerk, ON) if "联系本人" not in line.title]
    assert waiting == []
    assert ask_for_records(on=ON) == 0

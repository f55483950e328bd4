"""应在岗 is one number: the ledger, the page of the host, the report and the workbook count the same working days."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.daily_work.scene import AT, ON, Scene, make_scene
from tests.daily_work.test_sheets import made

from secondment.common import workdays
from secondment.daily_work.content import Presence
from secondment.daily_work.cycles import PRESENCE, REPORT
from secondment.daily_work.desk import Desk, Entry
from secondment.daily_work.known import known_of
from secondment.daily_work.services import confirm_presence
from secondment.daily_work.services.errors import RefusedRowsError
from secondment.daily_work.sheets import MONTH_SHEET
from secondment.leave.presence import month_of
from secondment.leave.spans import HALF_DAYS


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


CASES = [
    ({}, dt.date(2026, 10, 1), 22),  # a holiday, and a Sunday that pays for it
    ({}, dt.date(2026, 3, 1), 16),  # the Spring Festival
    ({}, dt.date(2026, 2, 1), 20),  # the month in which the term began, on the 5th
    ({"reported_on": dt.date(2026, 1, 15)}, dt.date(2026, 2, 1), 12),  # who came later
    ({"ends_on": dt.date(2026, 9, 11)}, dt.date(2026, 10, 1), 8),  # the last day is the 10th
    ({"ends_on": dt.date(2026, 9, 2)}, dt.date(2026, 10, 1), 1),
    ({"starts_on": dt.date(2026, 10, 31)}, dt.date(2026, 11, 1), 0),  # a Saturday
    ({}, dt.date(2027, 11, 1), 21),  # a year without an official notice: by weekends
]


@pytest.mark.parametrize(("term", "until", "days"), CASES)
def test_one_number_everywhere(scene: Scene, term: dict[str, dt.date], until: dt.date, days: int) -> None:
    one = scene.add(**term)
    desk = Desk(PRESENCE, [one], until)
    month = (until - dt.timedelta(days=1)).replace(day=1)
    assert desk.days_due(one) == days
    assert month_of(one, month, {}).n_due == days * HALF_DAYS


@pytest.mark.parametrize("reported_on", [None, dt.date(2026, 9, 14)])
def test_pages_files_and_reports_show_it(scene: Scene, client, reported_on: dt.date | None) -> None:
    until, one = dt.date(2026, 10, 1), scene.people[0]
    one.reported_on = reported_on
    one.save()
    days, quarter = (13, 13) if reported_on else (22, 66)
    sheet = made(MONTH_SHEET, scene.owner, until)
    assert sheet.cell(2, "应在岗工作日").value == f"{days}"
    assert f"应在岗{quarter}个工作日" in str(known_of(Desk(REPORT, [one], until), ON)[one.pk])
    client.force_login(scene.owner)
    page = client.get(reverse("daily_work:host_sheet"), {"until": f"{until}"}).content.decode()
    assert "应在岗（工作日）" in page
    assert f"{days} 天" in page


@pytest.mark.parametrize(("half_days", "is_taken"), [(15, True), (16, True), (17, False)])
def test_nobody_was_away_for_more_days_than_were_due(scene: Scene, half_days: int, is_taken: bool) -> None:
    one = scene.add(ends_on=dt.date(2026, 9, 11))
    entry = Entry(one, Presence(half_days, "病假"))

    def confirm() -> int:
        return confirm_presence([entry], dt.date(2026, 10, 1), by=scene.owner, on=ON, at=AT)

    if is_taken:
        assert confirm() == 1
        return
    with pytest.raises(RefusedRowsError, match=r"离岗8.5天，多于当月应在岗的8个工作日；请按工作日核对天数"):
        confirm()


def test_a_year_without_an_official_notice_says_so(
    scene: Scene, client, monkeypatch: pytest.MonkeyPatch
) -> None:
    until, one = dt.date(2026, 10, 1), scene.people[0]
    uncertain = "放假安排尚未发布，工作日只按周末推算"
    client.force_login(scene.owner)

    def shown() -> tuple[str, bool]:
        known = str(known_of(Desk(REPORT, [one], until), ON)[one.pk])
        page = client.get(reverse("daily_work:host_sheet"), {"until": f"{until}"}).content.decode()
        return known.split("、", maxsplit=1)[0], uncertain in page

    assert shown() == ("应在岗66个工作日", False)
    none = workdays._Calendar(frozenset(), frozenset(), frozenset())
    monkeypatch.setattr(workdays, "_calendar", lambda: none)
    assert shown() == ("应在岗66个工作日（放假安排未公布，按周末推算）", True)

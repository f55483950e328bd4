"""A year of holidays is imported after a dry run, counts at once, and is called uncertain without a notice."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.makers import AT, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.common.models import HolidayYear
from secondment.common.workdays import (
    is_announced,
    is_workday,
    look_again,
    span_of_workdays,
    workdays_between,
)
from secondment.obligations.holiday_files import HolidayFileError, read_year
from secondment.obligations.services import UnreadableHolidaysError, changes_of, import_holidays

NEW_YEAR = dt.date(2027, 1, 1)  # a Friday
OFF = [NEW_YEAR + dt.timedelta(days=at) for at in range(3)] + [dt.date(2027, 10, day) for day in range(1, 9)]
WORKED = [dt.date(2027, 10, 9)]  # a Saturday


def year_file(**changes: object) -> str:
    days = [{"name": "假", "date": f"{day}", "isOffDay": True} for day in OFF]
    days += [{"name": "班", "date": f"{day}", "isOffDay": False} for day in WORKED]
    return json.dumps({"year": 2027, "papers": ["https://www.gov.cn/example"], "days": days, **changes})


@pytest.fixture
def admin(db: None) -> User:
    return make_user(Role.SYSTEM_ADMINISTRATOR, make_unit())


@pytest.mark.django_db(transaction=True)
def test_an_imported_year_counts_at_once_and_is_certain(admin: User) -> None:
    assert not is_announced(2027)
    assert is_workday(NEW_YEAR)
    assert not span_of_workdays(dt.date(2026, 12, 31), 2).is_certain
    import_holidays(year_file(), by=admin, at=AT)
    assert is_announced(2027)
    assert not is_workday(NEW_YEAR)
    assert is_workday(WORKED[0])
    assert span_of_workdays(dt.date(2026, 12, 31), 2).last_day == dt.date(2027, 1, 4)
    assert span_of_workdays(dt.date(2026, 12, 31), 2).is_certain
    assert workdays_between(dt.date(2027, 9, 30), dt.date(2027, 10, 9)) == 2
    assert not is_workday(dt.date(2026, 10, 1))  # a year that ships stays
    assert AuditEvent.objects.filter(action="holidays.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_year_without_a_notice_counts_and_stays_uncertain(admin: User) -> None:
    import_holidays(year_file(papers=[]), by=admin, at=AT)
    assert not is_workday(NEW_YEAR)
    assert not is_announced(2027)
    import_holidays(year_file(), by=admin, at=AT)
    assert is_announced(2027)
    assert HolidayYear.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_imported_year_counts_instead_of_one_that_ships(admin: User) -> None:
    days = [{"date": f"2026-01-{day:02}", "isOffDay": True} for day in range(1, 12)]
    import_holidays(year_file(year=2026, days=days), by=admin, at=AT)
    assert is_workday(dt.date(2026, 10, 1))
    assert not is_workday(dt.date(2026, 1, 8))


def test_a_request_looks_again_what_another_process_imported(admin: User, signed_in) -> None:
    client = signed_in(admin)
    HolidayYear.objects.create(
        year=2027, holidays=["2027-01-01"], workdays=[], papers=["x"], imported_by="x", imported_at=AT
    )
    assert not is_announced(2027)
    client.get(reverse("obligations:holiday_list"))
    assert is_announced(2027)
    look_again()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "第 1 行第 2 列"),
        ("[]", "一个年份"),
        ("[" * 30_000, "一个年份"),
        (f'{{"year": {"9" * 5_000}}}', "一个年份"),
        (year_file(papers="x"), "网址列表"),
        (year_file(papers=["javascript:alert(1)"]), "网址列表"),
        (year_file(papers=["https://www.gov.cn/\x00"]), "网址列表"),
        (year_file(papers=["https://www.gov.cn/1", 2]), "网址列表"),
        (year_file(year="2027"), "2007 至 2100"),
        (year_file(year=2006), "2007 至 2100"),
        (year_file(year=2101), "2007 至 2100"),
        (year_file(days=[]), "1 至 80 天"),
        (year_file(days={}), "1 至 80 天"),
        (year_file(days=[{"date": "2027-01-01"}]), "第 1 项应有"),
        (year_file(days=["2027-01-01"]), "第 1 项应有"),
        (year_file(days=[{"isOffDay": True}]), "第 1 项应有"),
        (year_file(days=[{"date": "2027-02-30", "isOffDay": True}]), "第 1 项应有"),
        (year_file(days=[{"date": "2029-01-01", "isOffDay": True}]), "第 1 项应有"),
        (year_file(days=[{"date": "2027-01-01", "isOffDay": True}] * 2), "2027-01-01 重复"),
        (
            year_file(days=[{"date": f"2027-01-{day:02}", "isOffDay": True} for day in range(1, 11)]),
            "放假 10 天",
        ),
    ],
)
def test_what_is_no_year_says_what_is_wrong_with_it(db: None, text: str, message: str) -> None:
    with pytest.raises(UnreadableHolidaysError, match=message):
        changes_of(text)


def test_days_of_the_years_beside_belong_to_the_holiday_and_papers_may_be_missing() -> None:
    days = [{"date": "2026-12-31", "isOffDay": True}] + [
        {"date": f"2027-01-{day:02}", "isOffDay": True} for day in range(1, 12)
    ]
    found = read_year(year_file(days=days, papers=None))
    assert dt.date(2026, 12, 31) in found.holidays
    assert found.papers == ()
    with pytest.raises(HolidayFileError):
        read_year(year_file(days=days[:11]))  # ten days of the year itself


def test_the_dry_run_names_each_day_that_changes(db: None) -> None:
    changes = changes_of(year_file())
    assert (changes.off, changes.worked) == (sorted(OFF), WORKED)
    assert (changes.no_longer_off, changes.no_longer_worked) == ([], [])
    assert changes.is_any
    assert changes.is_certain


def test_whoever_keeps_neither_system_nor_deadlines_imports_nothing(db: None) -> None:
    with pytest.raises(NotAllowedError, match="放假安排由"):
        import_holidays(year_file(), by=make_user(Role.HOST_UNIT, make_unit()), at=AT)


def test_the_page_shows_the_change_before_it_writes(admin: User, signed_in) -> None:
    client = signed_in(admin)
    page = reverse("obligations:holiday_import")
    assert "请选择文件" in text_of(client.post(page, {"text": ""}))
    large = SimpleUploadedFile("2027.json", b" " * 40_001)
    assert "40KB" in text_of(client.post(page, {"file": large}))
    wrong = SimpleUploadedFile("2027.json", b"{")
    assert "不是 JSON" in text_of(client.post(page, {"file": wrong}))
    file = SimpleUploadedFile("2027.json", year_file(papers=[]).encode())
    text = text_of(client.post(page, {"file": file}))
    assert "2027-01-01" in text
    assert "papers 为空" in text
    assert not HolidayYear.objects.exists()
    text = text_of(client.post(page, {"text": year_file(), "confirm": "1"}, follow=True))
    assert "2027 年放假安排已写入" in text
    assert "逐日相同" in text_of(client.post(page, {"text": year_file()}))
    assert "不是 JSON" in text_of(client.post(page, {"text": "{", "confirm": "1"}))

"""Daily work is done once a day by whoever looks first; what failed is done at the next look."""

import datetime as dt
import logging

import pytest
from tests.makers import AT

from secondment.jobs import daily
from secondment.jobs.management.commands import worker
from secondment.jobs.models import DailyRun

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def calls(monkeypatch) -> list[dt.date]:
    found: list[dt.date] = []
    monkeypatch.setattr(daily, "DAILY", {})
    daily.daily("a")(lambda *, on, at: found.append(on))
    return found


def test_once_a_day(calls) -> None:
    assert [daily.run_due(on=DAY, at=AT) for _ in range(2)] == [["a"], []]
    assert daily.run_due(on=DAY + dt.timedelta(days=1), at=AT) == ["a"]
    assert calls == [DAY, DAY + dt.timedelta(days=1)]


def test_another_worker_that_was_first_wins(calls, monkeypatch) -> None:
    """The mark appears after the look and before the work."""
    DailyRun.objects.create(name="a", day=DAY, done_at=AT)
    assert not daily._did("a", daily.DAILY["a"], on=DAY, at=AT)
    assert calls == []


def test_what_fails_leaves_nothing_and_is_tried_again(calls, caplog) -> None:
    def failing(*, on: dt.date, at: dt.datetime) -> None:
        DailyRun.objects.create(name="half", day=on, done_at=at)
        raise OSError

    daily.daily("b")(failing)
    with caplog.at_level(logging.CRITICAL):
        assert daily.run_due(on=DAY, at=AT) == ["a"]
    assert not DailyRun.objects.filter(name__in=["b", "half"]).exists()
    daily.daily("b")(lambda *, on, at: None)
    assert daily.run_due(on=DAY, at=AT) == ["b"]


def test_old_marks_go(calls) -> None:
    daily.run_due(on=DAY, at=AT)
    daily.run_due(on=DAY + dt.timedelta(days=31), at=AT)
    assert DailyRun.objects.count() == 1


def test_the_worker_looks_for_what_is_due_today(calls) -> None:
    worker.look_for_daily_work()
    worker.look_for_daily_work()
    assert len(calls) == 1


def test_nightly_work_that_fails_keeps_no_other_from_its_turn(monkeypatch, caplog) -> None:
    done: list[str] = []

    def failing(*, at: dt.datetime) -> None:
        raise OSError

    monkeypatch.setattr(daily, "NIGHTLY", {})
    daily.nightly("a")(failing)
    daily.nightly("b")(lambda *, at: done.append("b"))
    worker.look_for_nightly_work()
    assert done == ["b"]
    assert "nightly work a failed" in caplog.text

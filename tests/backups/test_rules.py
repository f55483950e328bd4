"""When a backup is due or late, and which stay: the seventh day and the eighth, the fourth week and the fifth, month 12 and 13."""

import datetime as dt

import pytest

from secondment.backups.rules import BACKUP_LATE, DRILL_LATE, is_drill_due, is_due, is_late, kept

NIGHT = dt.datetime(2026, 11, 30, 2, 0, tzinfo=dt.UTC)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "last_good", "last_try", "expected"),
    [
        (NIGHT, None, None, True),
        (NIGHT - SECOND, None, None, False),
        (NIGHT + 21 * dt.timedelta(hours=1), NIGHT - DAY, NIGHT - DAY, True),
        (NIGHT, NIGHT.replace(hour=0), NIGHT.replace(hour=0), False),
        (NIGHT, NIGHT.replace(hour=0) - SECOND, None, True),
        (NIGHT, None, NIGHT - dt.timedelta(hours=1) + SECOND, False),
        (NIGHT, None, NIGHT - dt.timedelta(hours=1), True),
    ],
)
def test_due_once_a_day_from_two_and_an_hour_after_a_fault(now, last_good, last_try, expected: bool) -> None:
    assert is_due(now, last_good=last_good, last_try=last_try) is expected


@pytest.mark.parametrize(("days", "expected"), [(6, False), (7, True), (8, True)])
def test_a_drill_is_due_on_the_seventh_day(days: int, expected: bool) -> None:
    on = dt.date(2026, 11, 30)
    assert is_drill_due(on, last_good=on - dt.timedelta(days=days)) is expected
    assert is_drill_due(on, last_good=None)


@pytest.mark.parametrize("allowed", [BACKUP_LATE, DRILL_LATE])
def test_late_is_more_than_is_allowed(allowed: dt.timedelta) -> None:
    assert not is_late(NIGHT, NIGHT - allowed, allowed)
    assert is_late(NIGHT, NIGHT - allowed - SECOND, allowed)
    assert (BACKUP_LATE, DRILL_LATE) == (2 * DAY, 8 * DAY)


def nights(n: int) -> list[dt.datetime]:
    """The newest first; 2026-11-30 is a Monday."""
    return [NIGHT - i * DAY for i in range(n)]


def test_the_newest_seven_days_stay_and_the_eighth_goes() -> None:
    """Sunday the 22nd, day nine, stays as the newest of its week; the eighth day, Monday the 23rd, goes."""
    made = nights(9)
    assert kept(made) == set(made[:7]) | {made[8]}


def test_everything_of_the_seven_days_stays() -> None:
    made = [*nights(8), NIGHT + dt.timedelta(hours=8)]
    assert made[-1] in kept(made)
    assert NIGHT in kept(made)


def test_a_year_of_nights_leaves_days_weeks_and_months() -> None:
    days = [one.date().isoformat() for one in sorted(kept(nights(400)), reverse=True)]
    assert days == [
        *("2026-11-30", "2026-11-29", "2026-11-28", "2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24"),
        *("2026-11-22", "2026-11-15"),
        *("2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"),
        *("2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"),
    ]


def test_a_pause_deletes_nothing_old() -> None:
    """Days, weeks and months are counted where there are backups, not by the calendar of today."""
    made = [NIGHT - 100 * DAY, NIGHT - 400 * DAY]
    assert kept(made) == set(made)
    assert kept([]) == set()


def test_the_thirteenth_month_goes() -> None:
    months = [dt.datetime(2026 - (i // 12), 12 - i % 12, 1, tzinfo=dt.UTC) for i in range(13)]
    assert set(months) - kept(months) == {months[12]}

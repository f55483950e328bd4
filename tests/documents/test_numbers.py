"""Document numbers: one series and year each for itself."""

import datetime as dt

import pytest

from secondment.documents.services import next_number


@pytest.mark.django_db
def test_numbers_begin_again_with_every_year_and_series() -> None:
    last, first = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    given = [
        next_number(series, on=on)
        for series, on in (
            ("京组挂", last),
            ("京组挂", last),
            ("京组挂", first),
            ("京组函", last),
            ("京组挂", last),
        )
    ]
    assert given == [
        "京组挂〔2026〕1号",
        "京组挂〔2026〕2号",
        "京组挂〔2027〕1号",
        "京组函〔2026〕1号",
        "京组挂〔2026〕3号",
    ]

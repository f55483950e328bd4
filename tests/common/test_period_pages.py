"""Which period an address names: the first day of a month in years that people type, else there is no such page."""

import datetime as dt

import pytest
from django.http import Http404
from django.test import RequestFactory

from secondment.common.period_pages import until_of

USUAL = dt.date(2026, 10, 1)


def asked(text: str) -> dt.date:
    return until_of(RequestFactory().get("/", {"until": text}), USUAL)


def test_none_named_is_the_usual_one() -> None:
    assert asked("") == USUAL


@pytest.mark.parametrize("text", ["1900-01-01", "2026-11-01", "2100-12-01"])
def test_the_first_of_a_month(text: str) -> None:
    assert asked(text) == dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    "text", ["1899-12-01", "2101-01-01", "0001-01-01", "9999-12-01", "2026-11-02", "2026-11", "x", "\0"]
)
def test_there_is_no_such_page(text: str) -> None:
    with pytest.raises(Http404):
        asked(text)

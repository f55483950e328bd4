"""Days are typed and shown the same everywhere, and terms are shown by their last day."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

import secondment
from secondment.common.days import DayField, LastDayField, MonthField
from secondment.people.models import Penalty
from secondment.placements.models import Placement
from secondment.units.models import UnitPeriod
from tests.makers import ON

SOURCES = Path(secondment.__file__).parent
# A career is written by months, and the month in which it ends belongs to it.
BY_MONTHS = {"people/details.py", "people/services/imports/differences.py", "people/files/filled_form.py"}
# The workbook of demands names its column for what it holds: 返岗日期, the first day back.
NAMED_SO = {"posts/exports.py", "demo/export.py"}
SHOWN_BY = {"Cell", "Fact", "Difference", "Moment", "TimelineEntry", "display", "chinese_date"}


class DaysForm(forms.Form):
    day = DayField(required=False)
    ends_on = LastDayField(required=False)
    month = MonthField(required=False)


@pytest.mark.parametrize(
    "text", ["2027-02-28", "20270228", "2027.2.28", "2027年2月28日", "２０２７-０２-２８", " 2027/02/28 "]
)
def test_a_day_is_read_as_clerks_write_it(text: str) -> None:
    form = DaysForm({"day": text, "ends_on": text, "month": "2027.02"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "day": dt.date(2027, 2, 28),
        "ends_on": dt.date(2027, 3, 1),
        "month": dt.date(2027, 2, 1),
    }


@pytest.mark.parametrize("text", ["2027-02", "28/02/2027", "x"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    form = DaysForm({"day": text, "ends_on": text, "month": "2027"})
    assert form.errors["day"] == form.errors["ends_on"] == ["请填写完整日期，例如 2026-11-29。"]
    assert form.errors["month"] == ["请填写年月，例如 2026-11。"]
    assert f'value="{text}"' in str(form["ends_on"])


def test_of_a_day_that_no_calendar_has_the_day_is_to_be_corrected() -> None:
    form = DaysForm({"day": "2027-02-29", "ends_on": "2027.6.31"})
    assert form.errors["day"] == form.errors["ends_on"] == ["这一天不存在，请改正日期。"]


def test_nothing_typed_is_nothing() -> None:
    form = DaysForm({})
    assert form.is_valid()
    assert set(form.cleaned_data.values()) == {None}


def test_a_stored_end_reads_as_the_last_day_and_comes_back_unchanged() -> None:
    form = DaysForm(
        {"day": "2027-03-01", "ends_on": "2027-02-28", "month": "2027-03"},
        initial={name: dt.date(2027, 3, 1) for name in DaysForm.base_fields},
    )
    assert 'value="2027-02-28"' in str(DaysForm(initial={"ends_on": dt.date(2027, 3, 1)})["ends_on"])
    assert not form.has_changed()


def test_the_input_is_text_in_every_language_of_the_browser() -> None:
    html = str(DaysForm()["day"])
    assert 'type="text"' in html
    assert "data-day" in html


def test_last_days_lie_a_day_before_the_first_day_after() -> None:
    assert Placement(ends_on=ON).last_day == Penalty(ends_on=ON).last_day == ON - dt.timedelta(days=1)
    assert UnitPeriod(ends_on=ON).last_day == ON - dt.timedelta(days=1)
    assert UnitPeriod(ends_on=None).last_day is None


def shown(node: ast.AST) -> Iterator[ast.expr]:
    """What an expression puts before people: parts of f-strings, values of sentences, cells and facts."""
    if isinstance(node, ast.FormattedValue):
        yield node.value
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if getattr(key, "value", None) != "ends_on")
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SHOWN_BY:
        yield from node.args


def first_days_shown(source: str) -> list[int]:
    """Lines where a half-open end is shown as if it were the last day."""
    return [
        value.lineno
        for node in ast.walk(ast.parse(source))
        for value in shown(node)
        if isinstance(value, ast.Attribute) and value.attr == "ends_on"
    ]


def test_no_page_sentence_or_trail_shows_the_first_day_after_a_term() -> None:
    found = {
        path.relative_to(SOURCES).as_posix(): lines
        for path in SOURCES.rglob("*.py")
        if "migrations" not in path.parts and (lines := first_days_shown(path.read_text(encoding="utf-8")))
    }
    assert {name: lines for name, lines in found.items() if name not in BY_MONTHS | NAMED_SO} == {}
    templates = [path for path in SOURCES.rglob("*.html") if re.search(r"\bends_on\b", _no_names(path))]
    assert templates == []


def _no_names(path: Path) -> str:
    """A template without the names of form fields, which are typed as last days."""
    return re.sub(r"\{% (form_fields|step_note) [^%]*%\}", "", path.read_text(encoding="utf-8"))


def test_the_guard_sees_sentences_cells_and_details() -> None:
    assert first_days_shown('f"{one.ends_on}"') == [1]
    assert first_days_shown('_("x") % {"end": one.ends_on}') == [1]
    assert first_days_shown("Cell(one.ends_on)") == [1]
    assert first_days_shown('{"ends_on": one.ends_on}; x < one.ends_on') == []

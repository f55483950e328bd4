"""A field of `Person` becomes a column of the roster by one entry in `files.columns.person`."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.makers import make_person
from tests.people.imported import checked, imported, told

from secondment.files.columns.cells import DAY, YEARS, YES_OR_NO
from secondment.files.columns.column import Column, Columns
from secondment.files.columns.person import PERSON
from secondment.files.headers import Headers
from secondment.people.files import roster_columns, roster_draft, roster_workbook
from secondment.people.files.roster_columns import KEYS, kept_keys, read_cell, written_cell
from secondment.people.models import Person


@pytest.fixture
def languages(monkeypatch) -> Column:
    """One entry more in the columns of a person: the field is there, no reader or value is."""
    column = Column("languages", "语言")
    columns = Columns(*PERSON, column)
    keys = kept_keys(columns)
    known = columns.headers((*keys, *roster_columns.SAME_FIELD)).known
    names = {"PERSON": columns, "KEYS": keys, "HEADERS": Headers(known, roster_columns.IGNORED)}
    for module in (roster_columns, roster_draft, roster_workbook):
        for name in names.keys() & vars(module).keys():
            monkeypatch.setattr(module, name, names[name])
    return column


@pytest.mark.django_db
def test_a_column_of_a_plain_field_needs_no_further_line(province, languages) -> None:
    person = make_person(province, languages="示例方言")
    content = roster_workbook.roster_workbook([person])
    assert told(checked("名册.xlsx", content, province))[0][2] == "unchanged"
    Person.objects.update(languages="")
    row = imported("名册.xlsx", content, province)
    assert row.rows.get().changes == [{"field": "languages", "old": "", "new": "示例方言"}]
    assert Person.objects.get().languages == "示例方言"


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        (Column("languages", "语言"), "示例方言", "示例方言"),
        (Column("grassroots_years", "年限", (), YEARS), Decimal("2.5"), "2.5"),
        (Column("is_under_investigation", "立案", (), YES_OR_NO), True, "是"),
        (Column("is_under_investigation", "立案", (), YES_OR_NO), False, "否"),
        (Column("joined_party_on", "入党日期", (), DAY), dt.date(2007, 6, 1), "2007-06-01"),
    ],
    ids=["text", "number", "yes", "no", "day"],
)
def test_plain_kinds_of_cells_are_read_and_written_by_the_entry_alone(column, value, text) -> None:
    assert read_cell(column, text) == {column.key: value}
    assert written_cell(column, Person(**{column.key: value})) == text


def test_a_field_without_a_value_is_a_blank_cell() -> None:
    assert written_cell(Column("joined_party_on", "入党日期", (), DAY), Person(joined_party_on=None)) == ""


@pytest.mark.parametrize("key", ["no_such_field", "reaches_age_limit", "photo_file"])
def test_a_column_that_nothing_reads_and_writes_is_refused_at_once(key) -> None:
    with pytest.raises(ValueError, match=f"“{key}” is not a field of a person"):
        kept_keys([*PERSON, Column(key, "某列")])


def test_keys_are_no_columns_of_other_files() -> None:
    assert kept_keys(PERSON) == KEYS
    assert not {"id", "age", "wishes", "ability_policy", "degree"} & set(KEYS)

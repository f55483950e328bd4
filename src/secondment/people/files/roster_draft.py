"""From a row of a roster to a draft: the row is read as an appointment form, the other columns by themselves."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from secondment.documents.layouts import Office, read_as_chosen
from secondment.files.codes import political_status
from secondment.files.columns.ability import RatedAbility
from secondment.files.columns.person import EXAMPLE_NAME, PERSON
from secondment.files.dates import Month, parse_day_or_month
from secondment.files.faults import CellError, Fault, gettext_noop, in_chinese
from secondment.files.headers import Layout
from secondment.files.problems import BadInputError, Problem
from secondment.files.sandbox.limits import BULK
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.form import AppointmentForm
from secondment.people.files.draft import Draft
from secondment.people.files.form_draft import draft_of
from secondment.people.files.roster_columns import (
    ABILITY_OF,
    FORM_FIELDS,
    HEADERS,
    KEYS,
    RATING,
    SUPPLEMENT,
    key_of,
    read_cell,
)

MOST_ROWS = 100_000
ABILITY_EXAMPLE = "85（组织评价2026-03-01）"
NO_PARTY = ("03", "12", "13")  # League members, personages without party, citizens


def read_roster(content: bytes, file: str, office: Office, layout: Layout) -> tuple[Table, Layout, Table]:
    """The table of a roster as the office once chose, the layout used, and the table as it came."""

    def read(used: Layout) -> Table:
        return examine_table_apart(
            content, file=file, most_rows=MOST_ROWS, headers=HEADERS, layout=used, limits=BULK
        )

    return read_as_chosen(read, office, layout)


def drafts_of_table(table: Table) -> Iterator[Draft]:
    """The drafts of a roster; raises `BadInputError` when it is none."""
    keys = {title: key_of(title) for title in table.columns}
    _check_columns(table, keys)
    for row in table.rows:
        yield _RowReader(table.file, row, keys).draft()


def _check_columns(table: Table, keys: Mapping[str, str]) -> None:
    """No two columns mean the same, and the name is among them."""
    often = Counter(keys.values())
    problems = [
        Problem(table.file, table.header_line, title, _means_too(PERSON[key].title))
        for title, key in keys.items()
        if often[key] > 1
    ]
    if "name" not in often:
        fault = in_chinese("缺少“姓名”列", "请补上“姓名”列，或改用模板")
        problems.append(Problem(table.file, table.header_line, "姓名", fault))
    if problems:
        raise BadInputError(problems)


def _means_too(title: str) -> Fault:
    return in_chinese("与另一列都表示“{title}”", "请只保留一列", title=title)


@dataclass
class _RowReader:
    """One row and the columns of its table."""

    file: str
    row: Row
    keys: Mapping[str, str]

    def draft(self) -> Draft:
        source = self.file
        faulty = {fault.column for fault in self.row.faults}
        cells = {key: self.row[title] for title, key in self.keys.items() if title not in faulty}
        cells = {name: _without_mark(text) for name, text in cells.items() if text}
        supplement = cells.pop(SUPPLEMENT, "")
        hints = _hidden_number(cells, source, is_told=not supplement)
        texts: dict[str, Any] = {
            name: clean_text(text) for name, text in cells.items() if name in FORM_FIELDS
        }
        form = AppointmentForm(**texts)
        base = draft_of(form, source)
        values = dict(base.values)
        problems = list(self.row.faults)
        problems += [one for one in base.problems if self._placed(one).column not in faulty]
        tags: frozenset[str] = frozenset()
        rated: dict[str, Any] = {}
        for name in KEYS:
            if name not in cells or name in FORM_FIELDS or name == "unit":
                continue
            try:
                found = read_cell(PERSON[name], cells[name])
            except CellError as error:
                problems.append(Problem(source, 0, self._title(name), error.fault))
            else:
                tags = found.pop("tags", tags)
                rated |= {key: found.pop(key) for key in (*ABILITY_OF, *RATING) if key in found}
                values |= found
        values |= _exact_birth(cells.get("born", ""), base)
        problems += _contradiction(values, source)
        abilities, unsaid = _abilities(rated, cells, source)
        problems += unsaid
        if base.label == EXAMPLE_NAME:
            problems = [Problem(source, 0, "姓名", in_chinese("这是模板中的示例行", "请删除此行"))]
        return replace(
            base,
            line=self.row.line,
            supplement=supplement,
            values=values,
            unit_name=cells.get("unit"),
            specialties=tags,
            abilities=abilities,
            problems=[self._placed(one) for one in problems],
            hints=[self._placed(one) for one in (*base.hints, *hints)],
        )

    def _title(self, key: str) -> str:
        return next((title for title, its in self.keys.items() if its == key), key)

    def _placed(self, problem: Problem) -> Problem:
        """The problem under the header that this file uses."""
        title = self._title(key_of(problem.column))
        return replace(problem, column=title if title in self.keys else problem.column)


def _hidden_number(cells: dict[str, str], source: str, *, is_told: bool) -> list[Problem]:
    """A masked number from one of our lists identifies no one: it is left out, with a note where that matters."""
    if "*" not in cells.get("identity_number", ""):
        return []
    del cells["identity_number"]
    if not is_told:
        return []
    remedy = gettext_noop("已按姓名、出生年月和单位识别；新录入的人员请补填完整号码")
    return [Problem(source, 0, "身份证号", in_chinese("号码中间几位已隐去，没有读取", remedy))]


def _contradiction(values: dict[str, Any], source: str) -> list[Problem]:
    """A person cannot have a day of joining the Party and belong to no party."""
    status = values.get("political_status")
    if not values.get("joined_party_on") or status not in NO_PARTY:
        return []
    label = political_status.label_of(status)
    fault = in_chinese("“{label}”与填写的入党时间不一致", "请改正其中一项", label=label)
    return [Problem(source, 0, "政治面貌", fault)]


def _abilities(
    rated: Mapping[str, Any], cells: Mapping[str, str], source: str
) -> tuple[dict[str, RatedAbility], list[Problem]]:
    """Each ability with source and day, its own or those of the row; without them nobody could say what it is worth."""
    row_source, row_day = (rated.get(key) for key in RATING)
    found: dict[str, RatedAbility] = {}
    for key, ability in ABILITY_OF.items():
        if key in rated:
            value: RatedAbility = rated[key]
            found[ability] = value if value.on else RatedAbility(value.points, row_source or "", row_day)
    if all(one.source and one.on for one in found.values()):
        return found, []
    remedy = gettext_noop("请填写来源和日期，或写成{example}")
    return {}, [
        Problem(
            source,
            0,
            PERSON[key].title,
            in_chinese("没有填写，能力评价无从采信", remedy, example=ABILITY_EXAMPLE),
        )
        for key, value in zip(RATING, (row_source, row_day), strict=True)
        if not value and key not in cells
    ]


def _without_mark(text: str) -> str:
    """A cell without the quotation mark that keeps digits or a sign a text; a mark before words belongs to them."""
    return re.sub("^['‘’]+(?=[0-9０-９=+@-][^'‘’]*$)", "", text)


def _exact_birth(text: str, base: Draft) -> dict[str, Any]:
    """The day of birth, when the cell names one and the identity number does not."""
    day = parse_day_or_month(text) if text else None
    return (
        {"born_on": day} if isinstance(day, dt.date) and isinstance(base.values.get("born_on"), Month) else {}
    )

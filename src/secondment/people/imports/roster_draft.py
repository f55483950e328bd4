"""From a row of a roster to a draft: the row is read as an appointment form, the other columns by themselves."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from secondment.common.table_faults import spoken
from secondment.documents.layouts import Office, read_as_chosen
from secondment.people.appointment_forms.cleaning import clean_text
from secondment.people.appointment_forms.form import AppointmentForm
from secondment.people.appointment_forms.months import MonthError, parse_month
from secondment.people.choices import Category, Willingness
from secondment.people.imports.draft import Draft
from secondment.people.imports.form_draft import draft_of
from secondment.people.imports.roster_columns import BY_TITLE, EXAMPLE_NAME, HEADERS, RosterColumn
from secondment.tables.codes import civil_grades, political_status, ranks, specialties
from secondment.tables.codes.code_list import UnknownCodeError
from secondment.tables.codes.education import parse_education
from secondment.tables.dates import Month, parse_day_or_month
from secondment.tables.headers import Layout
from secondment.tables.problems import BadInputError, Problem
from secondment.tables.sandbox.limits import BULK
from secondment.tables.sandbox.tables import examine_table_apart
from secondment.tables.table import Row, Table

MOST_ROWS = 100_000
_SEPARATORS = re.compile(r"[、,，;；/\s]+")
CATEGORIES = {"党政领导干部": Category.PARTY_GOVERNMENT, "专业技术干部": Category.SPECIALIST} | {
    "企业领导人员": Category.ENTERPRISE
}
WILLINGNESS = {
    "未表态": Willingness.UNKNOWN,
    "愿意": Willingness.WILLING,
    "服从组织安排": Willingness.OBEDIENT,
    "有困难": Willingness.UNWILLING,
}
YES_NO = {"是": True, "否": False}
NO_PARTY = ("03", "12", "13")  # League members, personages without party, citizens


class CellError(ValueError):
    """A cell that does not hold what its column asks for."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found, self.remedy = found, remedy


def read_roster(content: bytes, file: str, office: Office, layout: Layout) -> tuple[Table, Layout, Table]:
    """The table of a roster as the office once chose, the layout used, and the table as it came."""

    def read(used: Layout) -> Table:
        return examine_table_apart(
            content, file=file, most_rows=MOST_ROWS, headers=HEADERS, layout=used, limits=BULK
        )

    return read_as_chosen(read, office, layout)


def drafts_of_table(table: Table) -> Iterator[Draft]:
    """The drafts of a roster; raises `BadInputError` when it is none."""
    columns = {title: BY_TITLE[title] for title in table.columns}
    _check_columns(table, columns)
    for row in table.rows:
        yield _RowReader(table.file, row, columns).draft()


def _check_columns(table: Table, columns: dict[str, RosterColumn]) -> None:
    """No two columns mean the same, and the name is among them."""
    fields = [column.field for column in columns.values()]
    problems = [
        Problem(table.file, table.header_line, title, f"与另一列都表示“{column.title}”", "请只保留一列")
        for title, column in columns.items()
        if fields.count(column.field) > 1
    ]
    if "name" not in fields:
        problems.append(
            Problem(table.file, table.header_line, "姓名", "缺少“姓名”列", "请补上“姓名”列，或改用模板")
        )
    if problems:
        raise BadInputError(problems)


@dataclass
class _RowReader:
    """One row and the columns of its table."""

    file: str
    row: Row
    columns: dict[str, RosterColumn]

    def draft(self) -> Draft:
        source = f"{self.file} 第{self.row.line}行"
        faulty = {fault.column for fault in self.row.faults}
        cells = {
            column.field: self.row[title] for title, column in self.columns.items() if title not in faulty
        }
        cells = {name: _without_mark(text) for name, text in cells.items() if text}
        hints = _hidden_number(cells, source)
        texts: dict[str, Any] = {name: clean_text(text) for name, text in cells.items() if name.islower()}
        form = AppointmentForm(**texts)
        base = draft_of(form, source)
        values = dict(base.values)
        problems = [replace(spoken(one), file=source, line=0) for one in self.row.faults]
        problems += [one for one in base.problems if self._placed(one).column not in faulty]
        tags: frozenset[str] = frozenset()
        for name, reader in _READERS.items():
            if name not in cells:
                continue
            try:
                found = reader(cells[name])
            except CellError as error:
                problems.append(Problem(source, 0, self._title(name), error.found, error.remedy))
            else:
                tags = found.pop("tags", tags)
                values |= found
        values |= _exact_birth(cells.get("born", ""), base)
        problems += _contradiction(values, source)
        if base.label == EXAMPLE_NAME:
            problems = [Problem(source, 0, "姓名", "这是模板中的示例行", "请删除此行")]
        return replace(
            base,
            values=values,
            unit_name=cells.get("UNIT"),
            specialties=tags,
            problems=[self._placed(one) for one in problems],
            hints=[self._placed(one) for one in (*base.hints, *hints)],
        )

    def _title(self, field: str) -> str:
        return next(title for title, column in self.columns.items() if column.field == field)

    def _placed(self, problem: Problem) -> Problem:
        """The problem under the header that this file uses."""
        known = BY_TITLE.get(problem.column)
        title = next((title for title, column in self.columns.items() if column is known), problem.column)
        return replace(problem, column=title)


def _hidden_number(cells: dict[str, str], source: str) -> list[Problem]:
    """A number that a list of ours shows in part names nobody: it is left out, and that is said."""
    if "*" not in cells.get("identity_number", ""):
        return []
    del cells["identity_number"]
    told = "号码中间几位已隐去，没有读取"
    return [Problem(source, 0, "身份证号", told, "已按姓名、出生年月和单位识别；新录入的人员请补填完整号码")]


def _contradiction(values: dict[str, Any], source: str) -> list[Problem]:
    """Nobody has joined the Party on a day and belongs to no party."""
    status = values.get("political_status")
    if not values.get("joined_party_on") or status not in NO_PARTY:
        return []
    found = f"“{political_status.label_of(status)}”与填写的入党时间不一致"
    return [Problem(source, 0, "政治面貌", found, "请改正其中一项")]


def _without_mark(text: str) -> str:
    """A cell without the quotation mark that keeps digits or a sign a text; a mark before words belongs to them."""
    return re.sub("^['‘’]+(?=[0-9０-９=+@-][^'‘’]*$)", "", text)


def _exact_birth(text: str, base: Draft) -> dict[str, Any]:
    """The day of birth, when the cell names one and the identity number does not."""
    day = parse_day_or_month(text) if text else None
    return (
        {"born_on": day} if isinstance(day, dt.date) and isinstance(base.values.get("born_on"), Month) else {}
    )


def _political(text: str) -> dict[str, Any]:
    return {"political_status": _code(political_status.code_of, text)}


def _rank(text: str) -> dict[str, Any]:
    return {"rank": _code(ranks.code_of, text)}


def _grade_rank(text: str) -> dict[str, Any]:
    """A civil service grade; a rank in this column is put where it belongs."""
    try:
        return {"grade_rank": civil_grades.label_of(civil_grades.code_of(text))}
    except UnknownCodeError:
        return _rank(text)


def _education(text: str) -> dict[str, Any]:
    try:
        found = parse_education(text)
    except UnknownCodeError as error:
        raise CellError(error.found, error.remedy) from error
    words = re.sub(r"[(（][^()（）]*[)）]$", "", text.removeprefix("在职").removeprefix("全日制"))
    mode = {True: {"on_job_education": words}, False: {"full_time_education": words}, None: {}}
    return {"education_code": found.code, **mode[found.is_on_the_job]}


def _rank_since(text: str) -> dict[str, Any]:
    try:
        return {"rank_since": parse_month(text)}
    except MonthError as error:
        raise CellError(str(error), error.remedy) from error


def _tags(text: str) -> dict[str, Any]:
    return {"tags": frozenset(_code(specialties.code_of, part) for part in _SEPARATORS.split(text) if part)}


def _years(text: str) -> dict[str, Any]:
    try:
        years = Decimal(text.removesuffix("年"))
    except InvalidOperation:
        years = Decimal("NaN")
    # What is not finite cannot be compared, and has no exponent.
    if not years.is_finite() or not 0 <= years < 100 or years.as_tuple().exponent < -1:  # type: ignore[operator]
        raise CellError(f"“{text}”不是年数", "请填数字，如3或2.5")
    return {"grassroots_years": years}


def _one_of(column: str, known: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        if text not in known:
            raise CellError(f"“{text}”不是可选的内容", f"请填{'、'.join(known)}之一")
        return {column: known[text]}

    return read


def _code(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text)
    except UnknownCodeError as error:
        raise CellError(error.found, error.remedy) from error


_READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "POLITICAL": _political,
    "CATEGORY": _one_of("category", CATEGORIES),
    "RANK": _rank,
    "GRADE_RANK": _grade_rank,
    "RANK_SINCE": _rank_since,
    "EDUCATION": _education,
    "SPECIALTIES": _tags,
    "GRASSROOTS": _years,
    "RESERVE": _one_of("is_reserve", YES_NO),
    "WILLINGNESS": _one_of("willingness", WILLINGNESS),
    "CONSTRAINTS": lambda text: {"constraints_text": text},
}

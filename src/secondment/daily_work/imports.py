"""Read a collective workbook (汇总表): a dry run with the checks of the web pages."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from secondment.accounts.models import User
from secondment.common.components import Difference
from secondment.common.file_faults import kept, refusals_of
from secondment.common.import_report import ImportReport
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.daily_work.content import Content, Notice, Presence, Report
from secondment.daily_work.cycles import NOTICE, PRESENCE, REPORT, Cycle
from secondment.daily_work.desk import Desk, Entry
from secondment.daily_work.queries import handed_in_by
from secondment.daily_work.rules import may_hand_in
from secondment.daily_work.sheets import MONTH_SHEET, QUARTER_SHEET, SheetKind, read_key
from secondment.files.columns.rows import RowReader
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.problems import Problem
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.sheet_table import missing_column
from secondment.files.table import Row, Table
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

CONTENTS: Mapping[Cycle, type[Content]] = {PRESENCE: Presence, REPORT: Report, NOTICE: Notice}
MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")


def _list_of(kind: SheetKind) -> ListKind:
    keys = tuple(column.key for column in kind.columns)
    required = ("key", "name", "clerk")
    return ListKind(kind.columns, keys, kind.columns.headers(keys), required, MOST_ROWS)


LISTS = {kind: _list_of(kind) for kind in (MONTH_SHEET, QUARTER_SHEET)}


@dataclass(frozen=True)
class SheetLine(ListLine):
    """A row that was filled in: what it hands in under which cycle, and who filled it in."""

    entries: Mapping[Cycle, Entry]
    clerk: str


@dataclass(frozen=True)
class SheetImport(ListImport[SheetLine]):
    """Everything a workbook would hand in, for the period that ends so; rows with nothing in them stay open."""

    ends_on: dt.date | None = None
    empty: list[tuple[int, str]] = field(default_factory=list)

    def report(self) -> ImportReport:
        """The same for a page, with the rows that hand in nothing."""
        notes = [
            kept(Problem(self.file, line, "", in_chinese("没有填写，仍为未报：{name}", name=name)))
            for line, name in self.empty
        ]
        report = super().report()
        return replace(report, notes=[*report.notes, *notes])


def read_sheet(
    kind: SheetKind,
    content: bytes,
    *,
    file: str,
    user: User,
    on: dt.date,
    read: ReadTable = examine_table_apart,
) -> ListImport[SheetLine]:
    """Dry run over a workbook of this kind."""
    return LISTS[kind].plan(content, file, read, lambda table: _Reader(kind, table, user, on).read())


def _signed(table: Table, header: str) -> Table:
    """The table with the name of its clerk in every row that it stands for, so that no row loses it when set aside."""
    clerk, rows = "", []
    for row in table.rows:
        clerk = row[header] or clerk
        rows.append(replace(row, cells={**row.cells, header: clerk}) if header else row)
    return replace(table, rows=tuple(rows))


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, kind: SheetKind, table: Table, user: User, on: dt.date) -> None:
        table = _signed(table, RowReader(table, kind.columns).headers.get("clerk", ""))
        self.kind, self.table, self.user, self.on = kind, table, user, on
        self.cells = RowReader(table, kind.columns)
        self.keys = {row.line: read_key(kind, self.cells.text(row, "key")) for row in table.rows}
        known = [key for key in self.keys.values() if key is not None]
        self.ends_on = known[0][1] if known else None
        mine = with_names(handed_in_by(user, *kind.cycles)).filter(pk__in=[pk for pk, _end in known])
        self.placements = {one.pk: one for one in mine.select_related("person__account")}
        self.desks = {
            cycle: Desk(cycle, list(self.placements.values()), self.ends_on)
            for cycle in kind.cycles
            if self.ends_on is not None
        }
        self.result = SheetImport(table.file, table=table, ends_on=self.ends_on)

    def read(self) -> SheetImport:
        self._check_columns()
        seen: dict[int, int] = {}
        for row in self.table.rows:
            clerk = self.cells.value(row, "clerk", "")
            placement = self._placement(row, seen)
            if placement is None:
                continue
            n_before = len(self.cells.problems)
            entries = dict(self._entries(row, placement))
            if entries and not clerk:
                remedy = gettext_noop("请在第一行写明填表人姓名")
                self.cells.note(row, "clerk", in_chinese(gettext_noop("没有写填表人"), remedy))
            if len(self.cells.problems) > n_before:
                continue
            if entries:
                self.result.lines.append(self._line(row, placement, entries, clerk))
            else:
                self.result.empty.append((row.line, placement.person.name))
        self.result.refused.extend(refusals_of(self.cells.problems))
        return self.result

    def _check_columns(self) -> None:
        """A part is there with all its columns or not at all: a column that was deleted would empty what is on record."""
        for _cycle, names in self.kind.parts:
            missing = [name for name in names if not self.cells.has(name)]
            if len(missing) < len(names):
                self.cells.problems += [
                    missing_column(self.table.file, self.table.header_line, self.kind.columns[name].title)
                    for name in missing
                ]

    def _placement(self, row: Row, seen: dict[int, int]) -> Placement | None:
        """Whom the row is about, by its key; the locked cells beside it must say the same."""
        key = self.keys[row.line]
        fault = self._fault_of_key(row, key, seen)
        if fault is not None:
            self.cells.note(row, "key", fault)
            return None
        return self.placements[key[0]] if key is not None else None

    def _fault_of_key(self, row: Row, key: tuple[int, dt.date] | None, seen: dict[int, int]) -> Fault | None:
        if key is None:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是本系统这类汇总表的"), FRESH)
        pk, ends_on = key
        if ends_on != self.ends_on:
            return in_chinese(
                gettext_noop("这一行与第一行不是同一期的"), gettext_noop("每份汇总表只放一期，请分开导入")
            )
        if seen.setdefault(pk, row.line) != row.line:
            found = gettext_noop("行标识与第{line}行相同")
            return in_chinese(found, gettext_noop("每人只留一行，请删去复制的行"), line=seen[pk])
        placement = self.placements.get(pk)
        if placement is None:
            found = gettext_noop("这一行的人员不由您的单位报送，或挂职已取消")
            return in_chinese(found, gettext_noop("请交主办组织部门导入，或删去这一行"))
        for name, value in (
            ("name", placement.person.name),
            ("host", placement.host_unit.name),
            ("home", placement.home_unit.name),
        ):
            text = self.cells.text(row, name)
            if self.cells.has(name) and clean_name(text) != clean_name(value):
                found = gettext_noop("行标识属于{value}，本行写的是“{text}”")
                return in_chinese(found, FRESH, value=f"{placement.person.name}（{value}）", text=text)
        return None

    def _entries(self, row: Row, placement: Placement) -> Iterator[tuple[Cycle, Entry]]:
        for cycle, names in self.kind.parts:
            if not self.cells.has(*names):
                continue
            content = self._content(row, cycle, names)
            if content is None or (cycle is not PRESENCE and content.is_empty):
                continue
            desk = self.desks[cycle]
            if not may_hand_in(self.user, placement, cycle):
                found = gettext_noop("您的单位不报送本人的这部分内容")
                self.cells.note(row, names[0], in_chinese(found, gettext_noop("请清空这几栏")))
                continue
            entry = Entry(placement, content)
            if not desk.is_known(entry):
                for one in desk.faults(entry, self.on):
                    self.cells.note(row, one.field or "name", one.fault)
            yield cycle, entry

    def _content(self, row: Row, cycle: Cycle, names: tuple[str, ...]) -> Content | None:
        """What the cells say; None where one of them cannot be read."""
        n_before = len(self.cells.problems)
        if cycle is PRESENCE:
            self.cells.name(row, "half_days_away")
        values: dict[str, Any] = {}
        for name in names:
            given = self.cells.value(row, name)
            if given is not None:
                values[name] = given
        return CONTENTS[cycle](**values) if len(self.cells.problems) == n_before else None

    def _line(self, row: Row, placement: Placement, entries: dict[Cycle, Entry], clerk: str) -> SheetLine:
        standing = {cycle: self.desks[cycle].latest(placement) for cycle in entries}
        before = next((one for one in standing.values() if one is not None), None)
        differences = [
            one
            for cycle, entry in entries.items()
            if not self.desks[cycle].is_known(entry)
            for one in self._differences(entry, standing[cycle])
        ]
        label = f"{placement.person.name} · {placement.host_unit.name}"
        return SheetLine(row.line, label, before, differences, entries, clerk)

    def _differences(self, entry: Entry, standing: Any) -> Iterator[Difference]:
        for name, value in entry.content.values.items():
            old = getattr(standing, name, "")
            if (old or "") != (value or "") or (standing is None and value):
                column = self.kind.columns[name]
                yield Difference(column.title, _shown(column, old), _shown(column, value))


def _shown(column: Any, value: object) -> str:
    return column.cell.write(value) if value not in ("", None) else ""

"""Read a quarter's workbook (平时考核汇总表): a dry run with the checks of the page."""

import datetime as dt
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.assessments.interim.models import RoutineGrade
from secondment.assessments.interim.queries import graded_by
from secondment.assessments.interim.services import RoutineLine
from secondment.assessments.interim.services.routine import faults_of
from secondment.assessments.interim.workbooks import read_key
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.routine import ROUTINE, TOLD
from secondment.files.columns.rows import RowReader
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.obligations.periods import QUARTER, period_ending
from secondment.placements.queries import with_names

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")
KEYS = tuple(column.key for column in ROUTINE)
KIND = ListKind(ROUTINE, KEYS, ROUTINE.headers(KEYS), ("key", "name"), MOST_ROWS)


@dataclass(frozen=True)
class GradeLine(ListLine):
    """A row that was filled in, and the quarter it is about."""

    ends_on: dt.date
    said: RoutineLine


def read_grades(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[GradeLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user, on).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.table, self.on = table, on
        self.cells = RowReader(table, ROUTINE)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key[0] for key in self.keys.values() if key}
        rows = with_names(graded_by(user).filter(pk__in=known))
        self.placements = {one.pk: one for one in rows}
        standing = RoutineGrade.objects.filter(placement__in=self.placements, is_current=True)
        self.standing = {(one.placement_id, one.ends_on): one for one in standing}
        self.result: ListImport[GradeLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[GradeLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> GradeLine | None:
        if not any(self.cells.text(row, one.key) for one in TOLD):
            return None
        fault = self._fault_of_key(row)
        if fault is not None:
            self.cells.note(row, "key", fault)
            return None
        key = self.keys[row.line]
        assert key is not None  # noqa: S101 -- for the type checker: `_fault_of_key` has refused others
        placement, ends_on = self.placements[key[0]], key[1]
        quarter = period_ending(ends_on, QUARTER)
        assert quarter is not None  # noqa: S101 -- sealed by this system
        grade = self.cells.value(row, "grade", "")
        said = RoutineLine(placement, str(grade), str(self.cells.value(row, "words", "")))
        for field, fault in faults_of(said, placement, quarter, self.on):
            self.cells.note(row, field or "name", fault)
        standing = self.standing.get((placement.pk, ends_on))
        is_known = standing is not None and (standing.grade, standing.words) == (said.grade, said.words)
        label = f"{placement.person.name} · {quarter.label}"
        return GradeLine(row.line, label, standing if is_known else None, [], ends_on, said)

    def _fault_of_key(self, row: Row) -> Fault | None:
        key = self.keys[row.line]
        if key is None:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是平时考核汇总表的"), FRESH)
        placement = self.placements.get(key[0])
        if placement is None:
            found = gettext_noop("这一行的人员不由您的单位填报")
            return in_chinese(found, gettext_noop("请交主办组织部门导入，或清空这一行"))
        if clean_name(self.cells.text(row, "name")) != clean_name(placement.person.name):
            found = gettext_noop("行标识属于{value}，本行写的是“{text}”")
            return in_chinese(found, FRESH, value=placement.person.name, text=self.cells.text(row, "name"))
        return None

"""Read a workbook of summaries (个人总结汇总表): a dry run with the checks of the web page."""

import datetime as dt
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.assessments.models import Summary
from secondment.assessments.rules import may_write_summary
from secondment.assessments.summary_drafts import cleaned, faults_of
from secondment.assessments.summary_queries import concerned, for_writing
from secondment.assessments.summary_workbooks import read_key, written_about
from secondment.assessments.writing import Asked, asked_of
from secondment.common.components import Difference
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.rows import RowReader
from secondment.files.columns.summary import SUMMARY, TEXT
from secondment.files.faults import gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")
KEYS = tuple(column.key for column in SUMMARY)
KIND = ListKind(SUMMARY, KEYS, SUMMARY.headers(KEYS), ("key", "name", "text"), MOST_ROWS)


@dataclass(frozen=True)
class SummaryLine(ListLine):
    """A row that was filled in."""

    asked: Asked
    text: str


def read_summaries(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[SummaryLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user, on).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.table, self.user = table, user
        self.cells = RowReader(table, SUMMARY)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key[0] for key in self.keys.values() if key}
        placements = list(for_writing(concerned(user).filter(pk__in=known)))
        self.names = {one.pk: one.person.name for one in placements}
        self.asked = {(one.pk, asked.year): asked for one in placements for asked in asked_of(one, on)}
        self.written = written_about(placements)
        self.seen: dict[tuple[int, int], int] = {}
        self.result: ListImport[SummaryLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[SummaryLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> SummaryLine | None:
        text = cleaned(self.cells.text(row, "text"))
        if not text:
            return None
        asked = self._asked(row)
        if asked is None:
            return None
        key = (asked.placement.pk, asked.year)
        before = self.written.get(key)
        first = self.seen.setdefault(key, row.line)
        if first != row.line:
            self.cells.note(
                row,
                "name",
                in_chinese(gettext_noop("与第{line}行重复"), gettext_noop("请删去一行"), line=first),
            )
        self._check(row, asked, text, before)
        changed = (
            []
            if before and before.text == text
            else [Difference(TEXT.title, before.text if before else "", text)]
        )
        label = f"{asked.placement.person.name} {asked.year} {asked.kind.label}"
        return SummaryLine(row.line, label, before, changed, asked, text)

    def _check(self, row: Row, asked: Asked, text: str, before: Summary | None) -> None:
        if before is not None and before.text == text:
            return
        if not may_write_summary(self.user, asked.placement, before):
            found, remedy = gettext_noop("本人已在系统中填写"), gettext_noop("请清空这一格，由本人更正")
            self.cells.note(row, "text", in_chinese(found, remedy))
        for fault in faults_of(asked.placement, text, before):
            self.cells.note(row, "text", fault)

    def _asked(self, row: Row) -> Asked | None:
        """The text that the row is about, or a fault that says what is wrong with the row."""
        key = self.keys[row.line]
        if key is None:
            found = gettext_noop("行标识缺失、被改动，或不是个人总结汇总表的")
            self.cells.note(row, "key", in_chinese(found, FRESH))
            return None
        name = self.names.get(key[0])
        if name is None:
            found = gettext_noop("这一行的人员不由您的单位代录")
            self.cells.note(row, "key", in_chinese(found, gettext_noop("请交主办组织部门导入，或清空这一行")))
            return None
        if clean_name(self.cells.text(row, "name")) != clean_name(name):
            found, text = gettext_noop("行标识属于{value}，本行写的是“{text}”"), self.cells.text(row, "name")
            self.cells.note(row, "name", in_chinese(found, FRESH, value=name, text=text))
            return None
        if key not in self.asked:
            found = gettext_noop("这一年不需要写，或者还没有到时间")
            self.cells.note(row, "year", in_chinese(found, gettext_noop("请清空这一行")))
        return self.asked.get(key)

"""Read a workbook of quantitative indicators: a dry run with the checks of the web page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from secondment.accounts.models import User
from secondment.assessments.choices import READY, WAITING
from secondment.assessments.composite.drafts import faults_of_value
from secondment.assessments.composite.models import QuantityMark
from secondment.assessments.composite.queries import marks_of
from secondment.assessments.composite.services import Counted
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.composite.workbooks import cells_of, read_key
from secondment.assessments.models import Evaluation
from secondment.assessments.queries import visible_to, with_names, with_stage
from secondment.assessments.rules import may_manage
from secondment.common.components import Difference
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.quantity import ASKED, QUANTITY
from secondment.files.columns.rows import RowReader
from secondment.files.faults import gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.standards.models import Indicator

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")
KEYS = tuple(column.key for column in QUANTITY)
KIND = ListKind(QUANTITY, KEYS, QUANTITY.headers(KEYS), ("key", "name", "value"), MOST_ROWS)


@dataclass(frozen=True)
class QuantityRow(ListLine):
    """A row that was filled in."""

    evaluation: Evaluation
    said: Counted


def read_quantities(
    content: bytes, *, file: str, user: User, read: ReadTable = examine_table_apart
) -> ListImport[QuantityRow]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User) -> None:
        self.table = table
        self.cells = RowReader(table, QUANTITY)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key[0] for key in self.keys.values() if key}
        rows: list[Any] = [
            one
            for one in with_stage(with_names(visible_to(user).filter(pk__in=known)))
            if may_manage(user, one.register)
        ]
        self.evaluations = {one.pk: one for one in rows}
        self.schemes, self.marks = schemes_of(rows), marks_of(rows)
        self.seen: dict[tuple[int, str], int] = {}
        self.result: ListImport[QuantityRow] = ListImport(table.file, table=table)

    def read(self) -> ListImport[QuantityRow]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> QuantityRow | None:
        if not any(self.cells.text(row, one.key) for one in ASKED):
            return None
        found = self._found(row)
        if found is None:
            return None
        evaluation, indicator = found
        key = (evaluation.pk, indicator.code)
        first = self.seen.setdefault(key, row.line)
        if first != row.line:
            fault = in_chinese(gettext_noop("与第{line}行重复"), gettext_noop("请删去一行"), line=first)
            self.cells.note(row, "name", fault)
        before = self.marks.get(key)
        said = self._said(row, evaluation, indicator, before)
        differences = self._differences(said, before)
        if differences and evaluation.stage not in (WAITING, READY):
            found_words = gettext_noop("等次已登记决定，不能再改")
            remedy = gettext_noop("请清空这一行；确需更改的，先退回决定")
            self.cells.note(row, "value", in_chinese(found_words, remedy))
        label = f"{evaluation.person.name} {indicator.title}"
        return QuantityRow(row.line, label, before, differences, evaluation, said)

    def _found(self, row: Row) -> tuple[Any, Indicator] | None:
        """Whom and what the row is about, or a fault that says what is wrong with it."""
        key = self.keys[row.line]
        if key is None:
            words = gettext_noop("行标识缺失、被改动，或不是量化指标汇总表的")
            self.cells.note(row, "key", in_chinese(words, FRESH))
            return None
        evaluation = self.evaluations.get(key[0])
        if evaluation is None:
            words = gettext_noop("这一行的人员不在您主办的名册中")
            self.cells.note(row, "key", in_chinese(words, gettext_noop("请删去这一行")))
            return None
        name, text = evaluation.person.name, self.cells.text(row, "name")
        if clean_name(text) != clean_name(name):
            words = gettext_noop("行标识属于{value}，本行写的是“{text}”")
            self.cells.note(row, "name", in_chinese(words, FRESH, value=name, text=text))
            return None
        scheme = self.schemes.get(evaluation.pk)
        indicator = next((one for one in scheme.quantitative if one.code == key[1]), None) if scheme else None
        if indicator is None:
            words = gettext_noop("测评标准中已没有这项指标")
            self.cells.note(row, "indicator", in_chinese(words, FRESH))
            return None
        return evaluation, indicator

    def _said(
        self, row: Row, evaluation: Evaluation, indicator: Indicator, before: QuantityMark | None
    ) -> Counted:
        """What the row says; an empty cell leaves what is there."""
        n_before = len(self.cells.problems)
        value = self.cells.value(row, "value")
        number = Decimal(str(round(value, 2))) if value is not None else (before.value if before else None)
        backing = self.cells.value(row, "backing", before.backing if before else "")
        evidence = self.cells.value(row, "evidence", before.evidence if before else "").strip()
        if len(self.cells.problems) == n_before:
            for field, fault in faults_of_value(indicator, number, backing, evidence):
                self.cells.note(row, field, fault)
        return Counted(evaluation.pk, indicator.code, number, backing, evidence)

    def _differences(self, said: Counted, before: QuantityMark | None) -> list[Difference]:
        if said.value is None:
            return []
        old = cells_of(before)
        mark = QuantityMark(value=said.value, backing=said.backing, evidence=said.evidence)
        new = cells_of(mark)
        return [
            Difference(one.title, old[one.key], new[one.key]) for one in ASKED if old[one.key] != new[one.key]
        ]

"""Rows with faults set aside: a workbook to correct them in, and the rest of the file as a workbook of its own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from secondment.common.list_import import ListImport
from secondment.common.sentences import joined_sentences, labelled
from secondment.files.headers import FAULTS_HEADER
from secondment.files.table import Row, Table
from secondment.files.writing import Workbook


@dataclass(frozen=True)
class Parts:
    """Both workbooks: rows with faults, each with its reasons, and all others."""

    faulty: bytes
    rest: bytes


def may_split(plan: ListImport[Any]) -> bool:
    """Whether every fault lies in a row, and sound rows are left."""
    lines = {one.line for one in plan.refused}
    rows = {row.line for row in plan.table.rows} if plan.table else set()
    return bool(lines) and lines < rows


def split(plan: ListImport[Any]) -> Parts:
    """Both parts of a file with the columns it has, as its reader understood them; texts as they were read."""
    if plan.table is None or not may_split(plan):
        raise ValueError("nothing can be set aside")
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for one in plan.refused:
        reasons[one.line].append(labelled(one.field, joined_sentences((one.found, one.remedy))))
    faulty = [row for row in plan.table.rows if row.line in reasons]
    rest = [row for row in plan.table.rows if row.line not in reasons]
    told = {line: "\n".join(texts) for line, texts in reasons.items()}
    return Parts(_workbook(plan.table, faulty, told), _workbook(plan.table, rest))


def _workbook(table: Table, rows: Iterable[Row], told: Mapping[int, str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.sheet("更正表" if told else "名单")
    columns = list(table.columns)
    sheet.set_widths([16] * len(columns), "text")
    sheet.head([*columns, *([FAULTS_HEADER] if told else [])])
    for at, row in enumerate(rows, start=1):
        for place, header in enumerate(columns):
            sheet.write(at, place, row[header], "text")
        if told:
            sheet.write(at, len(columns), told[row.line], "wrapped")
    return book.content()

"""Read a workbook of tasks: a dry run with the checks of the web pages; one person, one line of the report."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.components import Difference
from secondment.common.file_faults import refusals_of
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.rows import RowReader
from secondment.files.columns.task import KEYS, TASK
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.task_books.choices import UNDER_WRITING, BookState
from secondment.task_books.content import TaskFault, faults_for_signing
from secondment.task_books.models import POWERS, Task, TaskBook
from secondment.task_books.queries import written_for

SALT = "secondment.task_books.workbook"
SIGNED = 16
LIST = ListKind(TASK, KEYS, TASK.headers(KEYS), ("key", "person", "name", "weight"), most_rows=5_000)
FRESH = gettext_noop("请重新下载填报表，把内容填到新表中")
REMEDY = gettext_noop("请改正后重新导入")


@dataclass(frozen=True)
class BookLine(ListLine):
    """The draft of one person, and the version it would replace."""

    placement: Placement
    tasks: list[Task]


BookImport = ListImport[BookLine]


def row_key(placement_id: int) -> str:
    """What identifies a person in the workbook, with a seal."""
    return f"{placement_id}.{salted_hmac(SALT, f'{placement_id}').hexdigest()[:SIGNED]}"


def read_key(key: str) -> int | None:
    """The placement of a key; None for one that this system never wrote."""
    number = key.partition(".")[0]
    is_number = number.isascii() and number.isdigit()
    return int(number) if is_number and constant_time_compare(key, row_key(int(number))) else None


def read_books(content: bytes, *, file: str, user: User, read: ReadTable = examine_table_apart) -> BookImport:
    """Dry run over a workbook."""
    return LIST.plan(content, file, read, lambda table: _Reader(table, user).read())


def write_task(task: Task) -> str:
    """A task in one line, as the report compares them."""
    return f"{task.name} {task.target} {task.weight}% {task.due_on or ''} {task.way}"


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User) -> None:
        self.table, self.cells = table, RowReader(table, TASK)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        asked = {key for key in self.keys.values() if key is not None}
        rows = with_names(written_for(user).filter(pk__in=asked)).select_related("person__account")
        self.placements = {one.pk: one for one in rows}
        books = TaskBook.objects.filter(placement__in=self.placements).prefetch_related("tasks")
        self.signed = {one.placement_id for one in books if one.state == BookState.IN_FORCE}
        self.drafts = {one.placement_id: one for one in books if one.state in UNDER_WRITING}
        self.result = BookImport(table.file, table=table)

    def read(self) -> BookImport:
        of_person: defaultdict[int, list[tuple[Row, Task]]] = defaultdict(list)
        faulty: set[int] = set()
        for row in self.table.rows:
            placement = self._placement(row)
            if placement is None or not self.cells.text(row, "name"):
                continue
            n_before = len(self.cells.problems)
            task = self._task(row)
            if len(self.cells.problems) > n_before:
                faulty.add(placement.pk)
            of_person[placement.pk].append((row, task))
        for key, rows in of_person.items():
            if key not in faulty and self._is_sound(self.placements[key], rows):
                self.result.lines.append(self._line(self.placements[key], rows))
        self.result.refused.extend(refusals_of(self.cells.problems))
        return self.result

    def _placement(self, row: Row) -> Placement | None:
        key = self.keys[row.line]
        placement = self.placements.get(key) if key is not None else None
        fault = self._fault_of_key(row, key, placement)
        if fault is not None:
            self.cells.note(row, "key", fault)
            return None
        return placement

    def _fault_of_key(self, row: Row, key: int | None, placement: Placement | None) -> Fault | None:
        if key is None:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是本系统这类填报表的"), FRESH)
        if placement is None:
            found = gettext_noop("这一行的人员不由您的单位填写任务书，或挂职已办结")
            return in_chinese(found, gettext_noop("请交接收单位或主办组织部门导入，或删去这一行"))
        if clean_name(self.cells.text(row, "person")) != clean_name(placement.person.name):
            found = gettext_noop("行标识属于{name}，本行写的是“{text}”")
            return in_chinese(found, FRESH, name=placement.person.name, text=self.cells.text(row, "person"))
        if key in self.signed:
            found = gettext_noop("{name}的任务书已签订")
            return in_chinese(
                found, gettext_noop("请在网页上办理变更，或删去这一行"), name=placement.person.name
            )
        if key in self.drafts and self.drafts[key].state == BookState.SENT:
            found = gettext_noop("{name}的任务书已送签")
            return in_chinese(found, gettext_noop("请先收回，或删去这一行"), name=placement.person.name)
        return None

    def _task(self, row: Row) -> Task:
        values: dict[str, Any] = {"name": self.cells.value(row, "name", "")}
        for key in ("kind", "field", "proposer", "target", "way", "partner", "due_on"):
            given = self.cells.value(row, key)
            if given:
                values[key] = given
        powers = self.cells.value(row, "powers", [])
        weight = self.cells.must(row, "weight", 0)
        return Task(weight=weight, **values, **{name: name in powers for name in POWERS})

    def _is_sound(self, placement: Placement, rows: list[tuple[Row, Task]]) -> bool:
        faults = list(faults_for_signing([task for _row, task in rows], placement))
        for fault in faults:
            self._note(fault, rows)
        return not faults

    def _note(self, fault: TaskFault, rows: list[tuple[Row, Task]]) -> None:
        row = rows[fault.place or 0][0]
        self.cells.note(
            row, fault.field or "name", in_chinese("{text}", REMEDY, text=fault.text.rstrip("。"))
        )

    def _line(self, placement: Placement, rows: list[tuple[Row, Task]]) -> BookLine:
        tasks = [task for _row, task in rows]
        before = self.drafts.get(placement.pk)
        old = [write_task(one) for one in before.tasks.all()] if before else []
        new = [write_task(one) for one in tasks]
        changed = [Difference(_("任务"), "；".join(old), "；".join(new))] if before and old != new else []
        label = f"{placement.person.name} · {placement.host_unit.name}"
        return BookLine(rows[0][0].line, label, before, changed, placement, tasks)

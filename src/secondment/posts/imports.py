"""Read a file of demands: a dry run that reports what each row would do, before anything is written."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.common.components import Difference
from secondment.common.days import add_months
from secondment.common.file_faults import refusals_of
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.post import EXAMPLE_CODE, POST
from secondment.files.columns.rows import RowReader
from secondment.files.faults import CellError, gettext_noop, in_chinese
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.posts.choices import Hardship, OrganKind
from secondment.posts.columns import FIELDS, KEYS, TASKS, read_task, write_task
from secondment.posts.models import Post, PostTask
from secondment.posts.queries import usual_direction
from secondment.posts.states import EDITABLE
from secondment.units.models import Region, Unit
from secondment.units.queries import find_region, find_unit

Place = TypeVar("Place")
REQUIRED = ("unit", "code", "starts_on", "title", "headcount")
LIST = ListKind(POST, KEYS, POST.headers(KEYS, asks_of_others=True), REQUIRED, most_rows=5_000)
EMPTY_MEANS_DEFAULT = {"direction", "hardship", "organ_kind"}
DEFAULTS: dict[str, object] = {"hardship": Hardship.NONE, "organ_kind": OrganKind.OTHER}


@dataclass(frozen=True)
class PostLine(ListLine):
    """The demand as it will be, and its tasks."""

    post: Post
    tasks: list[PostTask]


PostImport = ListImport[PostLine]


def read_posts(
    content: bytes, *, file: str, units: QuerySet[Unit], read: ReadTable = examine_table_apart
) -> PostImport:
    """Dry run over a file; rows are matched by host unit and 岗位编号 among `units`."""
    return LIST.plan(content, file, read, lambda table: _Reader(table, units).read())


class _Reader:
    """Reads one table; units and regions named often are looked up once."""

    def __init__(self, table: Table, units: QuerySet[Unit]) -> None:
        self.table, self.units = table, units
        self.cells = RowReader(table, POST)
        self._units: dict[str, Unit | CellError] = {}
        self._regions: dict[str, Region | CellError] = {}
        self._seen: dict[tuple[int, str], int] = {}
        self.result = PostImport(table.file, table=table)

    def read(self) -> PostImport:
        rows = [row for row in self.table.rows if self.cells.text(row, "code") != EXAMPLE_CODE]
        placed = [(row, unit) for row in rows if (unit := self._unit(row)) is not None]
        existing = self._existing({unit.pk for _row, unit in placed})
        for row, unit in placed:
            self._read_row(row, unit, existing)
        self.result.refused.extend(refusals_of(self.cells.problems))
        return self.result

    def _unit(self, row: Row) -> Unit | None:
        parent = self.cells.text(row, "parent")

        def find(text: str) -> Unit:
            text = f"{parent}/{text}" if parent and "/" not in text else text
            return _remember(self._units, text, lambda text: find_unit(text, self.units))

        unit: Unit | None = self.cells.read(row, "unit", find)
        return unit

    def _existing(self, units: set[int]) -> dict[tuple[int, str], Post]:
        codes = {self.cells.text(row, "code") for row in self.table.rows}
        posts = (
            Post.objects.filter(host_unit__in=units, code__in=codes)
            .exclude(code="")
            .select_related("host_unit", "region__parent")
            .prefetch_related("tasks")
        )
        return {(post.host_unit_id, post.code): post for post in posts}

    def _read_row(self, row: Row, unit: Unit, existing: Mapping[tuple[int, str], Post]) -> None:
        n_before = len(self.cells.problems)
        code = self._code(row, unit)
        before = existing.get((unit.pk, code))
        values = dict(self._values(row, unit, before))
        values |= self._region_and_term(row, before)
        tasks = self._tasks(row, before)
        if len(self.cells.problems) > n_before:
            return
        post = copy.copy(before) if before else Post(region=unit.region, direction=usual_direction(unit))
        post._state = copy.copy(post._state)  # noqa: SLF001 -- the changed copy has its own relations
        post._state.fields_cache = dict(post._state.fields_cache)  # noqa: SLF001 -- as above
        for name, value in ({"host_unit": unit, "code": code} | values).items():
            setattr(post, name, value)
        differences = differences_of(before, post, tasks) if before else []
        if before and differences and before.state not in EDITABLE:
            found = gettext_noop("该岗位已在系统中，状态是“{state}”")
            remedy = gettext_noop("请组织部门先退回该岗位，或从文件中删去这一行")
            self.cells.note(row, "code", in_chinese(found, remedy, state=before.get_state_display()))
            return
        self.result.lines.append(PostLine(row.line, str(post), before, differences, post, tasks))

    def _code(self, row: Row, unit: Unit) -> str:
        code = self.cells.text(row, "code")
        first = self._seen.setdefault((unit.pk, code), row.line)
        if not code:
            remedy = gettext_noop("请给每个岗位编号，例如P01；再次导入同一文件时按接收单位和编号对应")
            self.cells.note(row, "code", in_chinese("缺少岗位编号", remedy))
        elif first != row.line:
            remedy = gettext_noop("请改用不同的编号，或删去一行")
            self.cells.note(row, "code", in_chinese("与第{line}行的接收单位和编号相同", remedy, line=first))
        else:
            self._value(row, "code")
        return code

    def _values(self, row: Row, unit: Unit, before: Post | None) -> Iterator[tuple[str, object]]:
        for key in FIELDS:
            if not self.cells.has(key):
                continue
            value = self._value(row, key)
            if value == "" and key in EMPTY_MEANS_DEFAULT:
                value = DEFAULTS.get(key, before.direction if before else usual_direction(unit))
            yield key, value

    def _value(self, row: Row, key: str) -> Any:
        """What a cell means; a refusal where it means nothing."""
        return self.cells.must(row, key, None) if key in REQUIRED else self.cells.read(row, key)

    def _region_and_term(self, row: Row, before: Post | None) -> dict[str, Any]:
        region = self.cells.value(
            row, "region", read=lambda text: _remember(self._regions, text, find_region)
        )
        return ({"region": region} if region else {}) | self._term(row, before)

    def _term(self, row: Row, before: Post | None) -> dict[str, Any]:
        has_end = bool(self.cells.text(row, "ends_on"))
        if not (has_end or self.cells.text(row, "starts_on") or self.cells.text(row, "months")) and before:
            return {}
        last = "ends_on" if has_end else "months"
        starts_on = self._value(row, "starts_on")
        end = self._value(row, last) if starts_on else None
        if end is None:
            return {}
        ends_on = end if has_end else add_months(starts_on, end)
        if ends_on <= starts_on:
            self.cells.note(row, last, in_chinese("返岗日期不晚于到岗日期", "请核对两个日期"))
        return {"starts_on": starts_on, "ends_on": ends_on}

    def _tasks(self, row: Row, before: Post | None) -> list[PostTask]:
        if not self.cells.has(*TASKS):
            return list(before.tasks.all()) if before else []
        tasks = [self.cells.read(row, key, read_task) for key in TASKS]
        return [task for task in tasks if task]


def differences_of(before: Post, after: Post, tasks: Sequence[PostTask]) -> list[Difference]:
    """What would change, in the words of the columns."""
    pairs: list[tuple[str, object, object]] = []
    for key in FIELDS:
        write = POST[key].cell.write
        pairs.append((POST[key].title, write(getattr(before, key)), write(getattr(after, key))))
    pairs += [
        (
            POST["region"].title,
            before.region and before.region.written,
            after.region and after.region.written,
        ),
        (POST["starts_on"].title, before.starts_on, after.starts_on),
        (_("挂职结束"), before.last_day, after.last_day),
        ("重点任务", _tasks_text(before.tasks.all()), _tasks_text(tasks)),
    ]
    return [Difference(label, old, new) for label, old, new in pairs if old != new]


def _tasks_text(tasks: Any) -> str:
    return "；".join(write_task(task) for task in tasks)


def _remember(known: dict[str, Place | CellError], text: str, find: Callable[[str], Place]) -> Place:
    """What was found or refused for this text, asked once."""
    if text not in known:
        try:
            known[text] = find(text)
        except CellError as error:
            known[text] = error
    found = known[text]
    if isinstance(found, CellError):
        raise found
    return found

"""Read a file of demands: a dry run that says what each row would do, before anything is written."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.common.components import Difference
from secondment.common.import_report import CellError, ChangedRow, ImportReport, NewRow, Refusal
from secondment.common.table_faults import missing_columns, notes_of, refusals_of, refusals_of_table
from secondment.posts import columns as named
from secondment.posts.choices import Hardship, OrganKind
from secondment.posts.columns import (
    COLUMNS,
    TASKS,
    PostColumn,
    add_months,
    read_day,
    read_months,
    read_task,
    write_task,
)
from secondment.posts.models import Post, PostTask
from secondment.posts.queries import usual_direction
from secondment.posts.states import EDITABLE
from secondment.tables.headers import Headers
from secondment.tables.problems import BadInputError
from secondment.tables.sandbox.tables import examine_table_apart
from secondment.tables.table import Row, Table
from secondment.units.models import Region, Unit
from secondment.units.queries import find_region, find_unit

Found = TypeVar("Found")
MOST_ROWS = 5_000
LONGEST_CODE = 30
REGION_HEADERS = (named.REGION, "行政区划代码")
SPELLINGS: tuple[tuple[str, ...], ...] = (
    (named.UNIT,),
    (named.PARENT,),
    (named.CODE,),
    *((one.header, *one.aliases) for one in COLUMNS),
    (named.STARTS_ON,),
    (named.MONTHS,),
    (named.ENDS_ON,),
    REGION_HEADERS,
    *((task,) for task in TASKS),
)
REQUIRED: tuple[tuple[str, ...], ...] = (
    *((named.UNIT,), (named.CODE,), (named.STARTS_ON,)),
    *((one.header, *one.aliases) for one in COLUMNS if one.is_required),
)
HEADERS = Headers(tuple(name for names in SPELLINGS for name in names), ("序号",))
EMPTY_MEANS_DEFAULT = {"direction", "hardship", "organ_kind"}
DEFAULTS: dict[str, object] = {"hardship": Hardship.NONE, "organ_kind": OrganKind.OTHER}


@dataclass(frozen=True)
class PostLine:
    """A sound row: the demand as it will be, its tasks, and the demand it replaces."""

    line: int
    post: Post
    tasks: list[PostTask]
    before: Post | None
    differences: list[Difference]


@dataclass(frozen=True)
class PostImport:
    """Everything a file would do."""

    file: str
    lines: list[PostLine] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    table: Table | None = None

    @property
    def to_write(self) -> list[PostLine]:
        """Rows that make or change something."""
        return [line for line in self.lines if line.before is None or line.differences]

    def report(self) -> ImportReport:
        """The same for a page."""
        return ImportReport(
            file=self.file,
            created=[NewRow(one.line, str(one.post)) for one in self.lines if one.before is None],
            changed=[
                ChangedRow(one.line, str(one.post), one.differences) for one in self.to_write if one.before
            ],
            n_unchanged=len(self.lines) - len(self.to_write),
            refused=sorted(self.refused, key=lambda one: one.line),
            notes=notes_of(self.table) if self.table else (),
        )


def read_posts(
    content: bytes, *, file: str, units: QuerySet[Unit], read: Callable[..., Table] = examine_table_apart
) -> PostImport:
    """Dry run over a file; rows are matched by host unit and 岗位编号 among `units`."""
    try:
        table = read(content, file=file, headers=HEADERS, most_rows=MOST_ROWS)
    except BadInputError as error:
        return PostImport(file, refused=refusals_of(error))
    if refused := missing_columns(table, REQUIRED) + refusals_of_table(table):
        return PostImport(file, refused=refused, table=table)
    return _Reader(table, units).read()


def free_titles(table: Table) -> list[str]:
    """Columns of the template that the file does not have yet."""
    return [
        names[0] for names in SPELLINGS if table.questions.columns and not set(names) & set(table.columns)
    ]


class _Reader:
    """Reads one table; units and regions named often are looked up once."""

    def __init__(self, table: Table, units: QuerySet[Unit]) -> None:
        self.table, self.units = table, units
        self._units: dict[str, Unit | CellError] = {}
        self._regions: dict[str, Region | CellError] = {}
        self._seen: dict[tuple[int, str], int] = {}
        self.result = PostImport(table.file, table=table)
        self.present = set(table.columns)

    def read(self) -> PostImport:
        rows = [row for row in self.table.rows if row[named.CODE] != named.EXAMPLE_CODE]
        placed = [(row, unit) for row in rows if (unit := self._unit(row)) is not None]
        existing = self._existing({unit.pk for _row, unit in placed})
        for row, unit in placed:
            self._read_row(row, unit, existing)
        return self.result

    def _unit(self, row: Row) -> Unit | None:
        text = row[named.UNIT]
        if row[named.PARENT] and "/" not in text:
            text = f"{row[named.PARENT]}/{text}"
        try:
            return _remember(self._units, text, lambda text: find_unit(text, self.units))
        except CellError as error:
            self._refuse(row, named.UNIT, error)
            return None

    def _existing(self, units: set[int]) -> dict[tuple[int, str], Post]:
        codes = {row[named.CODE] for row in self.table.rows}
        posts = (
            Post.objects.filter(host_unit__in=units, code__in=codes)
            .exclude(code="")
            .select_related("host_unit", "region__parent")
            .prefetch_related("tasks")
        )
        return {(post.host_unit_id, post.code): post for post in posts}

    def _read_row(self, row: Row, unit: Unit, existing: Mapping[tuple[int, str], Post]) -> None:
        n_before = len(self.result.refused)
        code = self._code(row, unit)
        before = existing.get((unit.pk, code))
        values = dict(self._values(row, unit, before))
        values |= self._region_and_term(row, before)
        tasks = self._tasks(row, before)
        if len(self.result.refused) > n_before:
            return
        post = copy.copy(before) if before else Post(region=unit.region, direction=usual_direction(unit))
        post._state = copy.copy(post._state)  # noqa: SLF001 -- the changed copy has its own relations
        post._state.fields_cache = dict(post._state.fields_cache)  # noqa: SLF001 -- as above
        for name, value in ({"host_unit": unit, "code": code} | values).items():
            setattr(post, name, value)
        differences = differences_of(before, post, tasks) if before else []
        if before and differences and before.state not in EDITABLE:
            self._refuse(
                row,
                named.CODE,
                CellError(
                    _("该岗位已在系统中，状态是“%(state)s”") % {"state": before.get_state_display()},
                    _("请组织部门先退回该岗位，或从文件中删去这一行"),
                ),
            )
            return
        self.result.lines.append(PostLine(row.line, post, tasks, before, differences))

    def _code(self, row: Row, unit: Unit) -> str:
        code = row[named.CODE]
        first = self._seen.setdefault((unit.pk, code), row.line)
        if not code:
            remedy = _("请给每个岗位编号，例如P01；再次导入同一文件时按接收单位和编号对应")
            self._refuse(row, named.CODE, CellError(_("没有岗位编号"), remedy))
        elif len(code) > LONGEST_CODE:
            self._refuse(row, named.CODE, CellError(_("编号超过30个字符"), _("请缩短编号")))
        elif first != row.line:
            found = _("与第%(line)d行的接收单位和编号相同") % {"line": first}
            self._refuse(row, named.CODE, CellError(found, _("请改用不同的编号，或删去一行")))
        return code

    def _values(self, row: Row, unit: Unit, before: Post | None) -> Iterator[tuple[str, object]]:
        for column in COLUMNS:
            header = next((one for one in (column.header, *column.aliases) if one in self.present), None)
            if header is None:
                continue
            try:
                value = _read_cell(column, row[header])
            except CellError as error:
                self._refuse(row, header, error)
                continue
            if value == "" and column.field in EMPTY_MEANS_DEFAULT:
                value = DEFAULTS.get(column.field, before.direction if before else usual_direction(unit))
            yield column.field, value

    def _region_and_term(self, row: Row, before: Post | None) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for header in REGION_HEADERS:
            if text := row[header]:
                try:
                    values["region"] = _remember(self._regions, text, find_region)
                except CellError as error:
                    self._refuse(row, header, error)
                break
        return values | self._term(row, before)

    def _term(self, row: Row, before: Post | None) -> dict[str, Any]:
        header = named.STARTS_ON
        if not (row[named.STARTS_ON] or row[named.ENDS_ON] or row[named.MONTHS]) and before:
            return {}
        try:
            starts_on = read_day(row[named.STARTS_ON])
            header = named.ENDS_ON if row[named.ENDS_ON] else named.MONTHS
            ends_on = (
                read_day(row[named.ENDS_ON])
                if row[named.ENDS_ON]
                else add_months(starts_on, read_months(row[named.MONTHS]))
            )
        except CellError as error:
            self._refuse(row, header, error)
            return {}
        if ends_on <= starts_on:
            self._refuse(row, header, CellError(_("返岗日期不晚于到岗日期"), _("请核对两个日期")))
        return {"starts_on": starts_on, "ends_on": ends_on}

    def _tasks(self, row: Row, before: Post | None) -> list[PostTask]:
        if not self.present.intersection(TASKS):
            return list(before.tasks.all()) if before else []
        tasks = []
        for header in TASKS:
            try:
                if task := read_task(row[header]):
                    tasks.append(task)
            except CellError as error:
                self._refuse(row, header, error)
        return tasks

    def _refuse(self, row: Row, header: str, error: CellError) -> None:
        self.result.refused.append(Refusal(row.line, header, error.found, error.remedy))


def differences_of(before: Post, after: Post, tasks: Sequence[PostTask]) -> list[Difference]:
    """What would change, in the words of the columns."""
    pairs = [(one.header, one.write(before), one.write(after)) for one in COLUMNS]
    pairs += [
        (named.REGION, before.region and before.region.written, after.region and after.region.written),
        (named.STARTS_ON, before.starts_on, after.starts_on),
        (_("挂职结束"), before.last_day, after.last_day),
        ("重点任务", _tasks_text(before.tasks.all()), _tasks_text(tasks)),
    ]
    return [Difference(label, old, new) for label, old, new in pairs if old != new]


def _read_cell(column: PostColumn, cell: str) -> object:
    if column.is_required and not cell:
        raise CellError(_("没有填写"), _("这一栏必须填写"))
    return column.read(cell)


def _tasks_text(tasks: Any) -> str:
    return "；".join(write_task(task) for task in tasks)


def _remember(known: dict[str, Found | CellError], text: str, find: Callable[[str], Found]) -> Found:
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

"""Read a list of units: a dry run that reports what each row would do."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Choices, QuerySet
from django.utils import translation

from secondment.common.components import Difference
from secondment.common.file_faults import refusals_of
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.rows import RowReader
from secondment.files.columns.unit import KEYS, UNIT
from secondment.files.faults import CellError, gettext_noop, in_chinese
from secondment.files.identity import parse_credit_code
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit
from secondment.units.queries import find_region, find_unit, unit_label

KIND_WORDS = {
    "党委部门": UnitKind.PARTY_ORGAN,
    "政府部门": UnitKind.GOVERNMENT_ORGAN,
    "企业": UnitKind.STATE_ENTERPRISE,
    "高校": UnitKind.UNIVERSITY,
    **dict.fromkeys(("乡镇", "乡", "镇", "街道"), UnitKind.TOWNSHIP),
    **dict.fromkeys(("村", "行政村", "社区"), UnitKind.VILLAGE),
}
"""Other words of offices for kinds of units; ranks (正科级) are no levels and are not guessed."""
LEVEL_WORDS = {
    "中央": UnitLevel.NATIONAL,
    "省": UnitLevel.PROVINCIAL,
    **dict.fromkeys(("市", "地市级", "地级"), UnitLevel.PREFECTURAL),
    "县": UnitLevel.COUNTY,
    **dict.fromkeys(("乡", "乡镇级"), UnitLevel.TOWNSHIP),
    "村": UnitLevel.VILLAGE,
}
REQUIRED = tuple(column.key for column in UNIT if column.is_required)
LIST = ListKind(UNIT, KEYS, UNIT.headers(KEYS), REQUIRED, most_rows=20_000)


@dataclass(frozen=True)
class UnitLine(ListLine):
    """The unit as it will be, and the line of a parent that is new itself."""

    unit: Unit
    parent_line: int | None


UnitImport = ListImport[UnitLine]


def read_units(
    content: bytes, *, file: str, units: QuerySet[Unit], read: ReadTable = examine_table_apart
) -> UnitImport:
    """Dry run over a file; rows are matched among `units` by credit code, else by parent and name."""
    return LIST.plan(content, file, read, lambda table: _Reader(table, units).read())


def unit_cells(unit: Unit) -> list[object]:
    """One row of the list that can be imported again."""
    return [
        unit.name,
        unit_label(unit.parent) if unit.parent else "",
        unit.short_name,
        _label(UnitKind, unit.kind),
        _label(UnitLevel, unit.level),
        unit.region.written if unit.region else "",
        unit.credit_code,
        unit.position,
    ]


def labels_of(choices: type[Choices]) -> dict[Any, str]:
    """Codes and Chinese labels, whatever the language of the page."""
    with translation.override("zh-hans"):
        return {code: str(label) for code, label in choices.choices}


class _Reader:
    """Reads one list; parents may be in the system or in an earlier row."""

    def __init__(self, table: Table, units: QuerySet[Unit]) -> None:
        self.table, self.units = table, units
        self.cells = RowReader(table, UNIT)
        self.result = UnitImport(table.file, table=table)
        self.kinds = {label: code for code, label in labels_of(UnitKind).items()}
        self.levels = {label: code for code, label in labels_of(UnitLevel).items()}
        self.new_lines: dict[str, int] = {}
        self.faulty_lines: dict[str, int] = {}
        self.seen: dict[tuple[object, str], int] = {}
        self.parents: dict[str, Unit | CellError] = {}
        self.by_credit = {one.credit_code: one for one in self._known().exclude(credit_code="")}
        self.by_place = {(one.parent_id, one.name): one for one in self._known()}

    def _known(self) -> QuerySet[Unit]:
        return self.units.select_related("region__parent", "parent__parent")

    def read(self) -> UnitImport:
        for row in self.table.rows:
            n_before = len(self.cells.problems)
            line = self._line(row)
            if line is not None and len(self.cells.problems) == n_before:
                self.result.lines.append(line)
                if line.before is None:
                    self.new_lines.setdefault(line.unit.name, line.line)
            else:
                self.faulty_lines.setdefault(self.cells.text(row, "name"), row.line)
        self.result.refused.extend(refusals_of(self.cells.problems))
        return self.result

    def _line(self, row: Row) -> UnitLine | None:
        credit = self.cells.value(row, "credit_code", "", lambda cell: parse_credit_code(cell).text)
        name = self.cells.read(row, "name", _name)
        before = self.by_credit.get(credit) if credit else None
        parent, parent_line = self._parent(row, before)
        if name is None or (parent is None and parent_line is None and before is None):
            return None
        before = before or (self.by_place.get((parent.pk, name)) if parent else None)
        key = (before.pk if before else parent.pk if parent else -(parent_line or 0), "" if before else name)
        first = self.seen.setdefault(key, row.line)
        if first != row.line:
            self.cells.note(row, "name", in_chinese("与第{line}行是同一个单位", "请删去一行", line=first))
        unit = copy.copy(before) if before else Unit(parent=parent)
        for column, value in self._values(row, credit).items():
            setattr(unit, column, value)
        unit.name = name
        label, differences = (str(before), _differences(before, unit)) if before else (name, [])
        return UnitLine(row.line, label, before, differences, unit, parent_line)

    def _parent(self, row: Row, before: Unit | None) -> tuple[Unit | None, int | None]:
        text = self.cells.text(row, "parent")
        if not text and before is not None:
            return before.parent, None
        if text in self.new_lines:
            return None, self.new_lines[text]
        if text not in self.parents:
            try:
                self.parents[text] = find_unit(text, self.units)
            except CellError as error:
                self.parents[text] = error
        parent = self.parents[text]
        if isinstance(parent, CellError) and text in self.faulty_lines:
            remedy = gettext_noop("请先改正第{line}行，本行随之可以导入")
            found = gettext_noop("上级单位“{text}”所在的第{line}行有错")
            self.cells.note(row, "parent", in_chinese(found, remedy, text=text, line=self.faulty_lines[text]))
            return None, None
        if isinstance(parent, CellError):
            remedy = gettext_noop("请填写单位目录中的上级单位；上级单位也在本文件中的，须排在前面的行")
            self.cells.note(row, "parent", in_chinese("{fault}", remedy, fault=parent.fault))
            return None, None
        if before is not None and before.parent_id != parent.pk:
            remedy = gettext_noop("划转请在单位页面办理，那里会显示涉及的人员和岗位")
            fault = in_chinese("该单位目前隶属于“{parent}”", remedy, parent=str(before.parent))
            self.cells.note(row, "parent", fault)
        return parent, None

    def _values(self, row: Row, credit: str) -> dict[str, Any]:
        values: dict[str, Any] = {
            "kind": self.cells.read(row, "kind", lambda cell: _known_label(cell, self.kinds, KIND_WORDS)),
            "level": self.cells.read(row, "level", lambda cell: _known_label(cell, self.levels, LEVEL_WORDS)),
        }
        if self.cells.has("short_name"):
            values["short_name"] = self.cells.text(row, "short_name")[:40]
        if self.cells.text(row, "region"):  # an empty cell: that of the unit above, or what is on record
            values["region"] = self.cells.value(row, "region", read=find_region)
        if self.cells.has("credit_code"):
            values["credit_code"] = credit
        if self.cells.text(row, "position"):
            values["position"] = self.cells.read(row, "position", _position, 0)
        return values


def _differences(before: Unit, after: Unit) -> list[Difference]:
    triples = zip(UNIT, unit_cells(before), unit_cells(after), strict=True)
    return [Difference(column.title, old, new) for column, old, new in triples if old != new]


def _name(cell: str) -> str:
    if not cell or len(cell) > 120 or "/" in cell:
        raise CellError(in_chinese("单位名称“{cell}”不能使用", "请填写1至120个字的全称，不含斜线", cell=cell))
    return cell


def _known_label(cell: str, codes: dict[str, str], words: Mapping[str, str]) -> str:
    if cell in words:
        return words[cell]
    if cell not in codes:
        raise CellError("not_offered", text=cell, labels="、".join(codes))
    return codes[cell]


def _position(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 7):
        raise CellError(in_chinese("“{cell}”不是整数", "请填写0以上的整数，小的排在前面", cell=cell))
    return int(cell)


def _label(choices: type[Choices], code: str) -> str:
    return labels_of(choices).get(code, code)

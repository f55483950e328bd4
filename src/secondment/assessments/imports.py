"""Read a workbook of opinions: a dry run that says what each row would add or change."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from secondment.accounts.models import User
from secondment.assessments.choices import READY, WAITING, OpinionSource, Side
from secondment.assessments.limits import barring
from secondment.assessments.models import Evaluation, Opinion
from secondment.assessments.parameters import what_bars
from secondment.assessments.queries import visible_to, with_names, with_stage
from secondment.assessments.rules import source_of
from secondment.assessments.services.opinions import Said, known_limits
from secondment.common.components import Difference
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.evaluation import EVALUATION, KEYS
from secondment.files.columns.rows import RowReader
from secondment.files.faults import gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.units.models import Unit
from secondment.units.queries import unit_label

REQUIRED = tuple(column.key for column in EVALUATION if column.is_required)
LIST = ListKind(EVALUATION, KEYS, EVALUATION.headers(KEYS, asks_of_others=True), REQUIRED, most_rows=5_000)
OF_SIDE = {
    Side.HOST: ("host_text", "host_grade", "leave_workdays"),
    Side.HOME: ("home_text", "home_grade"),
}


@dataclass(frozen=True)
class OpinionLine(ListLine):
    """What a row says about one person: the opinion of either side, where it is new or another."""

    evaluation: Evaluation
    said: tuple[tuple[Side, Said], ...]


def read_opinions(
    content: bytes, *, file: str, user: User, read: ReadTable = examine_table_apart
) -> ListImport[OpinionLine]:
    """Dry run over a file; a row means the year of the person of that name and home unit."""
    return LIST.plan(content, file, read, lambda table: _Reader(table, user).read())


def cells_of(evaluation: Evaluation, opinions: dict[str, Opinion]) -> dict[str, str]:
    """What is known of one person, as the cells of the workbook hold it."""
    placement = evaluation.placement
    cells = {
        "year": str(evaluation.year),
        "name": evaluation.person.name,
        "home": unit_label(placement.home_unit),
        "host": unit_label(placement.host_unit),
        "title": placement.post.title,
        "leave_workdays": EVALUATION["leave_workdays"].cell.write(evaluation.leave_workdays),
    }
    for side, one in opinions.items():
        cells[f"{side}_text"] = one.text
        cells[f"{side}_grade"] = EVALUATION["host_grade"].cell.write(one.grade)
    return cells


class _Reader:
    """Reads one table; everybody whom the account may see is read once."""

    def __init__(self, table: Table, user: User) -> None:
        self.table, self.user = table, user
        self.cells = RowReader(table, EVALUATION)
        self.result: ListImport[OpinionLine] = ListImport(table.file, table=table)
        self.seen: dict[int, int] = {}
        years = {self.cells.text(row, "year")[:4] for row in table.rows}
        rows = with_names(visible_to(user).filter(year__in=[one for one in years if one.isdecimal()]))
        found = list(rows.select_related("placement__home_unit__parent", "placement__host_unit__parent"))
        staged = with_stage(Evaluation.objects.filter(pk__in=[one.pk for one in found]))
        self.open = {one.pk for one in staged if one.stage in (WAITING, READY)}
        self.opinions: defaultdict[int, dict[str, Opinion]] = defaultdict(dict)
        for opinion in Opinion.objects.filter(evaluation__in=[one.pk for one in found]):
            self.opinions[opinion.evaluation_id][opinion.side] = opinion
        self.known: defaultdict[tuple[int, str], list[Evaluation]] = defaultdict(list)
        for one in found:
            self.known[one.year, clean_name(one.person.name)].append(one)

    def read(self) -> ListImport[OpinionLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> OpinionLine | None:
        evaluation = self._evaluation(row)
        if evaluation is None:
            return None
        first = self.seen.setdefault(evaluation.pk, row.line)
        if first != row.line:
            self.cells.note(row, "name", in_chinese("与第{line}行是同一人", "请删去一行", line=first))
        before = cells_of(evaluation, self.opinions[evaluation.pk])
        said = tuple(
            (side, given) for side in Side if (given := self._said(row, evaluation, side, before)) is not None
        )
        label = f"{evaluation.year} {evaluation.person.name}"
        changed = {key for side, _given in said for key in OF_SIDE[side]}
        differences = [
            Difference(EVALUATION[key].title, before.get(key, ""), self._written(row, key))
            for key in KEYS
            if key in changed and self._is_other(row, key, before)
        ]
        return OpinionLine(row.line, label, evaluation, differences, evaluation, said)

    def _evaluation(self, row: Row) -> Evaluation | None:
        """The one person meant, or a fault that says what is missing."""
        year, name = self.cells.must(row, "year", 0), clean_name(self.cells.must(row, "name"))
        home, host = self.cells.must(row, "home"), self.cells.text(row, "host")
        if not (year and name and home):
            return None
        found = [
            one
            for one in self.known[year, name]
            if _is_named(one.placement.home_unit, home)
            and (not host or _is_named(one.placement.host_unit, host))
        ]
        if len(found) == 1:
            return found[0]
        remedy = gettext_noop("请用系统导出的汇总表填写，不改动年度、姓名和单位")
        text = (
            gettext_noop("{year}年度名册中没有“{name}”")
            if not found
            else gettext_noop("{year}年度有多名“{name}”")
        )
        self.cells.note(row, "name", in_chinese(text, remedy, year=year, name=name))
        return None

    def _said(self, row: Row, evaluation: Evaluation, side: Side, before: dict[str, str]) -> Said | None:
        """What the row says for a side, where that is new; blank cells leave what is there."""
        changed = [key for key in OF_SIDE[side] if self._is_other(row, key, before)]
        if not changed:
            return None
        source = source_of(self.user, evaluation, side)
        if source is None:
            remedy = gettext_noop("该方意见由其单位或组织部门填报，请清空")
            self.cells.note(row, changed[0], in_chinese("没有填报该方意见的权限", remedy))
            return None
        if evaluation.pk not in self.open:
            remedy = gettext_noop("请清空该方意见；确需修改的，由组织部门退回决定")
            self.cells.note(row, changed[0], in_chinese("等次已登记决定，意见不再修改", remedy))
            return None
        known = self.opinions[evaluation.pk].get(side)
        text = self.cells.value(row, f"{side}_text", known.text if known else "")
        grade = self.cells.value(row, f"{side}_grade", known.grade if known else "")
        for key, value in ((f"{side}_text", text), (f"{side}_grade", grade)):
            if not value and not self.cells.text(row, key):
                self.cells.note(row, key, in_chinese("未填写", gettext_noop("意见和建议等次须同时填写")))
        signed_on = self.cells.value(row, "signed_on")
        if source == OpinionSource.PAPER and signed_on is None:
            signed_on = known.signed_on if known else None
            if signed_on is None:
                remedy = gettext_noop("据纸质意见填写的，请填写签署日期")
                self.cells.note(row, "signed_on", in_chinese("未填写", remedy))
        leave = self.cells.value(row, "leave_workdays") if side == Side.HOST else None
        self._check_limits(row, evaluation, side, grade)
        return Said(text, grade, signed_on, leave)

    def _check_limits(self, row: Row, evaluation: Evaluation, side: Side, grade: str) -> None:
        limit = barring(known_limits(self.user, evaluation), grade) if grade else None
        if limit is not None and what_bars(evaluation.placement)["mode"] == "block":
            remedy = gettext_noop("请另选建议等次")
            text = gettext_noop("按规定不能建议该等次（{basis}）")
            self.cells.note(row, f"{side}_grade", in_chinese(text, remedy, basis=str(limit.basis)))

    def _written(self, row: Row, key: str) -> str:
        """The cell as it would be written back, so that 称职 and 称职（合格） are no difference."""
        value: Any = self.cells.value(row, key)
        return "" if value in (None, "") else EVALUATION[key].cell.write(value)

    def _is_other(self, row: Row, key: str, before: dict[str, str]) -> bool:
        if not self.cells.text(row, key):
            return False
        n_before = len(self.cells.problems)
        written = self._written(row, key)
        del self.cells.problems[n_before:]  # said once, when the value is taken
        return written != before.get(key, "")


def _is_named(unit: Unit, text: str) -> bool:
    return text in (unit.name, unit_label(unit))

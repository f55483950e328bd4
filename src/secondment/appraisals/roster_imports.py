"""Read lists of raters from a workbook (参评人员名单): a dry run with the checks of the web page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.appraisals.models import BallotPaper
from secondment.appraisals.queries import papers_visible_to
from secondment.appraisals.raters import MOST_RATERS, NewRater, faults_of, known_list
from secondment.appraisals.rules import may_fill
from secondment.appraisals.states import LISTS_OPEN
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.codes.code_list import plain
from secondment.files.columns.appraisals import ROSTERS
from secondment.files.columns.rows import RowReader
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.units.queries import place_of

MOST_ROWS = 20_000
KEYS = tuple(column.key for column in ROSTERS)
KIND = ListKind(ROSTERS, KEYS, ROSTERS.headers(KEYS), ("unit", "group", "name"), MOST_ROWS)


@dataclass(frozen=True)
class RaterLine(ListLine):
    """A row that somebody is on; `before` is set for one who is on the list already."""

    paper: BallotPaper
    rater: NewRater


def read_rosters(
    content: bytes, *, file: str, user: User, read: ReadTable = examine_table_apart
) -> ListImport[RaterLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up once a paper."""

    def __init__(self, table: Table, user: User) -> None:
        self.table, self.user = table, user
        self.cells = RowReader(table, ROSTERS)
        rows = papers_visible_to(user).filter(appraisal__state__in=LISTS_OPEN)
        papers = rows.select_related("unit__parent", "appraisal__owner_unit")
        self.papers = [one for one in papers if may_fill(user, one)]
        self.result: ListImport[RaterLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[RaterLine]:
        found = {row.line: self._paper_of(row) for row in self.table.rows}
        faults = self._faults(found)
        return self.result.read(self.table.rows, self.cells, lambda row: self._line(row, found, faults))

    def _line(
        self, row: Row, found: dict[int, BallotPaper | None], faults: dict[int, list[tuple[str, Fault]]]
    ) -> RaterLine | None:
        paper = found[row.line]
        if paper is None:
            return None
        rater, known = self._rater(row), self.known[paper.pk]
        label = f"{place_of(paper.unit)} · {paper.get_group_display()} · {rater.name}"
        if rater.key in known:
            return RaterLine(row.line, label, paper, [], paper, rater)
        for field, fault in faults.get(row.line, []):
            self.cells.note(row, field, fault)
        return RaterLine(row.line, label, None, [], paper, rater)

    def _faults(self, found: dict[int, BallotPaper | None]) -> dict[int, list[tuple[str, Fault]]]:
        """Line → what is wrong with it, asked for once a paper; who is on the list already is no fault here."""
        self.known: dict[int, dict[tuple[str, str], int]] = {}
        of_paper: dict[int, list[Row]] = defaultdict(list)
        papers = {one.pk: one for one in found.values() if one is not None}
        for row in self.table.rows:
            paper = found[row.line]
            if paper is not None:
                of_paper[paper.pk].append(row)
        faults: dict[int, list[tuple[str, Fault]]] = defaultdict(list)
        for key, rows in of_paper.items():
            known = known_list(papers[key])
            self.known[key] = known.own
            for one in faults_of([self._rater(row) for row in rows], known, self.user):
                faults[rows[one.line - 1].line].append((one.field, one.fault))
            new = [row for row in rows if self._rater(row).key not in known.own]
            if known.n + len(new) > MOST_RATERS:
                words = gettext_noop("这份名单超过 {n} 人"), gettext_noop("请分到多个票种")
                first = new[MOST_RATERS - known.n].line
                faults[first].append(("name", in_chinese(*words, n=MOST_RATERS)))
        return faults

    def _rater(self, row: Row) -> NewRater:
        return NewRater(
            clean_name(self.cells.text(row, "name")), " ".join(self.cells.text(row, "duty").split())
        )

    def _paper_of(self, row: Row) -> BallotPaper | None:
        group = self.cells.must(row, "group", None)
        unit = self.cells.name(row, "unit")
        if not group or not unit:
            return None
        papers = self._of_appraisal(row)
        here = [one for one in papers if plain(unit) in _names(one)]
        if len({one.unit_id for one in here}) > 1:
            found = gettext_noop("名称为“{unit}”的单位不止一个")
            remedy = gettext_noop("请连同上级单位写，如“示例镇示例村”")
            self.cells.note(row, "unit", in_chinese(found, remedy, unit=unit))
            return None
        paper = next((one for one in here if one.group == group), None)
        if paper is None and papers:
            self.cells.note(row, "unit", self._no_paper(unit, here))
        return paper

    def _of_appraisal(self, row: Row) -> Sequence[BallotPaper]:
        """Papers of the appraisal that the row names, or of the only one in preparation."""
        name = self.cells.text(row, "appraisal")
        names = {one.appraisal_id: one.appraisal.name for one in self.papers}
        chosen = {key for key, known in names.items() if not name or plain(known) == plain(name)}
        if len(chosen) == 1:
            return [one for one in self.papers if one.appraisal_id in chosen]
        if not names:
            found, remedy = gettext_noop("没有您可以填写名单的民主测评"), gettext_noop("请联系主办组织部门")
        elif not chosen:
            found = gettext_noop("没有筹备中的民主测评“{name}”")
            remedy = gettext_noop("请核对名称，或重新下载名单表")
        else:
            found = gettext_noop("有几次民主测评在筹备中")
            remedy = gettext_noop("请在“民主测评”一栏写明是哪一次")
        self.cells.note(row, "appraisal", in_chinese(found, remedy, name=name))
        return []

    def _no_paper(self, unit: str, here: Sequence[BallotPaper]) -> Fault:
        if not here:
            found = gettext_noop("“{unit}”没有您可以填写的名单")
            return in_chinese(found, gettext_noop("请核对单位名称，或联系主办组织部门"), unit=unit)
        found = gettext_noop("“{unit}”没有这一评议主体的票种")
        return in_chinese(found, gettext_noop("请核对评议主体，或先增加票种"), unit=unit)


def _names(paper: BallotPaper) -> set[str]:
    unit = paper.unit
    above = f"{unit.parent.name}{unit.name}" if unit.parent else unit.name
    return {plain(one) for one in (unit.name, above, place_of(unit))}

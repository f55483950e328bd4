"""Read the marks of the organisation group from a workbook (考核组评分表): a dry run with the checks of the web page."""

from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.appraisals.marks import NewMark, Scale, faults_of, scale_of
from secondment.appraisals.models import Appraisal, Candidate, SignedMark
from secondment.appraisals.queries import marks_of, visible_to
from secondment.appraisals.rules import may_manage
from secondment.appraisals.states import MARKS_OPEN
from secondment.appraisals.workbooks import read_mark_key
from secondment.common.components import Difference
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.codes.code_list import plain
from secondment.files.columns.appraisals import LEVEL, MARKS
from secondment.files.columns.rows import RowReader
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table

MOST_ROWS = 100_000
KEYS = tuple(column.key for column in MARKS)
KIND = ListKind(MARKS, KEYS, MARKS.headers(KEYS), ("key", "rater", "level"), MOST_ROWS)
FRESH = gettext_noop("请重新下载评分表，把档次填到新表中")


@dataclass(frozen=True)
class MarkLine(ListLine):
    """A row in which a level stands."""

    appraisal: Appraisal
    mark: NewMark


def read_marks(
    content: bytes, *, file: str, user: User, read: ReadTable = examine_table_apart
) -> ListImport[MarkLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user).read())


class _Reader:
    """Reads one workbook; an appraisal is looked up once."""

    def __init__(self, table: Table, user: User) -> None:
        self.table = table
        self.cells = RowReader(table, MARKS)
        self.keys = {row.line: read_mark_key(self.cells.text(row, "key")) for row in table.rows}
        asked = {key[0] for key in self.keys.values() if key}
        rows = visible_to(user).filter(candidates__in=asked).distinct().select_related("owner_unit")
        self.appraisals = [one for one in rows if may_manage(user, one)]
        self.scales: dict[int, Scale] = {one.pk: scale_of(one) for one in self.appraisals}
        self.of_candidate = {key: one for one in self.appraisals for key in self.scales[one.pk].candidates}
        self.known = {
            (mark.candidate_id, mark.indicator, mark.rater): mark
            for one in self.appraisals
            for mark in marks_of(one)
        }
        self.result: ListImport[MarkLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[MarkLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> MarkLine | None:
        text = self.cells.text(row, "level").strip()
        if not text:
            return None
        key = self.keys[row.line]
        appraisal = self.of_candidate.get(key[0]) if key else None
        fault = self._fault_of_row(appraisal)
        if fault is not None or key is None or appraisal is None:
            self.cells.note(row, "key", fault or in_chinese(gettext_noop("行标识缺失或被改动"), FRESH))
            return None
        scale = self.scales[appraisal.pk]
        candidate = scale.candidates[key[0]]
        rater = clean_name(self.cells.name(row, "rater"))
        mark = NewMark(rater, candidate.pk, key[1], _level(text, candidate))
        for one in faults_of([mark], scale):
            self.cells.note(row, one.field, one.fault)
        return self._written(row, mark, appraisal, candidate)

    def _written(self, row: Row, mark: NewMark, appraisal: Appraisal, candidate: Candidate) -> MarkLine:
        before = self.known.get(mark.key)
        known = self.scales[appraisal.pk].of(candidate).get(mark.indicator)
        label = (
            f"{mark.rater} · {candidate.placement.person.name} · {known.title if known else mark.indicator}"
        )
        changes = []
        if before is not None and before.level != mark.level:
            changes = [Difference(LEVEL.title, _shown(before), mark.level or 0)]
        return MarkLine(row.line, label, before, changes, appraisal, mark)

    def _fault_of_row(self, appraisal: Appraisal | None) -> Fault | None:
        if appraisal is None:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是您单位主办的测评"), FRESH)
        if appraisal.state not in MARKS_OPEN:
            found = gettext_noop("《{name}》当前为“{state}”，不能评分")
            remedy = gettext_noop("评分在名单锁定以后、票箱封存以前进行")
            return in_chinese(found, remedy, name=appraisal.name, state=appraisal.get_state_display())
        return None


def _level(text: str, candidate: Candidate) -> int | None:
    """A level by number or by name; None for 0 or 不了解; what is neither lies outside every scale."""
    if plain(text) in {"0", plain("不了解")}:
        return None
    names = [plain(one) for one in candidate.standard.level_names]
    if plain(text) in names:
        return names.index(plain(text)) + 1
    bare = plain(text).removesuffix(".0")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 4 else -1


def _shown(mark: SignedMark) -> int:
    return mark.level or 0

"""Read a workbook of indicators into drafts: a dry run with the checks of the editor; one row, one indicator, none is removed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from secondment.accounts.models import User
from secondment.common.components import Difference
from secondment.common.file_faults import refusals_of
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.rows import RowReader
from secondment.files.columns.standard import ANCHORS, KEYS, STANDARD
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.standards.content import content_of, faults_of, in_order, normalise, values_of
from secondment.standards.differences import field_differences
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.points import read_points
from secondment.standards.queries import drafts_of

LIST = ListKind(STANDARD, KEYS, STANDARD.headers(KEYS), ("standard", "title"), most_rows=500)
PLAIN = (
    *("part", "title", "kind", "source", "weight", "ability", "for_masses", "masses_title"),
    *("unit_of_measure", "effect", "word_reason"),
)
NEEDED = ("part", "title", "kind", "source")
BLANK: dict[str, Any] = {"weight": 0, "for_masses": False}
COLUMN_OF = {"anchors": ANCHORS[0], "levels": "standard", "": "standard"}
REMEDY = gettext_noop("请改正后重新导入")


@dataclass(frozen=True)
class IndicatorRow(ListLine):
    """An indicator of a draft, as the file has it."""

    version: StandardVersion
    indicator: Indicator


StandardImport = ListImport[IndicatorRow]


def read_standards(
    content: bytes, *, file: str, user: User, read: ReadTable = examine_table_apart
) -> StandardImport:
    """Dry run over a workbook."""
    return LIST.plan(content, file, read, lambda table: _Reader(table, user).read())


def merged(version: StandardVersion, read: list[Indicator]) -> list[Indicator]:
    """The draft with what was read: known ones replaced, new ones at the end of their part."""
    known = {one.code: one for one in read if one.code}
    kept = [known.get(one.code, one) for one in version.indicators.all()]
    return in_order([*kept, *(one for one in read if not one.code)])


class _Reader:
    """Reads one workbook; the drafts that its rows are about are looked up at once."""

    def __init__(self, table: Table, user: User) -> None:
        self.table, self.cells = table, RowReader(table, STANDARD)
        self.drafts: defaultdict[str, list[StandardVersion]] = defaultdict(list)
        for one in drafts_of(user):
            self.drafts[one.standard.name].append(one)
        self.lines_of_codes: dict[tuple[int, str], int] = {}

    def read(self) -> StandardImport:
        read: defaultdict[int, list[tuple[Row, Indicator]]] = defaultdict(list)
        versions: dict[int, StandardVersion] = {}
        for row in self.table.rows:
            version = self._draft(row)
            if version is None:
                continue
            n_before = len(self.cells.problems)
            indicator = self._indicator(row, version)
            if indicator is not None and len(self.cells.problems) == n_before:
                read[version.pk].append((row, indicator))
                versions[version.pk] = version
        result = StandardImport(self.table.file, table=self.table)
        for key, rows in read.items():
            result.lines.extend(self._sound(versions[key], rows))
        result.refused.extend(refusals_of(self.cells.problems))
        return result

    def _draft(self, row: Row) -> StandardVersion | None:
        found = self.drafts[self.cells.name(row, "standard")]
        if len(found) == 1:
            return found[0]
        if self.cells.text(row, "standard"):
            self.cells.note(row, "standard", _fault_of_name(found, self.cells.text(row, "standard")))
        return None

    def _indicator(self, row: Row, version: StandardVersion) -> Indicator | None:
        code = self.cells.text(row, "code")
        known = next((one for one in version.indicators.all() if one.code == code), None) if code else None
        if code and known is None:
            found = gettext_noop("草稿中没有代码为“{code}”的指标")
            self.cells.note(
                row, "code", in_chinese(found, gettext_noop("请清空代码，作为新增的指标"), code=code)
            )
            return None
        if code and (line := self.lines_of_codes.setdefault((version.pk, code), row.line)) != row.line:
            self.cells.note(row, "code", Fault("stands_already", {"text": code, "line": line}))
            return None
        values = values_of(known) if known else {}
        for key in PLAIN:
            if self.cells.has(key):
                take = self.cells.must if key in NEEDED else self.cells.value
                values[key] = take(row, key, BLANK.get(key, ""))
            elif key in NEEDED and not known:
                self.cells.note(row, key, Fault("is_empty"))
        if self.cells.has(*ANCHORS):
            values["anchors"] = self._anchors(row)
        if self.cells.has("points"):
            values["points"] = self._points(row)
        return Indicator(code=code, **values)

    def _anchors(self, row: Row) -> list[str]:
        texts = [self.cells.text(row, key) for key in ANCHORS]
        while texts and not texts[-1]:
            texts.pop()
        return texts

    def _points(self, row: Row) -> list[list[float]]:
        try:
            return read_points(self.cells.text(row, "points"))
        except ValueError as error:
            found = gettext_noop("“{text}”不是“数值:得分”")
            remedy = gettext_noop("请写成 60:0；80:60 这样的形式")
            self.cells.note(row, "points", in_chinese(found, remedy, text=str(error)))
            return []

    def _sound(self, version: StandardVersion, rows: list[tuple[Row, Indicator]]) -> Iterator[IndicatorRow]:
        """The rows without a fault, judged within the whole draft as it would be."""
        for _row, indicator in rows:
            normalise(indicator, len(version.level_names))
        whole = merged(version, [indicator for _row, indicator in rows])
        place_of = {id(one): place for place, one in enumerate(whole)}
        faults = list(faults_of(replace(content_of(version), indicators=whole)))
        by_code = {one.code: one for one in version.indicators.all()}
        for place, (row, indicator) in enumerate(rows):
            own = [one for one in faults if one.place == place_of[id(indicator)]]
            own += [one for one in faults if one.place is None and place == 0]
            for fault in own:
                key = COLUMN_OF.get(fault.field, fault.field)
                words = in_chinese("{text}", REMEDY, text=fault.text.rstrip("。"))
                self.cells.note(row, key, words)
            if not own:
                before = by_code.get(indicator.code)
                yield IndicatorRow(
                    row.line,
                    f"{version.standard.name} · {indicator.title}",
                    before,
                    _changes(before, indicator, version) if before else [],
                    version,
                    indicator,
                )


def _changes(before: Indicator, after: Indicator, version: StandardVersion) -> list[Difference]:
    return list(field_differences(before, after, version.level_names, version.level_names))


def _fault_of_name(found: list[StandardVersion], name: str) -> Fault:
    if found:
        words = gettext_noop("有几个单位都有名为“{name}”的草稿")
        return in_chinese(words, gettext_noop("请在网页上修改"), name=name)
    words = gettext_noop("没有名为“{name}”、正在起草的标准")
    return in_chinese(words, gettext_noop("请先新建标准或另起新版，再导入"), name=name)

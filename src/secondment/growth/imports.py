"""Read a workbook of reviews of abilities (能力评议表): a dry run with the checks of the web page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.campaigns.models import Nomination
from secondment.common.components import Difference
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.abilities import LEVELS, RATER, REVIEWS
from secondment.files.columns.rows import RowReader
from secondment.files.faults import gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.growth.drafts import Rater, faults_of
from secondment.growth.models import AbilityReview
from secondment.growth.queries import given, visible_to
from secondment.growth.rules import may_give
from secondment.growth.scale import Scale, scale_for
from secondment.growth.workbooks import read_key

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载评议表，把内容填到新表中")
KEYS = tuple(column.key for column in REVIEWS)
KIND = ListKind(REVIEWS, KEYS, REVIEWS.headers(KEYS), ("key", "name", "rated_on", "rater"), MOST_ROWS)


@dataclass(frozen=True)
class ReviewLine(ListLine):
    """The review of one nominee; its line is the first of its rows."""

    nomination: Nomination
    raters: Sequence[Rater]
    rated_on: dt.date


def read_reviews(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[ReviewLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user, on).read())


class _Reader:
    """Reads one workbook; rows with the same key are the raters of one nominee."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.table, self.user, self.on = table, user, on
        self.cells = RowReader(table, REVIEWS)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key for key in self.keys.values() if key}
        self.nominations: dict[int, Nomination] = {
            one.pk: one for one in visible_to(user).filter(pk__in=known)
        }
        self.groups: dict[int, list[Row]] = defaultdict(list)
        for row in table.rows:
            key = self.keys[row.line]
            if key is not None and self._is_filled(row):
                self.groups[key].append(row)
        self.result: ListImport[ReviewLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[ReviewLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _is_filled(self, row: Row) -> bool:
        return any(self.cells.text(row, one.key) for one in (*RATER, *LEVELS))

    def _line(self, row: Row) -> ReviewLine | None:
        if not self._is_filled(row):
            return None
        nomination = self._nomination(row)
        if nomination is None or self.groups[nomination.pk][0].line != row.line:
            return None
        rows, scale = self.groups[nomination.pk], scale_for(nomination)
        rated_on = self.cells.must(row, "rated_on", None)
        raters = [self._rater(one, scale, rated_on) for one in rows]
        if rated_on is None or any(one is None for one in raters):
            return None
        return self._told(row, nomination, [one for one in raters if one is not None], scale, rated_on)

    def _told(
        self, row: Row, nomination: Nomination, raters: Sequence[Rater], scale: Scale, rated_on: dt.date
    ) -> ReviewLine:
        before: AbilityReview | None = getattr(nomination, "ability_review", None)
        label = f"{nomination.person.name} · {rated_on}"
        if before is not None:
            if before.rated_on != rated_on or given(before) != list(raters):
                found = gettext_noop("{name}的能力评议已经登记")
                remedy = gettext_noop("需要更正的，请在网页上更正并写明理由；不更正的，请清空这些行")
                self.cells.note(row, "name", in_chinese(found, remedy, name=nomination.person.name))
            no_change: list[Difference] = []
            return ReviewLine(row.line, label, before, no_change, nomination, raters, rated_on)
        if not may_give(self.user, nomination):
            found = gettext_noop("{name}的能力评议不由您的单位登记，或推荐已有结果")
            remedy = gettext_noop("请清空这些行")
            self.cells.note(row, "name", in_chinese(found, remedy, name=nomination.person.name))
        for field, fault in faults_of(nomination, raters, scale, rated_on=rated_on, on=self.on, before=None):
            self.cells.note(row, "rated_on" if field == "rated_on" else "rater", fault)
        return ReviewLine(row.line, label, None, [], nomination, raters, rated_on)

    def _rater(self, row: Row, scale: Scale, rated_on: dt.date | None) -> Rater | None:
        n_before = len(self.cells.problems)
        name = clean_name(self.cells.must(row, "rater"))
        if self.cells.value(row, "rated_on", rated_on) != rated_on:
            found = gettext_noop("同一人各行的评议日期不同")
            self.cells.note(row, "rated_on", in_chinese(found, gettext_noop("请改成相同的日期")))
        levels = {one.key: self._level(row, one.key, scale) for one in LEVELS}
        is_sound = len(self.cells.problems) == n_before
        duty = str(self.cells.value(row, "duty", ""))
        return Rater(name, duty, {key: level or 0 for key, level in levels.items()}) if is_sound else None

    def _level(self, row: Row, key: str, scale: Scale) -> int | None:
        words = self.cells.name(row, key)
        level = scale.level_of(words)
        if words and level is None:
            found, remedy = gettext_noop("没有“{text}”这一档"), gettext_noop("请从{names}中选择")
            names = "、".join(reversed(scale.names))
            self.cells.note(row, key, in_chinese(found, remedy, text=words, names=names))
        return level

    def _nomination(self, row: Row) -> Nomination | None:
        key = self.keys[row.line]
        if key is None:
            found = gettext_noop("行标识缺失、被改动，或不是能力评议表的")
            self.cells.note(row, "key", in_chinese(found, FRESH))
            return None
        nomination = self.nominations.get(key)
        if nomination is None:
            found = gettext_noop("这一行的人员不由您的单位登记")
            self.cells.note(row, "key", in_chinese(found, gettext_noop("请交组织部门导入，或清空这一行")))
            return None
        text = self.cells.text(row, "name")
        if clean_name(text) != clean_name(nomination.person.name):
            found = gettext_noop("行标识属于{value}，本行写的是“{text}”")
            self.cells.note(row, "name", in_chinese(found, FRESH, value=nomination.person.name, text=text))
            return None
        return nomination

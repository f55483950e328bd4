"""Read a workbook of talks (谈话汇总表): a dry run with the checks of the web page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from secondment.accounts.models import User
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.rows import RowReader
from secondment.files.columns.talks import TALKS, TOLD
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.placements.models import Placement
from secondment.talks.choices import UNIT_OF, Owner, Side
from secondment.talks.drafts import NewFollowUp, NewTalk, faults_of
from secondment.talks.models import Talk, TalkPerson
from secondment.talks.queries import candidates
from secondment.talks.rules import may_record
from secondment.talks.workbooks import read_key
from secondment.units.models import Unit

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")
KEYS = tuple(column.key for column in TALKS)
KIND = ListKind(TALKS, KEYS, TALKS.headers(KEYS), ("key", "name"), MOST_ROWS)
NEEDED = ("held_on", "kind", "talker")


@dataclass(frozen=True)
class Told:
    """What the rows of one talk have in common."""

    held_on: dt.date
    kind: str
    unit: Unit
    side: str
    talker: str
    points: str

    def with_people(self, placements: Sequence[Placement], items: Sequence[NewFollowUp] = ()) -> NewTalk:
        """The talk with these people."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return NewTalk(**values, placements=placements, items=items)


@dataclass(frozen=True)
class TalkLine(ListLine):
    """A row that was filled in: whom it is about, what was told, and the item that follows."""

    placement: Placement
    told: Told
    item: NewFollowUp | None


def read_talks(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[TalkLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user, on).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.table, self.user, self.on = table, user, on
        self.cells = RowReader(table, TALKS)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key for key in self.keys.values() if key}
        mine = candidates(user).filter(pk__in=known)
        rows = mine.select_related("person", "host_unit", "home_unit", "owner_unit")
        self.placements = {one.pk: one for one in rows}
        self.known = self._known()
        self.result: ListImport[TalkLine] = ListImport(table.file, table=table)

    def _known(self) -> dict[tuple[object, ...], Talk]:
        """Entries that stand, by person, day, kind, office and talker."""
        people = TalkPerson.objects.filter(placement__in=list(self.placements), talk__is_withdrawn=False)
        return {
            (one.placement_id, one.talk.held_on, one.talk.kind, one.talk.unit_id, one.talk.talker): one.talk
            for one in people.select_related("talk")
        }

    def read(self) -> ListImport[TalkLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> TalkLine | None:
        if not any(self.cells.text(row, one.key) for one in TOLD):
            return None
        key = self.keys[row.line]
        placement = self.placements.get(key) if key else None
        fault = self._fault_of_key(row, placement, known=key is not None)
        if fault is not None or placement is None:
            self.cells.note(row, "key", fault or in_chinese(FRESH))
            return None
        for one in NEEDED:
            if not self.cells.text(row, one):
                self.cells.name(row, one)
        values = {one.key: self.cells.value(row, one.key, "") for one in TOLD}
        if not all(values[one] for one in NEEDED):
            return None
        return self._told(row, placement, values)

    def _told(self, row: Row, placement: Placement, values: dict[str, object]) -> TalkLine:
        side = str(values["side"] or Side.HOST)
        unit: Unit = getattr(placement, UNIT_OF[side])
        told = Told(
            held_on=values["held_on"],  # type: ignore[arg-type]  # a cell of a day
            kind=str(values["kind"]),
            unit=unit,
            side=side,
            talker=str(values["talker"]),
            points=str(values["points"]),
        )
        for field, fault in faults_of(told.with_people([placement]), self.on):
            self.cells.note(row, field if field in KEYS else "name", fault)
        if not may_record(self.user, unit, side, [placement]):
            found = gettext_noop("{unit}的谈话不由您的单位登记")
            remedy = gettext_noop("请核对谈话单位，或交主办组织部门导入")
            self.cells.note(row, "side", in_chinese(found, remedy, unit=unit.name))
        known = self.known.get((placement.pk, told.held_on, told.kind, unit.pk, told.talker))
        label = f"{placement.person.name} · {told.held_on}"
        return TalkLine(row.line, label, known, [], placement, told, self._item(row, placement, told, values))

    def _item(
        self, row: Row, placement: Placement, told: Told, values: dict[str, object]
    ) -> NewFollowUp | None:
        text, due_on = str(values["item"]), values["due_on"]
        if bool(text) != bool(due_on):
            found = gettext_noop("跟进事项和办结期限只填了一项")
            self.cells.note(
                row, "due_on" if text else "item", in_chinese(found, gettext_noop("请填全，或都不填"))
            )
            return None
        if not text or not isinstance(due_on, dt.date):
            return None
        if due_on < told.held_on:
            found = gettext_noop("办结期限早于谈话日期")
            self.cells.note(row, "due_on", in_chinese(found, gettext_noop("请改正日期")))
        return NewFollowUp(text, str(values["owner"] or Owner.OWN), due_on, placement)

    def _fault_of_key(self, row: Row, placement: Placement | None, *, known: bool) -> Fault | None:
        if not known:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是谈话汇总表的"), FRESH)
        if placement is None:
            found = gettext_noop("这一行的人员不由您的单位填报")
            return in_chinese(found, gettext_noop("请交主办组织部门导入，或清空这一行"))
        if clean_name(self.cells.text(row, "name")) != clean_name(placement.person.name):
            found = gettext_noop("行标识属于{value}，本行写的是“{text}”")
            return in_chinese(found, FRESH, value=placement.person.name, text=self.cells.text(row, "name"))
        return None

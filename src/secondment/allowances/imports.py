"""Read a workbook of allowances (保障汇总表): a dry run with the checks of the web page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.allowances.drafts import (
    Insured,
    Named,
    faults_of_check,
    faults_of_insurance,
    faults_of_trips,
)
from secondment.allowances.models import HealthCheck, Insurance, TripCount
from secondment.allowances.queries import checks_of, insurances_of, recorded_by
from secondment.allowances.workbooks import read_key
from secondment.common.components import Difference
from secondment.common.days import ONE_DAY
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.allowances import ALLOWANCES, TOLD
from secondment.files.columns.rows import RowReader
from secondment.files.dates import Month
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.placements.models import Placement

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")
KEYS = tuple(column.key for column in ALLOWANCES)
KIND = ListKind(ALLOWANCES, KEYS, ALLOWANCES.headers(KEYS), ("key", "name"), MOST_ROWS)
INSURANCE = ("insurer", "number", "starts_on", "last_on")
TRIPS = ("month", "n")


@dataclass(frozen=True)
class AllowanceLine(ListLine):
    """A row that was filled in: whom it is about, and what of it is new."""

    placement: Placement
    insured: Insured | None
    checked_on: dt.date | None
    trips: tuple[dt.date, int] | None


def read_allowances(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[AllowanceLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user, on).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.on = on
        self.table = table
        self.cells = RowReader(table, ALLOWANCES)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key for key in self.keys.values() if key}
        rows = recorded_by(user).filter(pk__in=known).select_related("person", "host_unit", "home_unit")
        self.placements = {one.pk: one for one in rows}
        self.insurances: dict[int, list[Insurance]] = defaultdict(list)
        for insurance in insurances_of(list(self.placements)):
            self.insurances[insurance.placement_id].append(insurance)
        self.checks: dict[int, list[HealthCheck]] = defaultdict(list)
        for check in checks_of(list(self.placements)):
            self.checks[check.placement_id].append(check)
        trips = TripCount.objects.filter(placement__in=list(self.placements))
        self.trips = {(one.placement_id, one.month): one.n for one in trips}
        self.lines: dict[tuple[object, ...], int] = {}
        self.result: ListImport[AllowanceLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[AllowanceLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> AllowanceLine | None:
        key = self.keys[row.line]
        placement = self.placements.get(key) if key else None
        if placement is not None:
            self._name_what_was_typed_over(row, placement)
        if not any(self.cells.text(row, one.key) for one in TOLD):
            return None
        fault = self._fault_of_key(row, placement, known=key is not None)
        if fault is not None or placement is None:
            self.cells.note(row, "key", fault or in_chinese(FRESH))
            return None
        changed: list[Difference] = []
        insured = self._insured(row, placement, changed)
        checked_on = self._checked(row, placement, changed)
        trips = self._trips(row, placement, changed)
        return AllowanceLine(
            row.line, placement.person.name, placement, changed, placement, insured, checked_on, trips
        )

    def _name_what_was_typed_over(self, row: Row, placement: Placement) -> None:
        """A day in a column that the system fills in is on record, now or when the workbook was written."""
        days = {
            "insured_until": {one.last_day for one in self.insurances[placement.pk]},
            "last_check": {one.checked_on for one in self.checks[placement.pk]},
        }
        for key, on_record in days.items():
            text = self.cells.text(row, key)
            if text and text not in map(str, on_record):
                found = gettext_noop("“{text}”没有登记过；这一栏由系统填好，填写无效")
                remedy = gettext_noop("新办的保险、新做的体检请填在后面各栏，并恢复或清空这一格")
                self.cells.note(row, key, in_chinese(found, remedy, text=text))

    def _fault_of_key(self, row: Row, placement: Placement | None, *, known: bool) -> Fault | None:
        if not known:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是保障汇总表的"), FRESH)
        if placement is None:
            found = gettext_noop("这一行的人员不由您的单位登记，或已不在挂")
            return in_chinese(found, gettext_noop("请交主办组织部门导入，或清空这一行"))
        if clean_name(self.cells.text(row, "name")) != clean_name(placement.person.name):
            found = gettext_noop("行标识属于{value}，本行写的是“{text}”")
            return in_chinese(found, FRESH, value=placement.person.name, text=self.cells.text(row, "name"))
        return None

    def _insured(self, row: Row, placement: Placement, changed: list[Difference]) -> Insured | None:
        """All four, or none."""
        if not self._all_of(row, INSURANCE):
            return None
        insurer, number, starts_on, last_on = (self.cells.value(row, one) for one in INSURANCE)
        if not (insurer and number and starts_on and last_on):
            return None
        new = Insured(insurer, number, starts_on, last_on + ONE_DAY)
        self._note(row, faults_of_insurance(placement, new))
        self._twice(row, "number", (placement.pk, number, starts_on))
        same = (
            one for one in self.insurances[placement.pk] if (one.number, one.starts_on) == (number, starts_on)
        )
        known = next(same, None)
        if known is None:
            changed.append(Difference(ALLOWANCES["number"].title, "", f"{number}（{starts_on}—{last_on}）"))
        elif (known.insurer, known.ends_on) != (new.insurer, new.ends_on):
            found = gettext_noop("这份保险单已登记，内容不同")
            remedy = gettext_noop("请核对；登记有误的，请先在网页上作废原来的一条")
            self.cells.note(row, "number", in_chinese(found, remedy))
        return new

    def _checked(self, row: Row, placement: Placement, changed: list[Difference]) -> dt.date | None:
        checked_on: dt.date | None = self.cells.value(row, "checked_on")
        if checked_on is None:
            return None
        self._note(row, faults_of_check(placement, checked_on, self.on))
        self._twice(row, "checked_on", (placement.pk, checked_on))
        if checked_on not in {one.checked_on for one in self.checks[placement.pk]}:
            changed.append(Difference(ALLOWANCES["checked_on"].title, "", f"{checked_on}"))
        return checked_on

    def _trips(self, row: Row, placement: Placement, changed: list[Difference]) -> tuple[dt.date, int] | None:
        if not self._all_of(row, TRIPS):
            return None
        when, n = (self.cells.value(row, one) for one in TRIPS)
        if when is None or n is None:
            return None
        month = dt.date(when.year, when.month, 1) if isinstance(when, Month) else when.replace(day=1)
        self._note(row, faults_of_trips(placement, month, n, self.on))
        self._twice(row, "month", (placement.pk, "month", month))
        before = self.trips.get((placement.pk, month))
        if before != n:
            old = "" if before is None else f"{before}"
            changed.append(Difference(ALLOWANCES["n"].title, old, f"{n}（{month:%Y-%m}）"))
        return month, n

    def _all_of(self, row: Row, keys: tuple[str, ...]) -> bool:
        """Whether the part of the row is filled in; a part of it that is missing is named."""
        if not any(self.cells.text(row, one) for one in keys):
            return False
        for one in keys:
            self.cells.name(row, one)
        return True

    def _note(self, row: Row, faults: Iterable[Named]) -> None:
        for field, fault in faults:
            self.cells.note(row, field, fault)

    def _twice(self, row: Row, key: str, what: tuple[object, ...]) -> None:
        first = self.lines.setdefault(what, row.line)
        if first != row.line:
            found = gettext_noop("与第{line}行相同")
            self.cells.note(row, key, in_chinese(found, gettext_noop("请清空一行"), line=first))

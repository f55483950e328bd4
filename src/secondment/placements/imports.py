"""Read a list of people in post (在挂名册): a dry run that says what each row would make or change."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, units_within
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.common.components import Difference
from secondment.common.days import ONE_DAY
from secondment.common.file_faults import kept
from secondment.common.import_report import ImportReport
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.placement import EXAMPLE_NAME, EXTERNAL, KEYS, PLACEMENT, REQUIRED
from secondment.files.columns.rows import RowReader
from secondment.files.faults import CellError, Fault, gettext_noop, in_chinese
from secondment.files.identity import IdentityNumber, parse_identity_number
from secondment.files.names import clean_name
from secondment.files.problems import Problem
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.people.models import Person
from secondment.placements.choices import Ending, Origin, PlacementState, WorkMode
from secondment.placements.import_changes import PLAIN, changes_of
from secondment.placements.models import Placement
from secondment.placements.on_record import NewPerson, NewUnit, OnRecord, first_day, no_home, to_be_made
from secondment.placements.services.formalities import FORMALITIES, faults_of
from secondment.units.models import LONGEST_NAME, Unit
from secondment.units.queries import find_unit

LIST = ListKind(PLACEMENT, KEYS, PLACEMENT.headers(KEYS, asks_of_others=True), REQUIRED, most_rows=5_000)
NOT_BEGUN = frozenset({PlacementState.DECIDED, PlacementState.APPOINTED})


@dataclass(frozen=True)
class PlacementLine(ListLine):
    """One person in post: who, where, for which programme, and the fields of the placement."""

    person: Person | NewPerson
    facts: Mapping[str, Any]
    """What the row adds to somebody on record who lacked it."""
    home: Unit | NewUnit
    host: Unit | NewUnit
    title: str
    version: ProgrammeVersion
    values: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class PlacementImport(ListImport[PlacementLine]):
    """Everything a list of people in post would do, for the organisation department of `owner`."""

    owner: Unit | None = None

    def report(self) -> ImportReport:
        """The same for a page, with the units that would be made."""
        report = super().report()
        units = {
            unit: line.line
            for line in reversed(self.lines)
            for unit in (line.host, line.home)
            if isinstance(unit, NewUnit)
        }
        new = [kept(Problem(self.file, line, "", to_be_made(unit))) for unit, line in units.items()]
        return replace(report, notes=[*report.notes, *reversed(new)])


def read_placements(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[PlacementLine]:
    """Dry run over a file; a row means the placement of the same person at the same host from the same day."""
    return LIST.plan(content, file, read, lambda table: _Reader(table, user, on).read())


def owner_of(user: User) -> Unit | None:
    """The unit of the account's organisation department; the highest, where it works for several."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    return Unit.objects.filter(path__in=paths).order_by("path").first()


class _Reader:
    """Reads one list; what rows name often is looked up once."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.table, self.on = table, on
        terms = () if "term" in _meant(table) else ("starts_on", "last_day")
        self.cells = RowReader(table, PLACEMENT, terms)
        self.owner = owner_of(user)
        self.units = units_within(user, Role.ORGANISATION_DEPARTMENT)
        self.found: dict[str, Unit | CellError] = {}
        self.programmes = {one.name: one for one in Programme.objects.order_by("is_active", "pk")}
        self.versions: dict[int, ProgrammeVersion] = {}
        for version in ProgrammeVersion.objects.select_related("programme").order_by("number"):
            self.versions[version.programme_id] = version
        self.known = OnRecord(self.cells, user)
        self.new: dict[tuple[object, ...], NewPerson] = {}
        self.terms: defaultdict[object, list[tuple[dt.date, dt.date, int]]] = defaultdict(list)
        self.result = PlacementImport(table.file, table=table, owner=self.owner)

    def read(self) -> PlacementImport:
        rows = [row for row in self.table.rows if self.cells.text(row, "name") != EXAMPLE_NAME]
        return self.result.read(rows, self.cells, self._line)

    def _line(self, row: Row) -> PlacementLine | None:
        n_before = len(self.cells.problems)
        home = self._home(row)
        host = self._host(row)
        version = self.cells.value(row, "programme", None, self._version)
        self.cells.name(row, "programme")
        title = self.cells.must(row, "title")
        term = self._term(row)
        person = self._person(row, home) if home is not None else None
        values = self._values(row)
        if home is None or host is None or version is None or term is None or person is None:
            return None
        starts_on, ends_on = term
        before = self.known.placement_of(person, host, starts_on)
        values |= {"starts_on": starts_on, "ends_on": ends_on}
        values |= self._ending(row, starts_on, ends_on, before)
        if len(self.cells.problems) > n_before:  # what follows would only be said because of these
            return None
        if before is None:
            self._check_units(row, home, host)
        version = self._kept_version(row, version, before)
        self._check_terms(row, person, before, values)
        self._check_changes(row, before, values)
        facts = self._facts(row, person) if isinstance(person, Person) else {}
        source = f"{self.table.file} 第{row.line}行"
        if before is None:
            values = {"work_mode": WorkMode.FULL.value} | values
        self._check_formalities(row, before, values)
        differences = self._differences(row, before, title, version, values, facts)
        label = f"{self.cells.text(row, 'name')} → {_name(host)} {title}"
        return PlacementLine(
            row.line, label, before, differences, person, facts, home, host, title, version, values, source
        )

    def _unit(self, text: str) -> Unit:
        if text not in self.found:
            self.found[text] = self._find(text)
        found = self.found[text]
        if isinstance(found, CellError):
            raise found
        return found

    def _find(self, text: str) -> Unit | CellError:
        """The unit in use of that name; one that is not is looked for only where there is none."""
        for units in (self.units.filter(is_active=True), self.units):
            try:
                return find_unit(text, units)
            except CellError as error:
                found = error
                if error.fault.values.get("n"):  # several are so called
                    break
        return found

    def _home(self, row: Row) -> Unit | NewUnit | None:
        """The home unit; one that is not in the tree is made where the row says that it is external."""
        text, above = self.cells.must(row, "home"), self.cells.text(row, "home_parent")
        if not text:
            return None
        try:
            return self._unit(f"{above}/{text}" if above not in {"", EXTERNAL} and "/" not in text else text)
        except CellError as error:
            is_nowhere = not error.fault.values.get("n")
            if above == EXTERNAL and is_nowhere:
                return self._new_unit(row, "home", text, None)
            self.cells.note(row, "home", no_home(text) if is_nowhere else error.fault)
            return None

    def _check_units(self, row: Row, home: Unit | NewUnit, host: Unit | NewUnit) -> None:
        """A unit out of use takes and sends nobody new."""
        for key, unit in (("home", home), ("host", host)):
            if isinstance(unit, Unit) and not unit.is_active:
                remedy = gettext_noop("请写现在的单位，或先在单位目录中恢复该单位")
                self.cells.note(row, key, in_chinese("单位“{text}”已停用", remedy, text=unit.name))

    def _host(self, row: Row) -> Unit | NewUnit | None:
        """The host unit; one that is not in the tree is made, external unless its parent is named."""
        text, above = self.cells.must(row, "host"), self.cells.text(row, "host_parent")
        if not text:
            return None
        parent = self.cells.value(row, "host_parent", None, self._unit)
        if above and parent is None:
            return None
        try:
            return self._unit(f"{above}/{text}" if above and "/" not in text else text)
        except CellError as error:
            if error.fault.values.get("n"):  # several are so called
                self.cells.note(row, "host", error.fault)
                return None
            if isinstance(parent, Unit) and text in {parent.name, parent.short_name}:  # the township itself
                return parent
            return self._new_unit(row, "host", text, parent)

    def _new_unit(self, row: Row, key: str, text: str, parent: Unit | None) -> NewUnit | None:
        """A unit of that name, or of the last name of a path."""
        name = clean_name(text.strip("/ ").rsplit("/", 1)[-1])
        if name and len(name) <= LONGEST_NAME:
            return NewUnit(name, parent)
        too_long = Fault("too_long", {"n": len(name), "longest": LONGEST_NAME})
        self.cells.note(row, key, too_long if name else Fault("is_empty"))
        return None

    def _version(self, text: str) -> ProgrammeVersion:
        programme = self.programmes.get(text)
        if programme is None or programme.pk not in self.versions:
            remedy = gettext_noop("请写系统中的项目名称：{names}")
            found = gettext_noop("没有挂职项目“{text}”")
            names = "、".join(one.name for one in self.programmes.values() if one.is_active)
            raise CellError(in_chinese(found, remedy, text=text, names=names))
        return self.versions[programme.pk]

    def _kept_version(
        self, row: Row, version: ProgrammeVersion, before: Placement | None
    ) -> ProgrammeVersion:
        """The version that a placement on record has; one that is new has the newest, of a programme in use."""
        if before is not None and before.programme_version.programme_id == version.programme_id:
            return before.programme_version
        if not version.programme.is_active:
            found = gettext_noop("挂职项目“{text}”已停用")
            fault = in_chinese(found, "请写在用的挂职项目", text=version.programme.name)
            self.cells.note(row, "programme", fault)
        return version

    def _term(self, row: Row) -> tuple[dt.date, dt.date] | None:
        """The half-open term."""
        both = self.cells.value(row, "term")
        starts_on = self.cells.value(row, "starts_on", both and both[0])
        last = self.cells.value(row, "last_day", both and both[1])
        if starts_on is None or last is None:
            for key, value in (("starts_on", starts_on), ("last_day", last)):
                if value is None and not self.cells.text(row, key) and not self.cells.text(row, "term"):
                    self.cells.note(row, key, Fault("is_empty"))
            return None
        if last < starts_on:
            self.cells.note(row, "last_day", in_chinese("挂职结束早于挂职开始", "请核对两个日期"))
            return None
        return starts_on, last + ONE_DAY

    def _values(self, row: Row) -> dict[str, Any]:
        """The plain fields that the row fills; an empty cell leaves what is there."""
        read = {key: self.cells.value(row, key) for key in PLAIN if self.cells.text(row, key)}
        return {key: value for key, value in read.items() if value is not None}

    def _ending(
        self, row: Row, starts_on: dt.date, ends_on: dt.date, before: Placement | None
    ) -> dict[str, Any]:
        """Of a term that is over: the day it really ended. A destination without that day ends with the term.

        What was closed stays closed as it was, unless the row names another day: an end is taken back on its page.
        """
        last = self.cells.value(row, "ended_on")
        if before is not None and before.state == PlacementState.ENDED and last in (None, before.last_day):
            return {"state": before.state, "ends_on": before.ends_on}
        if last is None and not self.cells.text(row, "destination"):
            if before is not None and before.state in NOT_BEGUN:
                return {"state": before.state}
            if starts_on > self.on:
                remedy = gettext_noop("本表只收已经在挂和已经结束的；将要派出的，请通过批次或单人挂职办理")
                self.cells.note(row, "starts_on", in_chinese("挂职开始在今天之后", remedy))
            return {"state": PlacementState.IN_POST}
        last = last or ends_on - ONE_DAY
        if last > self.on:
            remedy = gettext_noop("还没有结束的，请清空实际止和去向")
            self.cells.note(row, "ended_on", in_chinese("实际止在今天之后", remedy))
        elif last < starts_on:
            self.cells.note(row, "ended_on", in_chinese("实际止早于挂职开始", "请核对两个日期"))
        ending = Ending.EARLY if last + ONE_DAY < ends_on else Ending.EXPIRED
        return {
            "state": PlacementState.ENDED,
            "ends_on": last + ONE_DAY,
            "closed_on": last,
            "ending": ending.value,
        }

    def _person(self, row: Row, home: Unit | NewUnit) -> Person | NewPerson | None:
        name = clean_name(self.cells.must(row, "name"))
        number = self.cells.value(row, "identity_number", None, parse_identity_number)
        born = self.cells.value(row, "born")
        if not name or (number is None and self.cells.text(row, "identity_number")):
            return None
        found, fault = self.known.person_of(name, number, born, home)
        if fault is not None:
            key, why = fault
            self.cells.note(row, key, why)
            return None
        if found is not None:
            return found
        day = number.born_on if number else first_day(born)
        sex = number.sex if number else self.cells.value(row, "sex", "")
        one: tuple[object, ...] = (number.text,) if number else (name, home, born)
        phone = self.cells.value(row, "phone", "")
        return self.new.setdefault(one, NewPerson(name, home, sex, day, number, phone))

    def _facts(self, row: Row, person: Person) -> dict[str, Any]:
        """What the row knows of somebody on record and the record does not."""
        given = {
            "sex": self.cells.value(row, "sex", ""),
            "born_on": first_day(self.cells.value(row, "born")),
            "phone": self.cells.value(row, "phone", ""),
        }
        facts: dict[str, Any] = {
            name: value for name, value in given.items() if value and not getattr(person, name)
        }
        number = self.cells.value(row, "identity_number", None, parse_identity_number)
        if number is not None and not person.identity_index:
            facts["number"] = number
        return facts

    def _check_terms(
        self, row: Row, person: Person | NewPerson, before: Placement | None, values: Mapping[str, Any]
    ) -> None:
        """Nobody is in two placements on one day, nor in a second one before the first is closed (H5)."""
        key = person.pk if isinstance(person, Person) else id(person)
        starts_on, ends_on = values["starts_on"], values["ends_on"]
        mine = [(one.starts_on, one.ends_on, 0) for one in self.known.standing_of(person) if one != before]
        for first, end, line in [*mine, *self.terms[key]]:
            if first < ends_on and starts_on < end:
                if line and (first, end) == (starts_on, ends_on):
                    remedy = gettext_noop("重复的，请删去一行；不是同一人的，请填身份证号或出生年月")
                    self.cells.note(
                        row, "name", in_chinese("与第{line}行的人员和起止日期都相同", remedy, line=line)
                    )
                    continue
                where = in_chinese("第{line}行", line=line) if line else in_chinese("系统中已有的挂职")
                found = gettext_noop("与{where}（{first}至{last}）时间重叠")
                remedy = gettext_noop("同一人同一时间只有一个挂职；已经结束的请填实际止")
                facts = {"where": where, "first": first, "last": end - ONE_DAY}
                self.cells.note(row, "starts_on", in_chinese(found, remedy, **facts))
        is_open = values["state"] == PlacementState.IN_POST
        if is_open and any(line == 0 for _first, _end, line in mine):
            remedy = gettext_noop("请先在系统中办结原挂职，或在本表中填写实际止")
            self.cells.note(row, "name", in_chinese("本人在系统中还有未办结的挂职", remedy))
        if is_open or before is None:
            self.terms[key].append((starts_on, ends_on, row.line))

    def _check_changes(self, row: Row, before: Placement | None, values: Mapping[str, Any]) -> None:
        """A term that was extended or cut short here (form F16) is not undone by an older list."""
        is_open = values["state"] == PlacementState.IN_POST
        if is_open and before in self.known.changed and before.ends_on != values["ends_on"]:
            found = gettext_noop("挂职期限已在系统中变更，至{last}")
            remedy = gettext_noop("请按变更后的期限填写；期限再有变化的，在其页面办理")
            self.cells.note(row, "last_day", in_chinese(found, remedy, last=before.last_day))

    def _check_formalities(self, row: Row, before: Placement | None, values: Mapping[str, Any]) -> None:
        """Dates of membership and appointment run forwards, as the form of the placement asks it."""
        known = {name: values.get(name, getattr(before, name, None)) for name in FORMALITIES}
        for name, found in faults_of(known, self.on):
            self.cells.note(row, name, in_chinese(found, gettext_noop("请核对")))

    def _differences(
        self,
        row: Row,
        before: Placement | None,
        title: str,
        version: ProgrammeVersion,
        values: Mapping[str, Any],
        facts: Mapping[str, Any],
    ) -> list[Difference]:
        if before is None:
            return []
        found = list(changes_of(before, title, version, values))
        found += [
            Difference(PLACEMENT[_COLUMN_OF.get(name, name)].title, "", _shown(value))
            for name, value in facts.items()
        ]
        if found and before.origin != Origin.RECORDED:
            remedy = gettext_noop("请在其页面办理；本表只修改补录的挂职")
            self.cells.note(row, "name", in_chinese("这段挂职不是补录的，与本行不同", remedy))
        return found


_COLUMN_OF = {"born_on": "born", "number": "identity_number"}


def _shown(value: object) -> object:
    """A number as most readers may see it."""
    return value.masked if isinstance(value, IdentityNumber) else value


def _meant(table: Table) -> set[str]:
    return {column.key for header in table.columns if (column := PLACEMENT.meant_by(header))}


def _name(host: Unit | NewUnit) -> str:
    return host.name

"""Compare drafts with the persons known: who is new, changed, unchanged or refused, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from secondment.accounts.models import User
from secondment.common.dependents import dependents_of
from secondment.common.protection import blind_index
from secondment.people.choices import Outcome
from secondment.people.imports.differences import (
    Shown,
    changes_for,
    is_nothing,
    settled_values,
    too_long,
    writable_part,
)
from secondment.people.imports.draft import Draft
from secondment.people.models import Person
from secondment.people.queries import kept_by
from secondment.people.rules import writable_at
from secondment.people.services.changes import PersonChanges
from secondment.tables.dates import Month
from secondment.tables.problems import Problem
from secondment.units.models import Unit

CHUNK = 500


@dataclass(frozen=True)
class PlannedRow:
    """What the import would do to one person of the file; `changes` None for a refused one."""

    position: int
    draft: Draft
    outcome: Outcome
    person: Person | None = None
    changes: PersonChanges | None = None
    shown: Sequence[Shown] = ()
    problems: Sequence[Problem] = ()
    index: str = ""


@dataclass
class Planner:
    """Plans drafts in order, remembering who has been seen; three queries and prefetches a chunk."""

    unit: Unit
    on: dt.date
    by: User
    sources_by_index: dict[str, str] = field(default_factory=dict)
    sources_by_person: dict[int, str] = field(default_factory=dict)
    sources_by_name: dict[tuple[str, object, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writable = writable_at(self.by, self.unit.path)
        self.units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.under(self.unit):
            for name in {unit.name, unit.short_name} - {""}:
                self.units[name].append(unit)

    def plan(self, drafts: Sequence[Draft]) -> Iterator[PlannedRow]:
        """One planned row a draft, in order."""
        for start in range(0, len(drafts), CHUNK):
            chunk = drafts[start : start + CHUNK]
            known = _Known(chunk, self.unit, self.by)
            for at, draft in enumerate(chunk, start=start + 1):
                yield self._row(at, draft, known)

    def _row(self, position: int, draft: Draft, known: "_Known") -> PlannedRow:
        index = known.indexes.get(draft.identity.text, "") if draft.identity else ""
        problems = [*draft.problems, *self._seen_before(draft, index)]
        unit, faults = self._unit_of(draft)
        person, doubts = known.person_of(draft, index, unit, names_unit=draft.unit_name is not None)
        values = settled_values(draft, person, unit)
        problems += [*faults, *doubts, *self._person_again(draft, person), *too_long(draft, values)]
        if person is None and not draft.problems and not doubts:
            problems += _missing(draft)
            problems += self._named_again(draft, unit)
        if problems:
            return PlannedRow(position, draft, Outcome.REFUSED, problems=problems)
        draft = draft if person is None else writable_part(draft, self.writable)
        changes, shown = changes_for(draft, person, values)
        outcome = (
            Outcome.CREATED
            if person is None
            else Outcome.UNCHANGED
            if is_nothing(changes)
            else Outcome.CHANGED
        )
        hints = [*draft.hints, *self._moves_away(draft, person, changes)]
        return PlannedRow(position, draft, outcome, person, changes, shown, hints, index)

    def _moves_away(self, draft: Draft, person: Person | None, changes: PersonChanges) -> list[Problem]:
        """Who goes to another unit may still be in a post, nominated or planned for one."""
        if person is None or "unit" not in changes.values:
            return []
        found = "；".join(one.text for one in dependents_of(person, self.on))
        remedy = "导入后这些事项不会自动终止，请核对后另行办理"
        return [Problem(draft.source, 0, "所在单位", f"换了单位，但还有：{found}", remedy)] if found else []

    def _seen_before(self, draft: Draft, index: str) -> list[Problem]:
        first = self.sources_by_index.setdefault(index, draft.source) if index else draft.source
        if first == draft.source:
            return []
        return [Problem(draft.source, 0, "身份证号", f"与“{first}”重复", "同一人只保留一处")]

    def _person_again(self, draft: Draft, person: Person | None) -> list[Problem]:
        first = self.sources_by_person.setdefault(person.pk, draft.source) if person else draft.source
        if first == draft.source:
            return []
        return [Problem(draft.source, 0, "姓名", f"与“{first}”是同一人", "同一人只保留一处")]

    def _named_again(self, draft: Draft, unit: Unit) -> list[Problem]:
        """Two new persons of one name, birth month and unit without identity numbers cannot be told apart."""
        if draft.identity:
            return []
        key = (draft.values.get("name", ""), _month(draft.values.get("born_on")), unit.pk)
        first = self.sources_by_name.setdefault(key, draft.source)
        if first == draft.source:
            return []
        found = f"与“{first}”同单位同名同出生年月"
        return [Problem(draft.source, 0, "姓名", found, "同一人只保留一处；不是同一人请填写身份证号")]

    def _unit_of(self, draft: Draft) -> tuple[Unit, list[Problem]]:
        if draft.unit_name is None:
            return self.unit, []
        found = self.units.get(draft.unit_name, [])
        if len(found) == 1:
            return found[0], []
        told = (
            f"系统中有{len(found)}个“{draft.unit_name}”"
            if found
            else f"“{draft.unit_name}”不在导入单位及其下级单位中"
        )
        remedy = "请选择更低一级的导入单位" if found else "请改为系统中的单位名称，或先建立该单位"
        return self.unit, [Problem(draft.source, 0, "所在单位", told, remedy)]


class _Known:
    """Persons of the database that drafts of one chunk may mean."""

    def __init__(self, drafts: Sequence[Draft], unit: Unit, by: User) -> None:
        self.scope = unit
        numbers = {draft.identity.text for draft in drafts if draft.identity}
        self.indexes = {number: blind_index(number) for number in numbers}
        people = Person.objects.select_related("unit", "photo").prefetch_related(
            "career", "annual_grades", "family", "specialties"
        )
        # Only people whose files the importer keeps: that others exist must not show.
        by_index = people.filter(pk__in=kept_by(by).values("pk"), identity_index__in=self.indexes.values())
        self.by_index = {str(person.identity_index): person for person in by_index}
        self.by_name: dict[tuple[str, object], list[Person]] = defaultdict(list)
        # Whoever is found by number need not be looked for by name.
        names = {
            draft.values["name"]
            for draft in drafts
            if draft.values.get("name") and self._index_of(draft) not in self.by_index
        }
        for person in people.of_units(unit.path).filter(name__in=names):
            self.by_name[person.name, _month(person.born_on)].append(person)

    def _index_of(self, draft: Draft) -> str:
        return self.indexes[draft.identity.text] if draft.identity else ""

    def person_of(
        self, draft: Draft, index: str, unit: Unit, *, names_unit: bool
    ) -> tuple[Person | None, list[Problem]]:
        """The person meant, or none, or why it cannot be said: number first, else name, birth month and unit."""
        if index and index in self.by_index:
            person = self.by_index[index]
            return (person, []) if person.unit.is_under(self.scope) else (None, [_elsewhere(draft)])
        namesakes = self.by_name.get((draft.values.get("name", ""), _month(draft.values.get("born_on"))), [])
        if draft.identity:
            namesakes = [person for person in namesakes if person.identity_index is None]
        if names_unit:
            namesakes = [person for person in namesakes if person.unit_id == unit.pk]
        if len(namesakes) > 1:
            return None, [_ambiguous(draft, len(namesakes))]
        return (namesakes[0] if namesakes else None), []


def _month(value: object) -> object:
    """The month of a day or month, so that both compare."""
    return value if value is None or isinstance(value, Month) else Month.of_day(value)  # type: ignore[arg-type]  # a date


def _missing(draft: Draft) -> list[Problem]:
    needed = {"name": "姓名", "sex": "性别", "born_on": "出生年月"}
    return [
        Problem(draft.source, 0, title, "没有填写", f"请填写{title}")
        for name, title in needed.items()
        if not draft.values.get(name)
    ]


def _elsewhere(draft: Draft) -> Problem:
    found = "此身份证号已登记在导入单位以外的单位"
    return Problem(draft.source, 0, "身份证号", found, "请核对号码；如属调动，请联系组织部门")


def _ambiguous(draft: Draft, n: int) -> Problem:
    return Problem(draft.source, 0, "姓名", f"有{n}人同名同出生年月，无法判断是哪一位", "请填写身份证号")

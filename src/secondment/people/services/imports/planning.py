"""Compare drafts with the persons known: who is new, changed, unchanged or refused, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from uuid import UUID

from secondment.accounts.models import User
from secondment.common.dependents import dependents_of
from secondment.common.protection import blind_index
from secondment.files.dates import Month
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.problems import Problem
from secondment.people.choices import RowOutcome
from secondment.people.errors import IdentityConflictError
from secondment.people.files.appointment_forms.facts import BIRTH_CONTRADICTS, SEX_CONTRADICTS
from secondment.people.files.draft import Draft
from secondment.people.files.form_draft import first_day
from secondment.people.likeness import Traits, likeness_of, traits_of
from secondment.people.models import Person
from secondment.people.queries import kept_by
from secondment.people.rules import writable_at
from secondment.people.services.changes import PersonChanges, fill
from secondment.people.services.imports.differences import (
    Shown,
    ability_faults,
    changes_for,
    day_faults,
    is_nothing,
    locked_faults,
    settled_values,
    too_long,
    writable_part,
)
from secondment.units.models import Unit
from secondment.units.queries import unit_label

CHUNK = 500


@dataclass(frozen=True)
class PlannedRow:
    """What the import would do to one person of the file; `changes` None for a refused one."""

    position: int
    draft: Draft
    outcome: RowOutcome
    person: Person | None = None
    changes: PersonChanges | None = None
    shown: Sequence[Shown] = ()
    problems: Sequence[Problem] = ()


@dataclass
class Planner:
    """Plans drafts in order, remembering who has been seen; three queries and prefetches a chunk."""

    unit: Unit
    on: dt.date
    by: User
    places_by_index: dict[str, Fault] = field(default_factory=dict)
    places_by_person: dict[int, Fault] = field(default_factory=dict)
    # By unit and by what persons are compared by: a new one is compared with its namesakes, not with the entire file.
    new: dict[tuple[int, object], list[tuple[Traits, Fault]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        self.writable = writable_at(self.by, self.unit.path)
        self.units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.under(self.unit).select_related("parent"):
            for name in {unit.name, unit.short_name, unit_label(unit)} - {""}:
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
        problems += [*faults, *doubts, *self._person_again(draft, person)]
        problems += [*too_long(draft, values), *day_faults(draft, person, values)]
        problems += ability_faults(draft, person, self.on)
        if person is None and not draft.problems and not doubts:
            missing = _missing(draft)
            problems += missing or self._doubts(_traits(draft, index), draft, unit, known)
        if problems:
            return PlannedRow(position, draft, RowOutcome.REFUSED, problems=problems)
        draft = draft if person is None else writable_part(draft, self.writable)
        changes, shown = changes_for(draft, person, values)
        faults = [fault] if (fault := _contradiction(draft, person, changes)) else []
        if draft.supplement and person:
            faults += locked_faults(draft, person, changes)
        if faults:
            return PlannedRow(position, draft, RowOutcome.REFUSED, problems=faults)
        outcome = (
            RowOutcome.CREATED
            if person is None
            else RowOutcome.UNCHANGED
            if is_nothing(changes)
            else RowOutcome.CHANGED
        )
        hints = [*draft.hints, *self._moves_away(draft, person, changes)]
        return PlannedRow(position, draft, outcome, person, changes, shown, hints)

    def _moves_away(self, draft: Draft, person: Person | None, changes: PersonChanges) -> list[Problem]:
        """Who goes to another unit may still be in a post, nominated or planned for one."""
        if person is None or "unit" not in changes.values:
            return []
        found = "；".join(one.text for one in dependents_of(person, self.on))
        remedy = gettext_noop("导入后这些事项不会自动终止，请核对后另行办理")
        fault = in_chinese("换了单位，但还有：{things}", remedy, things=found)
        return [draft.problem("所在单位", fault)] if found else []

    def _seen_before(self, draft: Draft, index: str) -> list[Problem]:
        first = self.places_by_index.setdefault(index, draft.place) if index else draft.place
        if first == draft.place:
            return []
        return [draft.problem("身份证号", in_chinese("与“{first}”重复", "同一人只保留一处", first=first))]

    def _person_again(self, draft: Draft, person: Person | None) -> list[Problem]:
        first = self.places_by_person.setdefault(person.pk, draft.place) if person else draft.place
        if first == draft.place:
            return []
        return [draft.problem("姓名", in_chinese("与“{first}”是同一人", "同一人只保留一处", first=first))]

    def _doubts(self, traits: Traits, draft: Draft, unit: Unit, known: "_Known") -> list[Problem]:
        """Whether a new person may be one of the file, or one on record whose file the importer keeps."""
        new = self.new[unit.pk, traits.key]
        new.append((traits, draft.place))
        for other, place in new[:-1]:
            if likeness_of(traits, other):
                remedy = gettext_noop("同一人只保留一处；不是同一人的，请核对身份证号")
                return [
                    draft.problem("姓名", in_chinese("与“{first}”同单位同名同出生年月", remedy, first=place))
                ]
        return [_likely(draft, person) for person in known.alike(traits)]

    def _unit_of(self, draft: Draft) -> tuple[Unit, list[Problem]]:
        if draft.unit_name is None:
            return self.unit, []
        named = self.units.get(draft.unit_name, [])
        found = [unit for unit in named if unit.name == draft.unit_name] or named
        if len(found) == 1:
            return found[0], []
        if found:
            remedy = gettext_noop("请写成“上级单位/单位名称”，或选择更低一级的导入单位")
            fault = in_chinese("系统中有{n}个“{name}”", remedy, n=len(found), name=draft.unit_name)
        else:
            remedy = gettext_noop("请改为系统中的单位名称，或先建立该单位")
            fault = in_chinese("“{name}”不在导入单位及其下级单位中", remedy, name=draft.unit_name)
        return self.unit, [draft.problem("所在单位", fault)]


class _Known:
    """Persons of the database that drafts of one chunk may mean."""

    def __init__(self, drafts: Sequence[Draft], unit: Unit, by: User) -> None:
        self.scope = unit
        numbers = {draft.identity.text for draft in drafts if draft.identity}
        self.indexes = {number: blind_index(number) for number in numbers}
        people = Person.objects.select_related("unit", "photo").prefetch_related(
            "career", "annual_grades", "family", "specialties", "abilities"
        )
        # Only people whose files the importer keeps: that others exist must not show.
        kept = people.filter(pk__in=kept_by(by).values("pk"))
        self.by_index: dict[str, Person] = {}
        self.repeated: set[str] = set()
        for person in kept.filter(identity_index__in=self.indexes.values()):
            index = str(person.identity_index)
            if index in self.by_index:
                self.repeated.add(index)
            self.by_index[index] = person
        keys = {key for draft in drafts if (key := _key(draft.supplement))}
        self.by_key = {str(person.key): person for person in kept.filter(key__in=keys)} if keys else {}
        self.by_name: dict[tuple[str, object], list[Person]] = defaultdict(list)
        self.named: dict[str, list[Person]] = defaultdict(list)
        # Persons found by number need not be looked up by name.
        names = {
            draft.values["name"]
            for draft in drafts
            if draft.values.get("name") and self._index_of(draft) not in self.by_index
        }
        for person in kept.filter(name__in=names):
            self.named[person.name].append(person)
            if person.unit.is_under(unit):
                self.by_name[person.name, _month(person.born_on)].append(person)

    def alike(self, traits: Traits) -> list[Person]:
        """People whose files the importer keeps who may be the same as a new person of the file."""
        return [one for one in self.named[traits.name] if likeness_of(traits, traits_of(one))]

    def _index_of(self, draft: Draft) -> str:
        return self.indexes[draft.identity.text] if draft.identity else ""

    def person_of(
        self, draft: Draft, index: str, unit: Unit, *, names_unit: bool
    ) -> tuple[Person | None, list[Problem]]:
        """The person meant, or none, or why it cannot be said: number first, else name, birth month and unit."""
        if draft.supplement:
            named = self.by_key.get(str(_key(draft.supplement)))
            return (
                (named, []) if named and named.unit.is_under(self.scope) else (None, [_unsupplemented(draft)])
            )
        if index in self.repeated:
            return None, [_numbered_twice(draft)]
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


def _key(text: str) -> UUID | None:
    """The key of a person in a 补充信息表, or nothing where the cell was changed."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _month(value: object) -> object:
    """The month of a day or month, so that both compare."""
    return value if value is None or isinstance(value, Month) else Month.of_day(value)  # type: ignore[arg-type]  # a date


def _missing(draft: Draft) -> list[Problem]:
    needed = {"name": "姓名", "sex": "性别", "born_on": "出生年月"}
    return [
        draft.problem(title, in_chinese("没有填写", "请填写{title}", title=title))
        for name, title in needed.items()
        if not draft.values.get(name)
    ]


def _contradiction(draft: Draft, person: Person | None, changes: PersonChanges) -> Problem | None:
    """Sex and birth of a person on record must agree with the number on record, in a file as on a form."""
    if person is None or person.identity_sealed is None or not {"sex", "born_on"} & changes.values.keys():
        return None
    try:
        fill(copy(person), changes)
    except IdentityConflictError:
        if "sex" in changes.values:
            return draft.problem("性别", SEX_CONTRADICTS)
        return draft.problem("出生年月", BIRTH_CONTRADICTS)
    return None


def _traits(draft: Draft, index: str) -> Traits:
    """What a new person of the file is compared by; a month counts as its first day."""
    born = draft.values["born_on"]
    day = first_day(born) if isinstance(born, Month) else born
    masked = draft.identity.masked if draft.identity else ""
    return Traits(draft.values["name"], draft.values["sex"], day, index, masked)


def _likely(draft: Draft, person: Person) -> Problem:
    number = person.identity_masked or in_chinese("没有身份证号")
    fault = in_chinese(
        "可能与已录入的{name}（{unit}，{number}）是同一人",
        "是同一人的，请先在其页面改正身份证号或所在单位；不是的，请逐人录入并确认",
        name=person.name,
        unit=person.unit.name,
        number=number,
    )
    return draft.problem("姓名", fault)


def _unsupplemented(draft: Draft) -> Problem:
    remedy = gettext_noop("请用系统导出的原表填写，或换一个导入单位")
    return draft.problem("补充编号", in_chinese("导入单位及其下级单位中没有这个人员", remedy))


def _numbered_twice(draft: Draft) -> Problem:
    fault = in_chinese("系统中有几人登记了这个身份证号", "请组织部门先核实疑似重复人员")
    return draft.problem("身份证号", fault)


def _elsewhere(draft: Draft) -> Problem:
    fault = in_chinese("此身份证号已登记在导入单位以外的单位", "请核对号码；如属调动，请联系组织部门")
    return draft.problem("身份证号", fault)


def _ambiguous(draft: Draft, n: int) -> Problem:
    return draft.problem("姓名", in_chinese("有{n}人同名同出生年月，无法判断是哪一位", "请填写身份证号", n=n))

"""A set of changes to one person, from a form or a file, and how they are applied: the one way a person is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from secondment.files.identity import parse_identity_number
from secondment.files.names import clean_name
from secondment.people.career_facts import UnitNames, derive_career
from secondment.people.derived import derive_codes
from secondment.people.errors import EmergencyContactError
from secondment.people.models import (
    AbilityValue,
    AnnualGrade,
    CareerEntry,
    FamilyFirm,
    FamilyMember,
    Penalty,
    Person,
    Specialty,
)
from secondment.people.names import name_initials, name_key
from secondment.people.sections import EMERGENCY_CONTACT
from secondment.people.services.history import Change, column_changes, columns_of_record, rows_change
from secondment.people.services.protected import check_identity, set_health_notes, set_identity

RowValues = Mapping[str, Any]


@dataclass(frozen=True)
class RowKind:
    """A table of rows below a person: its columns, and whether their order matters.

    Rows that are only added (`is_added`) are never replaced: changes name the new ones.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    is_ordered: bool = False
    is_added: bool = False


ROW_KINDS: dict[str, RowKind] = {
    "career": RowKind(
        CareerEntry, ("starts_on", "ends_on", "text", "is_nested", "is_grassroots"), is_ordered=True
    ),
    "annual_grades": RowKind(AnnualGrade, ("year", "grade")),
    "penalties": RowKind(Penalty, ("kind", "starts_on", "ends_on", "document")),
    "family": RowKind(
        FamilyMember,
        (
            *("title", "kinship", "name", "born_text", "political_status", "work_text"),
            *("unit_id", "is_leading", "relative_id"),
        ),
        is_ordered=True,
    ),
    "firms": RowKind(FamilyFirm, ("runner", "name", "industry", "region_id")),
    "specialties": RowKind(Specialty, ("tag",)),
    "abilities": RowKind(AbilityValue, ("ability", "value", "source", "as_of"), is_added=True),
}


@dataclass(frozen=True)
class PersonChanges:
    """New values of columns and complete new lists of rows (of rows only added, the new ones); what is not named stays.

    `identity` and `health_notes` None: stay. `photo` empty: stays.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[RowValues]] = field(default_factory=dict)
    identity: str | None = None
    health_notes: str | None = None
    photo: bytes = b""

    @property
    def names(self) -> frozenset[str]:
        """Names of all that is given."""
        given = {"identity": self.identity, "health_notes": self.health_notes, "photo": self.photo or None}
        return frozenset(
            {*self.values, *self.rows, *(name for name, value in given.items() if value is not None)}
        )


def fill(person: Person, changes: PersonChanges) -> set[str]:
    """Set the columns of the person's own row, checked; returns the names of what changed.

    The caller saves the row, and the photo and rows below it: one by one for a form, in bulk for a file.
    """
    changed = set(set_values(person, changes.values))
    if len({bool(getattr(person, name)) for name in EMERGENCY_CONTACT}) > 1:
        raise EmergencyContactError(_("紧急联系人的姓名、关系、电话须同时填写，或同时留空。"))
    if changes.identity is not None:
        set_identity(person, changes.identity)
        changed.add("identity")
    elif person.identity_sealed is not None and changed & {"born_on", "sex"}:
        check_identity(person, parse_identity_number(person.identity_number))
    if changes.health_notes is not None:
        set_health_notes(person, changes.health_notes)
        changed.add("health_notes")
    return changed


def set_values(person: Person, values: Mapping[str, Any]) -> frozenset[str]:
    """Set columns and what follows from them; returns the names of those that changed."""
    if "name" in values:
        values = {**values, "name": clean_name(values["name"])}
    is_new = person.pk is None
    changed = frozenset(name for name, value in values.items() if is_new or getattr(person, name) != value)
    for name in changed:
        setattr(person, name, values[name])
    if "name" in changed:
        person.name_key, person.name_initials = name_key(person.name), name_initials(person.name)
    if changed & {"political_status", "joined_party_on"} and "party_text" not in values:
        person.party_text = ""
    derive_codes(person, changed)
    return changed


def rows_of(person: Person, kind: str) -> list[dict[str, Any]]:
    """The rows a person has, as values; prefetched rows cost no query."""
    return row_values(kind, getattr(person, kind).all())


def row_values(kind: str, rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """The columns of rows, saved or not, with what nobody stated as it is stored."""
    columns = ROW_KINDS[kind].columns
    return [{name: getattr(row, name) for name in columns} for row in rows]


def row_objects(
    person: Person, kind: str, rows: Sequence[RowValues], units: UnitNames | None = None
) -> list[models.Model]:
    """Unsaved rows of a person in the order given, with what follows from them; `units` where many people are written."""
    spec = ROW_KINDS[kind]
    made = [
        spec.model(person=person, **({"position": at} if spec.is_ordered else {}), **row)
        for at, row in enumerate(rows, start=1)
    ]
    if spec.model is CareerEntry and made:
        lines = [row for row in made if isinstance(row, CareerEntry)]
        derive_career(lines, units or UnitNames.load())
    return made


def replace_rows(person: Person, kind: str, rows: Sequence[RowValues]) -> Change | None:
    """Make `rows` the person's rows of this kind; returns what that changed, if anything."""
    known = rows_of(person, kind)
    before = [tuple(sorted(row.items())) for row in known]
    after = [tuple(sorted(row.items())) for row in rows]
    is_ordered = ROW_KINDS[kind].is_ordered
    if before == after or (not is_ordered and sorted(before, key=repr) == sorted(after, key=repr)):
        return None
    manager = ROW_KINDS[kind].model._default_manager  # noqa: SLF001 -- Django's documented name
    manager.filter(person=person).delete()
    made = manager.bulk_create(row_objects(person, kind, rows))
    return rows_change(kind, known, row_values(kind, made))


def entire_record(person: Person) -> dict[str, Any]:
    """Everything of a person whose changes are kept, read anew: columns, and rows that can be replaced."""
    fresh = Person.objects.get(pk=person.pk)
    kinds = (kind for kind, spec in ROW_KINDS.items() if not spec.is_added)
    return columns_of_record(fresh) | {kind: rows_of(fresh, kind) for kind in kinds}


def record_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two entire records of one person."""
    columns = {name: value for name, value in before.items() if name not in ROW_KINDS}
    rows = [kind for kind in before if kind in ROW_KINDS and before[kind] != after[kind]]
    return column_changes(columns, after) + [rows_change(kind, before[kind], after[kind]) for kind in rows]

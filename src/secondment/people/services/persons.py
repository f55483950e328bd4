"""Enter and edit persons; values of abilities are added, never overwritten."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.dependents import DependentsError, dependents_of, follow_up
from secondment.common.errors import StaleObjectError, require
from secondment.common.protection import blind_index
from secondment.common.versions import lock_version
from secondment.files.identity import IdentityNumberError, parse_identity_number
from secondment.people.choices import AbilitySource, PersonState
from secondment.people.errors import AbilityOnceError
from secondment.people.likeness import Traits
from secondment.people.models import AbilityValue, Person
from secondment.people.rules import may_create_person, may_edit_person, writable_at
from secondment.people.sections import BROUGHT_ALONG, Section, sections_of_names
from secondment.people.services.changes import PersonChanges, fill, replace_rows
from secondment.people.services.duplicates import ask_whether_same, remember_different, search_later
from secondment.people.services.history import column_changes, columns_of_record, keep_changes
from secondment.people.services.numbers import note_number
from secondment.people.services.photos import store_photo
from secondment.people.services.protected import refuse_number_of_another

# What rooms above have to look at again.
FOLLOWED = frozenset({"state", "penalties", "is_under_investigation", "annual_grades", "started_work_on"})
# A change of these may reveal that a record duplicates another.
TELLING = frozenset({"name", "sex", "born_on", "identity"})


@transaction.atomic
def create_person(
    changes: PersonChanges, *, by: User, at: dt.datetime, others: frozenset[int] = frozenset()
) -> Person:
    """Enter a new person; `changes.values` holds at least unit, name, sex and birth date.

    Raises `LikelySameError` when someone whose file the clerk keeps may be the same, unless that person is
    among `others`, the keys of those the clerk has said are not. Records of others are never mentioned.
    """
    person = Person(recorded_on=timezone.localtime(at).date())
    unit = changes.values["unit"]
    require(may_create_person(by, unit))
    _check_sections(changes.names, writable_at(by, unit.path) | BROUGHT_ALONG)
    likely = ask_whether_same(_traits(changes), known=others, by=by)
    _apply(person, changes, by=by, at=at)
    remember_different(person, likely, by=by, at=at)
    search_later([person], by=by, at=at)
    record("person.create", person, by=by, at=at)
    return person


@transaction.atomic
def edit_person(
    person: Person,
    changes: PersonChanges,
    *,
    version: int | None,
    by: User,
    at: dt.datetime,
    is_confirmed: bool = False,
) -> Person:
    """Change a person; the trail names the fields, never protected values. A move needs rights on both units.

    Raises `DependentsError` when the person leaves while something depends on them and the change is not confirmed.
    """
    locked = lock_version(person, version=version)
    require(may_edit_person(by, locked))
    if locked.state == PersonState.MERGED:
        raise StaleObjectError(
            _("%(name)s已并入另一条记录，不能再修改。请刷新页面。") % {"name": locked.name}
        )
    if not is_confirmed:
        _ask_before_leaving(locked, changes.values, timezone.localtime(at).date())
    path = locked.unit.path
    changed = _apply(locked, changes, by=by, at=at)
    _check_sections(changed, writable_at(by, path))
    require(may_create_person(by, locked.unit))
    if changed & FOLLOWED:
        follow_up(locked, timezone.localtime(at).date())
    if changed:
        if changed & TELLING:
            search_later([locked], by=by, at=at)
        record("person.edit", locked, by=by, at=at, details={"fields": sorted(changed)})
    return locked


@transaction.atomic
def add_ability(
    person: Person,
    *,
    ability: str,
    value: int,
    source: AbilitySource,
    as_of: dt.date,
    by: User,
    at: dt.datetime,
) -> AbilityValue:
    """Add one value of an ability with its source and day."""
    require(may_edit_person(by, person))
    key = {"person": person, "ability": ability, "source": source, "as_of": as_of}
    if AbilityValue.objects.filter(**key).exists():
        raise AbilityOnceError(_("该项能力在同一天已有同一来源的评分。评分只增不改，请核对评价日期。"))
    added = AbilityValue.objects.create(**key, value=value)
    record("person.add_ability", person, by=by, at=at, details={"ability": str(ability)})
    return added


def _ask_before_leaving(person: Person, values: Mapping[str, Any], on: dt.date) -> None:
    """Who retires, leaves or goes to another unit may still be in a post, nominated or planned for one."""
    leaves = values.get("state", PersonState.ACTIVE) not in (PersonState.ACTIVE, person.state)
    moves = values.get("unit", person.unit) != person.unit
    if (leaves or moves) and (dependents := dependents_of(person, on)):
        raise DependentsError(_("%(name)s还有未办结的事项：") % {"name": person.name}, dependents)


def _traits(changes: PersonChanges) -> Traits:
    """What a new person is compared by; a number that is none is refused with its reason when it is set."""
    name, sex, born_on = (changes.values[key] for key in ("name", "sex", "born_on"))
    try:
        number = parse_identity_number(changes.identity) if changes.identity else None
    except IdentityNumberError:
        number = None
    if number is None:
        return Traits(name, sex, born_on)
    return Traits(name, sex, born_on, blind_index(number.text), number.masked)


def _check_sections(names: Iterable[str], writable: frozenset[Section]) -> None:
    """Only what the table lets the account write."""
    require(sections_of_names(names) <= writable)


def _apply(person: Person, changes: PersonChanges, *, by: User, at: dt.datetime) -> set[str]:
    """Set, check and save everything, and keep what stood there before; returns the names of what changed."""
    is_new, before = person.pk is None, columns_of_record(person)
    if changes.identity:
        note_number(by=by, at=at)
    changed = fill(person, changes)
    if changes.identity:
        refuse_number_of_another(person, by=by)
    if changes.photo:
        person.photo = store_photo(changes.photo, by=by, at=at)
        changed.add("photo")
    person.save()
    rows_changed = [
        one for kind, rows in changes.rows.items() if (one := replace_rows(person, kind, rows)) is not None
    ]
    changed |= {one.field for one in rows_changed}
    if "annual_grades" in changed and person.annual_text and "annual_text" not in changes.values:
        # The form's own sentence would contradict the grades; exports write a new one.
        person.annual_text = ""
        person.save(update_fields=["annual_text"])
    if not is_new:
        kept = column_changes(before, columns_of_record(person)) + rows_changed
        keep_changes(person, kept, by=by, at=at)
    return changed

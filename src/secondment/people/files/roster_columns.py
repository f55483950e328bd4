"""The columns of a roster on the web: those of `files.columns.person` that a person is made of, both ways.

A column whose key is a field of `Person` is read and written by its cell alone; what is said here are the others.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from secondment.files.codes import civil_grades
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.code_list import UnknownCodeError
from secondment.files.codes.education import parse_education
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.columns.ability import RatedAbility
from secondment.files.columns.column import Column
from secondment.files.columns.person import PERSON
from secondment.files.dates import Month
from secondment.files.headers import Headers
from secondment.people.files.appointment_forms.career import render_career
from secondment.people.files.appointment_forms.form import AppointmentForm
from secondment.people.files.appointment_forms.months import parse_month
from secondment.people.files.filled_form import annual_text, career_of, party_text
from secondment.people.files.form_draft import TEXTS
from secondment.people.latest import latest_abilities
from secondment.people.models import AbilityValue, Person

ABILITY_OF = {f"ability_{code}": code for code in ABILITIES.codes}
"""Column → ability; source and day of their row hold for those that name none."""
RATING = ("ability_source", "ability_on")
FORM_FIELDS = frozenset(one.name for one in fields(AppointmentForm))
"""Cells of these are read together, as an appointment form."""
SUPPLEMENT = "supplement"
"""Names the person in a 补充信息表, of whom only what is missing is taken."""
SAME_FIELD = {
    "full_time_education_and_degree": "full_time_education",
    "on_the_job_education_and_degree": "on_the_job_education",
}
"""Columns that other rosters have in the place of one of ours."""
# Columns that other files are made of; no person has them.
_ELSEWHERE = frozenset(
    {
        *("degree", "education_and_degree", "id", "age", "remarks", "post_kind", "posts_held", "region"),
        *("prefers_near", "wishes", *SAME_FIELD, SUPPLEMENT),
    }
)
# Column → field of `Person`, where they are not of one name.
_FIELDS = {form_field: name for name, form_field in TEXTS.items()} | {
    "born": "born_on",
    "education": "education_code",
    "constraints": "constraints_text",
}
_OWN = frozenset(one.name for one in Person._meta.fields if not one.primary_key)  # noqa: SLF001 -- Django's documented name


def _rank_or_grade(text: str) -> dict[str, Any]:
    """A rank or a civil grade, each where it belongs, whichever of the two columns holds it."""
    try:
        return {"grade_rank": civil_grades.label_of(civil_grades.code_of(text))}
    except UnknownCodeError:
        return {"rank": PERSON["rank"].cell.read(text)}


def _education(text: str) -> dict[str, Any]:
    code = PERSON["education"].cell.read(text)
    words = re.sub(r"[(（][^()（）]*[)）]$", "", text.removeprefix("在职").removeprefix("全日制"))
    mode = {True: {"on_job_education": words}, False: {"full_time_education": words}, None: {}}
    return {"education_code": code, **mode[parse_education(text).is_on_the_job]}


def _rank_since(text: str) -> dict[str, Any]:
    """A month; a day is more than needed."""
    return {"rank_since": parse_month(text)}


def _ability(key: str, text: str) -> dict[str, Any]:
    return {key: PERSON[key].cell.read(text)}


def _month(day: dt.date | None) -> Month | None:
    return Month.of_day(day) if day else None


_READERS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "rank": _rank_or_grade,
    "grade_rank": _rank_or_grade,
    "rank_since": _rank_since,
    "education": _education,
    **{key: partial(_ability, key) for key in (*ABILITY_OF, *RATING)},
    "specialties": lambda text: {"tags": frozenset(PERSON["specialties"].cell.read(text))},
}


def _rated(person: Person, key: str) -> RatedAbility | None:
    """The latest value of an ability; it names source and day where they are not those of the row."""
    known = latest_abilities(person)
    value = known.get(ABILITY_OF[key])
    if value is None:
        return None
    newest = _newest(known)
    is_of_row = (value.source, value.as_of) == (newest.source, newest.as_of)
    return RatedAbility(value.value) if is_of_row else RatedAbility(value.value, value.source, value.as_of)


def _newest(known: Mapping[str, AbilityValue]) -> AbilityValue:
    """Whose source and day stand in the row."""
    return max(known.values(), key=lambda one: one.as_of)


def _of_row(person: Person, name: str) -> Any:
    known = latest_abilities(person)
    return getattr(_newest(known), name) if known else None


_VALUES: Mapping[str, Callable[[Person], Any]] = {
    "identity_number": lambda person: person.identity_number,
    "ethnic_group": lambda person: ETHNIC_GROUPS.chinese(person.ethnicity),
    "joined_party": lambda person: person.party_text or party_text(person),
    "started_work": lambda person: _month(person.started_work_on),
    "rank_since": lambda person: _month(person.rank_since),
    "specialties": lambda person: [row.tag for row in person.specialties.all()],
    "annual_grades": lambda person: person.annual_text or annual_text(person),
    **{key: partial(_rated, key=key) for key in ABILITY_OF},
    "ability_source": partial(_of_row, name="source"),
    "ability_on": partial(_of_row, name="as_of"),
    "career": lambda person: render_career(career_of(person)),
}


def field_of(column: Column) -> str:
    """The field of `Person` that a column holds, or nothing."""
    name = _FIELDS.get(column.key, column.key)
    return name if name in _OWN else ""


def read_cell(column: Column, text: str) -> dict[str, Any]:
    """What a cell fills; raises `CellError`."""
    reader = _READERS.get(column.key)
    return reader(text) if reader else {field_of(column): column.cell.read(text)}


def written_cell(column: Column, person: Person) -> str:
    """What a person has in a column, so that it reads back as the same."""
    value_of = _VALUES.get(column.key)
    value = value_of(person) if value_of else getattr(person, field_of(column))
    return "" if value in (None, "") else column.cell.write(value)


def kept_keys(columns: Iterable[Column]) -> tuple[str, ...]:
    """The keys of the columns that a person is made of; one that nothing reads and writes is a mistake."""
    kept = [one for one in columns if one.key not in _ELSEWHERE]
    for one in kept:
        is_read = one.key in FORM_FIELDS or one.key in _READERS
        if not (field_of(one) or (is_read and one.key in _VALUES)):
            raise ValueError(f"“{one.key}” is not a field of a person, and nothing reads and writes it")
    return tuple(one.key for one in kept)


KEYS = kept_keys(PERSON)
"""In the order of the template."""
# Columns that rosters carry for their own use; nothing in them is imported.
IGNORED = ("序号", *PERSON["id"].names, "备注", *PERSON["age"].names, *PERSON["remarks"].names)
HEADERS = Headers(PERSON.headers((*KEYS, *SAME_FIELD, SUPPLEMENT)).known, IGNORED)


def key_of(header: str) -> str:
    """The key of a known header; columns that fill one field have one key."""
    column = PERSON.meant_by(header)
    key = column.key if column else header
    return SAME_FIELD.get(key, key)


def title_of(name: str) -> str:
    """The title of the column that fills a field of `Person` or a kind of rows; nothing where no column does."""
    return _TITLES.get(name, "")


_TITLES = {
    **{field: PERSON[key].title for key in KEYS if (field := field_of(PERSON[key]))},
    "identity": PERSON["identity_number"].title,
    "ethnicity": PERSON["ethnic_group"].title,
    "started_work_on": PERSON["started_work"].title,
    "specialties": PERSON["specialties"].title,
    "annual_grades": PERSON["annual_grades"].title,
}


def free_titles(present: Mapping[str, Any] | tuple[str, ...]) -> list[str]:
    """Columns of the template of which no spelling is among `present`."""
    taken = {key_of(header) for header in present}
    return [PERSON[key].title for key in KEYS if key not in taken]

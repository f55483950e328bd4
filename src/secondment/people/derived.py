"""What follows from other facts of a file: highest education, highest degree, level of title, days that cannot be."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from secondment.files.codes.code_list import UnknownCodeError
from secondment.files.codes.degrees import DegreeLevel, degree_level
from secondment.files.codes.education import parse_education
from secondment.files.codes.titles import title_level
from secondment.people.models import Person

EDUCATION_TEXTS = frozenset({"full_time_education", "on_job_education"})
DEGREE_TEXTS = frozenset({"full_time_degree", "on_job_degree"})
DAYS_OF_LIFE = ("started_work_on", "joined_party_on", "rank_since")
_Value = TypeVar("_Value")


def derive_codes(person: Person, changed: frozenset[str]) -> None:
    """Set the codes whose texts are among `changed`; a text that is not understood sets none."""
    if changed & EDUCATION_TEXTS:
        person.education_code = highest_education(person.full_time_education, person.on_job_education)
    if changed & DEGREE_TEXTS:
        person.degree_level = highest_degree(person.full_time_degree, person.on_job_degree)
    if "professional_title" in changed:
        level = _understood(title_level, person.professional_title)
        person.title_level = level.value if level else ""


def before_birth(born_on: dt.date | None, values: Mapping[str, Any]) -> list[str]:
    """The days of a life that lie before the month of its beginning, so one of the two cannot be right.

    Months are compared: a file often gives no more of a day.
    """
    first = born_on.replace(day=1) if born_on else dt.date.min
    return [name for name in DAYS_OF_LIFE if values.get(name) and values[name] < first]


def highest_education(*texts: str) -> str:
    """The highest code of GB/T 4658 among texts; a code of a graduate outranks that of its group."""
    codes = [found.code for text in texts if (found := _understood(parse_education, text))]
    return min(codes, key=lambda code: (code[0], code[1] == "0", code), default="")


def highest_degree(*texts: str) -> str:
    """The highest earned level of GB/T 6864 among texts."""
    levels = [found for text in texts if (found := _understood(degree_level, text))]
    earned = [level for level in levels if level is not DegreeLevel.HONORARY_DOCTOR]
    return min(earned or levels, default="")


def _understood(read: Callable[[str], _Value], text: str) -> _Value | None:
    try:
        return read(text) if text else None
    except UnknownCodeError:
        return None

"""The columns of a roster on the web: those of `tables.columns.person` that a person is made of, and what each fills."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from secondment.people.files.appointment_forms.months import MonthError, parse_month
from secondment.tables.codes import civil_grades
from secondment.tables.codes.code_list import UnknownCodeError
from secondment.tables.codes.education import parse_education
from secondment.tables.columns.person import PERSON
from secondment.tables.faults import CellError
from secondment.tables.headers import Headers

KEYS = (
    *("name", "sex", "born", "identity_number", "unit", "ethnic_group", "ancestral_home", "birthplace"),
    *("joined_party", "political_status", "started_work", "health", "category", "current_post", "rank"),
    *(
        "grade_rank",
        "rank_since",
        "professional_title",
        "education",
        "full_time_education",
        "full_time_degree",
    ),
    *(
        "full_time_education_school",
        "on_the_job_education",
        "on_the_job_degree",
        "on_the_job_education_school",
    ),
    *("specialty", "specialties", "annual_grades", "rewards_and_penalties", "grassroots_years", "is_reserve"),
    *("willingness", "constraints", "career"),
)
"""In the order of the template."""
SAME_FIELD = {
    "full_time_education_and_degree": "full_time_education",
    "on_the_job_education_and_degree": "on_the_job_education",
}
"""Columns that other rosters have in the place of one of ours."""
# Columns that rosters carry for their own use; nothing in them is imported.
IGNORED = ("序号", *PERSON["id"].names, "备注", *PERSON["age"].names, *PERSON["remarks"].names)
HEADERS = Headers(PERSON.headers((*KEYS, *SAME_FIELD)).known, IGNORED)


def key_of(header: str) -> str:
    """The key of a known header; columns that fill one field have one key."""
    column = PERSON.meant_by(header)
    key = column.key if column else header
    return SAME_FIELD.get(key, key)


def free_titles(present: Mapping[str, Any] | tuple[str, ...]) -> list[str]:
    """Columns of the template of which no spelling is among `present`."""
    taken = {key_of(header) for header in present}
    return [PERSON[key].title for key in KEYS if key not in taken]


def _filling(field: str, key: str) -> Callable[[str], dict[str, Any]]:
    return lambda text: {field: PERSON[key].cell.read(text)}


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
    """A month; a day is more than anybody needs."""
    try:
        return {"rank_since": parse_month(text)}
    except MonthError:
        PERSON["rank_since"].cell.read(text)
        raise CellError("no_date", text=text) from None


READERS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "political_status": _filling("political_status", "political_status"),
    "category": _filling("category", "category"),
    "rank": _rank_or_grade,
    "grade_rank": _rank_or_grade,
    "rank_since": _rank_since,
    "education": _education,
    "specialties": lambda text: {"tags": frozenset(PERSON["specialties"].cell.read(text))},
    "grassroots_years": _filling("grassroots_years", "grassroots_years"),
    "is_reserve": _filling("is_reserve", "is_reserve"),
    "willingness": _filling("willingness", "willingness"),
    "constraints": _filling("constraints_text", "constraints"),
}
"""What a cell fills; the other columns are fields of the appointment form and are read as such."""

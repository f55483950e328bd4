"""From an appointment form (干部任免审批表) to a draft of a person."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import override

from secondment.files.codes.grades import GRADES
from secondment.files.dates import Month
from secondment.files.faults import Fault, in_chinese
from secondment.files.problems import Problem
from secondment.people.choices import Grade, Kinship
from secondment.people.errors import PHOTO_FAULTS
from secondment.people.files.appointment_forms.career import CareerEntry
from secondment.people.files.appointment_forms.facts import (
    BIRTH_CONTRADICTS,
    SEX_CONTRADICTS,
    FormFacts,
    facts_of,
)
from secondment.people.files.appointment_forms.form import AppointmentForm, UnknownTag
from secondment.people.files.appointment_forms.grassroots import grassroots_keyword
from secondment.people.files.appointment_forms.months import digits_of
from secondment.people.files.appointment_forms.pictures import PictureFault
from secondment.people.files.draft import Draft
from secondment.people.models import Person

# Column of `Person` → field of the form, for texts that are kept as they are.
TEXTS = {
    "native_place": "ancestral_home",
    "birth_place": "birthplace",
    "party_text": "joined_party",
    "health": "health",
    "professional_title": "professional_title",
    "specialty_text": "specialty",
    "full_time_education": "full_time_education",
    "full_time_degree": "full_time_degree",
    "full_time_school": "full_time_education_school",
    "full_time_degree_school": "full_time_degree_school",
    "on_job_education": "on_the_job_education",
    "on_job_degree": "on_the_job_degree",
    "on_job_school": "on_the_job_education_school",
    "on_job_degree_school": "on_the_job_degree_school",
    "post_title": "current_post",
    "proposed_post": "proposed_post",
    "removed_post": "post_to_leave",
    "rewards_text": "rewards_and_penalties",
    "annual_text": "annual_grades",
    "appointment_reason": "reason",
    "reporting_unit": "reporting_unit",
    "filled_by": "filled_in_by",
    "form_version": "version",
}
DAYS = {"age_on": "age_counted_on", "filled_on": "filled_in_on"}
# Fields without a column, kept as extras under their tag.
EXTRA_TAGS = {
    "DaoLingNianYue": "reaches_age_limit",
    "GaiGeQianRenZhiNianLingJieXian": "age_limit_before_reform",
}


def draft_of(form: AppointmentForm, source: str, photo_fault: PictureFault | None = None) -> Draft:
    """The draft of a form; contradictions with the identity number and broken photos forbid the import."""
    facts = facts_of(form, source)
    problems = [
        *facts.errors,
        *(one for one in facts.warnings if one.fault in (BIRTH_CONTRADICTS, SEX_CONTRADICTS)),
    ]
    hints = [one for one in facts.warnings if one not in problems]
    problems += _ethnic_problem(form, facts, source) + _photo_problem(photo_fault, source)
    return Draft(
        source=source,
        label=facts.name,
        values=_values(form, facts),
        identity=facts.identity,
        career=[row for entry in facts.career.entries for row in _career_rows(entry)],
        family=_family_rows(facts),
        grades={item.year: Grade(GRADES.code_of(item.grade)) for item in facts.annual_grades},
        photo=form.photo,
        problems=problems,
        hints=[*_dropped(form, source), *(one for one in hints if one.column != "民族")],
    )


def _dropped(form: AppointmentForm, source: str) -> list[Problem]:
    """A hint when the file held invisible characters that no form may hold."""
    if not form.n_control_characters:
        return []
    n = form.n_control_characters
    fault = in_chinese("有{n}个不可见的控制字符，已删除", "请核对相邻文字是否完整", n=n)
    return [Problem(source, 0, "", fault)]


def _values(form: AppointmentForm, facts: FormFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": facts.name,
        "sex": facts.sex or (facts.identity.sex if facts.identity else None),
        "born_on": _born(facts),
        "ethnicity": facts.ethnic_group,
        "joined_party_on": facts.joined_party,
        "political_status": facts.parties[0] if facts.parties else "01" if facts.joined_party else None,
        "started_work_on": facts.started_work,
        "form_extras": _extras(form),
        **{column: getattr(form, name) for column, name in TEXTS.items()},
        **{column: digits_of(getattr(form, name)) for column, name in DAYS.items()},
    }
    return {column: value for column, value in found.items() if value}


def _born(facts: FormFacts) -> dt.date | Month | None:
    """The day where the form or the identity number gives it, else the month."""
    if facts.identity and facts.born in (None, Month.of_day(facts.identity.born_on)):
        return facts.identity.born_on
    return facts.born


def _career_rows(entry: CareerEntry) -> list[dict[str, Any]]:
    rows = [(entry, False), *((part, True) for part in entry.nested)]
    return [
        {
            "starts_on": first_day(part.start),
            "ends_on": first_day(part.end) if part.end else None,
            "text": part.text,
            "is_nested": is_nested,
            "is_grassroots": bool(grassroots_keyword(part.text)),
        }
        for part, is_nested in rows
    ]


def first_day(month: Month) -> dt.date:
    """The first day of a month: how months are stored."""
    return dt.date(month.year, month.month, 1)


def settled(name: str, value: Any, person: Person | None) -> Any:
    """A value with a month turned into a day; a day known within the month is kept."""
    if not isinstance(value, Month):
        return value
    known: dt.date | None = getattr(person, name) if person else None
    return known if known and Month.of_day(known) == value else first_day(value)


def _family_rows(facts: FormFacts) -> list[dict[str, Any]]:
    return [
        {
            "title": relative.member.relation,
            "kinship": relative.kinship.value if relative.kinship else Kinship.UNRECOGNISED.value,
            "name": relative.name,
            "born_text": digits_of(relative.member.born),
            "political_status": relative.member.political_status,
            "work_text": relative.member.unit_and_post,
        }
        for relative in facts.relatives
    ]


def _extras(form: AppointmentForm) -> list[dict[str, Any]]:
    known = [
        {"tag": tag, "text": getattr(form, name)} for tag, name in EXTRA_TAGS.items() if getattr(form, name)
    ]
    return known + [_as_json(item) for item in form.unknown]


def _as_json(item: UnknownTag) -> dict[str, Any]:
    return {
        "tag": item.tag,
        "text": item.text,
        "attributes": [list(pair) for pair in item.attributes],
        "children": [_as_json(child) for child in item.children],
    }


def _ethnic_problem(form: AppointmentForm, facts: FormFacts, source: str) -> list[Problem]:
    """An unknown ethnic group must not fall back to a default."""
    if not form.ethnic_group or facts.ethnic_group:
        return []
    unknown = Fault("not_in_list", {"text": form.ethnic_group, "list": "民族代码"})
    return [Problem(source, 0, "民族", unknown)]


def _photo_problem(fault: PictureFault | None, source: str) -> list[Problem]:
    if fault is None:
        return []
    with override(settings.LANGUAGE_CODE):
        found = str(PHOTO_FAULTS[fault])
    return [Problem(source, 0, "照片", in_chinese(found, "请更换照片后重新导出"))]

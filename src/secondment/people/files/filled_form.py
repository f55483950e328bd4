"""From a person to the appointment form, and forms as .lrmx and zip; reading the file back changes nothing."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.grades import word_of
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.sex import SEX
from secondment.files.dates import Month
from secondment.people.files.appointment_forms.annual_grades import AnnualGrade, render_annual_grades
from secondment.people.files.appointment_forms.career import CareerEntry, render_career
from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember, UnknownTag
from secondment.people.files.appointment_forms.lrmx import write_lrmx
from secondment.people.files.form_draft import EXTRA_TAGS, TEXTS
from secondment.people.models import CareerEntry as CareerRow
from secondment.people.models import Person
from secondment.people.sections import Section

VERSION = "3.2.1.16"
# What stays blank on the form for readers without the right; identity and photo are not even opened.
_OF_SECTION: dict[Section, dict[str, Any]] = {
    Section.FAMILY: {"family": ()},
    Section.CAREER: {"career": ""},
    Section.ASSESSMENT: {"annual_grades": "", "rewards_and_penalties": ""},
}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def form_of(person: Person, readable: frozenset[Section]) -> AppointmentForm:
    """The appointment form of a person as a reader of these sections gets it: callers record why."""
    blanks: dict[str, Any] = {}
    for section, blank in _OF_SECTION.items():
        if section not in readable:
            blanks |= blank
    return _cleaned(replace(_whole_form(person, readable), **blanks))


def _whole_form(person: Person, readable: frozenset[Section]) -> AppointmentForm:
    texts = {name: getattr(person, column) for column, name in TEXTS.items()}
    extras = {item["tag"]: item for item in person.form_extras}
    return AppointmentForm(
        **texts
        | {
            "joined_party": person.party_text or party_text(person),
            "annual_grades": person.annual_text or annual_text(person),
            "version": person.form_version or VERSION,
            **{name: extras[tag]["text"] for tag, name in EXTRA_TAGS.items() if tag in extras},
        },
        name=person.name,
        sex=SEX.label_of(person.sex) if person.sex else "",
        born=month_text(person.born_on),
        ethnic_group=ETHNIC_GROUPS.chinese(person.ethnicity),
        started_work=month_text(person.started_work_on),
        age_counted_on=person.age_on,
        filled_in_on=person.filled_on,
        career=render_career(career_of(person)),
        family=tuple(
            FamilyMember(row.title, row.name, row.born_text, row.political_status, row.work_text)
            for row in person.family.all()
        ),
        identity_number=person.identity_number if Section.IDENTITY in readable else "",
        photo=photo_of(person) if Section.PHOTO in readable else b"",
        unknown=tuple(_unknown(item) for tag, item in extras.items() if tag not in EXTRA_TAGS),
    )


def lrmx_of(person: Person, readable: frozenset[Section]) -> bytes:
    """The .lrmx file of a person."""
    return write_lrmx(form_of(person, readable))


def lrmx_archive(people: Iterable[tuple[Person, frozenset[Section]]]) -> bytes:
    """A zip with one .lrmx a person, named after the person; namesakes are numbered.

    Each person comes with the sections that the reader may see.
    """
    content = io.BytesIO()
    used: set[str] = set()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for person, readable in people:
            archive.writestr(_free_name(file_stem(person), used), lrmx_of(person, readable))
    return content.getvalue()


def file_stem(person: Person) -> str:
    """A file name without ending that every system accepts."""
    return _UNSAFE.sub("_", person.name).strip(". ") or "_"


def month_text(day: dt.date | None) -> str:
    """A month as the form writes it: 198503."""
    return f"{day:%Y%m}" if day else ""


def party_text(person: Person) -> str:
    """入党时间 as the form writes it: month, or the party, or both."""
    month = month_text(person.joined_party_on)
    if person.political_status in ("", "01") and month:
        return month
    return "；".join(filter(None, [month, POLITICAL_STATUS.chinese(person.political_status)]))


def annual_text(person: Person) -> str:
    """年度考核结果 of a person."""
    return grades_text(((row.year, row.grade) for row in person.annual_grades.all()), person.category)


def grades_text(grades: Iterable[tuple[int, str]], category: str) -> str:
    """年度考核结果 in the words of the staff category."""
    return render_annual_grades(AnnualGrade(year, word_of(grade, category)) for year, grade in sorted(grades))


def career_of(person: Person) -> tuple[CareerEntry, ...]:
    """The career with “其间” lines below their entries; a line without beginning cannot be written."""
    entries: list[CareerEntry] = []
    for row in person.career.all():
        entry = _entry(row)
        if row.is_nested and entries:
            before = entries.pop()
            entry = CareerEntry(before.start, before.end, before.text, (*before.nested, entry))
        entries.append(entry)
    return tuple(entries)


def photo_of(person: Person) -> bytes:
    """The bytes of the photo, or none."""
    if person.photo is None:
        return b""
    with person.photo.content.open("rb") as stored:
        content: bytes = stored.read()
    return content


def _entry(row: CareerRow) -> CareerEntry:
    start = row.starts_on or row.ends_on or dt.date(1900, 1, 1)
    return CareerEntry(Month.of_day(start), Month.of_day(row.ends_on) if row.ends_on else None, row.text)


def _cleaned(form: AppointmentForm) -> AppointmentForm:
    """The form with bare line feeds: texts that pages stored have other line ends, which files would double."""
    family = tuple(replace(member, **_clean_texts(member)) for member in form.family)
    return replace(form, family=family, **_clean_texts(form))


def _clean_texts(item: AppointmentForm | FamilyMember) -> dict[str, Any]:
    texts = {one.name: getattr(item, one.name) for one in fields(item)}
    return {name: clean_text(text) for name, text in texts.items() if isinstance(text, str)}


def _unknown(item: dict[str, Any]) -> UnknownTag:
    return UnknownTag(
        item["tag"],
        tuple((name, value) for name, value in item.get("attributes", [])),
        item["text"],
        tuple(_unknown(child) for child in item.get("children", [])),
    )


def _free_name(stem: str, used: set[str]) -> str:
    free, n = stem, 1
    while free in used:
        n += 1
        free = f"{stem}_{n}"
    used.add(free)
    return f"{free}.lrmx"

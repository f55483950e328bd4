"""What a draft would change in a person, as changes to apply and as words to show."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import NOT_PROVIDED, Field

from secondment.common.sentences import say, told_again
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.degrees import DEGREES
from secondment.files.codes.education import EDUCATION
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.codes.titles import TITLES
from secondment.files.columns.ability import ABILITY, RatedAbility
from secondment.files.columns.person import PERSON
from secondment.files.faults import gettext_noop, in_chinese
from secondment.files.problems import Problem
from secondment.people.choices import Grade
from secondment.people.derived import before_birth
from secondment.people.files.draft import Draft
from secondment.people.files.form_draft import settled
from secondment.people.files.roster_columns import title_of
from secondment.people.latest import latest_abilities
from secondment.people.models import FamilyMember, Person
from secondment.people.sections import Section, section_of
from secondment.people.services.changes import ROW_KINDS, PersonChanges, rows_of
from secondment.people.services.imports.known import KnownPerson
from secondment.units.models import Unit

Shown = dict[str, str]


def settled_values(draft: Draft, person: Person | None, unit: Unit) -> dict[str, Any]:
    """The values of a draft with months turned into days; a day known within the month is kept."""
    values = {name: settled(name, value, person) for name, value in draft.values.items()}
    if draft.unit_name is not None or person is None:
        values["unit"] = unit
    return values


def writable_part(draft: Draft, writable: frozenset[Section]) -> Draft:
    """What the importer may write of a known person: the rest is not even compared, so it reveals nothing."""
    if Section.FAMILY in writable or not draft.family:
        return draft
    fault = in_chinese("已录入人员的家庭成员由组织部门登记，本次不导入", "请将任免表报组织部门")
    return replace(draft, family=(), hints=(*draft.hints, draft.problem("家庭成员", fault)))


def too_long(draft: Draft, values: Mapping[str, Any]) -> list[Problem]:
    """A problem for every text longer than its column, those of relatives included."""
    own = [(_field(name), value) for name, value in values.items()]
    columns = {field.attname: field for field in FamilyMember._meta.fields}  # noqa: SLF001 -- Django's documented name
    family = [(columns[name], value) for row in draft.family for name, value in row.items()]
    return [
        draft.problem(
            str(field.verbose_name), in_chinese("有{n}字，上限{most}字", "请精简", n=len(value), most=limit)
        )
        for field, value in (*own, *family)
        if isinstance(value, str) and (limit := field.max_length) and len(value) > limit
    ]


def changes_for(
    draft: Draft, person: Person | None, values: Mapping[str, Any]
) -> tuple[PersonChanges, list[Shown]]:
    """The changes that make `person` (None: a new one) what the draft says, and how they read."""
    if person is None:
        return _for_new(draft, values)
    known = KnownPerson(person)
    changed = {name: value for name, value in values.items() if not known.states(name, value)}
    shown = [_value_shown(name, getattr(person, name), value) for name, value in changed.items()]
    rows: dict[str, Sequence[Mapping[str, Any]]] = {}
    for kind, wanted in _wanted_rows(draft, known).items():
        before = [] if ROW_KINDS[kind].is_added else rows_of(person, kind)
        if sorted(before, key=repr) != sorted(wanted, key=repr) or (kind in _ORDERED and before != wanted):
            rows[kind] = wanted
            shown.append(_rows_shown(kind, before, wanted))
    has_new_identity = draft.identity is not None and person.identity_sealed is None
    if has_new_identity and draft.identity:
        shown.append(_shown("identity_masked", "", draft.identity.masked))
    if photo := _new_photo(draft, person):
        shown.append(_shown("photo", say("有照片") if person.photo_id else "", say("新照片")))
    changes = PersonChanges(
        changed, rows, draft.identity.text if has_new_identity and draft.identity else None, photo=photo
    )
    return changes, shown


def new_abilities(draft: Draft, person: Person | None) -> list[dict[str, Any]]:
    """The values of a draft that are not known yet."""
    known = {(row.ability, row.source, row.as_of) for row in person.abilities.all()} if person else set()
    return [
        {"ability": ability, "value": one.points, "source": one.source, "as_of": one.on}
        for ability, one in draft.abilities.items()
        if (ability, one.source, one.on) not in known
    ]


def day_faults(draft: Draft, person: Person | None, values: Mapping[str, Any]) -> list[Problem]:
    """A day before the birth that the file or the register states."""
    born_on = values.get("born_on") or (person.born_on if person else None)
    remedy = gettext_noop("请核对这一日期和出生年月")
    return [
        draft.problem(title_of(name), in_chinese("早于出生年月", remedy))
        for name in before_birth(born_on, values)
    ]


def ability_faults(draft: Draft, person: Person | None, on: dt.date) -> list[Problem]:
    """A value of a day to come, and one that differs from what the same source said on the same day."""
    known = (
        {(row.ability, row.source, row.as_of): row.value for row in person.abilities.all()} if person else {}
    )
    faults = []
    for ability, one in draft.abilities.items():
        if one.on is None or one.on > on:
            fault = in_chinese("评价日期{day}晚于今天", "请核对日期", day=f"{one.on}")
        elif (value := known.get((ability, one.source, one.on), one.points)) != one.points:
            remedy = gettext_noop("评价只增不改，请核对评价日期")
            fault = in_chinese("{day}同一来源的评分是{value}", remedy, day=f"{one.on}", value=value)
        else:
            continue
        faults.append(draft.problem(PERSON[f"ability_{ability}"].title, fault))
    return faults


def locked_faults(draft: Draft, person: Person, changes: PersonChanges) -> list[Problem]:
    """Of a 补充信息表 only what is missing is taken: a cell that would change what is known is named."""
    names = {name for name in changes.values if getattr(person, name) not in {"", None}}
    if changes.identity:
        names -= {
            "born_on",
            "sex",
        }  # a number that is new tells the day; what contradicts it is refused anyway
    names |= {kind for kind in changes.rows if kind != "abilities" and rows_of(person, kind)}
    titles = {title_of(name) or label_of(name) for name in names}
    known = latest_abilities(person)
    added = changes.rows.get("abilities", ())
    titles |= {PERSON[f"ability_{row['ability']}"].title for row in added if row["ability"] in known}
    if draft.identity and person.identity_sealed and draft.identity.masked != person.identity_masked:
        titles.add(title_of("identity"))
    remedy = gettext_noop("补充信息表只填空格；要更改的，请到该人员的页面修改")
    return [
        draft.problem(title, in_chinese("这一格已锁定，表中的内容与系统中的不同", remedy))
        for title in sorted(titles)
    ]


def is_nothing(changes: PersonChanges) -> bool:
    """Whether there is nothing to write."""
    return not (changes.values or changes.rows or changes.identity or changes.photo)


def readable_changes(changes: Sequence[Shown], readable: frozenset[Section]) -> list[Shown]:
    """The changes this reader may see, from how they are kept."""
    return [
        {name: told_again(words) for name, words in one.items()}
        for one in changes
        if section_of(one["field"]) in readable
    ]


def shown_value(name: str, value: Any) -> str:
    """A value as a clerk reads it: labels for codes, 是/否, ISO dates."""
    if value is None or value == "":
        return ""
    if name in _CODES:
        return _CODES[name].chinese(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(_field(name).flatchoices).get(value, value))


def label_of(name: str) -> str:
    """The Chinese name of a column or of a kind of rows."""
    return _KIND_LABELS.get(name) or str(_field(name).verbose_name)


_CODES = {
    "rank": RANKS,
    "education_code": EDUCATION,
    "ethnicity": ETHNIC_GROUPS,
    "political_status": POLITICAL_STATUS,
    "degree_level": DEGREES,
    "title_level": TITLES,
}
_KIND_LABELS = {
    "career": "简历",
    "family": "家庭成员",
    "annual_grades": "年度考核",
    "specialties": "专业领域",
    "abilities": "能力评价",
}
_ORDERED = frozenset({"career", "family"})


def _field(name: str) -> "Field[Any, Any]":
    found = Person._meta.get_field(name)  # noqa: SLF001 -- Django's documented name
    if not isinstance(found, Field):
        raise TypeError(f"{name} is not a column of a person")
    return found


def _for_new(draft: Draft, values: Mapping[str, Any]) -> tuple[PersonChanges, list[Shown]]:
    """What the file leaves out is unknown, so defaults do not apply; a month is shown as a month."""
    blanks = {
        name: ""
        for name in ("ethnicity", "political_status", "health")
        if name not in values and _field(name).default is not NOT_PROVIDED
    }
    rows = _wanted_rows(draft, None)
    changes = PersonChanges(
        {**blanks, **values}, rows, draft.identity.text if draft.identity else None, photo=draft.photo
    )
    names = [name for name in ("unit", "post_title", "born_on") if values.get(name)]
    return changes, [
        _shown(name, "", shown_value(name, draft.values.get(name, values[name]))) for name in names
    ]


def _wanted_rows(draft: Draft, known: KnownPerson | None) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Rows as they should be; what the file leaves blank is not in it."""
    wanted: dict[str, Sequence[Mapping[str, Any]]] = {}
    if draft.career:
        wanted["career"] = known.career(draft.career) if known else draft.career
    if draft.family:
        wanted["family"] = known.family(draft.family) if known else draft.family
    if draft.grades:
        found = [{"year": year, "grade": str(grade)} for year, grade in sorted(draft.grades.items())]
        wanted["annual_grades"] = known.grades(draft.grades) if known else found
    if added := new_abilities(draft, known.person if known else None):
        wanted["abilities"] = added
    if draft.specialties:
        wanted["specialties"] = [{"tag": tag} for tag in sorted(draft.specialties)]
    return wanted


def _new_photo(draft: Draft, person: Person) -> bytes:
    known = person.photo.sha256 if person.photo else ""
    return draft.photo if draft.photo and hashlib.sha256(draft.photo).hexdigest() != known else b""


def _value_shown(name: str, old: Any, new: Any) -> Shown:
    if name == "form_extras":
        return _shown(name, "", say("附加项有变化"))
    return _shown(name, shown_value(name, old), shown_value(name, new))


def _rows_shown(kind: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Shown:
    """Only the rows that differ; relatives by their title alone, because few may read the rest."""
    gone = [_row_words(kind, row) for row in _without(before, after)]
    new = [_row_words(kind, row) for row in _without(after, before)]
    if gone == new:
        return _shown(kind, "", say("%(rows)s（内容有更改）", rows=new) if new else say("次序有调整"))
    return _shown(kind, "\n".join(gone), "\n".join(new) or say("删去"))


def _without(
    rows: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Rows that are not among the others, each counted once."""
    left, found = list(others), []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            found.append(row)
    return found


def _row_words(kind: str, row: Mapping[str, Any]) -> str:
    if kind == "career":
        end = f"{row['ends_on']:%Y.%m}" if row["ends_on"] else "至今"
        return f"{row['starts_on']:%Y.%m}--{end} {row['text']}" if row["starts_on"] else str(row["text"])
    if kind == "annual_grades":
        return f"{row['year']} {Grade(row['grade']).label}"
    if kind == "abilities":
        rated = RatedAbility(row["value"], row["source"], row["as_of"])
        return f"{ABILITIES.chinese(row['ability'])} {ABILITY.write(rated)}"
    return SPECIALTIES.chinese(row["tag"]) if kind == "specialties" else str(row["title"])


def _shown(name: str, old: str, new: str) -> Shown:
    return {"field": name, "old": old, "new": new}

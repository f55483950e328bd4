"""What a person's page shows to one reader (header, tabs, facts of each), and two persons side by side."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from secondment.algorithms.periods import full_years
from secondment.audit.actions import sentence_of
from secondment.common.components import Fact, Tab, TimelineEntry
from secondment.common.sentences import listed
from secondment.files.dates import Month
from secondment.people.choices import Ability
from secondment.people.files.appointment_forms.grassroots import propose_grassroots
from secondment.people.files.filled_form import career_of
from secondment.people.labels import (
    degree_label,
    education_label,
    ethnicity_label,
    grade_label,
    political_label,
    rank_label,
    specialty_label,
    title_label,
)
from secondment.people.latest import latest_abilities
from secondment.people.models import AbilityValue, Person
from secondment.people.queries import events_of, imports_of
from secondment.people.sections import EVERYTHING, Section
from secondment.people.services.merging import links

# Tab → (words, section that opens it, part of the form that edits it)
TABS: dict[str, tuple[Promise, Section, str]] = {
    "basics": (gettext_lazy("基本"), Section.BASICS, "basics"),
    "career": (gettext_lazy("简历"), Section.CAREER, "career"),
    "assessment": (gettext_lazy("考核奖惩"), Section.ASSESSMENT, "assessment"),
    "family": (gettext_lazy("家庭与回避"), Section.FAMILY, "family"),
    "abilities": (gettext_lazy("能力"), Section.ABILITIES, ""),
    "placements": (gettext_lazy("挂职经历"), Section.PLACEMENTS, ""),
    "record": (gettext_lazy("记录"), Section.RECORD, ""),
}


@dataclass(frozen=True)
class FactGroup:
    """Facts under one heading; `part` is the page that edits them."""

    title: str
    facts: Sequence[Fact]
    part: str = ""


@dataclass(frozen=True)
class CareerLine:
    """One line of the career as it reads."""

    period: str
    text: str
    is_nested: bool
    is_grassroots: bool


@dataclass(frozen=True)
class AbilityLine:
    """An ability with its latest value and all values."""

    label: str
    latest: AbilityValue | None
    values: Sequence[AbilityValue]


@dataclass(frozen=True)
class ComparedRow:
    """One line of the comparison."""

    label: str
    first: object
    second: object

    @property
    def differs(self) -> bool:
        """Whether the two say something different here."""
        return self.first != self.second


def sections_of_tab(tab: str) -> frozenset[Section]:
    """The sections a tab shows to those who may read them."""
    return frozenset({TABS[tab][1]} | ({Section.PENALTIES} if tab == "assessment" else set()))


def tabs_of(person: Person, sections: frozenset[Section], current: str) -> list[Tab]:
    """The tabs this reader may open."""
    url = reverse("people:person_detail", args=[person.pk])
    return [
        Tab(label, f"{url}?tab={key}", is_current=key == current)
        for key, (label, section, _part) in TABS.items()
        if section in sections
    ]


def headline(person: Person, on: dt.date) -> list[str]:
    """The person in a few words."""
    words = [
        person.get_sex_display(),
        _("%(n)d岁") % {"n": full_years(person.born_on, on)} if person.born_on else "",
        ethnicity_label(person.ethnicity),
        political_label(person.political_status),
        rank_label(person.rank),
        grade_label(person.grade_rank),
    ]
    return [word for word in words if word]


def basic_groups(person: Person, sections: frozenset[Section]) -> list[FactGroup]:
    """The groups of the first tab; a reader of the basics alone gets one short group."""
    if Section.FILE not in sections:
        return [FactGroup(_("基本情况"), _short(person))]
    return [
        FactGroup(_("基本情况"), _basics(person, sections), "basics"),
        FactGroup(_("职务"), _post(person, sections), "post"),
        FactGroup(_("学历与专长"), _education(person), "education"),
        FactGroup(_("意愿"), _wishes(person), "post"),
    ]


def emergency_facts(person: Person) -> list[Fact]:
    """Whom to call; shown only where the look is on record."""
    return [
        Fact(_("紧急联系人"), person.emergency_name),
        Fact(_("与本人关系"), person.emergency_relation),
        Fact(_("紧急联系人电话"), person.emergency_phone),
    ]


def career_lines(person: Person) -> list[CareerLine]:
    """The career in order."""
    return [
        CareerLine(
            f"{month(row.starts_on) or '?'} — {month(row.ends_on) or _('至今')}",
            row.text,
            row.is_nested,
            row.is_grassroots,
        )
        for row in person.career.all()
    ]


def grassroots_facts(person: Person, on: dt.date) -> list[Fact]:
    """Years at the grass roots as registered, and as the words of the career suggest."""
    proposal = propose_grassroots(career_of(person), Month.of_day(on))
    return [
        Fact(_("基层工作年限"), _("%(n)s年") % {"n": person.grassroots_years}),
        Fact(_("按简历推算"), _("%(n)s年，供核对") % {"n": round(proposal.months / 12, 1)}),
    ]


def ability_lines(person: Person) -> list[AbilityLine]:
    """The five abilities, each with its values, newest first."""
    values = list(person.abilities.order_by("-as_of", "-pk"))
    latest = latest_abilities(person)
    return [
        AbilityLine(str(label), latest.get(key), [value for value in values if value.ability == key])
        for key, label in Ability.choices
    ]


def record_entries(person: Person, most: int = 50) -> list[TimelineEntry]:
    """What was done to this person's file: the trail and the imports, newest first."""
    entries = [
        TimelineEntry(event.at, sentence_of(event.action), event.actor_name, _event_words(event.details))
        for event in events_of(person)[:most]
    ]
    entries += [
        TimelineEntry(
            row.roster_import.created_at,
            _("导入名册“%(file)s”") % {"file": row.roster_import.file},
            row.roster_import.by.name,
            row.get_outcome_display(),
            reverse("people:import_detail", args=[row.roster_import.pk]),
        )
        for row in imports_of(person)[:most]
    ]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)[:most]


def month(day: dt.date | None) -> str:
    """A month as it reads: 2008.07."""
    return f"{day:%Y.%m}" if day else ""


def comparison_of(first: Person, second: Person) -> Sequence[ComparedRow]:
    """Facts, then the numbers of rows that point at each; lines that are empty on both sides are left out."""
    facts = [_facts(person) for person in (first, second)]
    rows = [ComparedRow(label, *(one.get(label) for one in facts)) for label in _labels(facts)]
    rows += [
        ComparedRow(
            _("%(kind)s（条数）") % {"kind": link.name},
            *(link.rows(person).count() for person in (first, second)),
        )
        for link in links()
        if link.field == "person"
    ]
    return [one for one in rows if one.first or one.second]


def _short(person: Person) -> list[Fact]:
    return [
        Fact(_("派出单位"), person.unit.name),
        Fact(_("现任职务"), person.post_title),
        Fact(_("联系电话"), person.phone),
        Fact(_("职务层次"), rank_label(person.rank)),
        Fact(_("民族"), ethnicity_label(person.ethnicity)),
        Fact(_("政治面貌"), political_label(person.political_status)),
        Fact(_("专长"), person.specialty_text, is_wide=True),
    ]


def _basics(person: Person, sections: frozenset[Section]) -> list[Fact]:
    facts = [
        Fact(_("所在单位"), person.unit.name),
        Fact(_("出生日期"), person.born_on),
        Fact(_("联系电话"), person.phone),
        Fact(_("身份证号"), person.identity_masked),
        Fact(_("民族"), ethnicity_label(person.ethnicity)),
        Fact(_("籍贯"), person.native_place),
        Fact(_("出生地"), person.birth_place),
        Fact(_("成长地"), person.growth_region),
        Fact(_("政治面貌"), political_label(person.political_status)),
        Fact(_("入党时间"), month(person.joined_party_on)),
        Fact(_("参加工作时间"), month(person.started_work_on)),
        Fact(_("健康状况"), person.health),
    ]
    if Section.HEALTH in sections:
        facts.append(Fact(_("健康备注"), _("已登记，查看须说明事由") if person.health_notes_sealed else None))
    return facts


def _post(person: Person, sections: frozenset[Section]) -> list[Fact]:
    facts = [
        Fact(_("现任职务"), person.post_title, is_wide=True),
        Fact(_("人员类别"), person.get_category_display()),
        Fact(_("职务层次"), rank_label(person.rank)),
        Fact(_("职级"), grade_label(person.grade_rank)),
        Fact(_("任现层次时间"), month(person.rank_since)),
        Fact(_("专业技术职务"), person.professional_title),
        Fact(_("职称级别"), title_label(person.title_level)),
    ]
    if Section.RESERVE in sections:
        facts.append(Fact(_("优秀年轻干部"), person.is_reserve))
    if Section.INVESTIGATION in sections:
        facts.append(Fact(_("立案审查调查"), person.is_under_investigation))
    return facts


def _education(person: Person) -> list[Fact]:
    tags = listed(specialty_label(row.tag) for row in person.specialties.all())
    return [
        Fact(_("最高学历"), education_label(person.education_code)),
        Fact(_("最高学位"), degree_label(person.degree_level)),
        Fact(_("全日制教育"), _joined(person.full_time_education, person.full_time_degree)),
        Fact(_("院校及专业"), _joined(person.full_time_school, person.full_time_degree_school)),
        Fact(_("在职教育"), _joined(person.on_job_education, person.on_job_degree)),
        Fact(_("院校及专业"), _joined(person.on_job_school, person.on_job_degree_school)),
        Fact(_("专业领域"), tags),
        Fact(_("语言"), person.languages),
        Fact(_("专长"), person.specialty_text, is_wide=True),
    ]


def _wishes(person: Person) -> list[Fact]:
    return [
        Fact(_("个人意愿"), person.get_willingness_display()),
        Fact(_("培养目的"), person.get_training_purpose_display()),
        Fact(_("困难事项"), person.constraints_text, is_wide=True),
    ]


def _joined(*texts: str) -> str:
    return pgettext("between clauses", "，").join(filter(None, texts))


def _event_words(details: dict[str, Any]) -> str:
    if reason := details.get("reason"):
        return _("事由：%(reason)s") % {"reason": reason}
    return listed(_field_word(name) for name in details.get("fields", ()))


def _field_word(name: str) -> str:
    names = {
        "identity": _("身份证号"),
        "health_notes": _("健康备注"),
        "career": _("简历"),
        "annual_grades": _("年度考核"),
        "penalties": _("处分"),
        "family": _("家庭成员"),
        "firms": _("亲属经商办企业"),
        "specialties": _("专业领域"),
    }
    if name in names:
        return names[name]
    return str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 -- a column


def _facts(person: Person) -> dict[str, object]:
    """Facts by their labels; a label that comes twice counts on."""
    found: dict[str, object] = {}
    for group in basic_groups(person, EVERYTHING):
        for fact in group.facts:
            label = str(fact.label)
            found[label if label not in found else f"{group.title} {label}"] = fact.value
    return found


def _labels(facts: Iterable[dict[str, object]]) -> list[str]:
    return list(dict.fromkeys(label for one in facts for label in one))

"""The nomination form (挂职干部推荐登记表, form F2) as a Word file."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override

from secondment.campaigns.choices import NominationState
from secondment.campaigns.models import Nomination
from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.files.codes.grades import word_of
from secondment.people.labels import (
    education_label,
    ethnicity_label,
    political_label,
    rank_label,
    specialty_label,
)
from secondment.people.models import Person
from secondment.people.sections import Section, section_of
from secondment.units.official_names import place_and_title

FOLDER = Path(__file__).parent / "word_forms"
YEARS = 3


@dataclass(frozen=True)
class NominationSheet:
    """挂职干部推荐登记表. What the account may not read of the person is left to the hand, as opinions and seals are."""

    campaign: str
    programme: str
    nominated_on: dt.date
    name: str
    sex: str
    born: str
    ethnicity: str
    native_place: str
    growth_place: str
    political_status: str
    joined_party: str
    started_work: str
    health: str
    category: str
    education: str
    full_time: str
    on_job: str
    professional_title: str
    specialty: str
    home_post: str
    rank: str
    rank_since: str
    grades: str
    grassroots: str
    is_reserve: str
    willingness: str
    wishes: str
    term: str
    purpose: str
    reason: str
    hardship: str
    relatives: str
    integrity_opinion: str


NOMINATION_FORM = WordForm(FOLDER / "nomination.docx", NominationSheet)


def has_form(nomination: Nomination) -> bool:
    """Not of what was withdrawn."""
    return nomination.state != NominationState.WITHDRAWN


def nomination_sheet(nomination: Nomination, sections: frozenset[Section]) -> NominationSheet:
    """The form of one person for a reader of these sections, in Chinese whatever the language."""
    with override(settings.LANGUAGE_CODE):
        campaign = nomination.campaign
        return NominationSheet(
            campaign=campaign.name,
            programme=campaign.programme_version.programme.name,
            nominated_on=nomination.nominated_on,
            home_post=place_and_title(nomination.home_unit, nomination.person.post_title),
            wishes=_wishes(nomination),
            term=f"{chinese_date(campaign.starts_on)}至{chinese_date(campaign.last_day)}",
            purpose=nomination.get_purpose_display(),
            reason=nomination.reason,
            integrity_opinion=nomination.integrity_opinion,
            grades=_grades(nomination) if Section.ASSESSMENT in sections else "",
            relatives=_relatives(nomination.person) if Section.FAMILY in sections else "",
            **_of_person(nomination, sections),
        )


def _of_person(nomination: Nomination, sections: frozenset[Section]) -> dict[str, Any]:
    """What the form prints of the person, each text by the column that it is read from."""
    person = nomination.person
    texts = {
        "name": ("name", person.name),
        "sex": ("sex", person.get_sex_display()),
        "born": ("born_on", _month(person.born_on)),
        "ethnicity": ("ethnicity", ethnicity_label(person.ethnicity)),
        "native_place": ("native_place", person.native_place),
        "growth_place": ("growth_region", person.growth_region.full_name if person.growth_region else ""),
        "political_status": ("political_status", political_label(person.political_status)),
        "joined_party": ("joined_party_on", person.party_text or _month(person.joined_party_on)),
        "started_work": ("started_work_on", _month(person.started_work_on)),
        "health": ("health", person.health),
        "category": ("category", person.get_category_display()),
        "education": ("education_code", education_label(person.education_code)),
        "full_time": (
            "full_time_education",
            _lines(person.full_time_education + person.full_time_degree, person.full_time_school),
        ),
        "on_job": (
            "on_job_education",
            _lines(person.on_job_education + person.on_job_degree, person.on_job_school),
        ),
        "professional_title": ("professional_title", person.professional_title),
        "specialty": ("specialty_text", person.specialty_text),
        "rank": ("rank", rank_label(person.rank)),
        "rank_since": ("rank_since", _month(person.rank_since)),
        "grassroots": ("grassroots_years", _years(person)),
        "is_reserve": ("is_reserve", "是" if person.is_reserve else "否"),
        "willingness": ("willingness", person.get_willingness_display()),
    }
    found = {key: text if section_of(column) in sections else "" for key, (column, text) in texts.items()}
    own = person.constraints_text if section_of("constraints_text") in sections else ""
    return {**found, "hardship": "\n".join(dict.fromkeys(filter(None, (nomination.hardship_text, own))))}


def _wishes(nomination: Nomination) -> str:
    """The posts wished for, first wish first; how near, where the person cares."""
    posts = [one.campaign_post.post for one in nomination.preferences.all()]
    lines = [f"{n}.{place_and_title(post.host_unit, post.title)}" for n, post in enumerate(posts, 1)]
    return _lines(*lines, "希望就近安排" if nomination.prefers_near else "")


def _grades(nomination: Nomination) -> str:
    """The three years before the nomination; one without a grade is left to the hand."""
    person, year = nomination.person, nomination.nominated_on.year
    grades = {row.year: word_of(row.grade, person.category) for row in person.annual_grades.all()}
    return "\n".join(f"{one}年度：{grades.get(one, '')}" for one in range(year - YEARS, year))


def _relatives(person: Person) -> str:
    """Relatives with their posts, then the firms that relatives run."""
    family = [
        "　".join(filter(None, (row.title, row.name, row.work_text.replace("\n", ""))))
        for row in person.family.all()
    ]
    firms = [
        f"{row.runner}经办企业：{row.name}（{specialty_label(row.industry)}）" for row in person.firms.all()
    ]
    return _lines(*family, *firms)


def _years(person: Person) -> str:
    return f"{person.grassroots_years.normalize():f}年" if person.grassroots_years else ""


def _month(day: dt.date | None) -> str:
    return f"{day:%Y.%m}" if day else ""


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))

"""What the generator makes: plain facts that name each other by keys, before any database."""

import datetime as dt
from dataclasses import dataclass

from secondment.units.choices import UnitKind, UnitLevel


@dataclass(frozen=True)
class DemoUnit:
    """A unit; `parent` is the key of the unit above, "" for the root."""

    key: str
    name: str
    kind: UnitKind
    level: UnitLevel
    parent: str = ""
    region: str = ""


@dataclass(frozen=True)
class CareerLine:
    """One line of a career; `ends_on` None means until now."""

    starts_on: dt.date
    ends_on: dt.date | None
    text: str
    is_grassroots: bool = False


@dataclass(frozen=True)
class Relative:
    """A family member; `unit` and `person` are keys when they are in the system."""

    title: str
    kinship: str
    name: str
    born_text: str
    work_text: str
    political_status: str = "群众"
    unit: str = ""
    is_leading: bool = False
    person: str = ""


@dataclass(frozen=True)
class Firm:
    """A firm that close family runs."""

    runner: str
    name: str
    industry: str
    region: str


@dataclass(frozen=True)
class PenaltyPeriod:
    """A penalty with its half-open period."""

    kind: str
    starts_on: dt.date
    ends_on: dt.date
    document: str


@dataclass(frozen=True)
class Education:
    """Full-time and on-job study as the appointment form writes them, and the codes of the highest."""

    full_time: str
    full_time_degree: str
    full_time_school: str
    code: str
    degree_level: str
    on_job: str = ""
    on_job_degree: str = ""
    on_job_school: str = ""


@dataclass(frozen=True)
class DemoPerson:
    """An invented official; codes are those of the national standards."""

    key: str
    unit: str
    name: str
    sex: str
    born_on: dt.date
    identity_number: str
    ethnicity: str
    native_region: str
    native_place: str
    growth_region: str
    political_status: str
    joined_party_on: dt.date | None
    started_work_on: dt.date
    category: str
    post_title: str
    rank: str
    grade_rank: str
    rank_since: dt.date
    professional_title: str
    title_level: str
    education: Education
    grassroots_years: int
    is_reserve: bool
    willingness: str
    specialties: tuple[str, ...]
    career: tuple[CareerLine, ...]
    grades: tuple[tuple[int, str], ...]
    abilities: tuple[tuple[str, int], ...]
    family: tuple[Relative, ...]
    firms: tuple[Firm, ...] = ()
    penalties: tuple[PenaltyPeriod, ...] = ()
    state: str = "active"
    occupation: str = "other"
    is_under_investigation: bool = False
    constraints_text: str = ""


@dataclass(frozen=True)
class DemoTask:
    """A task with a target that can be measured."""

    name: str
    measure: str
    target: int
    measure_unit: str


@dataclass(frozen=True)
class DemoPost:
    """A host post with its requirements."""

    key: str
    unit: str
    code: str
    title: str
    direction: str
    starts_on: dt.date
    ends_on: dt.date
    duties: str
    tasks: tuple[DemoTask, ...]
    region: str = ""
    rank: str = ""
    hardship: int = 0
    specialties: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    education_code: str = ""
    title_level: str = ""
    oldest_age: int | None = None
    grassroots_years: int = 0
    requires_party_member: bool = False
    is_principal: bool = False
    organ_kind: str = "other"
    sensitive_work: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    lodging: str = ""
    contact_leader: str = ""
    mentor: str = ""
    contact_name: str = ""
    state: str = "approved"
    opinion: str = ""


@dataclass(frozen=True)
class Offer:
    """A post offered in a campaign."""

    post: str
    priority: int = 2


@dataclass(frozen=True)
class DemoQuota:
    """How many a home unit is asked for and releases at most."""

    unit: str
    n_asked: int
    release_cap: int | None


@dataclass(frozen=True)
class DemoNomination:
    """A nomination with the person's answer; `answered_on` None means no answer yet."""

    person: str
    unit: str
    reason: str
    nominated_on: dt.date
    answered_on: dt.date | None = None
    preferences: tuple[str, ...] = ()
    hardship_text: str = ""
    prefers_near: bool = False


@dataclass(frozen=True)
class DemoExemption:
    """An approved exception; `post` "" means for every post."""

    person: str
    rule: str
    document: str
    reason: str
    post: str = ""


@dataclass(frozen=True)
class DemoPlacement:
    """A person in a post."""

    person: str
    post: str
    state: str
    decision_number: str
    reported_on: dt.date | None = None
    work_mode: str = "full"
    # of somebody who came later than the others
    starts_on: dt.date | None = None
    term_reason: str = ""
    ending: str = ""
    closed_on: dt.date | None = None
    destination: str = ""


@dataclass(frozen=True)
class DemoCampaign:
    """A campaign with everything that belongs to it; `host_wishes` are (post, persons in order)."""

    key: str
    programme: str
    owner: str
    name: str
    purpose: str
    purpose_text: str
    plan_number: str
    nominations_from: dt.date
    nominations_until: dt.date
    starts_on: dt.date
    ends_on: dt.date
    state: str
    offers: tuple[Offer, ...]
    quotas: tuple[DemoQuota, ...] = ()
    nominations: tuple[DemoNomination, ...] = ()
    host_wishes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exemptions: tuple[DemoExemption, ...] = ()
    placements: tuple[DemoPlacement, ...] = ()


@dataclass(frozen=True)
class Planted:
    """A case put in on purpose: `person` in `campaign` makes `rule` say `result`."""

    campaign: str
    person: str
    rule: str
    result: str
    note: str


def rated_on(as_of: dt.date) -> dt.date:
    """The day of the last assessment of abilities: the end of the year before."""
    return dt.date(as_of.year - 1, 12, 31)


@dataclass(frozen=True)
class Demo:
    """Everything of one demo."""

    as_of: dt.date
    units: tuple[DemoUnit, ...]
    people: tuple[DemoPerson, ...]
    posts: tuple[DemoPost, ...]
    campaigns: tuple[DemoCampaign, ...]
    planted: tuple[Planted, ...]

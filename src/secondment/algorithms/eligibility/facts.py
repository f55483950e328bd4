"""What the rules look at: facts of a person, of a post and of the term, without names or ids."""

import datetime as dt
from dataclasses import dataclass

UNKNOWN_BIRTH = dt.date.min


@dataclass(frozen=True)
class Period:
    """A half-open period; `kind` is its kind (a penalty, another secondment)."""

    kind: str
    starts_on: dt.date
    ends_on: dt.date

    @property
    def last_day(self) -> dt.date:
        """The last day that belongs to the period, as people read it."""
        return self.ends_on - dt.timedelta(days=1)

    def overlaps(self, starts_on: dt.date, ends_on: dt.date) -> bool:
        """Whether the period shares a day with the half-open period given."""
        return self.starts_on < ends_on and starts_on < self.ends_on


@dataclass(frozen=True)
class Kin:
    """A relative who works in a unit of the system; `unit` is any number that names the same unit in posts."""

    kinship: str
    unit: int
    is_leading: bool


@dataclass(frozen=True)
class Firm:
    """A firm run by close family: its industry and its region code ("" when not known)."""

    industry: str
    region: str


@dataclass(frozen=True)
class PersonFacts:
    """One nominated person on the day of the check.

    Codes are those of the national standards: `rank` and `title_level` GB/T 12407, `education` GB/T 4658,
    regions GB/T 2260 with their parents as prefixes. `grades` are (year, grade) pairs in any order.
    `terms` are this person's other secondments. `born_on` is
    `UNKNOWN_BIRTH` where the day is unknown: it meets no age limit.
    """

    born_on: dt.date
    started_work_on: dt.date | None = None
    retires_on: dt.date | None = None
    rank: str = ""
    education: str = ""
    title_level: str = ""
    grassroots_years: float = 0.0
    is_party_member: bool = False
    occupation: str = "other"
    is_county_or_below: bool = False
    growth_region: str = ""
    native_region: str = ""
    is_under_investigation: bool = False
    penalties: tuple[Period, ...] = ()
    grades: tuple[tuple[int, str], ...] = ()
    terms: tuple[Period, ...] = ()
    kin: tuple[Kin, ...] = ()
    n_unrecognised_kin: int = 0
    firms: tuple[Firm, ...] = ()
    spouse_is_nominated: bool = False
    spouse_is_in_village: bool = False


@dataclass(frozen=True)
class PostFacts:
    """One post offered, with what it requires and what recusal looks at.

    `locality` is "strict" for organs of county and township level whose principal falls under locality
    recusal, "usual" for those of city level, "" for all others. Empty requirements ask for nothing.
    `starts_on` is the post's own first day, where it differs from that of the term.
    """

    unit: int
    parent_unit: int | None = None
    is_up: bool = False
    is_village: bool = False
    is_principal: bool = False
    is_leading: bool = False
    is_sensitive: bool = False
    locality: str = ""
    region: str = ""
    industries: frozenset[str] = frozenset()
    oldest_age: int | None = None
    education: str = ""
    title_level: str = ""
    grassroots_years: float = 0.0
    requires_party_member: bool = False
    starts_on: dt.date | None = None


@dataclass(frozen=True)
class Term:
    """The campaign's half-open term, the day of the check, and whether an approved plan number is given."""

    starts_on: dt.date
    ends_on: dt.date
    as_of: dt.date
    has_plan_number: bool = False

    @property
    def last_day(self) -> dt.date:
        """The last day of the term, as people read it."""
        return self.ends_on - dt.timedelta(days=1)

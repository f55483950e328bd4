"""Who reads and writes which part of a person: the one table that pages, forms, files and searches ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from secondment.accounts.choices import Role

ORGANISATION, HOME, LEADER = Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER
CLERKS = (ORGANISATION, HOME)


class Section(StrEnum):
    """Parts of a person's file, each with its own readers and writers."""

    BASICS = "basics"
    EMERGENCY = "emergency"  # whom to call: opened one by one, in no list and no file
    FILE = "file"  # masked identity number, education, willingness
    IDENTITY = "identity"  # the number in clear: for a reason only
    PHOTO = "photo"
    CAREER = "career"
    ASSESSMENT = "assessment"  # annual grades, and what the appointment form states on rewards
    PENALTIES = "penalties"
    FAMILY = "family"  # relatives and their firms
    ABILITIES = "abilities"
    PLACEMENTS = "placements"
    RECORD = "record"
    HEALTH = "health"  # sealed notes: for a reason only
    RESERVE = "reserve"
    INVESTIGATION = "investigation"


@dataclass(frozen=True)
class Access:
    """Roles that read and write a section within their scope; `is_own`: so does the person read it."""

    readers: frozenset[Role]
    writers: frozenset[Role] = frozenset()
    is_own: bool = False


_ALONE, _BOTH = frozenset({ORGANISATION}), frozenset(CLERKS)
_FILES = _BOTH | {LEADER}
# Basics are also read by those who see the person for another reason: host units, the person.
ACCESS: dict[Section, Access] = {
    Section.BASICS: Access(_FILES, _BOTH, is_own=True),
    # While a placement is under way its host unit and organisation department open it too: people.queries says so.
    Section.EMERGENCY: Access(_BOTH, _BOTH, is_own=True),
    Section.FILE: Access(_FILES, _BOTH, is_own=True),
    Section.IDENTITY: Access(_BOTH, _BOTH),
    Section.PHOTO: Access(_FILES, _BOTH, is_own=True),
    Section.CAREER: Access(_FILES, _BOTH, is_own=True),
    Section.ASSESSMENT: Access(_FILES, _BOTH, is_own=True),
    Section.PENALTIES: Access(_ALONE, _ALONE, is_own=True),
    Section.FAMILY: Access(_ALONE, _ALONE, is_own=True),
    Section.ABILITIES: Access(_FILES, _BOTH, is_own=True),
    Section.PLACEMENTS: Access(_FILES, is_own=True),
    Section.RECORD: Access(_ALONE),
    Section.HEALTH: Access(_ALONE, _ALONE),
    Section.RESERVE: Access(_FILES, _BOTH),
    Section.INVESTIGATION: Access(_ALONE, _ALONE),
}
EMERGENCY_CONTACT = ("emergency_name", "emergency_relation", "emergency_phone")
# What a form brings along with a new person; from then on only those who may read it change it.
BROUGHT_ALONG = frozenset({Section.FAMILY})
_SECTION_OF = {
    **dict.fromkeys(
        (
            *("unit", "state", "name", "sex", "ethnicity", "political_status", "post_title", "rank"),
            *("specialty_text", "phone"),
        ),
        Section.BASICS,
    ),
    **dict.fromkeys(EMERGENCY_CONTACT, Section.EMERGENCY),
    "identity": Section.IDENTITY,
    "photo": Section.PHOTO,
    "photo_file": Section.PHOTO,
    "career": Section.CAREER,
    **dict.fromkeys(("annual_grades", "annual_text", "rewards_text"), Section.ASSESSMENT),
    "penalties": Section.PENALTIES,
    "abilities": Section.ABILITIES,
    **dict.fromkeys(("family", "firms"), Section.FAMILY),
    "health_notes": Section.HEALTH,
    "is_reserve": Section.RESERVE,
    "is_under_investigation": Section.INVESTIGATION,
}


def section_of(name: str) -> Section:
    """The section of a column of a person, of a kind of rows, or of a field of a form."""
    return _SECTION_OF.get(name, Section.FILE)


def sections_of_names(names: Iterable[str]) -> frozenset[Section]:
    """The sections that these columns, rows and fields belong to."""
    return frozenset(section_of(name) for name in names)


@cache
def read_by(*roles: Role) -> frozenset[Section]:
    """What any of these roles reads within its scope."""
    return frozenset(section for section, access in ACCESS.items() if access.readers & set(roles))


@cache
def written_by(*roles: Role) -> frozenset[Section]:
    """What any of these roles writes within its scope."""
    return frozenset(section for section, access in ACCESS.items() if access.writers & set(roles))


OWN = frozenset(section for section, access in ACCESS.items() if access.is_own)
EVERYTHING = frozenset(Section)

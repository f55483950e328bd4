"""Cases put into the daily work of G2 on purpose: what is done differently, by the codes of the posts, and what it shows.

Each sign has cases that must be found and innocent ones that look alike and must not be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from secondment.demo.work.irregular import POSTS as VOTED_POSTS
from secondment.demo.work.irregular import Vote

Codes = tuple[str, ...]


class Case(StrEnum):
    """What is different in a post."""

    LATE = "late"  # the host hands everything in after its day
    COPIED = "copied"  # the host hands in the same words quarter by quarter
    SAME_AS_NEIGHBOUR = "same_as_neighbour"  # two hosts of one township hand in the same words
    SAME_PHRASE = "same_phrase"  # one phrase is the same, the facts are not
    QUIET = "quiet"  # nothing new, twice running and no more
    EXCELLENT = "excellent"
    QUARRELLING = "quarrelling"  # both sides tell another story
    PASSING = "passing"  # away for days every month, no task done, nothing to tell
    ABSENT = "absent"  # not back for weeks, twice
    SICK = "sick"  # ill for two months, on leave
    NEW = "new"  # came a week ago
    BESIDE = "beside"  # not released from the home post (不脱产), as agreed
    WORKS_FOR_HOME = "works_for_home"  # released, and called back week by week
    HOME_LEAVE = "home_leave"  # at home on business, approved as leave
    NO_DIVISION = "no_division"  # nothing written about what to be in charge of
    ONLY_ASSISTS = "only_assists"  # a signed task book without a task of one's own
    ONE_OF_OWN = "one_of_own"  # assists in most, in charge of one
    HOST_SILENT = "host_silent"
    HOME_SILENT = "home_silent"
    LATE_ONCE = "late_once"  # the last quarter came late, and came
    MEDDLES = "meddles"  # two complaints of it, found to be true
    ABUSES = "abuses"  # the same of abuse of power
    UNFOUNDED = "unfounded"  # complained of for both, and nothing was found
    OTHER_COMPLAINT = "other_complaint"  # named in letters about something else


POSTS: Mapping[Case, Codes] = {
    Case.LATE: ("110111-004", "110116-009", "110118-015"),
    Case.COPIED: ("110109-003", "110111-012"),
    Case.SAME_AS_NEIGHBOUR: ("110116-001", "110116-015"),
    Case.SAME_PHRASE: ("110109-005", "110117-008"),
    Case.QUIET: ("110112-004", "110113-006"),
    Case.EXCELLENT: ("110109-016", "110111-020", "110116-022", "110117-003", "110118-007"),
    Case.QUARRELLING: ("110109-025", "110119-011"),
    Case.PASSING: ("110111-030", "110118-021"),
    Case.ABSENT: ("110109-012", "110116-030"),
    Case.SICK: ("110111-025", "110115-008"),
    Case.NEW: ("110109-034", "110119-005"),
    Case.BESIDE: ("110112-010", "110108-002"),
    Case.WORKS_FOR_HOME: ("110111-035", "110117-018"),
    Case.HOME_LEAVE: ("110113-010", "110114-006"),
    Case.NO_DIVISION: ("110115-003", "110118-030"),
    Case.ONLY_ASSISTS: ("110116-036", "110119-020"),
    Case.ONE_OF_OWN: ("110112-014", "110117-025"),
    Case.HOST_SILENT: ("110111-050", "110118-040"),
    Case.HOME_SILENT: ("110109-040", "110114-015"),
    Case.LATE_ONCE: ("110113-015", "110115-020"),
    Case.MEDDLES: ("110109-021", "110109-030"),
    Case.ABUSES: ("110109-028", "110109-036"),
    Case.UNFOUNDED: ("110109-017", "110109-035"),
    Case.OTHER_COMPLAINT: ("110109-007", "110109-014"),
}
OF_POST: Mapping[str, Case] = {code: case for case, codes in POSTS.items() for code in codes}
"""One case a post, so that each is found for its own reason."""


@dataclass(frozen=True)
class PlantedSign:
    """An early sign with what must raise it, and what looks like it and must not."""

    found: tuple[Case | Vote, ...]
    spared: tuple[Case | Vote, ...]

    @property
    def found_posts(self) -> Codes:
        """The posts of those that must be found."""
        return _posts(self.found)

    @property
    def spared_posts(self) -> Codes:
        """The posts of those that must not."""
        return _posts(self.spared)


def _posts(cases: tuple[Case | Vote, ...]) -> Codes:
    return tuple(
        code for case in cases for code in (VOTED_POSTS[case] if isinstance(case, Vote) else POSTS[case])
    )


SIGNS: Mapping[str, PlantedSign] = {
    "passing_through": PlantedSign((Case.PASSING,), (Case.NEW, Case.SICK, Case.BESIDE)),
    "only_adviser": PlantedSign((Case.NO_DIVISION, Case.ONLY_ASSISTS), (Case.NEW, Case.ONE_OF_OWN)),
    "absent": PlantedSign((Case.ABSENT,), (Case.SICK, Case.HOME_LEAVE, Case.NEW)),
    "works_for_home": PlantedSign((Case.WORKS_FOR_HOME,), (Case.BESIDE, Case.HOME_LEAVE)),
    "takes_no_charge": PlantedSign((Case.ONLY_ASSISTS,), (Case.NEW, Case.ONE_OF_OWN)),
    "broken_line": PlantedSign((Case.HOST_SILENT, Case.HOME_SILENT), (Case.LATE_ONCE, Case.QUIET)),
    "meddling": PlantedSign((Case.MEDDLES,), (Case.UNFOUNDED, Case.OTHER_COMPLAINT)),
    "abuse_of_power": PlantedSign((Case.ABUSES,), (Case.UNFOUNDED, Case.OTHER_COMPLAINT)),
    "little_known": PlantedSign((Vote.LITTLE_KNOWN,), (Vote.SELDOM_THERE, Vote.ALONE)),
    "above_not_below": PlantedSign((Vote.TWO_VIEWS,), (Vote.FLATTERED,)),
    "copied_reports": PlantedSign((Case.COPIED, Case.SAME_AS_NEIGHBOUR), (Case.SAME_PHRASE, Case.QUIET)),
}

"""What a post requires, and the plan number without which nobody is sent upwards: whole columns at once."""

from collections.abc import Iterator

import numpy as np

from secondment.algorithms.eligibility.facts import full_years
from secondment.algorithms.eligibility.findings import Finding
from secondment.algorithms.eligibility.levels import education_level, title_level
from secondment.algorithms.eligibility.pairs import Pairs

NO_LIMIT = 999


def upward(pairs: Pairs) -> Iterator[Finding]:
    """H7: nobody is sent upwards from county level or below without an approved plan number."""
    is_low = np.array([one.is_county_or_below for one in pairs.people], dtype=bool)
    is_up = np.array([one.is_up and not pairs.term.has_plan_number for one in pairs.posts], dtype=bool)
    return pairs.findings("H7", "H7.no_plan", is_low[:, None] & is_up[None, :], lambda person, post: {})


def oldest_age(pairs: Pairs) -> Iterator[Finding]:
    """R1: not older than the post allows on the first day of the term."""
    on = pairs.term.starts_on
    ages = np.array([full_years(one.born_on, on) for one in pairs.people], dtype=int)
    limits = np.array([one.oldest_age or NO_LIMIT for one in pairs.posts], dtype=int)
    return pairs.findings(
        "R1",
        "R1.age",
        ages[:, None] > limits[None, :],
        lambda person, post: {"age": full_years(person.born_on, on), "limit": post.oldest_age},
    )


def least_education(pairs: Pairs) -> Iterator[Finding]:
    """R2: education at least what the post asks."""
    held = np.array([_or_lowest(education_level(one.education)) for one in pairs.people], dtype=int)
    asked = np.array([_or_lowest(education_level(one.education)) for one in pairs.posts], dtype=int)
    return pairs.findings(
        "R2",
        "R2.education",
        held[:, None] > asked[None, :],
        lambda person, post: {"education": person.education, "least": post.education},
    )


def least_title(pairs: Pairs) -> Iterator[Finding]:
    """R3: a professional title at least as high as the post asks."""
    held = np.array([_or_lowest(title_level(one.title_level)) for one in pairs.people], dtype=int)
    asked = np.array([_or_lowest(title_level(one.title_level)) for one in pairs.posts], dtype=int)
    return pairs.findings(
        "R3",
        "R3.title",
        held[:, None] > asked[None, :],
        lambda person, post: {"title": person.title_level, "least": post.title_level},
    )


def grassroots(pairs: Pairs) -> Iterator[Finding]:
    """R4: as many grass-roots years as the post asks."""
    held = np.array([one.grassroots_years for one in pairs.people], dtype=float)
    asked = np.array([one.grassroots_years for one in pairs.posts], dtype=float)
    return pairs.findings(
        "R4",
        "R4.years",
        held[:, None] < asked[None, :],
        lambda person, post: {"years": person.grassroots_years, "least": post.grassroots_years},
    )


def party_member(pairs: Pairs) -> Iterator[Finding]:
    """R5: a full party member where the post asks for one."""
    is_outside = np.array([not one.is_party_member for one in pairs.people], dtype=bool)
    is_asked = np.array([one.requires_party_member for one in pairs.posts], dtype=bool)
    broken = is_outside[:, None] & is_asked[None, :]
    return pairs.findings("R5", "R5.not_member", broken, lambda person, post: {})


def _or_lowest(level: int | None) -> int:
    """A level that is not known is below every level that can be asked, and asks for nothing."""
    return NO_LIMIT if level is None else level

"""What a post requires: vectorised over columns, for every way of matching people and posts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH, PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Outcome
from secondment.algorithms.eligibility.levels import education_level, title_level
from secondment.algorithms.eligibility.rules import Case, Check, Found, hits
from secondment.algorithms.periods import full_years

NO_LIMIT = 9999
People = Sequence[PersonFacts]
Posts = Sequence[PostFacts]


def is_too_old(people: People, posts: Posts, term: Term) -> BoolArray:
    """R1: older than the post allows on its first day; an unknown day of birth meets no limit."""
    limits = np.array([one.oldest_age or NO_LIMIT for one in posts], dtype=int)
    starts = [one.starts_on or term.starts_on for one in posts]
    ages = {day: np.array([full_years(one.born_on, day) for one in people], dtype=int) for day in set(starts)}
    held = np.array([ages[day] for day in starts], dtype=int).reshape(len(posts), len(people)).T
    return np.asarray(held > limits[None, :])


def lacks_education(people: People, posts: Posts, _term: Term) -> BoolArray:
    """R2: education below what the post asks, or not known."""
    held = np.array([_or_lowest(education_level(one.education)) for one in people], dtype=int)
    asked = np.array([_or_lowest(education_level(one.education)) for one in posts], dtype=int)
    return np.asarray(held[:, None] > asked[None, :])


def lacks_title(people: People, posts: Posts, _term: Term) -> BoolArray:
    """R3: a professional title below what the post asks, or none."""
    held = np.array([_or_lowest(title_level(one.title_level)) for one in people], dtype=int)
    asked = np.array([_or_lowest(title_level(one.title_level)) for one in posts], dtype=int)
    return np.asarray(held[:, None] > asked[None, :])


def lacks_grassroots_years(people: People, posts: Posts, _term: Term) -> BoolArray:
    """R4: fewer grass-roots years than the post asks."""
    held = np.array([one.grassroots_years for one in people], dtype=float)
    asked = np.array([one.grassroots_years for one in posts], dtype=float)
    return np.asarray(held[:, None] < asked[None, :])


def is_outside_party(people: People, posts: Posts, _term: Term) -> BoolArray:
    """R5: no full party member where the post asks for one."""
    is_outside = np.array([not one.is_party_member for one in people], dtype=bool)
    is_required = np.array([one.requires_party_member for one in posts], dtype=bool)
    return np.asarray(is_outside[:, None] & is_required[None, :])


@dataclass(frozen=True)
class Requirement:
    """One thing that posts ask for: who falls short, shape (n_people, n_posts), and what is found of a pair."""

    falls_short: Callable[[People, Posts, Term], BoolArray]
    outcome: Callable[[PersonFacts, PostFacts, Term], Outcome]


def _age(person: PersonFacts, post: PostFacts, term: Term) -> Outcome:
    if person.born_on == UNKNOWN_BIRTH:
        return Outcome("unknown", {"limit": post.oldest_age})
    on = post.starts_on or term.starts_on
    return Outcome("age", {"age": full_years(person.born_on, on), "limit": post.oldest_age})


REQUIREMENTS: Mapping[str, Requirement] = {
    "R1": Requirement(is_too_old, _age),
    "R2": Requirement(
        lacks_education,
        lambda person, post, _term: Outcome(
            "education", {"education": person.education, "least": post.education}
        ),
    ),
    "R3": Requirement(
        lacks_title,
        lambda person, post, _term: Outcome(
            "title", {"title": person.title_level, "least": post.title_level}
        ),
    ),
    "R4": Requirement(
        lacks_grassroots_years,
        lambda person, post, _term: Outcome(
            "years", {"years": person.grassroots_years, "least": post.grassroots_years}
        ),
    ),
    "R5": Requirement(is_outside_party, lambda _person, _post, _term: Outcome("not_member", {})),
}


def requirement(rule: str) -> Check:
    """The check of one requirement over all pairs."""
    asked = REQUIREMENTS[rule]

    def check(case: Case) -> Iterator[Found]:
        for person, post in hits(asked.falls_short(case.people, case.posts, case.term)):
            yield person, post, asked.outcome(case.people[person], case.posts[post], case.term)

    return check


def _or_lowest(level: int | None) -> int:
    """A level that is not known is below every level that can be asked, and asks for nothing."""
    return NO_LIMIT if level is None else level

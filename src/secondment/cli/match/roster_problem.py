"""From rosters of people and posts to admissible pairs with their fit."""

import argparse
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.assignment import AssignmentProblem
from secondment.algorithms.eligibility import Term
from secondment.algorithms.eligibility.requirement_rules import REQUIREMENTS
from secondment.algorithms.fit import (
    COMPONENTS,
    UNKNOWN,
    FitError,
    FitInput,
    fit_components,
    fit_scores,
)
from secondment.algorithms.fit_facts import USUAL_MOST_PREFERENCES, Wish, fit_input
from secondment.algorithms.silence import neutral_values
from secondment.cli.contract import NoSolutionError
from secondment.cli.layouts import layout_of
from secondment.files.arcs import CapGaps
from secondment.files.match_rosters import (
    Roster,
    RosterPerson,
    RosterPost,
    read_people,
    read_posts,
    read_unit_caps,
)
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError, Problem

DEFAULT_WEIGHTS = dict(zip(COMPONENTS, (25, 15, 15, 10, 10, 10, 5, 5, 5), strict=True))
# Requirement → the column of posts that sets it, and columns of people, one of which must be present.
COLUMNS_OF: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "R2": ("education_code", ("education",)),
    "R3": ("title_level", ("professional_title",)),
    "R4": ("grassroots_years", ("grassroots_years",)),
    "R1": ("oldest_age", ("born",)),
    "R5": ("requires_party_member", ("political_status", "joined_party")),
}
NO_TERM = Term(dt.date.min, dt.date.max, dt.date.min)
"""Every post brings its own first day; one without asks for no age."""


@dataclass(frozen=True, eq=False)
class RosterInput:
    """What the files say: people, posts, most people per unit (with units only one file names), weights."""

    people: Roster[RosterPerson]
    posts: Roster[RosterPost]
    caps: Mapping[str, int]
    weights: Mapping[str, float]
    cap_gaps: CapGaps | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was accepted but may not be meant."""
        gaps = () if self.cap_gaps is None else self.cap_gaps.notes
        return (*self.people.notes, *self.posts.notes, *gaps)


@dataclass(frozen=True, eq=False)
class RosterProblem:
    """Pairs that meet the requirements, what each requirement keeps out, the parts of each pair's fit.

    `neutral` is what a part counts for where it could not be judged.
    """

    blocks: Mapping[str, BoolArray]
    components: FloatArray
    neutral: FloatArray
    problem: AssignmentProblem


def read_rosters(arguments: argparse.Namespace) -> RosterInput:
    """Read `--people`, `--posts`, `--caps` and `--weights`; raises `BadInputError`."""
    weights = read_weights(arguments.weights)
    has_rules = arguments.rules is not None
    people = read_people(
        arguments.people, layout_of(arguments, arguments.people_sheet), keeps_others=has_rules
    )
    posts = read_posts(arguments.posts, layout_of(arguments, arguments.posts_sheet), keeps_others=has_rules)
    _check_wishes(people, posts)
    caps, gaps = read_unit_caps(arguments.caps, people) if arguments.caps else ({}, None)
    return RosterInput(people, posts, caps, weights, gaps)


def roster_problem(given: RosterInput) -> RosterProblem:
    """The admissible pairs with their fit; raises `NoSolutionError` when there are none."""
    people, posts, caps = given.people, given.posts, given.caps
    blocks = blocks_of(people, posts)
    is_free = np.ones((len(posts.items), len(people.items)), dtype=bool)
    for mask in blocks.values():
        is_free &= ~mask
    post, person = np.nonzero(is_free)
    if not len(post):
        raise NoSolutionError("the requirements leave no person for any post; see the columns they ask about")
    components = fit_components(_facts(people, posts), person, post)
    units = list(caps)
    neutral = neutral_values(components, person, given.weights).values
    problem = AssignmentProblem.of(
        len(people.items),
        len(posts.items),
        person,
        post,
        fit_scores(components, given.weights, neutral),
        group=[units.index(one.unit) if one.unit in caps else UNKNOWN for one in people.items],
        cap=np.array(list(caps.values()), dtype=np.int64),
        priority=[-one.priority for one in posts.items],
        capacity=[one.places for one in posts.items],
    )
    return RosterProblem(blocks, components, neutral, problem)


def read_weights(text: str | None) -> dict[str, float]:
    """Weights from “specialty=30,rank=10”; those not named weigh nothing; no text means the defaults."""
    if text is None:
        return dict(DEFAULT_WEIGHTS)
    try:
        weights = _weights_of(text.split(","))
        fit_scores(np.zeros((0, len(COMPONENTS))), weights)
    except (ValueError, FitError) as error:
        known = ", ".join(COMPONENTS)
        raise BadInputError.of_file(
            "--weights",
            f"“{text}” is not understood",
            f"write name=number,… with numbers from 0; names: {known}",
        ) from error
    return weights


def _weights_of(parts: Sequence[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in parts:
        name, _, text = (word.strip() for word in part.partition("="))
        value = finite_number(text)
        if value is None or name in weights:
            raise ValueError(part)
        weights[name] = value
    return weights


def blocks_of(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> dict[str, BoolArray]:
    """Requirement → pairs it keeps out, shape (n_posts, n_people); only of requirements that both files carry.

    An empty cell of a column that exists does not meet what a post asks.
    """
    whom, what = [one.facts for one in people.items], [one.facts for one in posts.items]
    return {
        rule: REQUIREMENTS[rule].falls_short(whom, what, NO_TERM).T
        for rule, (asked, known) in COLUMNS_OF.items()
        if asked in posts.columns and not people.columns.isdisjoint(known)
    }


def _check_wishes(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> None:
    """Wishes name posts and people of the other file."""
    post_ids = {one.id for one in posts.items}
    names = {one.id for one in people.items} | {one.name for one in people.items}
    problems = [
        Problem.plain(
            people.file,
            one.line,
            "志愿",
            f"“{wish}” is not a post of {posts.file}",
            "correct the number of the post",
        )
        for one in people.items
        for wish in one.wishes
        if wish not in post_ids
    ]
    problems += [
        Problem.plain(
            posts.file,
            one.line,
            "接收单位意向",
            f"“{wish}” is not a person in {people.file}",
            "correct the name",
        )
        for one in posts.items
        for wish in one.host_wishes
        if wish not in names
    ]
    if problems:
        raise BadInputError(problems)


def _facts(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> FitInput:
    person_of = {one.name: row for row, one in enumerate(people.items)}
    person_of |= {one.id: row for row, one in enumerate(people.items)}
    post_of = {one.id: row for row, one in enumerate(posts.items)}
    return fit_input(
        [one.fit for one in people.items],
        [one.fit for one in posts.items],
        preferences=_wishes([[post_of[wish] for wish in one.wishes] for one in people.items]),
        host_preferences=_wishes([[person_of[wish] for wish in one.host_wishes] for one in posts.items]),
        most_preferences=max([USUAL_MOST_PREFERENCES, *(len(one.wishes) for one in people.items)]),
    )


def _wishes(lists: Sequence[Sequence[int]]) -> list[Wish]:
    return [
        (owner, other, place) for owner, wished in enumerate(lists) for place, other in enumerate(wished, 1)
    ]

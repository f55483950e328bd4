"""From rosters of people and posts to admissible pairs with their fit."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.assignment import AssignmentProblem
from secondment.algorithms.fit import (
    COMPONENTS,
    UNKNOWN,
    FitError,
    FitInput,
    FitPeople,
    FitPosts,
    Flags,
    Indices,
    Ties,
    Values,
    Wishes,
    fit_components,
    fit_scores,
)
from secondment.cli.contract import NoSolutionError
from secondment.cli.layouts import layout_of
from secondment.tables.arcs import CapGaps
from secondment.tables.match_rosters import (
    Roster,
    RosterPerson,
    RosterPost,
    read_people,
    read_posts,
    read_unit_caps,
)
from secondment.tables.numbers import finite_number
from secondment.tables.problems import BadInputError, Problem

DEFAULT_WEIGHTS = dict(zip(COMPONENTS, (25, 15, 15, 10, 10, 10, 5, 5, 5), strict=True))
MOST_PREFERENCES = 5
REGION_DIGITS = (2, 4, 6)


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
        return () if self.cap_gaps is None else self.cap_gaps.notes


@dataclass(frozen=True, eq=False)
class RosterProblem:
    """Pairs that meet the requirements, what each requirement keeps out, and the parts of each pair's fit."""

    blocks: Mapping[str, Flags]
    components: Values
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
    problem = AssignmentProblem.of(
        len(people.items),
        len(posts.items),
        person,
        post,
        fit_scores(components, given.weights),
        group=[units.index(one.unit) if one.unit in caps else UNKNOWN for one in people.items],
        cap=np.array(list(caps.values()), dtype=np.int64),
        priority=[-one.priority for one in posts.items],
        capacity=[one.places for one in posts.items],
    )
    return RosterProblem(blocks, components, problem)


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


def blocks_of(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> dict[str, Flags]:
    """Requirement → pairs it keeps out, shape (n_posts, n_people).

    A requirement is not checked when the roster of people lacks its column; an empty cell of a column
    that exists does not meet it.
    """
    rules: dict[str, Flags] = {}
    if "education" in people.columns:
        own = np.array([99 if one.education is None else one.education for one in people.items])
        least = np.array([99 if one.education is None else one.education for one in posts.items])
        rules["education"] = own[None, :] > least[:, None]
    if "grassroots_years" in people.columns:
        years = np.nan_to_num(np.array([one.grassroots_years for one in people.items]), nan=-1.0)
        asked = np.array([one.grassroots_years for one in posts.items])
        rules["grassroots_years"] = (years[None, :] < asked[:, None]) & (asked[:, None] > 0)
    if "born" in people.columns:
        rules["born"] = _too_old(people, posts)
    if {"political_status", "joined_party"} & people.columns:
        member = np.array([bool(one.is_party_member) for one in people.items])
        asked_party = np.array([one.requires_party for one in posts.items])
        rules["party"] = asked_party[:, None] & ~member[None, :]
    return rules


def _too_old(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> Flags:
    """Complete years on the first day of the month of arrival; not checked without a day of arrival."""
    born = np.array([one.born or 0 for one in people.items])
    start = np.array([one.starts_on or 0 for one in posts.items])
    oldest = np.array([one.oldest_age or 0 for one in posts.items])
    months = (start // 100 * 12 + start % 100)[:, None] - (born // 100 * 12 + born % 100)[None, :]
    is_asked = (oldest > 0) & (start > 0)
    return np.asarray(is_asked[:, None] & ((months // 12 > oldest[:, None]) | (born == 0)[None, :]))


def _check_wishes(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> None:
    """Wishes name posts and people of the other file."""
    post_ids = {one.id for one in posts.items}
    names = {one.id for one in people.items} | {one.name for one in people.items}
    problems = [
        Problem(
            people.file,
            one.line,
            "志愿",
            f"“{wish}” is no post of {posts.file}",
            "correct the number of the post",
        )
        for one in people.items
        for wish in one.wishes
        if wish not in post_ids
    ]
    problems += [
        Problem(
            posts.file, one.line, "接收单位意向", f"“{wish}” is nobody of {people.file}", "correct the name"
        )
        for one in posts.items
        for wish in one.host_wishes
        if wish not in names
    ]
    if problems:
        raise BadInputError(problems)


def _facts(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> FitInput:
    tags = sorted(
        frozenset[str]().union(
            *(one.specialties for one in people.items), *(one.specialties for one in posts.items)
        )
    )
    person_of = {one.name: row for row, one in enumerate(people.items)}
    person_of |= {one.id: row for row, one in enumerate(people.items)}
    post_of = {one.id: row for row, one in enumerate(posts.items)}
    return FitInput(
        FitPeople(
            _tagged([one.specialties for one in people.items], tags),
            np.array([one.abilities for one in people.items]),
            np.array([one.rank for one in people.items]),
            np.array([one.grassroots_years for one in people.items]),
            _regions([one.region for one in people.items]),
            np.array([one.wants_near for one in people.items]),
        ),
        FitPosts(
            _tagged([one.specialties for one in posts.items], tags),
            np.array([one.abilities for one in posts.items]),
            np.array([one.rank for one in posts.items]),
            np.array([one.grassroots_years for one in posts.items]),
            _regions([one.region for one in posts.items]),
        ),
        _wishes([[post_of[wish] for wish in one.wishes] for one in people.items]),
        _wishes([[person_of[wish] for wish in one.host_wishes] for one in posts.items]),
        max([MOST_PREFERENCES, *(len(one.wishes) for one in people.items)]),
        _no_ties(len(people.items), len(posts.items)),
    )


def _tagged(rows: Sequence[frozenset[str]], tags: Sequence[str]) -> Flags:
    return np.array([[tag in row for tag in tags] for row in rows], dtype=bool).reshape(len(rows), len(tags))


def _regions(codes: Sequence[str]) -> Indices:
    return np.array(
        [
            [int(code[:n]) if code.isdigit() and len(code) >= n else UNKNOWN for n in REGION_DIGITS]
            for code in codes
        ]
    )


def _wishes(lists: Sequence[Sequence[int]]) -> Wishes:
    rows = [
        (owner, other, place) for owner, wished in enumerate(lists) for place, other in enumerate(wished, 1)
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Wishes(columns[:, 0], columns[:, 1], columns[:, 2])


def _no_ties(n_people: int, n_posts: int) -> Ties:
    none = np.zeros((0, 2), dtype=np.int64)
    return Ties(np.full(n_people, UNKNOWN), np.full(n_posts, UNKNOWN), np.full(n_posts, UNKNOWN), none, none)

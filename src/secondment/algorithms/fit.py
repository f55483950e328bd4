"""How well a person fits a post: nine components between 0 and 1, each checkable by hand, and their weighted mean.

A component that cannot be judged for a pair (a fact is missing, no preference was stated) is NaN. It counts at the
campaign's neutral value (`algorithms.silence`); scores of runs before there were neutral values leave it out. Every
component is rounded to thousandths, so that a clerk who recomputes a score from the figures on the page gets the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray

COMPONENTS = (
    "specialty",
    "needed_abilities",
    "growth",
    "rank",
    "experience",
    "person_preference",
    "host_preference",
    "distance",
    "continuity",
)
UNKNOWN = -1
CHUNK = 250_000
COMPONENT_DIGITS = 3
SCORE_DIGITS = 6
RANK_STEPS_TOLERATED = 3
EXPERIENCE_BEYOND = 3
# What a shared county, city, province or none of them is worth.
NEARNESS = np.array([0.0, 0.4, 0.7, 1.0])


class FitError(ValueError):
    """Arrays do not fit each other, or weights cannot be used."""


@dataclass(frozen=True, eq=False)
class FitPeople:
    """What is known of the people.

    Attributes
    ----------
    specialties : shape (n_people, n_specialties)
    abilities : shape (n_people, n_abilities), 0–1, NaN unknown
    rank : shape (n_people,), step on the ladder of ranks, NaN unknown
    grassroots_years : shape (n_people,), NaN unknown
    region : shape (n_people, 3), province, city and county of the place of work, -1 unknown
    wants_near : shape (n_people,)
    """

    specialties: BoolArray
    abilities: FloatArray
    rank: FloatArray
    grassroots_years: FloatArray
    region: IntArray
    wants_near: BoolArray

    def __len__(self) -> int:
        return len(self.rank)


@dataclass(frozen=True, eq=False)
class FitPosts:
    """What the posts ask for; shapes as in `FitPeople` with n_posts."""

    specialties: BoolArray
    abilities: BoolArray
    rank: FloatArray
    grassroots_years: FloatArray
    region: IntArray

    def __len__(self) -> int:
        return len(self.rank)


@dataclass(frozen=True, eq=False)
class Wishes:
    """A sparse list of preferences: in row i, `owner[i]` puts `other[i]` at place `rank[i]` (1 first)."""

    owner: IntArray
    other: IntArray
    rank: IntArray

    @classmethod
    def none(cls) -> "Wishes":
        """No preferences."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty)


@dataclass(frozen=True, eq=False)
class Ties:
    """Earlier secondments: `home` of people, `host` and `county` of posts, and which pairs of them met before.

    Attributes
    ----------
    home : shape (n_people,); host, county : shape (n_posts,)
        Numbers of units and counties, -1 unknown.
    home_host, home_county : shape (n_ties, 2)
        (home, host) and (home, county) of every earlier secondment.
    """

    home: IntArray
    host: IntArray
    county: IntArray
    home_host: IntArray
    home_county: IntArray


@dataclass(frozen=True, eq=False)
class FitInput:
    """Everything the nine components are computed from.

    `preferences` are owned by people about posts, `host_preferences` by posts about people.
    `most_preferences` is how many wishes a person may state.
    """

    people: FitPeople
    posts: FitPosts
    preferences: Wishes
    host_preferences: Wishes
    most_preferences: int
    ties: Ties


def fit_components(facts: FitInput, person: IntArray, post: IntArray, *, chunk: int = CHUNK) -> FloatArray:
    """Components of every pair; shape (n_pairs, 9), NaN where a component cannot be judged.

    Pairs are worked through in chunks, so memory beyond the result is bounded by the chunk.
    Complexity O(n_pairs × (n_specialties + n_abilities)).

    Raises
    ------
    FitError
        When `person` and `post` differ in length.
    """
    if person.shape != post.shape or person.ndim != 1:
        raise FitError(f"person and post have shapes {person.shape} and {post.shape}; one length is wanted")
    found = np.empty((len(person), len(COMPONENTS)))
    formulas = [FORMULAS[name] for name in COMPONENTS]
    for start in range(0, len(person), chunk):
        rows = slice(start, start + chunk)
        for column, formula in enumerate(formulas):
            found[rows, column] = formula(facts, person[rows], post[rows])
    np.round(found, COMPONENT_DIGITS, out=found)
    return found


def filled(components: FloatArray, neutral: FloatArray | None) -> FloatArray:
    """Components with the neutral values (9,) where a pair could not be judged; unchanged without neutral values."""
    if neutral is None:
        return components
    return np.where(np.isfinite(components), components, neutral)


def fit_scores(
    components: FloatArray, weights: Mapping[str, float], neutral: FloatArray | None = None
) -> FloatArray:
    """Σ w·c / Σ w, what could not be judged at its neutral value; shape (n_pairs,), rounded to millionths.

    Where there is no neutral value either, both sums leave the component out. A pair of which nothing is known scores 0.

    Raises
    ------
    FitError
        For an unknown component, a negative weight, or no weight above zero.
    """
    weight = weight_array(weights)
    complete = filled(components, neutral)
    is_known = np.isfinite(complete)
    total = np.where(is_known, complete, 0.0) @ weight
    reached = is_known @ weight
    scores = np.divide(total, reached, out=np.zeros_like(total), where=reached > 0)
    np.round(scores, SCORE_DIGITS, out=scores)
    return np.asarray(scores, dtype=np.float64)


def weight_array(weights: Mapping[str, float]) -> FloatArray:
    """Weights in the order of `COMPONENTS`; a component that is not named weighs nothing."""
    unknown = sorted(set(weights) - set(COMPONENTS))
    if unknown:
        raise FitError(f"no component is called {unknown[0]!r}; there are {', '.join(COMPONENTS)}")
    array = np.array([weights.get(name, 0) for name in COMPONENTS], dtype=np.float64)
    if not np.isfinite(array).all() or array.min() < 0 or array.max() <= 0:
        raise FitError(f"weights are {array.tolist()}; none may be negative and one must be above zero")
    return array


def specialty(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """c of the w specialties asked for are covered: 0 for c = 0, else 0.6 + 0.4·c/w.

    Specialties asked for are alternatives, so the first one counts most. Not assessed when the post
    asks for none or the person has none on record.
    """
    wanted = facts.posts.specialties[post]
    own = facts.people.specialties[person]
    n_wanted, n_covered = wanted.sum(axis=1), (wanted & own).sum(axis=1)
    value = np.where(n_covered > 0, 0.6 + 0.4 * n_covered / np.maximum(n_wanted, 1), 0.0)
    return _known(value, (n_wanted > 0) & own.any(axis=1))


def needed_abilities(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """Mean of the person's known values (0–1) of the abilities the post needs."""
    value = facts.people.abilities[person]
    counts = facts.posts.abilities[post] & np.isfinite(value)
    n = counts.sum(axis=1)
    return _known(np.where(counts, value, 0.0).sum(axis=1) / np.maximum(n, 1), n > 0)


def growth(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """Share of the person's shortfall that the post would train.

    The shortfall of an ability is how far it is below the mean of the person's known abilities (0
    when above); the post trains the abilities it needs. Not assessed when the post needs none, fewer
    than two abilities are known, or all are equal.
    """
    shortfall = _shortfall(facts.people.abilities)[person]
    wanted = facts.posts.abilities[post]
    total = shortfall.sum(axis=1)
    trained = np.where(wanted, shortfall, 0.0).sum(axis=1)
    return _known(trained / np.where(total > 0, total, 1.0), (total > 0) & wanted.any(axis=1))


def rank(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """1 − d/3 for d steps between the two ranks, 0 from three steps on; deputy to head is one step."""
    distance = np.abs(facts.people.rank[person] - facts.posts.rank[post])
    return np.maximum(0.0, 1.0 - distance / RANK_STEPS_TOLERATED)


def experience(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """Years of grass-roots work over three more than the post asks for, at most 1."""
    years = facts.people.grassroots_years[person]
    return np.minimum(1.0, years / (facts.posts.grassroots_years[post] + EXPERIENCE_BEYOND))


def person_preference(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """1 − (r − 1)/m for the person's wish r of at most m, 0 for posts not wished for.

    Not assessed when the person stated no wish.
    """
    n = np.full(len(facts.people), facts.most_preferences)
    return _wished(facts.preferences, n, person, post, len(facts.posts))


def host_preference(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """1 − (r − 1)/n for place r among the n people the host named for the post, 0 for others.

    Not assessed if the host named no one.
    """
    n = np.bincount(facts.host_preferences.owner, minlength=len(facts.posts))
    return _wished(facts.host_preferences, n, post, person, len(facts.people))


def distance(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """Same county 1, same city 0.7, same province 0.4, else 0; only for people who asked to be near.

    Not assessed where it takes a city that is not known: two places of one province may be near or far.
    """
    own, other = facts.people.region[person], facts.posts.region[post]
    same = np.logical_and.accumulate((own == other) & (own != UNKNOWN), axis=1).sum(axis=1)
    is_unknown = (own == UNKNOWN) | (other == UNKNOWN)
    is_known = ~is_unknown[:, 0] & ~(is_unknown[:, 1] & (same == 1))
    return _known(NEARNESS[same], is_known & facts.people.wants_near[person])


def continuity(facts: FitInput, person: IntArray, post: IntArray) -> FloatArray:
    """1 if the home unit has sent someone to this host before, 0.5 to its county, else 0.

    Not assessed if the home unit has not sent anyone yet.
    """
    ties = facts.ties
    home = ties.home[person]
    met_host = _met(ties.home_host, home, ties.host[post])
    met_county = _met(ties.home_county, home, ties.county[post])
    value = np.where(met_host, 1.0, np.where(met_county, 0.5, 0.0))
    return _known(value, np.isin(home, ties.home_host[:, 0]) & (home != UNKNOWN))


FORMULAS: Mapping[str, Callable[[FitInput, IntArray, IntArray], FloatArray]] = {
    formula.__name__: formula
    for formula in (
        specialty,
        needed_abilities,
        growth,
        rank,
        experience,
        person_preference,
        host_preference,
        distance,
        continuity,
    )
}


def _known(value: FloatArray, is_known: BoolArray) -> FloatArray:
    return np.where(is_known, value, np.nan)


def _shortfall(abilities: FloatArray) -> FloatArray:
    """How far each known ability is below the person's own mean; 0 where above or unknown."""
    is_known = np.isfinite(abilities)
    n = np.maximum(is_known.sum(axis=1), 1)
    mean = np.where(is_known, abilities, 0.0).sum(axis=1) / n
    below = np.where(is_known, mean[:, None] - abilities, 0.0)
    return np.where(below > 1e-9, below, 0.0)  # noise of the mean is not a shortfall


def _wished(wishes: Wishes, n: IntArray, owner: IntArray, other: IntArray, n_others: int) -> FloatArray:
    """1 − (rank − 1)/n of the wish, 0 where the owner wished something else, NaN where nothing."""
    key = wishes.owner * n_others + wishes.other
    order = np.argsort(key)
    key, place = key[order], wishes.rank[order]
    asked = owner * n_others + other
    at = np.minimum(np.searchsorted(key, asked), max(len(key) - 1, 0))
    is_wished = key[at] == asked if len(key) else np.zeros(len(asked), dtype=bool)
    rank_of = place[at] if len(key) else np.ones(len(asked))
    value = np.where(is_wished, np.maximum(0.0, 1 - (rank_of - 1) / np.maximum(n[owner], 1)), 0.0)
    return _known(value, np.isin(owner, wishes.owner))


def _met(known: IntArray, left: IntArray, right: IntArray) -> BoolArray:
    """Whether (left, right) is among the `known` pairs; unknown numbers never are."""
    base = int(max(known.max(initial=0), left.max(initial=0), right.max(initial=0))) + 1
    found = np.isin(left * base + right, known[:, 0] * base + known[:, 1])
    return np.asarray(found & (left != UNKNOWN) & (right != UNKNOWN))

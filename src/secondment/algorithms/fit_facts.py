"""The facts of people and posts, one by one, as the arrays from which their fit is computed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.fit import (
    UNKNOWN,
    FitInput,
    FitPeople,
    FitPosts,
    Ties,
    Wishes,
)

REGION_DIGITS = (2, 4, 6)
"""Digits of a code of GB/T 2260 that name the province, the city and the county."""
MUNICIPALITIES = frozenset({11, 12, 31, 50})
"""Provinces that are one city; the codes of their districts and counties differ in the digits of the city."""
USUAL_MOST_PREFERENCES = 5


@dataclass(frozen=True)
class FitPerson:
    """One person: tags, abilities between 0 and 1, step on the ladder of ranks, region code, number of the home unit.

    None and "" mean that it is not known.
    """

    specialties: Collection[str] = frozenset()
    abilities: Mapping[str, float] = field(default_factory=dict)
    rank: int | None = None
    grassroots_years: float | None = None
    region: str = ""
    wants_near: bool = False
    unit: int = UNKNOWN


@dataclass(frozen=True)
class FitPost:
    """What one post asks for; `unit` is the number of the host unit."""

    specialties: Collection[str] = frozenset()
    abilities: Collection[str] = frozenset()
    rank: int | None = None
    grassroots_years: float = 0.0
    region: str = ""
    unit: int = UNKNOWN


Wish = tuple[int, int, int]
"""Owner, what is wished for, and its place (1 first), all by number."""


def fit_input(
    people: Sequence[FitPerson],
    posts: Sequence[FitPost],
    *,
    preferences: Iterable[Wish] = (),
    host_preferences: Iterable[Wish] = (),
    most_preferences: int = USUAL_MOST_PREFERENCES,
    earlier: Iterable[tuple[int, int, str]] = (),
) -> FitInput:
    """Everything the components need; `earlier` secondments are (home unit, host unit, region of the host)."""
    tags = _vocabulary([*(one.specialties for one in people), *(one.specialties for one in posts)])
    abilities = _vocabulary([*(one.abilities for one in people), *(one.abilities for one in posts)])
    offered = FitPosts(
        _flags([one.specialties for one in posts], tags),
        _flags([one.abilities for one in posts], abilities),
        _floats(one.rank for one in posts),
        _floats(one.grassroots_years for one in posts),
        _regions(one.region for one in posts),
    )
    known = FitPeople(
        _flags([one.specialties for one in people], tags),
        _floats(one.abilities.get(name) for one in people for name in abilities).reshape(
            len(people), len(abilities)
        ),
        _floats(one.rank for one in people),
        _floats(one.grassroots_years for one in people),
        _regions(one.region for one in people),
        np.array([one.wants_near for one in people], dtype=bool),
    )
    return FitInput(
        known,
        offered,
        _wishes(preferences),
        _wishes(host_preferences),
        most_preferences,
        _ties(people, posts, offered.region, earlier),
    )


def _ties(
    people: Sequence[FitPerson],
    posts: Sequence[FitPost],
    region: IntArray,
    earlier: Iterable[tuple[int, int, str]],
) -> Ties:
    rows = [(home, host, region_codes(code)[-1]) for home, host, code in earlier]
    known = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Ties(
        np.array([one.unit for one in people], dtype=np.int64),
        np.array([one.unit for one in posts], dtype=np.int64),
        region[:, -1],
        known[:, :2],
        known[:, [0, 2]],
    )


def region_codes(code: str) -> list[int]:
    """Province, city and county of a region code; -1 for levels the code does not reach, a municipality is a city."""
    is_code = code.isascii() and code.isdigit()
    province, city, county = (int(code[:n]) if is_code and len(code) >= n else UNKNOWN for n in REGION_DIGITS)
    return [province, 100 * province if province in MUNICIPALITIES else city, county]


def _vocabulary(sets: Iterable[Collection[str]]) -> list[str]:
    return sorted(set().union(*sets))


def _flags(sets: Sequence[Collection[str]], vocabulary: Sequence[str]) -> BoolArray:
    rows = [[word in words for word in vocabulary] for words in sets]
    return np.array(rows, dtype=bool).reshape(len(sets), len(vocabulary))


def _floats(values: Iterable[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _regions(codes: Iterable[str]) -> IntArray:
    return np.array([region_codes(code) for code in codes], dtype=np.int64).reshape(-1, len(REGION_DIGITS))


def _wishes(rows: Iterable[Wish]) -> Wishes:
    columns = np.array(list(rows), dtype=np.int64).reshape(-1, 3)
    return Wishes(columns[:, 0], columns[:, 1], columns[:, 2])

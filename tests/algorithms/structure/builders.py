"""Small bodies of officials for the tests, with plain-Python counting to check against."""

import datetime as dt
from typing import Any

import numpy as np
from hypothesis import strategies as st

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.dimensions import AgeBy, ColumnKind, Dimension

AS_OF = dt.date(2026, 11, 23)

BIRTHS = st.one_of(st.just(0), st.dates(dt.date(1955, 1, 1), AS_OF).map(lambda day: int(f"{day:%Y%m%d}")))
PERSON = st.fixed_dictionaries(
    {
        "birth": BIRTHS,
        "sex": st.integers(-1, 1),
        "education": st.integers(-1, 4),
        "specialty": st.integers(0, 7) | st.integers(0, 2**15 - 1),
        "rank": st.integers(-1, 7),
    }
)
PERSONS = st.lists(PERSON, min_size=1, max_size=30)


def people_of(persons: list[dict[str, int]]) -> People:
    return People.from_arrays(
        {key: np.array([person[key] for person in persons], dtype=np.int32) for key in persons[0]}
    )


def completed_years(birth: int, as_of: dt.date, by: AgeBy) -> int:
    year, month, day = birth // 10000, birth // 100 % 100, birth % 100
    before = (as_of.month, as_of.day) < (month, day) if by is AgeBy.DAY else as_of.month < month
    return as_of.year - year - before


def places(person: dict[str, int], dimension: Dimension) -> list[int]:
    """Bucket indices of one person, -1 for not stated: the definition, without any engine."""
    value: Any = person[dimension.column]
    if dimension.kind is ColumnKind.TAGS:
        return [bit for bit in range(len(dimension.buckets)) if value >> bit & 1] or [-1]
    if dimension.kind is ColumnKind.CODE:
        return [value]
    if value == 0:
        return [-1]
    return [sum(completed_years(value, AS_OF, dimension.by) >= cut for cut in dimension.cuts)]

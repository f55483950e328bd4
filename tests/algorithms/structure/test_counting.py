"""Counting against the plain definition, and what must not change the counts."""

import datetime as dt
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.structure.builders import AS_OF, PERSONS, people_of, places

from secondment.algorithms.structure.counting import CountingError, People
from secondment.algorithms.structure.dimensions import (
    NATIONAL_AGE_CUTS,
    SHORT_AGE_CUTS,
    AgeBy,
    age_dimension,
    named_values,
)
from secondment.files.structure.dimensions import EDUCATION, RANK, SEX, SPECIALTY, STANDARD, YEARS_IN_RANK

AGES = [age_dimension(cuts, by) for cuts in (NATIONAL_AGE_CUTS, SHORT_AGE_CUTS) for by in AgeBy]
DIMENSION_SETS = st.lists(
    st.sampled_from([*AGES[:1], SEX, EDUCATION, SPECIALTY, RANK]),
    min_size=1,
    max_size=3,
    unique_by=lambda d: d.key,
)


@settings(max_examples=40)
@given(PERSONS, DIMENSION_SETS | st.sampled_from([[age] for age in AGES]))
def test_cross_equals_plain_counting(persons, dimensions) -> None:
    expected = np.zeros([len(dimension.buckets) + 1 for dimension in dimensions], dtype=np.int64)
    for person in persons:
        for cell in product(*(places(person, dimension) for dimension in dimensions)):
            expected[cell] += 1
    assert (people_of(persons).cross(dimensions, AS_OF).counts == expected).all()


@settings(max_examples=20)
@given(PERSONS, st.randoms(use_true_random=False))
def test_order_of_people_does_not_matter_and_doubling_doubles(persons, random) -> None:
    shuffled = random.sample(persons, len(persons))
    first = people_of(persons).cross([AGES[0], SPECIALTY], AS_OF).counts
    assert (people_of(shuffled).cross([AGES[0], SPECIALTY], AS_OF).counts == first).all()
    assert (people_of(persons + shuffled).cross([AGES[0], SPECIALTY], AS_OF).counts == 2 * first).all()


@settings(max_examples=20)
@given(PERSONS)
def test_buckets_add_up_and_margins_agree(persons) -> None:
    people = people_of(persons)
    cross = people.cross([SEX, AGES[0]], AS_OF).counts
    assert cross.sum() == people.n_people == len(persons)
    assert (cross.sum(axis=1) == people.cross([SEX], AS_OF).counts).all()
    assert (cross.sum(axis=0) == people.cross([AGES[0]], AS_OF).counts).all()
    assert (people.cross([AGES[0], SEX], AS_OF).counts == cross.T).all()


@pytest.mark.parametrize(
    ("birth", "by", "place"),
    [
        (19961123, AgeBy.DAY, 0),  # 30 on the day itself
        (19951124, AgeBy.DAY, 0),  # 31 tomorrow
        (19951123, AgeBy.DAY, 1),
        (19951130, AgeBy.MONTH, 1),  # 31 in this month, whatever the day
        (19951201, AgeBy.MONTH, 0),
        (19951100, AgeBy.MONTH, 1),  # only the month is known
        (19661123, AgeBy.DAY, 7),
    ],
)
def test_age_at_the_edges(birth: int, by: AgeBy, place: int) -> None:
    people = People.from_arrays({"birth": np.array([birth], dtype=np.int32)})
    assert people.cross([age_dimension(by=by)], AS_OF).counts[place] == 1


def test_leap_day_birthday_is_on_the_first_of_march() -> None:
    people = People.from_arrays({"birth": np.array([19960229], dtype=np.int32)})
    age = age_dimension((31,), AgeBy.DAY)
    assert people.cross([age], dt.date(2027, 2, 28)).counts.tolist() == [1, 0, 0]
    assert people.cross([age], dt.date(2027, 3, 1)).counts.tolist() == [0, 1, 0]


def test_years_in_rank_by_month() -> None:
    since = np.array(
        [0, 20261100, 20251200, 20251100, 20231100, 20211101, 20161101, 20161201], dtype=np.int32
    )
    people = People.from_arrays({"rank_since": since})
    assert people.cross([YEARS_IN_RANK], AS_OF).counts.tolist() == [2, 1, 1, 2, 1, 1]


def test_parquet_counts_as_arrays_do(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    duckdb.sql("SELECT i % 2 AS sex, 19800101 + i AS birth FROM range(20) t(i)").write_parquet(str(path))
    people = People.from_parquet(path)
    assert people.cross([SEX], AS_OF).counts.tolist() == [10, 10, 0]
    assert people.mean_age(AS_OF, AgeBy.DAY) == 46.0


def test_mean_age_of_nobody_is_none() -> None:
    people = People.from_arrays({"birth": np.zeros(3, dtype=np.int32)})
    assert people.mean_age(AS_OF, AgeBy.MONTH) is None


def test_no_people_count_to_zero() -> None:
    people = People.from_arrays({"sex": np.zeros(0, dtype=np.int8), "specialty": np.zeros(0, dtype=np.int32)})
    assert people.cross([SEX, SPECIALTY], AS_OF).counts.sum() == 0


@pytest.mark.parametrize(
    ("columns", "dimensions", "message"),
    [
        ({"sex": [0]}, [], "give one to 3"),
        ({"sex": [0]}, [SEX, SEX], "give one to 3"),
        ({"sex": [0]}, [RANK], "no column for rank"),
        ({"sex": [2]}, [SEX], "sex: code 2 is beyond its 2 buckets"),
        ({"sex": [-2]}, [SEX], "sex: code -2 is beyond"),
        ({"specialty": [1 << 15]}, [SPECIALTY], "specialty: some tags are beyond its 15 buckets"),
        ({"birth": [20261201]}, [AGES[0]], "age: some dates lie after 2026-11-23"),
        ({"birth": [20261124]}, [AGES[1]], "age: some dates lie after 2026-11-23"),
        ({"birth": [19850300]}, [AGES[1]], "age: some dates have no day"),
    ],
)
def test_what_cannot_be_counted_is_named(columns, dimensions, message: str) -> None:
    people = People.from_arrays({key: np.array(column, dtype=np.int32) for key, column in columns.items()})
    with pytest.raises(CountingError, match=message):
        people.cross(dimensions, AS_OF)


def test_too_large_a_table_is_refused() -> None:
    units = [named_values(key, key, [str(value) for value in range(2500)]) for key in ("unit", "region")]
    people = People.from_arrays({"unit": np.zeros(1, dtype=np.int32), "region": np.zeros(1, dtype=np.int32)})
    with pytest.raises(CountingError, match="unit × region has 6,255,001 cells"):
        people.cross(units, AS_OF)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(CountingError, match=r"lengths \[1, 2\]"):
        People.from_arrays({"sex": np.zeros(1, dtype=np.int8), "rank": np.zeros(2, dtype=np.int8)})


@pytest.mark.parametrize("cuts", [(), (40, 30), (30, 30)])
def test_age_cuts_must_rise(cuts) -> None:
    with pytest.raises(ValueError, match="must rise"):
        age_dimension(cuts)


def test_age_bands_are_those_of_the_statistics() -> None:
    labels = [bucket.label for bucket in age_dimension().buckets]
    assert labels == [
        "30岁及以下",
        "31–35岁",
        "36–40岁",
        "41–45岁",
        "46–50岁",
        "51–54岁",
        "55–59岁",
        "60岁及以上",
    ]


def test_every_dimension_has_unique_keys_and_explains_each_bucket() -> None:
    assert len({dimension.key for dimension in STANDARD}) == len(STANDARD)
    for dimension in STANDARD:
        assert dimension.rule
        assert len({bucket.key for bucket in dimension.buckets}) == len(dimension.buckets)
        assert all(bucket.label and bucket.bounds for bucket in dimension.buckets)

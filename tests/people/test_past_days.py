"""The force on a past day: every rule with its first day and the day before, and a replay of changes in plain Python."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import AT, make_person, make_unit
from tests.people.imported import imported

from secondment.files.codes.ranks import rank_said
from secondment.people.career_facts import UnitNames, derive_career, says_study
from secondment.people.history import (
    NO_HISTORY,
    PAST_RULES,
    abilities_on,
    grades_on,
    in_service_on,
    tags_on,
    value_on,
)
from secondment.people.models import CareerEntry, Person, PersonChange
from secondment.people.services.changes import replace_rows

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
RECORDED = dt.date(2025, 6, 1)
FIELDS = tuple(field for rule in PAST_RULES for field in rule.fields)


def told(person: Person, field: str, on: dt.date) -> str:
    return Person.objects.annotate(told=value_on(field, on)).values_list("told", flat=True).get(pk=person.pk)


def changed(person: Person, field: str, old, new, on: dt.date, since=None, old_since=None) -> None:
    PersonChange.objects.create(
        person=person, field=field, old=old, new=new, on=on, since=since or on, old_since=old_since, at=AT
    )


def career(person: Person, *lines: tuple) -> None:
    """Lines of (first month, last month, text) and what else is stated."""
    rows = []
    for starts_on, ends_on, text, *more in lines:
        rows.append({"starts_on": starts_on, "ends_on": ends_on, "text": text, **(more[0] if more else {})})
    replace_rows(person, "career", rows)


def month(year: int, number: int) -> dt.date:
    return dt.date(year, number, 1)


@pytest.fixture
def unit(db: None):
    return make_unit("示例厅", make_unit("示例省"))


@pytest.mark.parametrize("field", FIELDS)
def test_since_the_record_is_kept_it_says_what_held(unit, field) -> None:
    person = make_person(
        unit,
        recorded_on=RECORDED,
        rank_since=None,
        is_reserve=True,
        grassroots_years=Decimal("2.5"),
        political_status="13",
        training_purpose="",
    )
    expected = {"unit_id": str(unit.pk), "rank_since": "", "is_reserve": "1", "grassroots_years": "2.5"}
    stored = expected.get(field, str(getattr(person, field)))
    assert told(person, field, RECORDED) == told(person, field, RECORDED + 500 * DAY) == stored
    assert told(person, field, RECORDED - DAY) == NO_HISTORY


@pytest.mark.parametrize(
    ("field", "old", "new", "was"),
    [
        ("unit_id", 7, 8, "7"),
        ("rank", "", "132", ""),
        ("is_reserve", True, False, "1"),
        ("grassroots_years", "3.0", "4.5", "3.0"),
        ("rank_since", None, "2026-01-01", ""),
        ("education_code", "21", "11", "21"),
    ],
)
def test_a_change_says_what_stood_before_it(unit, field, old, new, was) -> None:
    person = make_person(unit, recorded_on=RECORDED)
    on = dt.date(2026, 3, 5)
    changed(person, field, old, new, on)
    is_now = {"is_reserve": "0"}.get(field, str(new))
    assert [told(person, field, day) for day in (RECORDED, on - DAY, on)] == [was, was, is_now]
    assert told(person, field, RECORDED - DAY) == NO_HISTORY


def test_a_rank_holds_since_the_day_that_the_record_states(unit) -> None:
    person = make_person(unit, recorded_on=RECORDED, rank="131", rank_since=dt.date(2026, 2, 1))
    made = {"on": dt.date(2026, 3, 5), "since": dt.date(2026, 2, 1), "old_since": dt.date(2020, 5, 1)}
    changed(person, "rank", "132", "131", **made)
    changed(person, "rank_since", "2020-05-01", "2026-02-01", **made)
    days = [dt.date(2020, 4, 30), dt.date(2020, 5, 1), dt.date(2026, 1, 31), dt.date(2026, 2, 1)]
    assert [told(person, "rank", day) for day in days] == [NO_HISTORY, "132", "132", "131"]
    assert [told(person, "rank_since", day) for day in days] == [
        *(NO_HISTORY, "2020-05-01", "2020-05-01", "2026-02-01"),
    ]


def test_an_earlier_rank_is_the_one_that_a_line_says(unit) -> None:
    person = make_person(unit, recorded_on=RECORDED, rank="132", rank_since=dt.date(2022, 3, 1))
    career(
        person,
        (month(2010, 7), month(2015, 7), "示例厅正科级干部"),
        (month(2015, 7), month(2018, 7), "示例厅工作"),
        (month(2018, 7), None, "示例厅副处级干部"),
    )
    days = [(2010, 6), (2010, 7), (2015, 6), (2015, 7), (2018, 7)]
    assert [told(person, "rank", month(*day)) for day in days] == [
        NO_HISTORY,
        "141",
        "141",
        NO_HISTORY,
        "132",
    ]
    assert told(person, "grade_rank", dt.date(2022, 2, 28)) == NO_HISTORY
    assert told(person, "grade_rank", dt.date(2022, 3, 1)) == ""


def test_a_unit_is_known_by_the_lines_of_the_career(unit) -> None:
    other = make_unit("示例县财政局", unit.parent)
    person = make_person(unit, recorded_on=RECORDED)
    career(
        person,
        (month(2006, 9), month(2010, 7), "示例县财政局党校学习"),
        (month(2010, 7), month(2015, 7), "示例县财政局科员"),
        (month(2016, 1), month(2018, 7), "别处工作"),
        (month(2018, 7), None, "写得不清楚的现任职务"),
    )
    days = [(2010, 6), (2010, 7), (2015, 6), (2015, 7), (2015, 8), (2016, 1), (2018, 6), (2018, 7)]
    expected = [NO_HISTORY, *[str(other.pk)] * 3, *[NO_HISTORY] * 3, str(unit.pk)]
    assert [told(person, "unit_id", month(*day)) for day in days] == expected


def test_a_secondment_elsewhere_is_no_other_unit(unit) -> None:
    make_unit("示例县", unit.parent)
    person = make_person(unit, recorded_on=RECORDED)
    career(
        person,
        (month(2018, 7), None, "示例厅科员"),
        (month(2020, 1), month(2021, 1), "示例县挂职任副县长"),
    )
    assert told(person, "unit_id", month(2020, 6)) == str(unit.pk)


def test_the_post_is_known_since_the_line_that_names_it(unit) -> None:
    person = make_person(unit, recorded_on=RECORDED, post_title="示例厅办公室主任")
    career(
        person, (month(2018, 7), None, "示例厅工作"), (month(2021, 3), None, "示例厅办公室主任、机关党委委员")
    )
    days = (dt.date(2021, 2, 28), month(2021, 3))
    assert [told(person, "post_title", day) for day in days] == [NO_HISTORY, "示例厅办公室主任"]


@pytest.mark.parametrize(
    "field", ["education_code", "degree_level", "full_time_education", "on_job_education"]
)
def test_education_is_known_since_the_last_study_was_over(unit, field) -> None:
    person = make_person(unit, recorded_on=RECORDED, degree_level="4", full_time_education="大学")
    career(
        person,
        (month(2004, 9), month(2008, 7), "示例大学农学院学习"),
        (month(2008, 7), None, "示例厅科员"),
        (month(2015, 9), month(2018, 7), "示例省委党校在职研究生学习", {"is_nested": True}),
    )
    stored = str(getattr(person, field))
    assert [told(person, field, day) for day in (month(2018, 7) - DAY, month(2018, 7))] == [
        NO_HISTORY,
        stored,
    ]
    career(person, (month(2004, 9), None, "示例大学农学院学习"))
    assert told(person, field, RECORDED - DAY) == NO_HISTORY


@pytest.mark.parametrize(("code", "expected"), [("01", "01"), ("02", "02"), ("13", NO_HISTORY)])
def test_membership_of_the_party_is_known_since_joining(unit, code, expected) -> None:
    joined = dt.date(2012, 6, 20)
    person = make_person(unit, recorded_on=RECORDED, political_status=code, joined_party_on=joined)
    assert told(person, "political_status", joined - DAY) == NO_HISTORY
    assert told(person, "political_status", joined) == expected


def test_years_at_the_grass_roots_grow_by_months_that_count_once(unit) -> None:
    person = make_person(unit, recorded_on=RECORDED, grassroots_years=Decimal("9.9"))
    at = {"is_grassroots": True}
    career(
        person,
        (month(2010, 7), month(2012, 7), "示例镇科员", at),
        (month(2011, 7), month(2013, 1), "示例村第一书记", at | {"is_nested": True}),
        (month(2013, 1), None, "示例厅科员"),
        (month(2014, 1), month(2014, 4), "示例镇", at | {"is_nested": True}),
    )
    days = [(2010, 7), (2010, 8), (2011, 7), (2012, 7), (2013, 1), (2014, 1), (2014, 3), (2020, 1)]
    found = [told(person, "grassroots_years", month(*day)) for day in days]
    assert found == ["0.0", "0.0", "1.0", "2.0", "2.5", "2.5", "2.6", "2.7"]
    assert told(person, "grassroots_years", RECORDED) == "9.9"
    career(person, (None, None, "示例镇科员", at))
    assert told(person, "grassroots_years", RECORDED - DAY) == NO_HISTORY


def lines(*rows: tuple) -> list[CareerEntry]:
    return [
        CareerEntry(position=at, starts_on=start, ends_on=end, text="示例镇", is_grassroots=is_marked)
        for at, (start, end, is_marked) in enumerate(rows, start=1)
    ]


def test_of_shared_months_the_earlier_line_has_them() -> None:
    found = lines(
        (month(2013, 1), None, True),
        (month(2010, 1), month(2012, 1), True),
        (month(2010, 6), month(2011, 6), True),  # within another
        (month(2011, 1), month(2014, 1), True),
        (month(2015, 1), None, True),  # within one that goes on
        (month(2000, 1), month(2001, 1), False),
        (None, month(2001, 1), True),
    )
    derive_career(found, UnitNames(()))
    assert [row.grassroots_from for row in found] == [
        *(month(2014, 1), month(2010, 1), None, month(2012, 1), None, None, None),
    ]


def test_the_longest_name_that_a_line_begins_with() -> None:
    names = UnitNames([("示例县", 1), ("示例县财政局", 2), ("双树村", 3), ("双树村", 4), ("", 5), ("县", 6)])
    texts = ("示例县财政局科员", "示例县农业局", "双树村书记", "在示例县", "", "县委")
    assert [names.unit_of(text) for text in texts] == [2, 1, None, None, None, None]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("示例厅副处级干部", "132"),
        ("示例局正科级、正科级", "141"),
        ("示例县农业局科员", "150"),
        ("示例局副科长（副处级），后任正处级", ""),
        ("示例局一级科员", ""),
        ("示例局科长（享受副处级待遇）", ""),
        ("示例公司高级工程师", ""),
        ("示例局局长", ""),
    ],
)
def test_a_rank_is_what_the_words_say(text, rank) -> None:
    assert rank_said(text) == rank


def test_study_is_at_a_school() -> None:
    texts = ("示例大学农学院学习", "中央党校在职研究生班学习", "示例大学学生处科员", "集中学习")
    assert [says_study(text) for text in texts] == [True, True, False, False]


def test_tags_of_a_day(unit) -> None:
    person = make_person(unit, recorded_on=RECORDED)
    for tag in ("health", "education"):
        person.specialties.create(tag=tag)
    bare = make_person(unit, recorded_on=RECORDED)
    on = dt.date(2026, 3, 5)
    changed(person, "specialties", ["agriculture", "party_affairs"], ["education", "health"], on)
    changed(bare, "specialties", ["emergency"], [], on)
    found = [
        list(Person.objects.order_by("pk").annotate(told=tags_on(day)).values_list("told", flat=True))
        for day in (RECORDED - DAY, on - DAY, on)
    ]
    assert found == [
        [NO_HISTORY, NO_HISTORY],
        ["agriculture,party_affairs", "emergency"],
        ["education,health", ""],
    ]
    PersonChange.objects.all().delete()
    now = Person.objects.order_by("pk").annotate(told=tags_on(on)).values_list("told", flat=True)
    assert list(now) == ["education,health", ""]


def test_abilities_and_grades_of_a_day(unit) -> None:
    person = make_person(unit)
    day = dt.date(2025, 3, 1)
    for source, as_of, value in (
        *(("self", day, 90), ("assessment", day, 70), ("organisation", day, 80)),
        *(("self", day + DAY, 95), ("organisation", day - DAY, 60)),
    ):
        person.abilities.create(ability="development", source=source, as_of=as_of, value=value)
    person.abilities.create(ability="mass_work", source="self", as_of=day, value=50)
    found = [sorted(abilities_on(day + n * DAY).values_list("value", flat=True)) for n in (-2, -1, 0, 1)]
    assert found == [[], [60], [50, 70], [50, 95]]
    for year in (2023, 2024):
        person.annual_grades.create(year=year, grade="excellent")
    days = (dt.date(2024, 12, 31), dt.date(2025, 1, 1))
    assert [sorted(grades_on(one).values_list("year", flat=True)) for one in days] == [[2023], [2023, 2024]]


def test_who_was_in_the_force(unit) -> None:
    on = dt.date(2026, 3, 5)
    here, begins, _merged, retired, back = (
        make_person(unit, recorded_on=RECORDED, **fields)
        for fields in (
            *({"started_work_on": None}, {"started_work_on": on}, {"state": "merged"}, {"state": "retired"}),
            {},
        )
    )
    changed(retired, "state", "active", "retired", on)
    changed(back, "state", "left", "active", on)

    def force(day: dt.date) -> list[int]:
        return list(Person.objects.filter(in_service_on(day)).order_by("pk").values_list("pk", flat=True))

    assert force(on - DAY) == [here.pk, retired.pk]
    assert force(on) == [here.pk, begins.pk, back.pk]


RANKS = ("132", "131", "")
MADE = st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(RANKS))


def replayed(person: Person, changes: list, on: dt.date) -> str:
    """Each change in the order made, from the day on since which it holds."""
    base, base_since = person.rank, person.rank_since
    if changes:
        base, base_since = changes[0]["old"], changes[0]["old_since"]
    is_known = person.recorded_on <= on or (base_since is not None and base_since <= on)
    value = base if is_known else NO_HISTORY
    for one in changes:
        if one["since"] <= on:
            value = one["new"]
    return value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(MADE, max_size=4), min_size=1, max_size=4), st.integers(-30, 60))
def test_changes_replayed_one_by_one_give_the_same(unit, people, offset) -> None:
    Person.objects.all().delete()
    on = RECORDED + offset * DAY
    expected: Counter[str] = Counter()
    for made in people:
        person = make_person(unit, recorded_on=RECORDED, rank="132", rank_since=RECORDED - 10 * DAY)
        rank, held, kept = "142", RECORDED - 20 * DAY, []
        for made_after, days_before, new in sorted(made, key=lambda one: one[0]):
            made_on = RECORDED + made_after * DAY
            since = made_on - days_before * DAY
            row = {"old": rank, "new": new, "on": made_on, "since": since, "old_since": held}
            changed(person, "rank", **row)
            kept.append(row)
            rank, held = new, since
        if kept:
            Person.objects.filter(pk=person.pk).update(rank=rank, rank_since=held)
            person.refresh_from_db()
        expected[replayed(person, kept, on)] += 1
    rows = (
        Person.objects.order_by().annotate(told=value_on("rank", on)).values("told").annotate(n=Count("pk"))
    )
    assert {row["told"]: row["n"] for row in rows} == dict(expected)


def test_two_values_cross_in_one_query(unit, django_assert_num_queries) -> None:
    for n in range(6):
        make_person(unit, recorded_on=RECORDED, rank=("131", "132")[n % 2])
    people = Person.objects.order_by().filter(in_service_on(RECORDED))
    rows = people.annotate(unit_then=value_on("unit_id", RECORDED), rank_then=value_on("rank", RECORDED))
    with django_assert_num_queries(1):
        found = sorted(rows.values_list("unit_then", "rank_then").annotate(n=Count("pk")))
    assert found == [(str(unit.pk), "131", 3), (str(unit.pk), "132", 3)]


def test_an_import_reads_its_careers_with_one_look_at_the_units(unit, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        names = UnitNames.load()
    assert names.unit_of("示例厅科员") == unit.pk
    imported("名册.csv", '姓名,性别,出生年月,简历\n示例甲,男,1985.03,"2010.07--  示例厅科员"'.encode(), unit)
    row = CareerEntry.objects.get()
    assert (row.unit, row.rank, row.is_study, row.grassroots_from) == (unit, "150", False, None)

"""What each filter of persons finds, at its limits; and that it means what the structure analysis counts."""

import datetime as dt

import pytest
from django.http import QueryDict
from tests.makers import make_person, make_placement, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.algorithms.structure.dimensions import AgeBy, age_dimension
from secondment.files.codes import education, political_status, ranks
from secondment.files.codes.degrees import DEGREES
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.structure import cells
from secondment.files.structure.dimensions import (
    ABILITY_LEVELS,
    DEGREE,
    EDUCATION_BUCKETS,
    EXCELLENT_YEARS,
    GRASS_ROOTS,
    MINORITY,
    PARTY,
    RANK,
    SPECIALTY,
    TITLE,
    YEARS_IN_RANK,
)
from secondment.people.filters import PersonFilter
from secondment.people.models import Person

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 30)


@pytest.fixture
def unit():
    return make_unit("示例省")


@pytest.fixture
def asks(unit, rf):
    """A function: the filters of an address, asked by the organisation department."""
    user = make_user(Role.ORGANISATION_DEPARTMENT, unit)

    def ask(query: str) -> PersonFilter:
        request = rf.get(f"/?{query}")
        request.user = user
        make = type("PersonFilterOn", (PersonFilter,), {"on": ON})
        return make(QueryDict(query), queryset=Person.objects.order_by("pk"), request=request)

    return ask


@pytest.fixture
def finds(asks):
    """A function: the names an address finds, and the names of those of whom it cannot be told."""

    def find(query: str) -> tuple[set[str], set[str]]:
        found = set(asks(query).qs.values_list("name", flat=True))
        return found, set(asks(f"{query}&untold=1").qs.values_list("name", flat=True))

    return find


def test_ages_at_the_birthday(unit, finds) -> None:
    for name, born in (
        ("生日", (1991, 11, 30)),
        ("前一天", (1990, 11, 30)),
        ("次日", (1990, 12, 1)),
        ("闰日", (1992, 2, 29)),
    ):
        make_person(unit, name=name, born_on=dt.date(*born))
    make_person(unit, name="未填", born_on=None)
    assert finds("age_to=35") == ({"生日", "次日", "闰日"}, {"未填"})
    assert finds("age_from=36") == ({"前一天"}, {"未填"})
    assert finds("age_from=35&age_to=35") == ({"生日", "次日"}, {"未填"})
    assert finds("age=35") == finds("age_to=35")
    assert finds("born_from=1990-12-01") == ({"生日", "次日", "闰日"}, {"未填"})
    assert finds("born_to=1990-12-01") == ({"前一天", "次日"}, {"未填"})


def test_who_is_told_apart_from_who_is_not(unit, finds, asks) -> None:
    """Somebody fails by what is known, whatever is missing; somebody who could still fit is not told."""
    make_person(unit, name="合适", sex="2", education_code="20")
    make_person(unit, name="不合", sex="1", education_code="")
    make_person(unit, name="缺一", sex="2", education_code="")
    make_person(unit, name="缺二", sex="", education_code="")
    assert finds("sex=2&education=2") == ({"合适"}, {"缺一", "缺二"})
    assert asks("sex=2&education=2").count_not_told() == {"": 2, "sex": 1, "education": 2}
    assert finds("education=-2") == (set(), {"不合", "缺一", "缺二"})
    assert asks("reserve=0").count_not_told() == {}
    assert finds("reserve=0")[1] == set()


def test_ages_are_those_of_the_analysis(unit, finds) -> None:
    """By the day, as ages are counted on the roster."""
    for year in range(1960, 2006, 3):
        for month, day in ((11, 29), (11, 30), (12, 1)):
            make_person(unit, name=f"{year}-{month}-{day}", born_on=dt.date(year, month, day))
    dimension = age_dimension(by=AgeBy.DAY)
    for bucket in dimension.buckets:
        low, high = {"to": (0, bucket.key[3:]), "from": (*bucket.key[5:].split("_to_"), "120")[:2]}[
            bucket.key.split("_")[0]
        ]
        expected = {
            one.name
            for one in Person.objects.all()
            if int(low)
            <= (ON.year - one.born_on.year - ((ON.month, ON.day) < (one.born_on.month, one.born_on.day)))
            <= int(high)
        }
        assert finds(f"age_from={low}&age_to={high}")[0] == expected, bucket.key


# Dimension → bucket → the parameters that find the same.
RANK_OF = dict(
    zip((bucket.key for bucket in RANK.buckets), ("121", "122", "131", "132", "141", "142"), strict=False)
)


def test_ranks_are_those_of_the_analysis(unit, finds) -> None:
    held = [(code, "") for code in ranks.RANKS.codes if code < "400"]
    grades = (
        "一级巡视员",
        "二级调研员",
        "三级调研员",
        "四级调研员",
        "一级主任科员",
        "四级主任科员",
        "二级科员",
        "副处级",
    )
    held += [("", grade) for grade in grades] + [("199", "一级调研员"), ("", "")]
    counted: dict[str, set[str]] = {}
    for at, (rank, grade) in enumerate(held):
        person = make_person(unit, name=f"{at}", rank=rank, grade_rank=grade)
        text = ranks.label_of(rank) if rank else grade
        if text:
            counted.setdefault(RANK.buckets[cells.rank_cell(text)].key, set()).add(person.name)
    for bucket, code in RANK_OF.items():
        found, untold = finds(f"rank_from={code}&rank_to={code}")
        assert found == counted[bucket], bucket
        assert untold == {f"{len(held) - 1}"}
    assert finds("rank_from=150&rank_to=150")[0] | finds("rank_to=160")[0] == counted["clerk"]
    assert finds("rank_from=142&rank_to=141")[0] == counted["township_head"] | counted["township_deputy"]


def test_educations_and_degrees_are_those_of_the_analysis(unit, finds) -> None:
    values = dict(
        zip(
            (key for key, *_ in EDUCATION_BUCKETS),
            ("1", "2", "3", "secondary_vocational", "high_school_or_less"),
            strict=True,
        )
    )
    counted: dict[str, set[str]] = {}
    for code in education.EDUCATION.codes:
        label = education.label_of(code)
        make_person(
            unit, name=code, education_code=code, full_time_education=label, on_job_education=f"在职{label}"
        )
        if code != "90":
            counted.setdefault(EDUCATION_BUCKETS[cells.education_cell(label)][0], set()).add(code)
    make_person(unit, name="未填", education_code="")
    make_person(
        unit, name="不识", education_code="", full_time_education="自学成才", on_job_education="自学成才"
    )
    for bucket, value in values.items():
        assert finds(f"education={value}") == (counted[bucket], {"未填", "不识"})
        assert finds(f"full_time={value}") == (counted[bucket], {"未填", "不识"})
        assert finds(f"on_job={value}") == (counted[bucket], {"不识"})
    assert finds("education=4")[0] == counted["secondary_vocational"] | counted["high_school_or_less"]
    assert finds("education=11")[0] == {"11"}
    assert finds("full_time=14")[0] == {"14"}
    Person.objects.all().delete()
    for code in ("2", "3", "4"):
        make_person(
            unit,
            name=DEGREE.buckets[cells.degree_cell(f"{DEGREES.label_of(code)}学位")].key,
            degree_level=code,
        )
    make_person(unit, name="none", full_time_degree="无")
    make_person(unit, name="未填")
    assert finds("degree=2") == ({"doctor"}, {"未填"})
    assert finds("degree=2,3") == ({"doctor", "master"}, {"未填"})
    assert finds("degree=-2,3") == ({"bachelor", "none"}, {"未填"})


def test_titles_parties_and_peoples_are_those_of_the_analysis(unit, finds) -> None:
    for text, level in (
        ("教授", "411"),
        ("高级工程师", "412"),
        ("工程师", "420"),
        ("助教", "430"),
        ("无", ""),
    ):
        make_person(
            unit,
            name=f"{text} {TITLE.buckets[cells.title_cell(text)].key}",
            professional_title=text,
            title_level=level,
        )
    make_person(unit, name="未填")
    assert finds("title=411") == ({"教授 full_senior"}, {"未填"})
    assert finds("title=412") == ({"高级工程师 associate_senior"}, {"未填"})
    assert finds("title=420,430")[0] == {"工程师 middle_or_junior", "助教 middle_or_junior"}
    assert finds("title=-411,412,420,430") == ({"无 none"}, {"未填"})
    Person.objects.all().delete()
    for code in political_status.POLITICAL_STATUS.codes:
        bucket = PARTY.buckets[cells.party_cell(political_status.label_of(code))].key
        make_person(unit, name=f"{bucket} {code}", political_status=code)
    make_person(unit, name="communist_party 入党", political_status="", joined_party_on=dt.date(2010, 7, 1))
    make_person(unit, name="未填", political_status="")
    found, untold = finds("party=01,02")
    assert found == {"communist_party 01", "communist_party 02", "communist_party 入党"}
    assert (finds("party=-01,02")[0], untold) == ({f"other {code:02}" for code in range(3, 14)}, {"未填"})
    assert finds("party=01") == ({"communist_party 01"}, {"communist_party 入党", "未填"})
    Person.objects.all().delete()
    for code in ("01", "04", "97"):
        make_person(
            unit,
            name=MINORITY.buckets[cells.minority_cell(ETHNIC_GROUPS.label_of(code))].key + code,
            ethnicity=code,
        )
    make_person(unit, name="未填", ethnicity="")
    assert finds("ethnicity=01") == ({"han01"}, {"未填"})
    assert finds("ethnicity=-01") == ({"minority04", "minority97"}, {"未填"})


def test_years_are_those_of_the_analysis(unit, finds) -> None:
    """Years in the rank by the month, whatever the day; years at the grass roots to a tenth."""
    for name, since in (
        ("11个月", (2025, 12, 1)),
        ("满1年", (2025, 11, 30)),
        ("35个月", (2023, 12, 31)),
        ("满3年", (2023, 11, 1)),
        ("满10年", (2016, 11, 30)),
    ):
        make_person(unit, name=name, rank_since=dt.date(*since))
    make_person(unit, name="未填")
    expected = ({"11个月"}, {"满1年", "35个月"}, {"满3年"}, set(), {"满10年"})
    for bucket, low, high, found in zip(
        YEARS_IN_RANK.buckets, (0, *YEARS_IN_RANK.cuts), (*YEARS_IN_RANK.cuts, 60), expected, strict=True
    ):
        assert finds(f"in_rank_from={low}&in_rank_below={high}") == (found, {"未填"}), bucket.key
    assert finds("in_rank_below=3")[0] == {"11个月", "满1年", "35个月"}
    assert finds("in_rank_below=3.1")[0] == {"11个月", "满1年", "35个月", "满3年"}  # 3年及以下
    assert finds("in_rank_from=60")[0] == set()
    for years, bucket in (("1.9", 0), ("2.0", 1), ("0", 0)):
        make_person(unit, name=f"基层{years}", grassroots_years=years)
        assert GRASS_ROOTS.buckets[cells.grass_roots_cell(years)] is GRASS_ROOTS.buckets[bucket]
    assert finds("grassroots_from=2") == ({"基层2.0"}, set())
    assert finds("grassroots_from=0.1&grassroots_below=2") == ({"基层1.9"}, set())


def test_specialties_and_words_of_study(unit, finds) -> None:
    for at, bucket in enumerate(SPECIALTY.buckets):
        make_person(unit, name=bucket.key).specialties.create(tag=bucket.key)
        assert finds(f"specialty={bucket.key}")[0] == {SPECIALTY.buckets[at].key}
    both = make_person(unit, name="两个", on_job_school="示例大学食品科学专业")
    for tag in ("health", "education"):
        both.specialties.create(tag=tag)
    make_person(unit, name="未填")
    assert finds("specialty=health,education") == ({"health", "education", "两个"}, {"未填"})
    assert "两个" not in finds("specialty=-health")[0]
    assert finds("study=食品科学")[0] == {"两个"}
    assert "未填" in finds("study=食品科学")[1]


def test_annual_grades_are_those_of_the_analysis(unit, finds) -> None:
    """The last three on record, however long ago; an older excellent one counts no more."""
    grades = {
        "times_0": ("excellent", "competent", "competent", "none"),
        "times_1": ("excellent", "excellent", "competent", "competent"),
        "times_2": ("competent", "excellent", "excellent"),
        "times_3": ("excellent", "excellent", "excellent"),
    }
    for name, said in grades.items():
        person = make_person(unit, name=name)
        for year, grade in enumerate(said, start=2020):
            person.annual_grades.create(year=year, grade=grade)
        words = "、".join({"excellent": "优秀", "competent": "称职", "none": "不定等次"}[one] for one in said)
        assert EXCELLENT_YEARS.buckets[cells.annual_grades_cell(words)].key == name
    make_person(unit, name="未填")
    for count in range(4):
        assert finds(f"excellent={count}") == ({f"times_{count}"}, {"未填"})
    assert finds("excellent=1,2,3")[0] == {"times_1", "times_2", "times_3"}


def test_the_ability_that_counts_is_the_latest(unit, finds) -> None:
    for name, low, high in (
        ("good", 85, 100),
        ("fairly_good", 75, 84),
        ("fair", 60, 74),
        ("rather_poor", 0, 59),
    ):
        for value in (low, high):
            person = make_person(unit, name=f"{name} {value}")
            person.abilities.create(
                ability="mass_work", value=value, source="organisation", as_of=dt.date(2025, 1, 1)
            )
            person.abilities.create(
                ability="mass_work", value=50, source="assessment", as_of=dt.date(2024, 1, 1)
            )
            person.abilities.create(ability="mass_work", value=1, source="self", as_of=dt.date(2025, 1, 1))
            assert ABILITY_LEVELS[cells.ability_cell(str(value))][0] == name
        assert finds(f"ability_mass_work={low}-{high}")[0] == {f"{name} {low}", f"{name} {high}"}
    make_person(unit, name="未评").abilities.create(ability="interests", value=90, source="self", as_of=ON)
    assert finds("ability_mass_work=0-100")[1] == {"未评"}
    assert len(finds("ability_mass_work=75-100")[0]) == 4


def test_secondments_now_and_ever(unit, finds) -> None:
    for state in ("in_post", "appointed", "ended", "cancelled"):
        make_placement(person=make_person(unit, name=state), state=state)
    make_person(unit, name="never")
    assert finds("out=1") == ({"in_post", "appointed"}, set())
    assert finds("out=0")[0] == {"ended", "cancelled", "never"}
    assert finds("seconded=1")[0] == {"in_post", "appointed", "ended"}
    assert finds("seconded=0")[0] == {"cancelled", "never"}


def test_the_other_facts(unit, finds) -> None:
    make_person(
        unit, name="甲", grade_rank="三级调研员", willingness="willing", training_purpose="grassroots", post_title="示例科科长",
        category="specialist", state="retired", is_reserve=True,
    )  # fmt: skip
    make_person(unit, name="乙", rank="")
    assert finds("grade=05") == ({"甲"}, {"乙"})
    assert finds("willingness=willing") == ({"甲"}, {"乙"})
    assert finds("willingness=unknown") == ({"乙"}, set())
    assert finds("purpose=grassroots") == ({"甲"}, {"乙"})
    assert finds("post=科长") == ({"甲"}, {"乙"})
    assert finds("category=-specialist")[0] == finds("state=active")[0] == finds("reserve=0")[0] == {"乙"}
    assert finds("rank=132") == ({"甲"}, {"乙"})
    assert finds("q=甲,乙")[0] == {"甲", "乙"}
    assert finds("q=,")[0] == set()

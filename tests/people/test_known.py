"""What a file repeats in the words of somebody's own form is no news; values as a clerk reads them."""

import datetime as dt

import pytest
from tests.makers import make_person, make_unit
from tests.people.imported import checked, csv, imported, make_clerk, told

from secondment.people.choices import Grade
from secondment.people.models import AnnualGrade, Person
from secondment.people.services.imports.differences import label_of, shown_value
from secondment.people.services.imports.known import KnownPerson

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("told_again", "is_said"), [("200706", True), ("2007.06", True), ("200707", False)])
def test_a_month_of_joining_reads_the_same_in_both_spellings(told_again: str, is_said: bool) -> None:
    person = make_person(make_unit("示例厅"), party_text="2007.06", joined_party_on=None)
    assert KnownPerson(person).states("party_text", told_again) is is_said


def test_grades_that_the_own_form_says_change_nothing_and_others_are_added() -> None:
    person = make_person(make_unit("示例厅"), annual_text="2024年度优秀。")
    AnnualGrade.objects.create(person=person, year=2024, grade=Grade.COMPETENT)
    known = KnownPerson(person)
    assert known.grades({2024: Grade.EXCELLENT}) == [{"year": 2024, "grade": "competent"}]
    assert known.grades({2025: Grade.EXCELLENT}) == [
        {"year": 2024, "grade": "competent"},
        {"year": 2025, "grade": "excellent"},
    ]


def test_codes_are_shown_by_their_label_and_only_columns_have_a_name() -> None:
    assert (shown_value("rank", "132"), shown_value("is_reserve", True)) == ("县处级副职", "是")
    assert shown_value("rank", "") == ""
    assert (label_of("career"), label_of("rank")) == ("简历", "职务层次")
    with pytest.raises(TypeError, match="nominations is not a column"):
        label_of("nominations")


def test_a_namesake_of_a_unit_beside_is_asked_about_and_not_taken_over() -> None:
    province = make_unit("示例省")
    here, beside = make_unit("甲厅", province), make_unit("乙厅", province)
    known = make_person(beside, name="示例一")
    row = checked("a.csv", csv("姓名,性别,出生年月", "示例一,男,1985.03"), here, make_clerk(province))
    ((_source, _name, outcome, problems),) = told(row)
    assert outcome == "refused"
    assert problems == [
        (
            f"姓名：可能与已录入的示例一（乙厅，{known.identity_masked or '没有身份证号'}）是同一人；"
            "是同一人的，请先在其页面改正身份证号或所在单位；不是的，请逐人录入并确认"
        )
    ]


def test_a_day_of_birth_that_agrees_with_the_number_on_record_is_taken_from_a_file() -> None:
    unit = make_unit("示例厅")
    imported("a.csv", csv("姓名,身份证号", "示例一,990000198503120019"), unit)
    Person.objects.update(born_on=dt.date(1985, 3, 1))
    row = checked("b.csv", csv("姓名,出生年月", "示例一,1985-03-12"), unit)
    assert [one[2:] for one in told(row)] == [("changed", [])]

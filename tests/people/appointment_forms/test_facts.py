"""What forms mean: codes and months, and every doubt named."""

from pathlib import Path

import pytest

from secondment.files.codes.degrees import DegreeLevel
from secondment.files.codes.kinship import Kinship
from secondment.files.codes.titles import TitleLevel
from secondment.files.dates import Month
from secondment.people.files.appointment_forms.facts import FormFacts, facts_of, school_of
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember
from secondment.people.files.appointment_forms.lrmx import read_lrmx

FILES = Path(__file__).parents[2] / "data" / "lrmx"


def facts_of_file(name: str) -> FormFacts:
    return facts_of(read_lrmx((FILES / name).read_bytes(), name), name)


def told(form: AppointmentForm) -> tuple[list[str], list[str]]:
    facts = facts_of(form, "a.lrmx")
    return [item.column for item in facts.errors], [item.column for item in facts.warnings]


def test_a_normal_form() -> None:
    facts = facts_of_file("01_full_v3.2.1.16.lrmx")
    assert facts.errors == facts.warnings == ()
    assert (facts.name, facts.sex, facts.ethnic_group) == ("示例甲", "1", "01")
    assert (facts.born, facts.joined_party, facts.started_work) == (
        Month(1985, 3),
        Month(2007, 6),
        Month(2008, 7),
    )
    assert facts.full_time_education is not None
    assert facts.full_time_education.code == "20"
    assert (facts.full_time_degree, facts.on_the_job_degree) == (DegreeLevel.BACHELOR, DegreeLevel.MASTER)
    assert facts.title is TitleLevel.INTERMEDIATE
    assert [relative.kinship for relative in facts.relatives] == [Kinship.SPOUSE, *[Kinship.LINEAL] * 3]
    assert facts.identity is not None
    assert facts.identity.masked == "990000********0019"
    assert facts.annual_grades[1].grade == "优秀"


def test_quirks_are_understood() -> None:
    facts = facts_of_file("02_quirks_v3.2.1.6.lrmx")
    assert facts.errors == ()
    assert [item.column for item in facts.warnings] == ["年度考核结果"]
    assert (facts.name, facts.ethnic_group) == ("示例丁", "06")
    assert (facts.born, facts.joined_party) == (Month(1990, 11), Month(2012, 5))


def test_bad_values_are_all_named() -> None:
    facts = facts_of_file("03_bad_inputs.lrmx")
    assert [item.column for item in facts.errors] == ["出生年月", "身份证号", "简历", "简历"]
    assert [item.column for item in facts.warnings] == ["简历", "简历", "计算年龄时间"]
    assert (facts.born, facts.identity, facts.sex) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "month", "parties"),
    [
        ("200706；民盟", Month(2007, 6), ("05",)),
        ("（2012.05）", Month(2012, 5), ()),
        ("九三学社", None, ("10",)),
        ("2007年6月", Month(2007, 6), ()),
        ("", None, ()),
    ],
)
def test_party_membership(text: str, month: Month | None, parties: tuple[str, ...]) -> None:
    facts = facts_of(AppointmentForm(name="甲", joined_party=text), "a.lrmx")
    assert (facts.joined_party, facts.parties, facts.errors, facts.warnings) == (month, parties, (), ())


def test_contradictions_are_warnings() -> None:
    form = AppointmentForm(
        name="甲", sex="女", born="1985.04", started_work="2000.01", identity_number="990000198503120019"
    )
    assert told(form) == ([], ["出生年月", "性别", "参加工作时间"])


def test_faults_of_single_fields() -> None:
    assert told(AppointmentForm()) == (["姓名"], [])
    assert told(AppointmentForm(name="甲", sex="甲", ethnic_group="火星")) == (["性别"], ["民族"])
    assert told(AppointmentForm(name="甲", joined_party="某党")) == ([], ["入党时间"])
    family = (FamilyMember("同学", "乙"), FamilyMember("父亲", "丙", "195813"))
    assert told(AppointmentForm(name="甲", family=family)) == ([], ["称谓", "父亲出生年月"])
    assert told(AppointmentForm(name="甲", age_counted_on="2026.11.23")) == ([], [])


def test_a_school_that_overflows_is_joined() -> None:
    assert school_of("示例大学法学院宪法学与行政", "法学专业") == "示例大学法学院宪法学与行政法学专业"
    assert school_of("示例大学", "另一大学") == "示例大学"
    assert school_of("", "示例大学") == "示例大学"


def test_a_private_character_in_a_name_is_named_with_its_place() -> None:
    form = AppointmentForm(name="示 \ue863", family=(FamilyMember("妻子", "示 例•乙", "", "", ""),))
    facts = facts_of(form, "a")
    assert [(one.column, one.fault.said("zh").found) for one in facts.errors] == [
        ("姓名", "第2个字是自造字（U+E863），其他电脑显示不出")
    ]
    assert (facts.name, facts.relatives[0].name) == ("示\ue863", "示例·乙")

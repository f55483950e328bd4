"""What forms of real desks hold is kept as it is written: odd relatives, months without days, stray characters."""

import dataclasses

import pytest
from tests.people.imported import DATA, checked, findings, imported, told

from secondment.files.dates import Month
from secondment.people.choices import Kinship, RowOutcome
from secondment.people.files.appointment_forms.facts import facts_of
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember
from secondment.people.files.appointment_forms.lrmx import read_lrmx, write_lrmx
from secondment.people.files.appointment_forms.months import digits_of
from secondment.people.files.appointment_forms.xml_tree import without_control_characters
from secondment.people.files.filled_form import form_of, lrmx_of
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING
from secondment.units.models import Unit

CASES = {path.name: path.read_bytes() for path in (DATA / "forms").glob("b_*.lrmx")}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("202608", "202608"),
        ("2026.8", "202608"),
        ("2026年8月", "202608"),
        ("20260805", "20260805"),
        ("2026.8.5", "20260805"),
        ("2026-08-05", "20260805"),
        ("2026.1", "2026.1"),  # January, or October without its zero
        ("1958", "1958"),
        ("不详", "不详"),
        ("", ""),
    ],
)
def test_digits_are_never_glued(text: str, digits: str) -> None:
    assert digits_of(text) == digits


def test_a_month_of_counting_stays_a_month(unit: Unit) -> None:
    row = imported("b.lrmx", CASES["b_age_month_only_202608.lrmx"], unit)
    assert [outcome for _source, _name, outcome, _problems in told(row)] == [RowOutcome.CREATED]
    person = Person.objects.get(name="柳测")
    assert person.age_on == "202608"
    assert form_of(person, EVERYTHING).age_counted_on == "202608"
    assert "计算年龄时间" not in [item["column"] for item in row.rows.get().problems]


def test_a_day_of_birth_is_kept(unit: Unit) -> None:
    imported("b.lrmx", CASES["b_birth_with_day.lrmx"], unit)
    assert f"{Person.objects.get(name='柳测').born_on}" == "1985-06-24"


def test_a_day_that_contradicts_the_identity_number_is_named() -> None:
    form = AppointmentForm(name="甲", born="1985.03.13", identity_number="990000198503120019")
    assert [item.column for item in facts_of(form, "a").warnings] == ["出生年月"]
    assert facts_of(dataclasses.replace(form, born="1985.03.12"), "a").warnings == ()


def test_a_month_of_birth_is_shown_as_a_month(unit: Unit) -> None:
    shown = {
        name: {item["field"]: item["new"] for item in checked("b.lrmx", CASES[name], unit).rows.get().changes}
        for name in ("b_control_char.lrmx", "b_birth_with_day.lrmx")
    }
    assert shown["b_control_char.lrmx"]["born_on"] == "1985.06"
    assert shown["b_birth_with_day.lrmx"]["born_on"] == "1985-06-24"


def test_the_first_of_a_month_says_no_more_than_the_month() -> None:
    form = AppointmentForm(name="甲", born="1985-03-01", started_work="2008-07-01")
    facts = facts_of(dataclasses.replace(form, identity_number="990000198503120019"), "a")
    assert (facts.born, facts.warnings) == (Month(1985, 3), ())


def test_a_day_that_is_not_kept_is_said() -> None:
    facts = facts_of(AppointmentForm(name="甲", started_work="2008.07.15"), "a")
    assert [(item.column, item.found) for item in facts.warnings] == [
        ("参加工作时间", "“2008.07.15”只取到月")
    ]


def test_control_characters_are_dropped_with_a_hint(unit: Unit) -> None:
    row = imported("b.lrmx", CASES["b_control_char.lrmx"], unit)
    assert Person.objects.get(name="柳测").rewards_text == "2019年嘉奖2020年嘉奖"
    assert "有1个不可见的控制字符，已删除" in [item["found"] for item in findings(row.rows.get())]


@pytest.mark.parametrize(
    ("text", "kept", "n"),
    [
        ("a&#11;b&#x0B;c\x0bd", "abcd", 3),
        ("a&#10;b&#x9;c", "a&#10;b&#x9;c", 0),
        ("a&#9999999;", "a&#9999999;", 0),
        ("a&#x0;&#xFFFE;", "a&#x0;", 1),
    ],
)
def test_only_what_xml_forbids_is_dropped(text: str, kept: str, n: int) -> None:
    assert without_control_characters(text) == (kept, n)


def test_an_odd_relative_is_kept_as_written(unit: Unit) -> None:
    row = imported("b.lrmx", CASES["b_family_title_dead.lrmx"], unit)
    assert row.rows.get().outcome == RowOutcome.CREATED
    written = read_lrmx(CASES["b_family_title_dead.lrmx"], "b").family
    person = Person.objects.get(name="柳测")
    assert [(one.title, one.work_text) for one in person.family.all()] == [
        (one.relation, one.unit_and_post) for one in written
    ]
    odd = person.family.get(kinship=Kinship.UNRECOGNISED)
    assert odd.title == "父亲（已故）"
    assert any("父亲（已故）" in item["found"] for item in findings(row.rows.get()))
    assert read_lrmx(lrmx_of(person, EVERYTHING), "b").family == written


FAMILY = (
    FamilyMember("前妻", "乙", "1958", "群众", "某公司职员"),
    FamilyMember("1958", "丙", "不详", "", ""),
    FamilyMember("", "", "", "", "（接上行）兼任某协会理事"),
)


def test_years_titles_and_lines_that_go_on_are_kept(unit: Unit) -> None:
    form = dataclasses.replace(read_lrmx(CASES["b_birth_with_day.lrmx"], "b"), family=FAMILY)
    row = imported("b.lrmx", write_lrmx(form), unit)
    kept = Person.objects.get(name="柳测").family.values_list("title", "kinship", "born_text", "work_text")
    assert list(kept) == [
        ("前妻", "unrecognised", "1958", "某公司职员"),
        ("1958", "unrecognised", "不详", "（接上行）兼任某协会理事"),
    ]
    columns = [item["column"] for item in row.rows.get().problems]
    assert columns.count("称谓") == 2
    assert "工作单位及职务" in columns


def test_a_line_that_goes_on_with_nothing_is_a_row_of_its_own() -> None:
    facts = facts_of(AppointmentForm(name="甲", family=FAMILY[2:]), "a")
    assert [one.member for one in facts.relatives] == list(FAMILY[2:])


def test_a_class_that_a_person_chose_survives_the_next_import(unit: Unit) -> None:
    content = CASES["b_family_title_dead.lrmx"]
    imported("b.lrmx", content, unit)
    person = Person.objects.get(name="柳测")
    person.family.filter(kinship=Kinship.UNRECOGNISED).update(kinship=Kinship.LINEAL)
    again = checked("b.lrmx", content, unit)
    assert again.rows.get().outcome == RowOutcome.UNCHANGED
    assert not person.family.filter(kinship=Kinship.UNRECOGNISED).exists()


@pytest.mark.parametrize(("length", "outcome"), [(400, RowOutcome.CREATED), (401, RowOutcome.REFUSED)])
def test_a_relative_s_post_fits_or_is_refused_by_name(unit: Unit, length: int, outcome: str) -> None:
    family = (FamilyMember("父亲", "乙", "195803", "", "某" * length),)
    form = dataclasses.replace(read_lrmx(CASES["b_birth_with_day.lrmx"], "b"), family=family)
    row = checked("b.lrmx", write_lrmx(form), unit)
    assert row.rows.get().outcome == outcome

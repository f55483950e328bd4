"""Import → export → import changes nothing, photo included, for any sound form."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import make_person, make_unit
from tests.people.imported import checked, imported, make_clerk, picture, told

from secondment.people.appointment_forms.archives import read_zip
from secondment.people.appointment_forms.form import AppointmentForm, FamilyMember, UnknownTag
from secondment.people.appointment_forms.lrmx import read_lrmx, write_lrmx
from secondment.people.exports.appointment import form_of, lrmx_archive, lrmx_of
from secondment.people.exports.roster import roster_workbook
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING
from secondment.tables.identity import person_check_digit

pytestmark = pytest.mark.django_db

WORDS = st.text("示例县乡农业局科员处长学习&<>A1", min_size=1, max_size=12).map(str.strip).filter(bool)
MAYBE = st.one_of(st.just(""), WORDS)


def month(low: int, high: int):
    return st.builds(lambda year, at: (year, at), st.integers(low, high), st.integers(1, 12))


@st.composite
def careers(draw) -> str:
    years = sorted(draw(st.lists(st.integers(2003, 2026), max_size=5, unique=True)))
    lines = []
    for at, year in enumerate(years):
        end = f"{years[at + 1]}.07" if at + 1 < len(years) else ""
        lines.append(f"{year}.07--{end:<7}  {draw(WORDS)}")
        if end and draw(st.booleans()):
            lines.append(f"（其间：{year}.08--{year}.12  {draw(WORDS)}）")
    return "\n".join(lines)


@st.composite
def forms(draw) -> AppointmentForm:
    day = draw(st.dates(dt.date(1966, 1, 1), dt.date(1999, 12, 28)))
    serial, is_man = draw(st.integers(0, 99)), draw(st.booleans())
    first = f"990000{day:%Y%m%d}{serial:02d}{1 if is_man else 2}"
    relations = draw(st.lists(st.sampled_from(["妻子", "父亲", "母亲", "女儿", "姐夫"]), unique=True))
    grades = draw(st.lists(st.integers(2015, 2025), unique=True, max_size=4))
    return AppointmentForm(
        name="示例" + draw(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=2)),
        sex="男" if is_man else "女",
        born=f"{day:%Y%m}",
        ethnic_group=draw(st.sampled_from(["汉族", "苗族", ""])),
        ancestral_home=draw(MAYBE),
        birthplace=draw(MAYBE),
        joined_party=draw(st.sampled_from(["", "201206", "民盟", "201206；民盟", "群众"])),
        started_work=f"{day.year + 22}07",
        health=draw(st.sampled_from(["", "健康"])),
        professional_title=draw(st.sampled_from(["", "高级工程师", "讲师"])),
        specialty=draw(MAYBE),
        full_time_education=draw(st.sampled_from(["", "大学", "研究生"])),
        full_time_degree=draw(st.sampled_from(["", "农学学士"])),
        full_time_education_school=draw(MAYBE),
        on_the_job_education=draw(st.sampled_from(["", "研究生"])),
        on_the_job_degree=draw(st.sampled_from(["", "公共管理硕士"])),
        current_post=draw(MAYBE),
        proposed_post=draw(MAYBE),
        post_to_leave=draw(MAYBE),
        career=draw(careers()),
        rewards_and_penalties=draw(MAYBE),
        annual_grades="；".join(f"{year}年度{draw(st.sampled_from(['优秀', '称职']))}" for year in grades),
        reason=draw(MAYBE),
        family=tuple(FamilyMember(one, draw(WORDS), "198609", "群众", draw(MAYBE)) for one in relations),
        reporting_unit=draw(MAYBE),
        age_counted_on=draw(st.sampled_from(["", "20261123"])),
        filled_in_by=draw(MAYBE),
        identity_number=first + person_check_digit(first),
        photo=draw(st.sampled_from([b"", picture(1), picture(2)])),
        version="3.2.1.16",
        unknown=draw(
            st.sampled_from([(), (UnknownTag("BeiZhu", (("a", "1"),), "", (UnknownTag("X", (), "文"),)),)])
        ),
        reaches_age_limit=draw(st.sampled_from(["", "203001"])),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=forms())
def test_import_export_import_is_identity(form: AppointmentForm) -> None:
    unit = make_unit()
    clerk = make_clerk(unit)
    Person.objects.all().delete()
    row = imported("a.lrmx", write_lrmx(form), unit, clerk)
    person = row.rows.get().person
    exported = lrmx_of(person, EVERYTHING)
    again = checked("b.lrmx", exported, unit, clerk)
    assert [one[2] for one in told(again)] == ["unchanged"]
    assert read_lrmx(exported, "b.lrmx").photo == form.photo
    # Beyond identity of what is stored: the texts of the form come back as they were.
    back = read_lrmx(exported, "b.lrmx")
    assert replace(back, tag_order=form.tag_order, layout=form.layout, born=form.born) == form
    Person.objects.all().delete()


def test_archives_hold_every_person_under_a_free_name() -> None:
    unit = make_unit()
    for name in ("示例甲", "示例甲", "示例/乙"):
        make_person(unit, name=name, ethnicity="")
    people = Person.objects.order_by("pk")
    reading = read_zip(lrmx_archive((one, EVERYTHING) for one in people), "a.zip")
    assert [one.path for one in reading.forms] == ["示例甲.lrmx", "示例甲_2.lrmx", "示例_乙.lrmx"]
    assert [one.form for one in reading.forms] == [
        replace(form_of(person, EVERYTHING), tag_order=one.form.tag_order, layout=one.form.layout)
        for person, one in zip(people, reading.forms, strict=True)
    ]


def test_the_exported_roster_is_read_back_as_unchanged() -> None:
    unit = make_unit("示例局")
    form = AppointmentForm(
        name="示例甲",
        sex="男",
        identity_number="990000198503120019",
        joined_party="200706",
        ethnic_group="汉族",
    )
    imported("a.lrmx", write_lrmx(form), unit)
    Person.objects.update(rank="132", grade_rank="四级调研员", is_reserve=True, grassroots_years="2.5")
    content = roster_workbook(Person.objects.select_related("unit"))
    assert told(checked("名册.xlsx", content, unit))[0][2:] == ("unchanged", [])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "990000198503120019" in archive.read("xl/worksheets/sheet1.xml").decode()

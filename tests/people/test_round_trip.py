"""Import → export → import changes nothing, photo included, for any sound form."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import make_person, make_unit
from tests.people.imported import checked, imported, make_clerk, picture, told

from secondment.files.columns.person import PERSON
from secondment.files.identity import person_check_digit
from secondment.people.choices import Ability
from secondment.people.files.appointment_forms.archives import read_zip
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember, UnknownTag
from secondment.people.files.appointment_forms.lrmx import read_lrmx, write_lrmx
from secondment.people.files.filled_form import form_of, lrmx_archive, lrmx_of
from secondment.people.files.form_draft import TEXTS
from secondment.people.files.old_format import lrm_archive
from secondment.people.files.roster_columns import KEYS
from secondment.people.files.roster_workbook import roster_workbook
from secondment.people.models import AnnualGrade, CareerEntry, Person, Specialty
from secondment.people.models import FamilyMember as Relative
from secondment.people.sections import EVERYTHING, Section
from secondment.people.services.imports.differences import readable_changes
from secondment.units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

FREE_TEXTS = frozenset(
    {
        *("native_place", "birth_place", "health", "post_title", "professional_title", "specialty_text"),
        *("languages", "full_time_education", "full_time_degree", "full_time_school", "on_job_education"),
        *(
            "full_time_degree_school",
            "on_job_degree",
            "on_job_school",
            "on_job_degree_school",
            "rewards_text",
        ),
        *("constraints_text", "proposed_post", "removed_post", "appointment_reason", "reporting_unit"),
    }
)
ODD_TEXTS = (
    *("0012", "１２３", "1.0", "0.10", "1,000", "50%", "45000", "1e5", "12:30", "2026-11-29", "TRUE", "#N/A"),
    *("=1+1", "+1", "-1", "@x", "-", "，", "a,b;c", "a，b；c", "&lt;b&gt;", "null", "None", "无", "—"),
    *("'词", "''词", "‘词’", "'", "a\nb", "a\r\nb", "a\n\nb", "a\tb", "a  b", "a\u3000b", "a\u00a0b"),
    *("a\u2028b", "a\x85b", "a\u200bb", "\ufeffa", "\u200f右\u200e", "😀干部", "ﬁ", "Ａ（Ｂ）", "·•‧"),
    *("_x000D_", "_x0041_", "长" * 10_000),
)

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


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_the_export_writes_every_column_that_the_import_reads() -> None:
    person = make_full_person()
    person.political_status = "01"
    with zipfile.ZipFile(io.BytesIO(roster_workbook([person]))) as archive:
        strings = archive.read("xl/worksheets/sheet1.xml").decode()
    heads = re.findall(r'r="[A-Z]+1"[^>]*><is><t[^>]*>([^<]*)<', strings)
    assert heads == [PERSON[key].title for key in KEYS]
    cells = re.findall(r'r="([A-Z]+)2"[^>]*><is><t', strings)
    assert len(cells) == len(KEYS)
    assert "990000198503120019" in strings


def make_full_person() -> Person:
    """Every column filled, with what no form holds and what pages store in their own way."""
    province = make_unit("示例省")
    city, other = make_unit("甲市", province), make_unit("乙市", province)
    make_unit("教育局", other)
    unit = make_unit("教育局", city)
    form = AppointmentForm(
        name="示例甲",
        identity_number="990000198503120019",
        photo=picture(1),
        unknown=(UnknownTag("BeiZhu", (), "文"),),
        reaches_age_limit="204503",
        age_counted_on="202611",
    )
    imported("a.lrmx", write_lrmx(replace(form, sex="男")), unit)
    filled = {
        **dict.fromkeys(TEXTS, "示例文字"),
        "party_text": "",
        "annual_text": "",
        "form_version": "",
        "phone": "=000-00000000",
        "ethnicity": "06",
        "political_status": "",
        "joined_party_on": dt.date(2007, 6, 15),
        "started_work_on": dt.date(2008, 7, 9),
        "full_time_education": "大学",
        "on_job_education": "研究生",
        "education_code": "14",
        "rank": "132",
        "grade_rank": "四级调研员",
        "rank_since": dt.date(2020, 9, 21),
        "category": "specialist",
        "grassroots_years": "10.0",
        "is_reserve": True,
        "willingness": "unwilling",
        "training_purpose": "stepwise",
        "rewards_text": "‘十佳’公务员\r\n=三等功",
        "constraints_text": "+老人需照顾\r\n孩子小",
        "filled_on": "20261129",
    }
    Person.objects.update(**filled)
    person = Person.objects.select_related("unit__parent", "photo").get()
    for tag in ("agriculture", "party_affairs"):
        Specialty.objects.create(person=person, tag=tag)
    for at, ability in enumerate(Ability.values):
        source, day = ("self", dt.date(2025, 12, 31)) if at == 1 else ("assessment", dt.date(2026, 3, 1))
        person.abilities.create(ability=ability, value=at + 70, source=source, as_of=day)
    for year, grade in ((2023, "competent"), (2024, "excellent"), (2025, "none")):
        AnnualGrade.objects.create(person=person, year=year, grade=grade)
    periods = (
        (dt.date(2008, 7, 9), dt.date(2014, 5, 31), "示例县科员", False, True),
        (dt.date(2009, 3, 1), dt.date(2010, 3, 1), "示例村（挂职）", True, False),
        (dt.date(2014, 5, 1), None, "示例处\r\n副处长", False, False),
    )
    for at, (start, end, text, is_nested, is_grassroots) in enumerate(periods):
        CareerEntry.objects.create(
            person=person,
            position=at,
            starts_on=start,
            ends_on=end,
            text=text.replace("\r\n", ""),
            is_nested=is_nested,
            is_grassroots=is_grassroots,
        )
    relatives = (
        ("妻子", "spouse", "示例乙", "198609"),
        ("前妻", "other", "示例丙", "1958"),
        ("女儿", "adoptive_or_step", "", ""),
        ("女儿", "lineal", "", ""),
        ("师傅", "unrecognised", "示例丁", "不详"),
    )
    for at, (title, kinship, name, born) in enumerate(relatives):
        Relative.objects.create(
            person=person,
            position=at,
            title=title,
            kinship=kinship,
            name=name,
            born_text=born,
            work_text="某单位\r\n退休",
            unit=unit if at == 3 else None,
        )
    return person


def test_every_kind_of_file_is_read_back_as_unchanged() -> None:
    person = make_full_person()
    province = Unit.objects.get(parent=None)
    clerk = make_clerk(province)
    files = {
        "名册.xlsx": roster_workbook([person]),
        "示例甲.lrmx": lrmx_of(person, EVERYTHING),
        "任免表.zip": lrmx_archive([(person, EVERYTHING)]),
        "旧格式.zip": lrm_archive(person, EVERYTHING),
    }
    for name, content in files.items():
        for unit in (province, person.unit):
            (row,) = checked(name, content, unit, clerk).rows.all()
            assert (name, row.outcome, row.changes) == (name, "unchanged", [])


def test_odd_texts_come_back_as_they_are() -> None:
    """Digits, signs, line ends, marks and hidden signs in every free text; a roster and forms say the same."""
    unit = make_unit("示例局", make_unit("示例省"))
    columns = [field for field in Person._meta.concrete_fields if field.name in FREE_TEXTS]
    for at, text in enumerate(ODD_TEXTS):
        person = make_person(unit, name=f"示例{at:03d}")
        for column in columns:
            setattr(person, column.name, text[: column.max_length])
        person.save()
    people = Person.objects.select_related("unit__parent", "photo").order_by("pk")
    for name, content in {
        "名册.xlsx": roster_workbook(people),
        "任免表.zip": lrmx_archive([(person, EVERYTHING) for person in people]),
    }.items():
        rows = checked(name, content, unit).rows.all()
        told_otherwise = [
            (row.label, row.changes, row.problems) for row in rows if row.outcome != "unchanged"
        ]
        assert (name, len(rows), told_otherwise) == (name, len(ODD_TEXTS), [])


def changes(form: AppointmentForm, unit) -> list[tuple[str, str, str]]:
    (row,) = checked("b.lrmx", write_lrmx(form), unit).rows.all()
    assert row.outcome == "changed"
    shown = readable_changes(row.changes, frozenset(Section))
    return [(one["field"], one["old"], one["new"]) for one in shown]


def test_a_change_is_never_empty() -> None:
    unit = make_unit()
    family = (FamilyMember("妻子", "示例乙", "198609"), FamilyMember("女儿", "示例丙", "201209"))
    form = AppointmentForm(
        name="示例甲",
        sex="男",
        born="198503",
        joined_party="200706",
        version="3.2.1.16",
        career="2008.07--2014.05  甲县\n2014.05--2020.05  甲县\n2020.05--  乙县",
        family=family,
        unknown=(UnknownTag("BeiZhu", (), "文"),),
    )
    imported("a.lrmx", write_lrmx(form), unit)
    other_extras = replace(form, unknown=(UnknownTag("BeiZhu", (), "字"),))
    assert changes(other_extras, unit) == [("form_extras", "", "附加项有变化")]
    assert changes(replace(form, joined_party="200706；中共党员"), unit) == [
        ("party_text", "200706", "200706；中共党员")
    ]
    assert changes(replace(form, version="4.0"), unit) == [("form_version", "3.2.1.16", "4.0")]
    assert changes(replace(form, family=family[::-1]), unit) == [("family", "", "次序有调整")]
    assert changes(replace(form, family=family[:1]), unit) == [("family", "女儿", "删去")]
    younger = replace(family[1], born="201309")
    assert changes(replace(form, family=(family[0], younger)), unit) == [("family", "", "女儿（内容有更改）")]
    CareerEntry.objects.filter(text="甲县").update(is_grassroots=False)
    longer = replace(form, career=form.career.replace("乙县", "丙县"))
    assert changes(longer, unit) == [("career", "2020.05--至今 乙县", "2020.05--至今 丙县")]

"""Files of the appointment form in XML: read, written back, refused."""

import base64
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.appointment_forms.form_strategies import forms

from secondment.files.problems import BadInputError
from secondment.people.files.appointment_forms.form import (
    STANDARD_TAG_ORDER,
    AppointmentForm,
    FamilyMember,
    UnknownTag,
)
from secondment.people.files.appointment_forms.lrmx import read_lrmx, write_lrmx

FILES = Path(__file__).parents[2] / "data" / "lrmx"
FULL = FILES / "01_full_v3.2.1.16.lrmx"
QUIRKS = FILES / "02_quirks_v3.2.1.6.lrmx"
BAD = FILES / "03_bad_inputs.lrmx"
XXE = FILES / "04_xxe_must_be_refused.lrmx"


def person(inner: str, declaration: str = "") -> bytes:
    return f"{declaration}<Person>{inner}</Person>".encode()


def problems_of(content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(BadInputError) as caught:
        read_lrmx(content, "a.lrmx")
    assert all(problem.file == "a.lrmx" and problem.remedy for problem in caught.value.problems)
    return [(problem.line, problem.column, problem.found) for problem in caught.value.problems]


def test_a_normal_file_is_read_whole() -> None:
    form = read_lrmx(FULL.read_bytes(), FULL.name)
    assert (form.name, form.born, form.version) == ("示例甲", "198503", "3.2.1.16")
    assert form.full_time_education_school == "示例农业大学农学专业"
    assert form.career.count("\n") == 4
    assert [member.relation for member in form.family] == ["妻子", "女儿", "父亲", "母亲"]
    assert form.photo.startswith(b"\x89PNG")
    assert form.tag_order == STANDARD_TAG_ORDER


@pytest.mark.parametrize("path", [FULL, BAD], ids=lambda path: path.name)
def test_an_unchanged_file_is_written_back_byte_for_byte(path: Path) -> None:
    assert write_lrmx(read_lrmx(path.read_bytes(), path.name)) == path.read_bytes()


def test_quirks_are_read_and_survive_the_round_trip() -> None:
    form = read_lrmx(QUIRKS.read_bytes(), QUIRKS.name)
    assert form.layout.has_bom
    assert form.family == (FamilyMember("丈夫", "示例戊", "1989.01", "中共党员", "示例公司职员"),)
    assert form.reaches_age_limit == ""
    assert "DaoLingNianYue" in form.tag_order
    assert form.photo == b""
    again = read_lrmx(write_lrmx(form), "again")
    assert again == form


@given(forms())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_every_form_survives_writing_and_reading(form: AppointmentForm) -> None:
    content = write_lrmx(form)
    again = read_lrmx(content, "a.lrmx")
    assert replace(again, layout=form.layout) == form
    assert read_lrmx(write_lrmx(again), "a.lrmx") == again


def test_a_changed_field_takes_its_place_where_the_file_had_no_tag() -> None:
    form = read_lrmx(person("<XingMing>甲</XingMing><NewTag>x</NewTag><Version/>"), "a.lrmx")
    changed = replace(
        form, born="199001", photo=b"p", family=(FamilyMember("父亲"),), reaches_age_limit="205001"
    )
    again = read_lrmx(write_lrmx(changed), "a.lrmx")
    assert again.tag_order == (
        *(
            "XingMing",
            "ChuShengNianYue",
            "DaoLingNianYue",
            "JiaTingChengYuan",
            "ZhaoPian",
            "NewTag",
            "Version",
        ),
    )
    assert (again.born, again.photo, again.family) == ("199001", b"p", (FamilyMember("父亲"),))
    assert write_lrmx(AppointmentForm(unknown=(UnknownTag("Extra"),))).count(b"<Extra></Extra>") == 1


def test_unknown_tags_keep_attributes_children_and_order() -> None:
    inner = '<A a="1&quot;2"><B>b &amp; c</B><C/></A><XingMing>甲</XingMing><A>2</A>'
    form = read_lrmx(person(inner), "a.lrmx")
    assert form.unknown == (
        UnknownTag("A", (("a", '1"2'),), "", (UnknownTag("B", (), "b & c"), UnknownTag("C"))),
        UnknownTag("A", (), "2"),
    )
    assert read_lrmx(write_lrmx(form), "a.lrmx").unknown == form.unknown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_each_encoding_is_read(encoding: str) -> None:
    text = '<?xml version="1.0" encoding="utf-8"?>\r\n<Person><XingMing>示例甲</XingMing></Person>'
    assert read_lrmx(text.encode(encoding), "a.lrmx").name == "示例甲"


@pytest.mark.parametrize("name", ["GBK", "gb2312", "GB18030"])
def test_declared_chinese_encodings_are_read(name: str) -> None:
    content = f"<?xml version='1.0' encoding='{name}'?><Person><XingMing>示例甲</XingMing></Person>".encode(
        "gbk"
    )
    assert read_lrmx(content, "a.lrmx").name == "示例甲"


def test_an_external_entity_is_refused() -> None:
    assert problems_of(XXE.read_bytes()) == [(0, "", "含有DTD或实体定义，已拒绝读取")]


BOMB = "<!DOCTYPE Person [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    "content",
    [
        (BOMB + "]><Person><XingMing>&j;</XingMing></Person>").encode(),
        ("<?xml version='1.0'?>" + BOMB + "]><Person/>").encode("utf-16"),
        b"<!DOCTYPE Person SYSTEM 'http://example.invalid/x.dtd'><Person/>",
        person("<XingMing>&undefined;</XingMing>"),
        person("<XingMing>甲</XingMing>", "<?xml version='1.0' encoding='utf-9'?>"),
        person("", "<?xml version='1.0' encoding='utf-7'?>"),
        person("", "<?xml version='1.0' encoding='rot13'?>"),
        person("", "<?xml version='1.0' encoding=''?>"),
        b"",
        b"\xff\xfe",
        b"\xff\xfe<",
        b"\xef\xbb\xbf\xff",
        b"\x80\xff\xff",
        b"PK\x03\x04",
        b"<Person>",
        b"<Person><XingMing>\xc4\xe3</XingM",
        b"<Person><XingMing>\x00</XingMing></Person>",
        person("<XingMing>&#0;</XingMing>"),
        person("<x>" * 60 + "</x>" * 60),
        b"<x>" * 100_000,
        b"<a/>",
        b"<Person/><Person/>",
    ],
)
def test_hostile_and_broken_files_are_refused_by_name(content: bytes) -> None:
    assert problems_of(content)


@given(st.integers(0, 3000), st.binary(max_size=6))
@settings(max_examples=50)
def test_any_damage_gives_a_form_or_a_named_problem(place: int, damage: bytes) -> None:
    content = FULL.read_bytes()
    form: AppointmentForm | None = None
    with suppress(BadInputError):
        form = read_lrmx(content[:place] + damage + content[place + len(damage) :], "a.lrmx")
    assert form is None or read_lrmx(write_lrmx(form), "a.lrmx") == form


@pytest.mark.parametrize(
    ("inner", "column", "found"),
    [
        ("\n<XingMing>甲</XingMing>\n<XingMing>乙</XingMing>", "XingMing", "标签重复出现"),
        ("\n\n<XingMing>甲<b/></XingMing>", "XingMing", "内含多余的标签<b>"),
        ("\n\n<ZhaoPian>@@@</ZhaoPian>", "ZhaoPian", "照片数据已损坏"),
        ("\n\n<ZhaoPian>YWJ</ZhaoPian>", "ZhaoPian", "照片数据已损坏"),
        ("\n\n<JiaTingChengYuan><Item><X>1</X></Item></JiaTingChengYuan>", "X", "不认识或重复的标签<X>"),
        (
            "\n\n<JiaTingChengYuan><Row><ChengWei>父</ChengWei></Row></JiaTingChengYuan>",
            "ChengWei",
            "不认识或重复",
        ),
        ("\n\n<JiaTingChengYuan>父亲</JiaTingChengYuan>", "JiaTingChengYuan", "标签之间夹有文字"),
        ("\n\n<x:A xmlns:x='u'>1</x:A>", "{u}A", "标签带有命名空间"),
        ("\n\n<A><B/>散落</A>", "A", "标签之间夹有文字"),
    ],
)
def test_what_would_lose_a_value_is_named_with_line_and_tag(inner: str, column: str, found: str) -> None:
    problems = problems_of(person(inner))
    assert [(line, tag) for line, tag, _ in problems] == [(3, column)]
    assert found in problems[0][2]


def test_a_too_large_file_is_refused_before_parsing() -> None:
    assert problems_of(b" " * 20_000_001) == [(0, "", "超过20 MB")]


def test_a_text_no_xml_can_hold_is_refused_when_writing() -> None:
    with pytest.raises(BadInputError, match=r"U\+000B"):
        write_lrmx(AppointmentForm(name="甲\x0b"))


def test_a_photo_wrapped_over_lines_is_read() -> None:
    wrapped = base64.encodebytes(bytes(range(200))).decode()
    assert read_lrmx(person(f"<ZhaoPian>\n{wrapped}</ZhaoPian>"), "a.lrmx").photo == bytes(range(200))


def test_a_removed_unknown_tag_is_not_written() -> None:
    form = read_lrmx(person("<XingMing>甲</XingMing><A>1</A>"), "a.lrmx")
    assert b"<A>" not in write_lrmx(replace(form, unknown=()))


def test_unusual_white_space_at_the_end_becomes_one_line_end() -> None:
    form = read_lrmx(person("<XingMing>甲</XingMing>") + b" \n\n", "a.lrmx")
    assert write_lrmx(form).endswith(b"</Person>\r\n")

"""Files of the appointment form in the older text format."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.people.appointment_forms.form_strategies import forms, in_gbk

from secondment.files.problems import BadInputError
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember
from secondment.people.files.appointment_forms.lrm import lost_in_lrm, read_lrm, write_lrm
from secondment.people.files.appointment_forms.lrmx import read_lrmx

FULL = Path(__file__).parents[2] / "data" / "lrmx" / "01_full_v3.2.1.16.lrmx"
MODEL = (
    '"示例甲","男","198503","汉族","示例省","200706","健康","示例市","200807","大学#学士@研究生#硕士","甲校#@乙校#",'
    '"工程师","","","","","农业","2008.07--  示例县\r\n科员","嘉奖","2024年度优秀","妻子@女儿@","示例乙@示例丙@",'
    '"198609@201506@","群众@群众@","甲单位@乙学校@","现任","拟任","","挂职","示例厅","20261123","填表人","20261123"\r\n'
)


def cells(**changed: str) -> bytes:
    """The model with cells replaced by number: `cells(c12="x")`."""
    values = [""] * 33
    for name, value in changed.items():
        values[int(name[1:])] = value
    return ",".join(f'"{value}"' for value in values).encode("gbk")


def test_the_order_of_the_cells() -> None:
    form = read_lrm(MODEL.encode("gbk"), b"photo", "a.lrm")
    assert (form.name, form.health, form.birthplace, form.started_work) == (
        "示例甲",
        "健康",
        "示例市",
        "200807",
    )
    assert (form.full_time_education, form.full_time_degree) == ("大学", "学士")
    assert (form.on_the_job_education, form.on_the_job_degree) == ("研究生", "硕士")
    assert (form.full_time_education_school, form.on_the_job_education_school) == ("甲校", "乙校")
    assert (form.specialty, form.career) == ("农业", "2008.07--  示例县\n科员")
    assert form.family == (
        FamilyMember("妻子", "示例乙", "198609", "群众", "甲单位"),
        FamilyMember("女儿", "示例丙", "201506", "群众", "乙学校"),
    )
    assert (form.current_post, form.reason, form.filled_in_by) == ("现任", "挂职", "填表人")
    assert form.photo == b"photo"


def test_a_bom_and_a_missing_photo_are_accepted() -> None:
    form = read_lrm(MODEL.encode("utf-8-sig"), None, "a.lrm")
    assert (form.name, form.photo) == ("示例甲", b"")


@given(forms(texts=in_gbk))
@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],  # separators are drawn often
)
def test_what_lrm_can_hold_survives_the_round_trip(form: AppointmentForm) -> None:
    lost = dict.fromkeys(set(lost_in_lrm(form)) - {"unknown"}, "")
    kept = replace(form, **lost, unknown=(), tag_order=AppointmentForm().tag_order)  # type: ignore[arg-type]
    texts = [
        getattr(form, item.name)
        for item in fields(form)
        if "_degree" in item.name or "_education" in item.name
    ]
    relatives = [getattr(member, item.name) for member in form.family for item in fields(member)]
    assume(
        not any("#" in text or "@" in text for text in texts) and not any("@" in text for text in relatives)
    )
    content, photo = write_lrm(form)
    assert read_lrm(content, photo, "a.lrm") == kept


def test_what_lrm_cannot_hold_is_told() -> None:
    assert lost_in_lrm(read_lrmx(FULL.read_bytes(), FULL.name)) == ("identity_number", "version")


def test_a_character_outside_gbk_is_refused_not_garbled() -> None:
    with pytest.raises(BadInputError, match="“𬭎”不在GBK字库中"):
        write_lrm(AppointmentForm(name="示例𬭎"))


@pytest.mark.parametrize(
    "form",
    [AppointmentForm(full_time_education="大学#"), AppointmentForm(family=(FamilyMember(name="a@b"),))],
)
def test_separators_inside_values_are_refused(form: AppointmentForm) -> None:
    with pytest.raises(BadInputError, match="是分隔符"):
        write_lrm(form)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "有0行、0项"),
        (b'"a","b"', "有1行、2项"),
        (cells() + b"\r\n" + cells(), "有2行"),
        (b'"a' * 10, "引号不成对"),
        (b"\xff\xff\xff", "编码不是GBK"),
        (cells(c12="x"), "应为空，实为“x”"),
        (cells(c9="大学"), "不是“…#…@…#…”四部分"),
        (b" " * 20_000_001, "超过20 MB"),
    ],
)
def test_broken_files_are_refused_by_name(content: bytes, found: str) -> None:
    with pytest.raises(BadInputError, match=found):
        read_lrm(content, None, "a.lrm")


def test_ragged_family_columns_are_filled_with_blanks() -> None:
    form = read_lrm(cells(c20="父亲@母亲", c21="甲"), None, "a.lrm")
    assert form.family == (FamilyMember("父亲", "甲"), FamilyMember("母亲"))

"""Read and write .lrm: one line of quoted, comma-separated GBK text; the photo is a .pic next to it."""

import codecs
import csv
import io
from dataclasses import fields
from itertools import zip_longest
from typing import Any

from secondment.files.faults import gettext_noop, in_chinese
from secondment.files.problems import BadInputError, Problem
from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember

# One name per cell; None is a cell that stays empty, the capitals are cells with parts.
_CELLS = (
    *("name", "sex", "born", "ethnic_group", "ancestral_home", "joined_party", "health", "birthplace"),
    *("started_work", "EDUCATION", "SCHOOLS", "professional_title", None, None, None, None, "specialty"),
    *("career", "rewards_and_penalties", "annual_grades"),
    *("FAMILY relation", "FAMILY name", "FAMILY born", "FAMILY political_status", "FAMILY unit_and_post"),
    *("current_post", "proposed_post", "post_to_leave", "reason", "reporting_unit"),
    *("age_counted_on", "filled_in_by", "filled_in_on"),
)
_FOURS = {
    "EDUCATION": ("full_time_education", "full_time_degree", "on_the_job_education", "on_the_job_degree"),
    "SCHOOLS": (
        *("full_time_education_school", "full_time_degree_school"),
        *("on_the_job_education_school", "on_the_job_degree_school"),
    ),
}
# The note that is written next to a .lrm file; read back, it is neither a form nor a fault.
NOTE = "未写入的内容.txt"
_FAMILY_ROWS = 10
MOST_BYTES = 20_000_000
# Fields a .lrm file holds, and the two that are not data of the person.
_HELD = {*_CELLS, *_FOURS["EDUCATION"], *_FOURS["SCHOOLS"], "family", "photo", "tag_order", "layout"}
_AGAIN = gettext_noop("请用任免表程序重新导出")
_USE_LRMX = gettext_noop("请改为导出.lrmx")


def read_lrm(content: bytes, photo: bytes | None, file: str) -> AppointmentForm:
    """The form in the bytes of a .lrm file and of its .pic; `BadInputError` if it is not such a file."""
    if len(content) > MOST_BYTES:
        raise BadInputError.of_fault(file, in_chinese("超过{most} MB", _AGAIN, most=MOST_BYTES // 1_000_000))
    cells = _split(_decode(content, file), file)
    texts: dict[str, Any] = {}
    family: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for name, cell in zip(_CELLS, cells, strict=True):
        if name is None:
            if clean_text(cell):
                fault = in_chinese("应为空，实为“{text}”", _AGAIN, text=cell[:20])
                problems.append(Problem(file, 1, "空白项", fault))
        elif name in _FOURS:
            texts |= _four_parts(name, cell, file, problems)
        elif name.startswith("FAMILY "):
            family[name.removeprefix("FAMILY ")] = [clean_text(part) for part in cell.split("@")]
        else:
            texts[name] = clean_text(cell)
    if problems:
        raise BadInputError(problems)
    return AppointmentForm(**texts, family=_members(family), photo=photo or b"")


def write_lrm(form: AppointmentForm) -> tuple[bytes, bytes]:
    """The bytes of the .lrm file and of its .pic (empty without a photo); see `lost_in_lrm` first."""
    problems: list[Problem] = []
    cells = [_cell(form, name, problems) for name in _CELLS]
    try:
        content = ",".join(
            '"' + cell.replace('"', '""').replace("\n", "\r\n") + '"' for cell in cells
        ).encode("gbk")
    except UnicodeEncodeError as error:
        fault = in_chinese("“{sign}”不在GBK字库中", _USE_LRMX, sign=error.object[error.start])
        problems.append(Problem(".lrm", 1, "", fault))
    if problems:
        raise BadInputError(problems)
    return content, form.photo


def lost_in_lrm(form: AppointmentForm) -> tuple[str, ...]:
    """Names of the filled fields of a form that a .lrm file has no place for."""
    return tuple(item.name for item in fields(form) if item.name not in _HELD and getattr(form, item.name))


def _decode(content: bytes, file: str) -> str:
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "gb18030"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInputError.of_fault(file, in_chinese("文字编码不是GBK", _AGAIN)) from error


def _split(text: str, file: str) -> list[str]:
    csv.field_size_limit(MOST_BYTES)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text.strip("\r\n\x1a"), newline=""), strict=True) if row
        ]
    except csv.Error as error:
        raise BadInputError(
            [Problem(file, 1, "", in_chinese("引号不成对，不是.lrm任免表", _AGAIN))]
        ) from error
    if len(rows) != 1 or len(rows[0]) != len(_CELLS):
        figures = {"rows": len(rows), "cells": len(rows[0]) if rows else 0, "right": len(_CELLS)}
        fault = in_chinese("有{rows}行、{cells}项，应为1行{right}项", _AGAIN, **figures)
        raise BadInputError([Problem(file, 1, "", fault)])
    return rows[0]


def _four_parts(name: str, cell: str, file: str, problems: list[Problem]) -> dict[str, str]:
    halves = [half.split("#") for half in cell.split("@")]
    if not clean_text(cell):
        halves = [["", ""], ["", ""]]
    if [len(half) for half in halves] != [2, 2]:
        fault = in_chinese("“{text}”不是“…#…@…#…”四部分", _AGAIN, text=cell[:30])
        problems.append(Problem(file, 1, "学历学位", fault))
        return {}
    return dict(zip(_FOURS[name], (clean_text(part) for half in halves for part in half), strict=True))


def _members(columns: dict[str, list[str]]) -> tuple[FamilyMember, ...]:
    rows = zip_longest(*columns.values(), fillvalue="")
    members = (FamilyMember(**dict(zip(columns, row, strict=True))) for row in rows)
    return tuple(member for member in members if member != FamilyMember())


def _cell(form: AppointmentForm, name: str | None, problems: list[Problem]) -> str:
    if name is None:
        return ""
    if name in _FOURS:
        parts = [_part(getattr(form, part), part, "#@", problems) for part in _FOURS[name]]
        return f"{parts[0]}#{parts[1]}@{parts[2]}#{parts[3]}"
    if name.startswith("FAMILY "):
        column = name.removeprefix("FAMILY ")
        values = [_part(getattr(member, column), column, "@", problems) for member in form.family]
        return "@".join(values + [""] * (_FAMILY_ROWS - len(values)))
    text: str = getattr(form, name)
    return text


def _part(text: str, name: str, separators: str, problems: list[Problem]) -> str:
    if any(sign in text for sign in separators):
        fault = in_chinese("“{text}”中的{signs}是分隔符", _USE_LRMX, text=text, signs="、".join(separators))
        problems.append(Problem(".lrm", 1, name, fault))
    return text

"""Read and write .lrmx: one `<Person>` of XML, photo as base64."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException

from secondment.files.faults import Fault, in_chinese
from secondment.files.problems import BadInputError, Problem
from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.form import (
    FAMILY_TAG,
    FAMILY_TAGS,
    FULL_TAG_ORDER,
    PHOTO_TAG,
    TEXT_TAGS,
    AppointmentForm,
    FamilyMember,
    Layout,
    UnknownTag,
)
from secondment.people.files.appointment_forms.xml_tree import (
    decode_xml,
    parse_xml,
    without_control_characters,
)

MOST_BYTES = 20_000_000
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_lrmx(content: bytes, file: str) -> AppointmentForm:
    """The form in the bytes of a .lrmx file; `BadInputError` names every fault that hides a value."""
    if len(content) > MOST_BYTES:
        raise BadInputError.of_fault(
            file, in_chinese("超过{most} MB", "请压缩照片后重新导出", most=MOST_BYTES // 1_000_000)
        )
    text, has_bom = decode_xml(content, file)
    text, n_dropped = without_control_characters(text)
    try:
        root, lines = parse_xml(text)
    except DefusedXmlException as error:
        fault = in_chinese("含有DTD或实体定义，已拒绝读取", "请用任免表程序重新导出")
        raise BadInputError.of_fault(file, fault) from error
    except ParseError as error:
        fault = in_chinese("不是完整的XML", "请用任免表程序重新导出")
        raise BadInputError([Problem(file, error.position[0], "", fault)]) from error
    except (LookupError, ValueError, RecursionError) as error:
        raise BadInputError.of_fault(file, in_chinese("不能作为XML读取", "请用任免表程序重新导出")) from error
    layout = Layout(has_bom, _newline_in_texts(text), _ending(text))
    return replace(_Reader(file, lines).form(root, layout), n_control_characters=n_dropped)


def write_lrmx(form: AppointmentForm) -> bytes:
    """The bytes of a .lrmx file; a form read from a normal file gives back the same bytes."""
    write = _text_writer(form.layout.text_newline)
    lines = [_DECLARATION, "<Person>"]
    unknown = list(form.unknown)
    for tag in _order_to_write(form):
        if tag in FULL_TAG_ORDER:
            lines += _known_lines(form, tag, write)
        elif item := next((item for item in unknown if item.tag == tag), None):
            unknown.remove(item)
            lines.append("  " + _unknown_text(item, write))
    lines += ["  " + _unknown_text(item, write) for item in unknown]
    text = "\r\n".join([*lines, "</Person>"]) + form.layout.ending
    return ("\ufeff" if form.layout.has_bom else "").encode() + text.encode()


class _Reader:
    """Turns the element tree of one file into a form and gathers its problems."""

    def __init__(self, file: str, lines: dict[Element, int]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []

    def form(self, root: Element, layout: Layout) -> AppointmentForm:
        if root.tag != "Person":
            fault = in_chinese("根标签是<{tag}>，不是任免表", "请选择.lrmx任免表文件", tag=root.tag)
            raise BadInputError.of_fault(self.file, fault)
        self._refuse_stray_text(root)
        texts: dict[str, Any] = {}
        unknown: list[UnknownTag] = []
        family: tuple[FamilyMember, ...] = ()
        photo = b""
        seen: set[str] = set()
        for element in root:
            tag = element.tag
            if tag in seen and tag in {*TEXT_TAGS, FAMILY_TAG, PHOTO_TAG}:
                self._problem(element, in_chinese("标签重复出现", "请删除多余的一个"))
            seen.add(tag)
            if tag in TEXT_TAGS:
                texts[TEXT_TAGS[tag]] = self._text(element)
            elif tag == FAMILY_TAG:
                family = self._family(element)
            elif tag == PHOTO_TAG:
                photo = self._photo(element)
            else:
                unknown.append(self._unknown(element))
        order = tuple(element.tag for element in root)
        if self.problems:
            raise BadInputError(self.problems)
        return AppointmentForm(
            **texts, family=family, photo=photo, unknown=tuple(unknown), tag_order=order, layout=layout
        )

    def _text(self, element: Element) -> str:
        if len(element):
            self._problem(
                element, in_chinese("内含多余的标签<{tag}>", "请用任免表程序重新导出", tag=element[0].tag)
            )
        return clean_text(element.text or "")

    def _family(self, element: Element) -> tuple[FamilyMember, ...]:
        self._refuse_stray_text(element)
        members = [self._member(item) for item in element]
        return tuple(member for member in members if member != FamilyMember())

    def _member(self, item: Element) -> FamilyMember:
        self._refuse_stray_text(item)
        texts: dict[str, str] = {}
        for cell in item:
            column = FAMILY_TAGS.get(cell.tag)
            if item.tag != "Item" or column is None or column in texts:
                self._problem(
                    cell,
                    in_chinese(
                        "家庭成员中有不认识或重复的标签<{tag}>", "请用任免表程序重新导出", tag=cell.tag
                    ),
                )
            else:
                texts[column] = self._text(cell)
        return FamilyMember(**texts)

    def _photo(self, element: Element) -> bytes:
        try:
            return base64.b64decode("".join(self._text(element).split()), validate=True)
        except (binascii.Error, ValueError):
            self._problem(element, in_chinese("照片数据已损坏", "请重新插入照片后导出"))
            return b""

    def _unknown(self, element: Element) -> UnknownTag:
        if any("{" in name for name in (element.tag, *element.attrib)):
            self._problem(element, in_chinese("标签带有命名空间", "请用任免表程序重新导出"))
        if len(element):
            self._refuse_stray_text(element)
        return UnknownTag(
            element.tag,
            tuple(element.attrib.items()),
            "" if len(element) else clean_text(element.text or ""),
            tuple(self._unknown(child) for child in element),
        )

    def _refuse_stray_text(self, element: Element) -> None:
        if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
            self._problem(element, in_chinese("标签之间夹有文字", "请用任免表程序重新导出"))

    def _problem(self, element: Element, fault: Fault) -> None:
        self.problems.append(Problem(self.file, self.lines[element], element.tag, fault))


def _newline_in_texts(text: str) -> str:
    inner = re.search(r"[^>\s](\r?\n)", text)
    return inner[1] if inner else "\r\n"


def _ending(text: str) -> str:
    after = text[len(text.rstrip()) :]
    return after if after in {"", "\n", "\r\n"} else "\r\n"


def _order_to_write(form: AppointmentForm) -> list[str]:
    """The file's own order; a filled field whose tag the file lacked goes behind its standard neighbour."""
    order = list(form.tag_order)
    for place, tag in enumerate(FULL_TAG_ORDER):
        if tag not in order and _is_filled(form, tag):
            before = FULL_TAG_ORDER[:place]
            order.insert(max((order.index(other) + 1 for other in before if other in order), default=0), tag)
    return order


def _is_filled(form: AppointmentForm, tag: str) -> bool:
    if tag == FAMILY_TAG:
        return bool(form.family)
    if tag == PHOTO_TAG:
        return bool(form.photo)
    return bool(getattr(form, TEXT_TAGS[tag]))


def _known_lines(form: AppointmentForm, tag: str, write: Callable[[str], str]) -> list[str]:
    if tag == FAMILY_TAG:
        items = [line for member in form.family for line in _member_lines(member, write)]
        return [f"  <{tag}>", *items, f"  </{tag}>"]
    if tag == PHOTO_TAG:
        return [f"  <{tag}>{base64.b64encode(form.photo).decode()}</{tag}>"]
    return [f"  <{tag}>{write(getattr(form, TEXT_TAGS[tag]))}</{tag}>"]


def _member_lines(member: FamilyMember, write: Callable[[str], str]) -> list[str]:
    cells = [f"      <{tag}>{write(getattr(member, column))}</{tag}>" for tag, column in FAMILY_TAGS.items()]
    return ["    <Item>", *cells, "    </Item>"]


def _unknown_text(item: UnknownTag, write: Callable[[str], str]) -> str:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in item.attributes)
    inner = "".join(_unknown_text(child, write) for child in item.children) or write(item.text)
    return f"<{item.tag}{attributes}>{inner}</{item.tag}>"


def _text_writer(newline: str) -> Callable[[str], str]:
    def write(text: str) -> str:
        # Only & and < need escaping; the official program leaves > as it is.
        if bad := _NOT_XML.search(text):
            sign = f"{ord(bad[0]):04X}"
            fault = in_chinese("文字中有不可见的控制字符U+{sign}", "请删除后再导出", sign=sign)
            raise BadInputError.of_fault(".lrmx", fault)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
        return escaped.replace("\n", newline)

    return write

"""Decode and parse untrusted XML: known encodings only, no document type, the line of every element."""

import codecs
import re
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml.ElementTree import DefusedXMLParser

from secondment.files.faults import in_chinese
from secondment.files.problems import BadInputError

DEEPEST = 50
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["'][^>]*\?>""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# What programs declare → how it is decoded; GB18030 contains GBK and GB2312.
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
# A zero byte is left in: it indicates a broken file, which is refused.
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile("&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});")
_LAST_CODE = 0x10FFFF
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_xml(content: bytes, file: str) -> tuple[str, bool]:
    """The text of an XML file and whether it began with a byte order mark (which is dropped)."""
    if content.startswith(_UTF_16_MARKS):
        return _decode(content, "utf-16", file), True
    if content.startswith(codecs.BOM_UTF8):
        return _decode(content.removeprefix(codecs.BOM_UTF8), "utf-8", file), True
    declared = _DECLARED.match(content[:200].decode("latin-1"))
    name = declared[1].lower() if declared else "utf-8"
    if name not in _ENCODINGS:
        raise BadInputError.of_fault(
            file, in_chinese("声明了不认识的编码“{name}”", "请另存为UTF-8编码", name=name)
        )
    try:
        return content.decode(_ENCODINGS[name]), False
    except UnicodeDecodeError:
        # Some programs declare UTF-8 but write the system's code page.
        return _decode(content, "gb18030", file), False


def without_control_characters(text: str) -> tuple[str, int]:
    """The text without the characters that XML forbids, bare or as references, and how many there were."""
    text, n_bare = _CONTROL.subn("", text)
    n_references = 0

    def keep_or_drop(match: re.Match[str]) -> str:
        nonlocal n_references
        code = int(match[1][1:], 16) if match[1].startswith("x") else int(match[1])
        if code > _LAST_CODE or not _CONTROL.match(chr(code)):
            return match[0]
        n_references += 1
        return ""

    return _REFERENCE.sub(keep_or_drop, text), n_bare + n_references


def parse_xml(text: str) -> tuple[Element, dict[Element, int]]:
    """The root element and the line each element starts at; raises what defusedxml and expat raise."""
    builder = _LineBuilder()
    parser = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    builder.parser = parser
    parser.feed(_DECLARATION.sub("", text, count=1).encode())
    root: Element = parser.close()
    return root, builder.lines


class _LineBuilder(TreeBuilder):
    """Builds the tree, notes lines and stops at a depth no form has."""

    def __init__(self) -> None:
        super().__init__()
        self.parser: Any = None
        self.lines: dict[Element, int] = {}
        self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} elements inside each other")
        element = super().start(tag, attrs)
        self.lines[element] = self.parser.parser.CurrentLineNumber
        return element

    def end(self, tag: Any, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _decode(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInputError.of_fault(file, in_chinese("文字编码已损坏", "请另存为UTF-8编码")) from error

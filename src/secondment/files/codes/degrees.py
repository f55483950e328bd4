"""Academic degrees (GB/T 6864-2003): from the text of a form to the level.

The codes by discipline are not embedded: their full table has yet to be confirmed against the standard.
"""

import re
from enum import StrEnum

from secondment.files.codes.code_list import CodeList, UnknownCodeError, plain

DEGREES = CodeList(
    "学位代码",
    "GB/T 6864-2003",
    """
    1 名誉博士 | Honorary doctor
    2 博士 | Doctor
    3 硕士 | Master
    4 学士 | Bachelor
    """,
)


class DegreeLevel(StrEnum):
    """The value is the first digit of GB/T 6864, lowest number highest degree."""

    HONORARY_DOCTOR = "1"
    DOCTOR = "2"
    MASTER = "3"
    BACHELOR = "4"

    @property
    def label(self) -> str:
        """The Chinese word of the level."""
        return DEGREES.label_of(self)


_ABBREVIATIONS = {
    "mba": DegreeLevel.MASTER,
    "emba": DegreeLevel.MASTER,
    "mpa": DegreeLevel.MASTER,
    "phd": DegreeLevel.DOCTOR,
}
_SEPARATORS = re.compile(r"[、;,/和及]|\n")


def degree_level(text: str) -> DegreeLevel:
    """The highest earned level in “法学学士、公共管理硕士”; `UnknownCodeError` when a part is not understood."""
    parts = [plain(part) for part in _SEPARATORS.split(text.replace("；", ";").replace("，", ","))]
    levels = [_level(part, text) for part in parts if part]
    earned = [level for level in levels if level is not DegreeLevel.HONORARY_DOCTOR]
    if not levels:
        raise UnknownCodeError(DEGREES.name, text)
    return min(earned, default=DegreeLevel.HONORARY_DOCTOR)


def _level(part: str, text: str) -> DegreeLevel:
    word = re.sub(r"(学位|\(.*\))$", "", part)
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    if word.endswith("名誉博士"):
        return DegreeLevel.HONORARY_DOCTOR
    for level in (DegreeLevel.DOCTOR, DegreeLevel.MASTER, DegreeLevel.BACHELOR):
        if word.endswith(level.label):
            return level
    raise UnknownCodeError(DEGREES.name, text)

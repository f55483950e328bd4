"""Education (GB/T 4658-2006): codes, the words forms use, and the five levels of a structure table.

A form's “大学” does not say whether the person graduated, so it means the group (20), not 21. The standard
has no group for doctoral or master's study alone; “博士研究生” and “硕士研究生” mean the graduate codes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from secondment.files.codes import english
from secondment.files.codes.code_list import CodeList, UnknownCodeError, entries_of, plain

EDUCATION = CodeList(
    "学历代码",
    "GB/T 4658-2006",
    entries_of(
        """
        10 研究生教育 研究生 研究生学历 党校研究生 中央党校研究生 省委党校研究生
        11 博士研究生毕业 博士研究生 博士
        12 博士研究生结业
        13 博士研究生肄业
        14 硕士研究生毕业 硕士研究生 硕士
        15 硕士研究生结业
        16 硕士研究生肄业
        17 研究生班毕业 研究生班
        18 研究生班结业
        19 研究生班肄业
        20 大学本科 大学 本科 大本 大学学历 本科学历 党校大学 中央党校大学 省委党校大学
        21 大学本科毕业 大学毕业 本科毕业
        22 大学本科结业
        23 大学本科肄业
        28 大学普通班毕业 大学普通班 大普
        30 大学专科 专科 大专 高职 专科学历 大专学历 党校大专
        31 大学专科毕业 大专毕业 专科毕业
        32 大学专科结业
        33 大学专科肄业
        40 中等职业教育 中职
        41 中等专科毕业 中专 中专毕业 中等专科
        42 中等专科结业
        43 中等专科肄业
        44 职业高中毕业 职业高中 职高
        45 职业高中结业
        46 职业高中肄业
        47 技工学校毕业 技工学校 技校
        48 技工学校结业
        49 技工学校肄业
        60 普通高级中学教育 高中 高级中学
        61 普通高中毕业 高中毕业
        62 普通高中结业
        63 普通高中肄业
        70 初级中学教育 初中
        71 初中毕业
        73 初中肄业
        80 小学教育 小学
        81 小学毕业
        83 小学肄业
        90 其他
        """
    ),
    english.EDUCATION,
)
code_of = EDUCATION.code_of
label_of = EDUCATION.label_of


class EducationLevel(StrEnum):
    """The five levels of a structure table, highest first."""

    POSTGRADUATE = "研究生"
    UNDERGRADUATE = "大学本科"
    COLLEGE = "大学专科"
    VOCATIONAL = "中专"
    SECONDARY_OR_LOWER = "高中及以下"


@dataclass(frozen=True)
class Education:
    """What a form's 学历 text says: the code, and whether it says 在职 (True), 全日制 (False) or neither."""

    code: str
    is_on_the_job: bool | None


_LEVELS = {
    "1": EducationLevel.POSTGRADUATE,
    "2": EducationLevel.UNDERGRADUATE,
    "3": EducationLevel.COLLEGE,
    "4": EducationLevel.VOCATIONAL,
    "6": EducationLevel.SECONDARY_OR_LOWER,
    "7": EducationLevel.SECONDARY_OR_LOWER,
    "8": EducationLevel.SECONDARY_OR_LOWER,
}
_MODES = {
    "在职": True,
    "在职教育": True,
    "函授": True,
    "全日制": False,
    "全日制教育": False,
    "普通全日制": False,
}
_BRACKET = re.compile(r"\(([^()]*)\)$")


def parse_education(text: str) -> Education:
    """Read “研究生（在职）”, “在职研究生”, “全日制大学”; `UnknownCodeError` when a part is not understood."""
    words = plain(text)
    if (bracket := _BRACKET.search(words)) and bracket[1] in _MODES:
        return Education(_code_of(words[: bracket.start()], text), _MODES[bracket[1]])
    for mode in ("全日制", "在职"):
        if words.startswith(mode):
            return Education(_code_of(words.removeprefix(mode), text), _MODES[mode])
    return Education(_code_of(words, text), None)


def level_of(code: str) -> EducationLevel:
    """The level of a code; `UnknownCodeError` for 90 (other) and codes the list does not have."""
    label_of(code)
    try:
        return _LEVELS[code[0]]
    except KeyError:
        raise UnknownCodeError("学历层次", code) from None


def _code_of(words: str, text: str) -> str:
    try:
        return code_of(words)
    except UnknownCodeError:
        raise UnknownCodeError(EDUCATION.name, text) from None

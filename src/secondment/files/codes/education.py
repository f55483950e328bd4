"""Education (GB/T 4658-2006): codes, the words forms use, and the five levels of a structure table.

A form's “大学” does not say whether the person graduated, so it means the group (20), not 21. The standard
has no group for doctoral or master's study alone; “博士研究生” and “硕士研究生” mean the graduate codes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from secondment.files.codes.code_list import CodeList, UnknownCodeError, plain

EDUCATION = CodeList(
    "学历代码",
    "GB/T 4658-2006",
    """
    10 研究生教育 研究生 研究生学历 党校研究生 中央党校研究生 省委党校研究生 | Postgraduate
    11 博士研究生毕业 博士研究生 博士 | Doctoral study, graduated
    12 博士研究生结业 | Doctoral study, completed
    13 博士研究生肄业 | Doctoral study, not completed
    14 硕士研究生毕业 硕士研究生 硕士 | Master's study, graduated
    15 硕士研究生结业 | Master's study, completed
    16 硕士研究生肄业 | Master's study, not completed
    17 研究生班毕业 研究生班 | Postgraduate class, graduated
    18 研究生班结业 | Postgraduate class, completed
    19 研究生班肄业 | Postgraduate class, not completed
    20 大学本科 大学 本科 学士 大本 大学学历 本科学历 党校大学 中央党校大学 省委党校大学 | Undergraduate
    21 大学本科毕业 大学毕业 本科毕业 | Undergraduate study, graduated
    22 大学本科结业 | Undergraduate study, completed
    23 大学本科肄业 | Undergraduate study, not completed
    28 大学普通班毕业 大学普通班 大普 | General undergraduate class, graduated
    30 大学专科 专科 大专 高职 高等职业 专科学历 大专学历 党校大专 | Junior college
    31 大学专科毕业 大专毕业 专科毕业 | Junior college, graduated
    32 大学专科结业 | Junior college, completed
    33 大学专科肄业 | Junior college, not completed
    40 中等职业教育 中职 中等职业 | Vocational secondary
    41 中等专科毕业 中专 中专毕业 中等专科 中等专业 | Specialised secondary, graduated
    42 中等专科结业 | Specialised secondary, completed
    43 中等专科肄业 | Specialised secondary, not completed
    44 职业高中毕业 职业高中 职高 | Vocational high school, graduated
    45 职业高中结业 | Vocational high school, completed
    46 职业高中肄业 | Vocational high school, not completed
    47 技工学校毕业 技工学校 技校 技工 | Skilled workers' school, graduated
    48 技工学校结业 | Skilled workers' school, completed
    49 技工学校肄业 | Skilled workers' school, not completed
    60 普通高级中学教育 高中 高级中学 | Senior high school
    61 普通高中毕业 高中毕业 | Senior high school, graduated
    62 普通高中结业 | Senior high school, completed
    63 普通高中肄业 | Senior high school, not completed
    70 初级中学教育 初中 | Junior high school
    71 初中毕业 | Junior high school, graduated
    73 初中肄业 | Junior high school, not completed
    80 小学教育 小学 | Primary school
    81 小学毕业 | Primary school, graduated
    83 小学肄业 | Primary school, not completed
    90 其他 | Other
    """,
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
    """The content of a form's 学历 text: the code, and whether it states 在职 (True), 全日制 (False) or neither."""

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


def level_text(code: str) -> str:
    """The level in a word as rosters have it; what has no level stays as it is, nothing for no code."""
    return _LEVELS[code[0]] if code[:1] in _LEVELS else EDUCATION.chinese(code)


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

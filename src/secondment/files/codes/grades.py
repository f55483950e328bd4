"""Grades of the annual assessment: civil servants are 称职, staff of institutions and enterprises 合格."""

from secondment.files.codes.code_list import CodeList

GRADES = CodeList(
    "年度考核等次",
    "《公务员法》第三十八条、《事业单位人事管理条例》第二十一条",
    """
    excellent 优秀 | Excellent
    competent 称职（合格） 称职 合格 | Competent
    basically_competent 基本称职（基本合格） 基本称职 基本合格 | Basically competent
    incompetent 不称职（不合格） 不称职 不合格 | Incompetent
    none 不定等次 未定等次 不确定等次 未确定等次 | No grade
    """,
)
# The words of a document, which names the one or the other.
_OF_CIVIL_SERVANTS = {"competent": "称职", "basically_competent": "基本称职", "incompetent": "不称职"}
_OF_OTHERS = {"competent": "合格", "basically_competent": "基本合格", "incompetent": "不合格"}


def word_of(code: str, category: str) -> str:
    """The grade as a document names it for this staff category."""
    words = _OF_CIVIL_SERVANTS if category == "party_government" else _OF_OTHERS
    return words.get(code, GRADES.label_of(code))


def label_in(language: str | None, code: str, category: str) -> str:
    """The same in the language of a page."""
    return GRADES.english[code] if language == "en" else word_of(code, category)

"""Results of annual assessments (年度考核结果): “2023年度称职；2024年度优秀” ↔ years and grades."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.problems import Problem
from secondment.people.files.appointment_forms.cleaning import clean_text

# Longest first, because 不称职 ends in 称职. 合格 is the word of public institutions and enterprises.
GRADES = (
    *("不定等次", "未定等次", "不确定等次", "未确定等次", "基本称职", "基本合格"),
    *("不称职", "不合格", "称职", "合格", "优秀"),
)
COLUMN = "年度考核结果"
_YEARS = r"(\d{4}(?:年度?)?(?:\s*(?:[、,，和]|[-－—–~～至]+)\s*\d{4}(?:年度?)?)*)"
_GRADE = "(" + "|".join(GRADES) + ")"
_STATEMENT = re.compile(
    rf"{_YEARS}\s*(?:年度)?(?:年)?(?:考核)?(?:结果)?(?:均|都)?(?:为|被评为|评为|被确定为|确定为)?\s*[:：]?[“\"]?{_GRADE}[”\"]?(?:等次)?"
)
_BETWEEN = re.compile(r"[\s;；,，。.、]+")
_MOST_YEARS = 30
# No form is this long; longer texts would only cost time.
MOST_CHARACTERS = 5_000
_MODEL = gettext_noop("请写成“2024年度优秀；2025年度称职”")


@dataclass(frozen=True)
class AnnualGrade:
    """The grade of one year, in the words of the form."""

    year: int
    grade: str


@dataclass(frozen=True)
class AnnualGrades:
    """Grades in the order of years, and what could not be read."""

    grades: tuple[AnnualGrade, ...]
    problems: tuple[Problem, ...]


def parse_annual_grades(text: str, file: str = "") -> AnnualGrades:
    """Read the results text; what names no year and grade becomes a problem, never a guess."""
    if len(text) > MOST_CHARACTERS:
        return AnnualGrades((), (_problem(file, in_chinese("超过{most}字", _MODEL, most=MOST_CHARACTERS)),))
    words = clean_text(text)
    grades: dict[int, str] = {}
    problems: list[Problem] = []
    for statement in _STATEMENT.finditer(words):
        years = _years(statement[1])
        if not years:
            problems.append(
                _problem(file, in_chinese("“{text}”不是年度范围", "请逐年写明", text=statement[1]))
            )
        twice = [year for year in years if grades.setdefault(year, statement[2]) != statement[2]]
        problems += [
            _problem(file, in_chinese("{year}年度有两个等次", "请只保留一个", year=year)) for year in twice
        ]
    rests = filter(None, _BETWEEN.split(_STATEMENT.sub("；", words)))
    problems += [
        _problem(file, in_chinese("“{text}”没有写明年度和等次", _MODEL, text=rest[:30])) for rest in rests
    ]
    return AnnualGrades(tuple(AnnualGrade(*item) for item in sorted(grades.items())), tuple(problems))


def render_annual_grades(grades: Iterable[AnnualGrade]) -> str:
    """The text of a form: “2023年度称职；2024年度优秀。”"""
    text = "；".join(f"{item.year}年度{item.grade}" for item in grades)
    return text + "。" if text else ""


def _years(text: str) -> list[int]:
    """The years of “2021、2022” or “2021-2023”; empty when a range runs backwards or is too long to be meant."""
    years: list[int] = []
    for part in re.split(r"[、,，和]", text):
        ends = [int(digits) for digits in re.findall(r"\d{4}", part)]
        if not 0 <= ends[-1] - ends[0] < _MOST_YEARS:
            return []
        years += range(ends[0], ends[-1] + 1)
    return years


def _problem(file: str, fault: Fault) -> Problem:
    return Problem(file, 0, COLUMN, fault)

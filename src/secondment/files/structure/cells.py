"""Turn one roster cell into the code the structure analysis counts by; -1 (dates: 0) is an empty cell."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from secondment.algorithms.structure.dimensions import Dimension
from secondment.files import faults as columns
from secondment.files.codes import abilities, civil_grades, education, ranks
from secondment.files.codes.code_list import CodeList, UnknownCodeError, plain
from secondment.files.codes.degrees import DegreeLevel, degree_level
from secondment.files.codes.education import EDUCATION, EducationLevel
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.persons import CATEGORIES
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.sex import SEX
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.codes.titles import title_level
from secondment.files.columns.ability import ABILITY
from secondment.files.columns.cells import party_of
from secondment.files.dates import DateFault, Month, parse_day_or_month
from secondment.files.numbers import finite_number
from secondment.files.structure.dimensions import (
    ABILITY_DIMENSIONS,
    DEGREE,
    DISCIPLINES,
    EDUCATION_BUCKETS,
    RANK,
    TITLE,
)

CellParser = Callable[[str], int]
Value = TypeVar("Value")
OTHER_RANK = len(RANK.buckets) - 1
OTHER_SPECIALTY = len(SPECIALTIES.entries) - 1

_DEGREE_WORDS = (
    ("doctor", ("博士", "doctor")),
    ("master", ("硕士", "master")),
    ("bachelor", ("学士", "bachelor")),
)
_HONORARY = re.compile(r"[^、，,；;/\s]*名誉博士(学位)?")
# Step of the one ladder → bucket of a structure table.
_RANK_BUCKETS = {
    step: bucket
    for bucket, steps in enumerate((("21",), ("22",), ("31",), ("32",), ("41",), ("42",), ("50", "60")))
    for step in map(ranks.LADDER.index, steps)
}
_TITLE_WORDS = (
    ("full_senior", ("正高",)),
    ("associate_senior", ("副高",)),
    ("middle_or_junior", ("中级", "初级", "助理级", "员级")),
)
_NONE = {"无", "没有", "未评", "未评定", "无职称", "无学位", "none"}
_GRADES = re.compile(r"优秀|基本称职|基本合格|不称职|不合格|称职|合格|[不未]定等次|参加考核")
_PERIOD = re.compile(r"(\d+(?:\.\d+)?)年?(?:(\d{1,2})个?月)?")
_SPECIALTY_PLACES = {
    plain(word): place
    for place, entry in enumerate(SPECIALTIES.entries)
    for word in (entry.label, *entry.aliases, entry.code)
}
_SEPARATORS = re.compile(r"[、，,；;/|\s]+")
_DISCIPLINE_WORDS = {
    plain(word): place
    for place, (_key, label, _english, more) in enumerate(DISCIPLINES)
    for word in (label, *more)
}


class CellError(ValueError):
    """A cell that cannot be coded: what was found and what to do."""

    def __init__(self, found: str, remedy: str) -> None:
        self.found, self.remedy = found, remedy
        super().__init__(f"{found}; {remedy}")


class UnknownTextError(CellError):
    """A text that is in no list: it can still be counted, as a separate class."""


def date_cell(text: str) -> int:
    """A date as yyyymmdd, day 00 where only the month is given; 0 when empty."""
    if not text:
        return 0
    parsed = parse_day_or_month(text)
    if isinstance(parsed, DateFault):
        raise CellError(parsed.found, parsed.remedy)
    return parsed.year * 10000 + parsed.month * 100 + (0 if isinstance(parsed, Month) else parsed.day)


def birth_cell_until(as_of: dt.date, *, needs_day: bool) -> CellParser:
    """A parser of birth dates that refuses those after `as_of`, and months where days are needed."""
    parse = date_cell_until(as_of)

    def birth_cell(text: str) -> int:
        birth = parse(text)
        if needs_day and birth and birth % 100 == 0:
            raise CellError(f"“{text}” names no day", "write the day too, or use --age-by month")
        if needs_day and birth > int(f"{as_of:%Y%m%d}"):
            raise CellError(f"“{text}” lies after {as_of.isoformat()}", "correct the date or --as-of")
        return birth

    return birth_cell


def date_cell_until(as_of: dt.date) -> CellParser:
    """A parser of dates that refuses months after that of `as_of`."""

    def date_cell_checked(text: str) -> int:
        date = date_cell(text)
        if date // 100 > as_of.year * 100 + as_of.month:
            raise CellError(f"“{text}” lies after {as_of.isoformat()}", "correct the date or --as-of")
        return date

    return date_cell_checked


def sex_cell(text: str) -> int:
    """0 male, 1 female; the labels and digits of GB/T 2261.1, whose 0 and 9 mean not stated."""
    words = {"male": "1", "female": "2", "不详": "0"}
    if not text:
        return -1
    code = words.get(text.lower()) or _code_in(SEX, text, digits=1)
    return {"1": 0, "2": 1}.get(code, -1)


def education_cell(text: str) -> int:
    """The level of an education, 0 the highest; labels and codes of GB/T 4658 too."""
    keys = [key for key, *_ in EDUCATION_BUCKETS]
    if not text or text in keys:
        return keys.index(text) if text else -1
    try:
        code = EDUCATION.code_within(_label(EDUCATION, text, digits=2))
        return list(EducationLevel).index(education.level_of(code))
    except UnknownCodeError:
        known = ", ".join(EducationLevel)
        raise UnknownTextError(f"“{text}” is not understood", f"write one of {known}") from None


def education_mode_cell(text: str) -> int:
    """0 for full-time, 1 for on-job, -1 if the text states neither."""
    if "全日制" in text and "非全日制" not in text:
        return 0
    return 1 if re.search(r"在职|非全日制|党校|函授|自考|自学考试|电大|夜大|成人", text) else -1


def degree_cell(text: str) -> int:
    """The highest earned degree named; an honorary doctorate is none. Codes of GB/T 6864 by their first digit."""
    keys = _keys(DEGREE)
    if plain(text) in _NONE:
        return keys.index("none")
    if re.fullmatch(r"[2-4]\d{0,2}", text):
        text = DegreeLevel(text[0]).label
    earned = _HONORARY.sub("", text)
    try:
        return _by_words(earned, _DEGREE_WORDS, keys) if earned or not text else _degree_by_list(text, keys)
    except UnknownTextError:
        return _degree_by_list(text, keys)


def discipline_cell(text: str) -> int:
    """The 学科门类 that the first degree named belongs to; -1 where none of them says so."""
    for part in _SEPARATORS.split(text):
        found = max((word for word in _DISCIPLINE_WORDS if word in plain(part)), key=len, default="")
        if found:
            return _DISCIPLINE_WORDS[found]
    return -1


def category_cell(text: str) -> int:
    """The staff category: its code or its words."""
    entries = enumerate(CATEGORIES.entries)
    return _one_of(
        text, {word: place for place, one in entries for word in (one.code, one.label, *one.aliases)}
    )


def degree_in_education_cell(text: str) -> int:
    """The degree in a cell for education and degree together; -1 when it names none."""
    try:
        return degree_cell(text)
    except UnknownTextError:
        return -1


def rank_cell(text: str) -> int:
    """The level of a leading post or of a civil grade; what fits none is “other”. Codes of GB/T 12407 too."""
    if not text:
        return -1
    if text in _keys(RANK):
        return _keys(RANK).index(text)
    label = _label(RANKS, text, digits=3)
    step = ranks.step_of(_rank_within(label))
    return OTHER_RANK if step is None else _RANK_BUCKETS.get(step, OTHER_RANK)


def _rank_within(text: str) -> str:
    """The rank that a text is, goes with as a civil grade, or names among other words; "" for none."""
    try:
        return civil_grades.usual_rank(text)
    except UnknownCodeError:
        pass
    try:
        return RANKS.code_within(text)
    except UnknownCodeError:
        pass
    try:
        return civil_grades.USUAL_RANK[civil_grades.CIVIL_GRADES.code_within(text)]
    except UnknownCodeError:
        return ""


def title_cell(text: str) -> int:
    """The level of a professional title: a level, a title of GB/T 8561, or a code of GB/T 12407."""
    keys = _keys(TITLE)
    if plain(text) in _NONE:
        return keys.index("none")
    label = _label(RANKS, text, digits=3)
    try:
        return _by_words(label, _TITLE_WORDS, keys)
    except UnknownTextError as error:
        try:
            return {"411": 0, "412": 1}.get(title_level(label).value, 2)
        except UnknownCodeError:
            raise error from None


def party_cell(text: str) -> int:
    """0 Communist Party (probationary members too), 1 anything else; labels and codes of GB/T 4762."""
    if not text:
        return -1
    if text in {"communist_party", "other"}:
        return int(text == "other")
    try:
        code = POLITICAL_STATUS.code_within(_label(POLITICAL_STATUS, text, digits=2))
    except UnknownCodeError:
        found = f"“{text}” is not a political status"
        raise UnknownTextError(found, "write 中共党员, 群众 or another of GB/T 4762") from None
    return int(code not in {"01", "02"})


def party_joined_cell(text: str) -> int:
    """As `party_cell`, read from the column of the date of joining: a date means the Communist Party."""
    return -1 if not text else int(_read(party_of, text) not in {"01", "02"})


def minority_cell(text: str) -> int:
    """0 Han, 1 any other people; names and codes of GB/T 3304."""
    if not text:
        return -1
    if text in {"han", "minority"}:
        return int(text == "minority")
    return int(_code_in(ETHNIC_GROUPS, text, digits=2) != "01")


def post_kind_cell(text: str) -> int:
    """0 a cadre post (management or professional), 1 a worker post: it decides a woman's retirement age."""
    if not text:
        return -1
    if text in {"cadre", "worker"}:
        return int(text == "worker")
    if re.search(r"工人|工勤", text):
        return 1
    if re.search(r"干部|管理|专业技术|专技|公务员|参公|职员", text):
        return 0
    raise UnknownTextError(f"“{text}” is not a kind of post", "write 干部 or 工人")


def grass_roots_cell(text: str) -> int:
    """0 under two years of grass-roots work, 1 from two years; “2年3个月” is understood."""
    return -1 if not text else int(_years(text) >= 2)


def posts_held_cell(text: str) -> int:
    """Number of posts held: 0 one, 1 two or three, 2 four or more."""
    if not text:
        return -1
    number = _number(text)
    if number < 1 or number != int(number):
        raise CellError(f"“{text}” is not a number of posts", "write a whole number from 1")
    return 0 if number == 1 else 1 if number <= 3 else 2


def specialty_cell(text: str) -> int:
    """One bit per specialty tag; a tag outside the list counts as “other”."""
    bits = 0
    for tag in (part for part in _SEPARATORS.split(text) if part):
        bits |= 1 << _SPECIALTY_PLACES.get(plain(tag), OTHER_SPECIALTY)
    return bits


def ability_cell(text: str) -> int:
    """The level of one assessed ability, or of its points out of a hundred."""
    if finite_number(text) is not None or text.endswith((")", "）")):
        text = abilities.level_of(_read(ABILITY.read, text).points)
    levels = enumerate(ABILITY_DIMENSIONS[0].buckets)
    return _one_of(text, {word: place for place, level in levels for word in (level.key, level.label)})


def reserve_cell(text: str) -> int:
    """0 marked as reserve or excellent young official, 1 not."""
    return _one_of(text, {"是": 0, "有": 0, "1": 0, "yes": 0, "否": 1, "无": 1, "0": 1, "no": 1})


def annual_grades_cell(text: str) -> int:
    """How many of the last three annual grades are excellent (优秀)."""
    if not text:
        return -1
    grades = _GRADES.findall(text)
    if not grades:
        raise UnknownTextError(f"“{text}” names no annual grade", "write them as 2024优秀、2025称职")
    return grades[-3:].count("优秀")


def _read(read: Callable[[str], Value], text: str) -> Value:
    """As any reader of a column does."""
    try:
        return read(text)
    except columns.CellError as error:
        raise CellError(error.fault.found, error.fault.remedy) from None


def _keys(dimension: Dimension) -> list[str]:
    return [bucket.key for bucket in dimension.buckets]


def _one_of(text: str, codes: dict[str, int]) -> int:
    if not text:
        return -1
    if text not in codes:
        raise UnknownTextError(f"“{text}” is not understood", f"write one of {', '.join(codes)}")
    return codes[text]


def _by_words(text: str, words: tuple[tuple[str, tuple[str, ...]], ...], keys: list[str]) -> int:
    if not text:
        return -1
    if text in keys:
        return keys.index(text)
    plain = unicodedata.normalize("NFKC", text)
    for key, parts in words:
        if any(part in plain for part in parts):
            return keys.index(key)
    known = ", ".join(parts[0] for _, parts in words)
    raise UnknownTextError(f"“{text}” is not understood", f"write one of {known}")


def _degree_by_list(text: str, keys: list[str]) -> int:
    """Abbreviations such as MBA; an honorary doctorate alone stays unknown."""
    names = {DegreeLevel.DOCTOR: "doctor", DegreeLevel.MASTER: "master", DegreeLevel.BACHELOR: "bachelor"}
    try:
        return keys.index(names[degree_level(text)])
    except (UnknownCodeError, KeyError):
        known = ", ".join(parts[0] for _, parts in _DEGREE_WORDS)
        raise UnknownTextError(f"“{text}” is not understood", f"write one of {known}") from None


def _label(codes: CodeList, text: str, *, digits: int) -> str:
    """The label of a code, where the text is one; else the text."""
    if not re.fullmatch(rf"\d{{1,{digits}}}", text):
        return text
    try:
        return codes.label_of(text.zfill(digits))
    except UnknownCodeError:
        return text


def _code_in(codes: CodeList, text: str, *, digits: int) -> str:
    """The code of a label, an alias or a code; a spreadsheet may have dropped its leading zero."""
    try:
        return codes.code_of(_label(codes, text, digits=digits))
    except UnknownCodeError:
        raise UnknownTextError(
            f"“{text}” is not in {codes.standard}", f"write a name of {codes.standard}, or leave it empty"
        ) from None


def _years(text: str) -> float:
    """Years of “2”, “2.5年”, “2年3个月”."""
    matched = _PERIOD.fullmatch(plain(text))
    if matched is None:
        raise CellError(f"“{text}” is not a number of years", "write years such as 2, or 2年3个月")
    return float(matched[1]) + int(matched[2] or 0) / 12


def _number(text: str) -> float:
    try:
        number = float(text.removesuffix("年"))
    except ValueError:
        raise CellError(f"“{text}” is not a number", "write a number such as 2") from None
    if not 0 <= number < 100:
        raise CellError(f"“{text}” is out of range", "write a number from 0 to 99")
    return number

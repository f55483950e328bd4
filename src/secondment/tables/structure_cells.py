"""Turn one roster cell into the code the structure analysis counts by; -1 (dates: 0) is an empty cell."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from secondment.algorithms.structure.dimensions import (
    ABILITY_LEVELS,
    DEGREE,
    EDUCATION_BUCKETS,
    RANK,
    SPECIALTIES,
    TITLE,
    Dimension,
)
from secondment.tables.dates import DateFault, Month, parse_day_or_month

CellParser = Callable[[str], int]
OTHER_RANK = len(RANK.buckets) - 1
OTHER_SPECIALTY = len(SPECIALTIES) - 1

_EDUCATION_WORDS = (  # in this order: “中等专科” must not be read as 专科, nor “大学专科” as 大学
    ("postgraduate", ("研究生", "博士", "硕士", "postgraduate")),
    ("secondary_vocational", ("中专", "中等专", "中职", "职高", "技校", "技工", "secondary_vocational")),
    ("college", ("大专", "专科", "college")),
    ("undergraduate", ("本科", "大学", "学士", "undergraduate")),
    ("high_school_or_less", ("高中", "初中", "小学", "high_school_or_less")),
)
_DEGREE_WORDS = (("doctor", ("博士", "doctor")), ("master", ("硕士", "master")), ("bachelor", ("学士", "bachelor")), ("none", ("无", "none")))  # fmt: skip
_RANK_WORDS = (
    ("bureau_head", ("厅局级正", "正厅", "正局级", "一级巡视员")),
    ("bureau_deputy", ("厅局级副", "副厅", "副局级", "二级巡视员")),
    ("county_head", ("县处级正", "正处", "正县", "一级调研员", "二级调研员")),
    ("county_deputy", ("县处级副", "副处", "副县", "三级调研员", "四级调研员")),
    ("township_head", ("乡科级正", "正科", "正乡", "一级主任科员", "二级主任科员")),
    ("township_deputy", ("乡科级副", "副科", "副乡", "三级主任科员", "四级主任科员")),
    ("clerk", ("一级科员", "二级科员", "科员", "办事员")),
)
_TITLE_WORDS = (
    ("full_senior", ("正高",)),
    ("associate_senior", ("副高",)),
    ("middle_or_junior", ("中级", "初级", "助理级", "员级")),
    ("none", ("无", "none")),
)
_GRADES = re.compile(r"优秀|基本称职|基本合格|不称职|不合格|称职|合格|[不未]定等次|参加考核")
_NOT_PARTY = re.compile(r"团员|民革|民盟|民建|民进|农工|致公|九三|台盟|无党派|群众")
_SEPARATORS = re.compile(r"[、，,；;/|\s]+")


class CellError(ValueError):
    """A cell that cannot be coded: what was found and what to do."""

    def __init__(self, found: str, remedy: str) -> None:
        self.found, self.remedy = found, remedy
        super().__init__(f"{found}; {remedy}")


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
    """0 male, 1 female (also the digits of GB/T 2261.1)."""
    return _one_of(text, {"男": 0, "1": 0, "male": 0, "女": 1, "2": 1, "female": 1, "0": -1, "9": -1})


def education_cell(text: str) -> int:
    """The level of an education, 0 the highest."""
    keys = [key for key, *_ in EDUCATION_BUCKETS]
    return _by_words(text, _EDUCATION_WORDS, keys)


def education_mode_cell(text: str) -> int:
    """0 when the text says full-time, 1 when it says on-job, -1 when it says neither."""
    if "全日制" in text and "非全日制" not in text:
        return 0
    return 1 if re.search(r"在职|非全日制|党校|函授|自考|电大", text) else -1


def degree_cell(text: str) -> int:
    """The highest degree named."""
    return _by_words(text, _DEGREE_WORDS, _keys(DEGREE))


def rank_cell(text: str) -> int:
    """The level of a leading post or of a grade; what fits none is “other”."""
    try:
        return _by_words(text, _RANK_WORDS, _keys(RANK))
    except CellError:
        return OTHER_RANK


def title_cell(text: str) -> int:
    """The level of a professional title."""
    return _by_words(text, _TITLE_WORDS, _keys(TITLE))


def party_cell(text: str) -> int:
    """0 Communist Party (probationary members too), 1 anything else."""
    if not text:
        return -1
    if "中共" in text or text in {"党员", "预备党员", "communist_party"}:
        return 0
    if _NOT_PARTY.search(text) or text == "other":
        return 1
    raise CellError(f"“{text}” is no political status", "write 中共党员, 群众 or another of GB/T 4762")


def party_joined_cell(text: str) -> int:
    """As `party_cell`, read from the column of the date of joining: a date means the Communist Party."""
    if not text or _NOT_PARTY.search(text):
        return 1 if text else -1
    date_cell(text)
    return 0


def minority_cell(text: str) -> int:
    """0 Han, 1 any other people."""
    if not text:
        return -1
    return 0 if text in {"汉", "汉族", "01", "han"} else 1


def grass_roots_cell(text: str) -> int:
    """0 under two years of grass-roots work, 1 from two years."""
    return -1 if not text else int(_number(text) >= 2)


def posts_held_cell(text: str) -> int:
    """Number of posts held: 0 one, 1 two or three, 2 four or more."""
    if not text:
        return -1
    number = _number(text)
    if number < 1 or number != int(number):
        raise CellError(f"“{text}” is no number of posts", "write a whole number from 1")
    return 0 if number == 1 else 1 if number <= 3 else 2


def specialty_cell(text: str) -> int:
    """One bit per specialty tag; a tag outside the list counts as “other”."""
    bits = 0
    for tag in (part for part in _SEPARATORS.split(text) if part):
        bits |= 1 << next((place for place, names in enumerate(SPECIALTIES) if tag in names), OTHER_SPECIALTY)
    return bits


def ability_cell(text: str) -> int:
    """The level of one assessed ability."""
    return _one_of(text, {name: place for place, names in enumerate(ABILITY_LEVELS) for name in names[:2]})


def reserve_cell(text: str) -> int:
    """0 marked as reserve or excellent young official, 1 not."""
    return _one_of(text, {"是": 0, "有": 0, "1": 0, "yes": 0, "否": 1, "无": 1, "0": 1, "no": 1})


def annual_grades_cell(text: str) -> int:
    """How many of the last three annual grades are excellent (优秀)."""
    if not text:
        return -1
    grades = _GRADES.findall(text)
    if not grades:
        raise CellError(f"“{text}” names no annual grade", "write them as 2024优秀、2025称职")
    return grades[-3:].count("优秀")


def _keys(dimension: Dimension) -> list[str]:
    return [bucket.key for bucket in dimension.buckets]


def _one_of(text: str, codes: dict[str, int]) -> int:
    if not text:
        return -1
    if text not in codes:
        raise CellError(f"“{text}” is not understood", f"write one of {', '.join(codes)}")
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
    raise CellError(f"“{text}” is not understood", f"write one of {known}")


def _number(text: str) -> float:
    try:
        number = float(text.removesuffix("年"))
    except ValueError:
        raise CellError(f"“{text}” is no number", "write a number such as 2") from None
    if not 0 <= number < 100:
        raise CellError(f"“{text}” is out of range", "write a number from 0 to 99")
    return number

"""The phrases a search understands: each is a pattern and what it makes of its match.

Texts are compared as `CodeList` does: width, case and Chinese punctuation do not matter; see `reading.plain_letters`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from secondment.files.person_search.amounts import AFTER, BEFORE, NUMBER, Limits, limits_of, number_of
from secondment.files.person_search.conditions import Remark
from secondment.files.person_search.words import (
    DEGREES,
    EDUCATION_STEPS,
    TITLES_ABOVE,
    Meaning,
    abilities,
    educations,
    grades,
    points_of,
    ranks,
)

Found = re.Match[str]
_S = r"\s*"
_TO = rf"{_S}(?:-|~|—|–|至|到)+{_S}"
_HAN = "一-鿿"
_OLDEST = 120
_YEAR, _TENTH = Decimal(1), Decimal("0.1")


@dataclass(frozen=True)
class Phrase:
    """A pattern and what it makes of a match: meanings, or nothing where the words say nothing sensible."""

    pattern: re.Pattern[str]
    meanings: Callable[[Found], list[Meaning]]


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _ages(found: Found) -> list[Meaning]:
    low = high = None
    if found["second"]:
        low, high = sorted((number_of(found["first"]), number_of(found["second"])))
        limits = Limits(low, high)
    elif found["many"]:  # 三十多岁
        low = number_of(found["first"])
        limits = Limits(low, low + 9)
    else:
        limits = limits_of(number_of(found["first"]), found["before"] or "", found["after"] or "", _YEAR)
    bounds = (("age_from", limits.low), ("age_to", limits.high))
    return [
        Meaning(name, f"{int(value)}")
        for name, value in bounds
        if value is not None and 0 <= value <= _OLDEST
    ]


def _decades(found: Found) -> list[Meaning]:
    """80后: born in the eighties; 85后: in their second half."""
    tens = int(found["year"] if found["year"].isdigit() else number_of(found["year"]))
    first = (2000 if tens < 30 else 1900) + tens
    last = first // 10 * 10 + 9
    return [Meaning("born_from", f"{first}-01-01"), Meaning("born_to", f"{last}-12-31")]


def _births(found: Found) -> list[Meaning]:
    first, last = _days_of(int(found["year"]), int(found["month"] or 0), int(found["day"] or 0))
    side = (found["side"] or found["side_too"] or "")[-1:]
    if side == "后":
        return [Meaning("born_from", first.isoformat())]
    if side == "前":
        return [Meaning("born_to", (first - dt.timedelta(days=1)).isoformat())]
    return [Meaning("born_from", first.isoformat()), Meaning("born_to", last.isoformat())]


def _days_of(year: int, month: int, day: int) -> tuple[dt.date, dt.date]:
    """First and last day of a year, a month or a day."""
    first = dt.date(year, month or 1, day or 1)
    if day:
        return first, first
    after = dt.date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    return first, after - dt.timedelta(days=1)


def _years(name: str) -> Callable[[Found], list[Meaning]]:
    """Years of something, kept to a tenth: at least so many, or fewer than so many."""

    def meanings(found: Found) -> list[Meaning]:
        said = found.groupdict()
        number = number_of(said["first"]) + (Decimal("0.5") if said["half"] else 0)
        before, after = said["before"] or "", said["after"] or ""
        limits = limits_of(number, before, after, _TENTH)
        if limits.is_exact:  # 基层两年: nobody asks for two years to the day
            limits = Limits(number, None)
        low = [] if limits.low is None else [Meaning(f"{name}_from", f"{limits.low:f}")]
        high = (
            []
            if limits.high is None
            else [Meaning(f"{name}_below", f"{(limits.high + _TENTH).normalize():f}")]
        )
        return low + high

    return meanings


def _ranks(found: Found) -> list[Meaning]:
    highest, lowest = ranks()[found["word"]]
    after = found["after"] or ""
    low = [] if after.endswith("以下") else [Meaning("rank_from", lowest, Remark.BY_LEVEL)]
    high = [] if after.endswith(("以上", "起")) else [Meaning("rank_to", highest, Remark.BY_LEVEL)]
    return low + high


def _grades(found: Found) -> list[Meaning]:
    highest, lowest = (int(code) for code in grades()[found["word"]])
    after = found["after"] or ""
    first = 1 if after.endswith(("以上", "起")) else highest
    last = 12 if after.endswith("以下") else lowest
    return [Meaning("grade", ",".join(f"{code:02}" for code in range(first, last + 1)))]


def _educations(found: Found) -> list[Meaning]:
    step, after = educations()[found["word"]], found["after"] or ""
    name = {"全日制": "full_time", "在职": "on_job"}.get(found["mode"] or "", "education")
    if step in EDUCATION_STEPS:
        steps = _steps(EDUCATION_STEPS, step, after)
        return [Meaning(name, steps.replace("secondary_vocational,high_school_or_less", "4"))]
    if after.endswith("以下"):  # 硕士研究生以下 says nothing exact
        return []
    return [Meaning(name, "11,14" if step == "14" and after else step)]


def _degrees(found: Found) -> list[Meaning]:
    level = DEGREES[found["word"]]
    if found["mode"]:  # 全日制硕士: the study, for a form states it with its mode
        name = {"全日制": "full_time", "在职": "on_job"}[found["mode"]]
        return [] if level == "4" or found["after"] else [Meaning(name, {"2": "11", "3": "14"}[level])]
    return [Meaning("degree", _steps(("2", "3", "4"), level, found["after"] or ""))]


def _titles(found: Found) -> list[Meaning]:
    return [
        Meaning(
            "title", _steps(("411", "412", "420", "430"), TITLES_ABOVE[found["word"]], found["after"] or "")
        )
    ]


def _steps(steps: tuple[str, ...], step: str, after: str) -> str:
    """The step, with those above or below it where that is said; the highest stands first."""
    place = steps.index(step)
    first = 0 if after.endswith(("以上", "起")) else place
    last = len(steps) if after.endswith("以下") else place + 1
    return ",".join(steps[first:last])


def _excellent(found: Found) -> list[Meaning]:
    """How many of the last three annual grades are excellent: some at least, all, none."""
    said = found.groupdict()
    if said.get("none"):
        return [Meaning("excellent", "0")]
    count = said.get("first") or said.get("first_too")
    least = 3 if said.get("all") else int(number_of(count)) if count else 1
    return [Meaning("excellent", ",".join(str(n) for n in range(least, 4)))] if 1 <= least <= 3 else []


def _abilities(found: Found) -> list[Meaning]:
    name = f"ability_{abilities()[found['word']]}"
    if found["level"]:
        return [Meaning(name, points_of(found["level"], found["after"] or ""))]
    if found["second"]:
        low, high = sorted((number_of(found["first"]), number_of(found["second"])))
        return [Meaning(name, f"{int(low)}-{int(high)}")] if high <= 100 else []
    limits = limits_of(number_of(found["first"]), found["before"] or "", found["limit"] or "", _YEAR)
    least, most = int(limits.low or 0), int(100 if limits.high is None else limits.high)
    return [Meaning(name, f"{least}-{most}")] if 0 <= least <= most <= 100 else []


def _text(name: str, remark: Remark | None = None) -> Callable[[Found], list[Meaning]]:
    return lambda found: [Meaning(name, found["text"], remark)]


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases; of several that fit at one place the longest is taken."""
    step = r"(?:及|或|\(含\))?(?P<after>以上|以下|起)?"
    mode = r"(?P<mode>全日制|在职)?(?:的)?"
    grass = r"(?:基层(?:工作)?(?:经历|经验|年限|时间)?)"
    year = rf"(?P<first>{NUMBER}){_S}年(?P<half>半)?"
    held = r"(?:任|担任)?(?:现任?职务层次|现职务层次|现职级|现职务|现职|现级别)(?:时间|年限)?"
    day = r"(?P<year>(?:19|20)\d\d)年?(?:[.\-]?(?P<month>1[0-2]|0?[1-9])月?(?:(?P<day>3[01]|[12]\d|0?[1-9])日)?)?"
    side = r"(?:及|或)?(?:以|之)?"
    table: Mapping[str, Callable[[Found], list[Meaning]]] = {
        rf"(?:年龄|年纪)?(?:在|为|是)?{_S}(?P<before>{BEFORE})?{_S}(?P<first>{NUMBER}){_S}(?:周?岁)?"
        rf"(?:(?P<many>[多几])|{_TO}(?P<second>{NUMBER}){_S})?周?岁{_S}(?P<after>{AFTER})?": _ages,
        rf"(?:年龄|年纪)(?:在|为|是)?{_S}(?P<before>{BEFORE})?{_S}(?P<first>{NUMBER}){_S}"
        rf"(?:(?P<many>[多几])|{_TO}(?P<second>{NUMBER}){_S})?(?P<after>{AFTER})?": _ages,
        r"(?P<year>[5-9][05]|[0-2][05]|[五六七八九〇零]{1}[五〇零])年?后(?:出生)?": _decades,
        r"(?:19|20)?(?P<year>[5-9]0|00)年代(?:出生|生)?": _decades,
        rf"{day}(?P<side>{side}[前后])?(?:出生|生)(?P<side_too>{side}[前后])?": _births,
        rf"(?:出生|生)(?:于|在){day}(?P<side>{side}[前后])?(?P<side_too>)": _births,
        rf"{grass}{_S}(?P<before>{BEFORE})?{_S}{year}{_S}(?P<after>{AFTER})?": _years("grassroots"),
        rf"(?P<before>{BEFORE})?{_S}{year}{_S}(?P<after>{AFTER})?的?{_S}(?:基层(?:工作)?(?:经历|经验))": _years("grassroots"),
        rf"{held}{_S}(?P<before>{BEFORE})?{_S}{year}{_S}(?P<after>{AFTER})?": _years("in_rank"),
        rf"(?P<word>{_any(ranks())}){_S}{step}": _ranks,
        rf"(?P<word>{_any(grades())}){_S}{step}": _grades,
        rf"{mode}(?P<word>{_any(educations())}){_S}{step}": _educations,
        rf"{mode}(?P<word>{_any(DEGREES)}){_S}{step}": _degrees,
        rf"(?P<word>{_any(TITLES_ABOVE)})(?:职称)?{_S}{step}": _titles,
        r"(?:近|最近)(?:三|3)年(?:年度)?(?:考核)?(?:结果)?(?:等次)?"
        r"(?:(?P<none>无|没有|未获|均无)|(?P<all>均为|都为|都是|均|都|连续)|(?:有|获|曾获)?(?P<first>[一二两三123])[次年](?:以上)?|有|获|曾获)?"
        r"(?:获得?|为|是)?(?:年度)?(?:考核)?(?:等次)?优秀(?:等次)?": _excellent,
        r"(?:年度)?(?:考核)?(?:连续)?(?P<first>[一二两三123])[年次](?:以上)?(?:年度)?(?:考核)?(?:获得?|为|是)?优秀(?:等次)?": _excellent,
        r"(?:年度)?(?:考核)?优秀(?:等次)?(?P<first_too>[一二两三123])[年次](?:以上)?": _excellent,
        rf"(?P<word>{_any(abilities())})(?:的?能力)?(?:评价|得分|评分)?(?:为|在|是|:)?{_S}"
        rf"(?:(?P<level>较好|较差|一般|好)(?P<after>(?:及|或)?以[上下])?|(?P<before>{BEFORE})?(?P<first>\d{{1,3}})分?"
        rf"(?:{_TO}(?P<second>\d{{1,3}})分?)?(?P<limit>{AFTER})?)": _abilities,
        rf"(?:姓名|名字|名叫)(?:是|为|叫|含|:)?{_S}(?P<text>[{_HAN}·]{{2,8}}|[a-z][a-z ]{{1,30}})": _text("q"),
        rf"(?:毕业院校|毕业学校|院校|所学专业|熟悉专业|专长)(?:及专业)?(?:是|为|含有?|:){_S}(?P<text>[{_HAN}a-z0-9]{{2,20}})": _text(
            "study", Remark.BY_TEXT
        ),
        rf"(?:现任)?职务(?:中)?(?:含有?|:){_S}(?P<text>[{_HAN}a-z0-9]{{2,20}})": _text("post"),
    }  # fmt: skip
    return tuple(Phrase(re.compile(pattern), meanings) for pattern, meanings in table.items())

"""Propose how long a person worked at the grass roots, from the words of the career; a person confirms.

Rule: a period counts when its text names a county, district, banner, township, town, village, street or community
(县 区 旗 乡 镇 村 街道 社区 苏木 嘎查) and is not study. Words that only sound like it do not count: 自治区,
开发区 and other zones, 农村, 乡村, 城镇, 县处级, 乡科级. Months that two periods share count once.
"""

import re
from dataclasses import dataclass

from secondment.files.dates import Month
from secondment.people.files.appointment_forms.career import CareerEntry

_NOT_A_PLACE = re.compile(
    r"自治区|特别行政区|开发区|高新区|新区|园区|保税区|示范区|景区|校区|厂区|军区|小区|灾区|林区|矿区|库区|地区|片区"
    r"|农村|乡村|城镇|城乡|村镇|县处级|乡科级|乡镇企业局|区域|区块|区划"
)
_GRASS_ROOTS = re.compile(r"街道|社区|苏木|嘎查|[县区旗乡镇村]")
_STUDY = re.compile(r"学习|读书|就读|攻读|在读|(?:学生|学员|研究生|本科生)$")


@dataclass(frozen=True)
class GrassrootsSpan:
    """A period that counts and the word that made it count."""

    entry: CareerEntry
    keyword: str


@dataclass(frozen=True)
class GrassrootsProposal:
    """Months at the grass roots and the periods they come from."""

    months: int
    spans: tuple[GrassrootsSpan, ...]

    @property
    def full_years(self) -> int:
        """Full years, rounded down."""
        return self.months // 12


def propose_grassroots(entries: tuple[CareerEntry, ...], until: Month) -> GrassrootsProposal:
    """Grass-roots months up to `until`, which also ends the open period; the month of leaving is not counted."""
    spans: list[GrassrootsSpan] = []
    for entry in entries:
        if keyword := grassroots_keyword(entry.text):
            spans.append(GrassrootsSpan(entry, keyword))
        spans += [
            GrassrootsSpan(part, keyword)
            for part in entry.nested
            if (keyword := grassroots_keyword(part.text))
        ]
    counted = {month for span in spans for month in _months(span.entry, until)}
    return GrassrootsProposal(len(counted), tuple(spans))


def grassroots_keyword(text: str) -> str:
    """The word that makes a text a grass-roots post; empty when there is none or the text is study."""
    if _STUDY.search(text):
        return ""
    match = _GRASS_ROOTS.search(_NOT_A_PLACE.sub("", text))
    return match[0] if match else ""


def _months(entry: CareerEntry, until: Month) -> range:
    end = min(entry.end or until, until)
    return range(entry.start.ordinal, end.ordinal)

"""The page and the printed form of one year: both units side by side, and their facts numbered through."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.common.sentences import listed
from secondment.findings.choices import UNIT_OF, FindingState, Side
from secondment.findings.models import Finding
from secondment.findings.ports import settled_years
from secondment.findings.queries import visible_to, with_names
from secondment.findings.reading import CitedFact, ReadFinding, read
from secondment.findings.rules import reads_inside, sources_of
from secondment.placements.evidence import Key
from secondment.placements.models import Placement

EXCERPT = 120


@dataclass(frozen=True)
class NumberedFact:
    """A fact under the number by which everything on the page names it."""

    number: int
    cited: CitedFact

    @property
    def excerpt(self) -> str:
        """What the record says now, cut; for those who read it."""
        fact = self.cited.fact
        text = fact.content if fact and self.cited.is_read else ""
        return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


@dataclass(frozen=True)
class Line:
    """A finding with the numbers of its facts, and whether the reader may change it."""

    read: ReadFinding
    numbers: str
    contrary_numbers: str
    may_change: bool

    @property
    def finding(self) -> Finding:
        """The finding."""
        return self.read.finding


@dataclass(frozen=True)
class SideColumn:
    """What one side finds."""

    side: Side
    unit: str
    lines: Sequence[Line]
    may_write: bool

    @property
    def label(self) -> str:
        """The side in words."""
        return str(self.side.label)


@dataclass(frozen=True)
class YearReport:
    """Everything that a reader sees about one year of a placement."""

    placement: Placement
    year: int
    columns: Sequence[SideColumn]
    facts: Sequence[NumberedFact]
    is_settled: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands."""
        return not any(one.lines for one in self.columns)

    @property
    def n_changed(self) -> int:
        """How many facts are no longer what was cited."""
        return sum(not one.cited.is_same for one in self.facts)

    @property
    def may_write(self) -> bool:
        """Whether the reader may write for some side."""
        return any(one.may_write for one in self.columns)


def year_report(user: User, placement: Placement, year: int, on: dt.date) -> YearReport:
    """What stands about a year, for this reader."""
    rows = with_names(visible_to(user).filter(placement=placement, year=year, state=FindingState.STANDING))
    found = read(list(rows), on, user)
    numbers = _numbers(found)
    settled = (placement.pk, year) in settled_years([placement.pk])
    written = {} if settled else sources_of(user, placement)
    by_side: dict[str, list[ReadFinding]] = {one.value: [] for one in Side}
    for one in found:
        by_side[one.finding.side].append(one)
    shown = list(Side) if reads_inside(user, placement) else [one for one in Side if _is_shown(one, by_side)]
    return YearReport(
        placement=placement,
        year=year,
        columns=[
            SideColumn(
                side,
                getattr(placement, UNIT_OF[side]).name,
                [_line(one, numbers, may_change=side in written) for one in by_side[side]],
                side in written,
            )
            for side in shown
        ],
        facts=_facts(found, numbers),
        is_settled=settled,
    )


def _is_shown(side: Side, by_side: dict[str, list[ReadFinding]]) -> bool:
    """Units always see each other; what the department finds, only where the reader is given some of it."""
    return side != Side.DEPARTMENT or bool(by_side[side])


def _numbers(found: Sequence[ReadFinding]) -> dict[Key, int]:
    """Fact → its number, by day."""
    days = {cited.name: cited.citation.on for one in found for cited in one.facts}
    in_order = sorted(days, key=lambda name: (days[name], name))
    return {name: number for number, name in enumerate(in_order, start=1)}


def _facts(found: Sequence[ReadFinding], numbers: dict[Key, int]) -> list[NumberedFact]:
    """Each fact once; where it was cited more than once, as whoever's citation has changed."""
    by_name: dict[Key, CitedFact] = {}
    for one in found:
        for cited in one.facts:
            if cited.name not in by_name or not cited.is_same:
                by_name[cited.name] = cited
    return [NumberedFact(number, by_name[name]) for name, number in numbers.items()]


def _line(one: ReadFinding, numbers: dict[Key, int], *, may_change: bool) -> Line:
    return Line(
        one,
        listed(sorted(numbers[cited.name] for cited in one.supporting)),
        listed(sorted(numbers[cited.name] for cited in one.contrary)),
        may_change,
    )

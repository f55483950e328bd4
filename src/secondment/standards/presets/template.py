"""The shape of a template, and what all of them share: levels, and what stands apart from any score."""

from dataclasses import dataclass

from secondment.people.choices import Category
from secondment.standards.choices import Effect, IndicatorKind, Part
from secondment.standards.sources import Source

LEVEL_NAMES = ("较差", "一般", "较好", "好")
LEVEL_SCORES = (40, 60, 80, 100)


@dataclass(frozen=True)
class Line:
    """One indicator of a template; anchors from the lowest level to the highest."""

    code: str
    part: Part
    title: str
    weight: int = 0
    anchors: tuple[str, ...] = ()
    kind: IndicatorKind = IndicatorKind.RATED
    source: Source = Source.RATED
    ability: str = ""
    masses: str = ""  # the wording on the ballot of the masses; none: not on it
    points: tuple[tuple[int, int], ...] = ()
    unit_of_measure: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Template:
    """A standard to begin with."""

    code: str
    name: str
    category: str
    groups: str  # the preset of rater groups that goes with it
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """What it is for, in the reader's language; its name is data."""
        return str(Category(self.category).label)


# 公务员考核规定（2020年修订）：处分、立案调查和累计半年以上不在岗的，不由分数决定
VETOES = (
    Line(
        "under_investigation",
        Part.INTEGRITY,
        "涉嫌违纪违法，正在接受调查",
        kind=IndicatorKind.VETO,
        source=Source.CONCLUSION,
        effect=Effect.NO_GRADE,
    ),
    Line(
        "warned",
        Part.INTEGRITY,
        "考核年度内受警告处分",
        kind=IndicatorKind.VETO,
        source=Source.CONCLUSION,
        effect=Effect.NOT_EXCELLENT,
    ),
    Line(
        "long_leave",
        Part.DILIGENCE,
        "考核年度内累计请假超过半年",
        kind=IndicatorKind.VETO,
        source=Source.PRESENCE,
        effect=Effect.NO_GRADE,
    ),
    Line(
        "absent",
        Part.DILIGENCE,
        "无正当理由离岗",
        kind=IndicatorKind.VETO,
        source=Source.PRESENCE,
        effect=Effect.NOT_EXCELLENT,
    ),
)

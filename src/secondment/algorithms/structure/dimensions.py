"""A way to divide officials: its buckets, their bounds and the rule behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

NOT_STATED = "not_stated"
NOT_STATED_LABEL = "未填"
UNRECOGNISED = "unrecognised"


class ColumnKind(Enum):
    """How a column holds its value: a bucket index, a yyyymmdd date to count years from, a bit per tag."""

    CODE = "code"
    SPAN = "span"
    TAGS = "tags"


class AgeBy(Enum):
    """Whether a year is completed in the month (按月) or on the day (按日) of the birthday."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class Bucket:
    """One class of a dimension: stable key, label and what exactly falls into it."""

    key: str
    label: str
    bounds: str


@dataclass(frozen=True)
class Dimension:
    """One way to divide officials.

    `column` names the coded column it reads; `cuts` (kind SPAN only) are the lowest completed years of
    every bucket but the first. A value that is not stated belongs to no bucket and is counted apart.
    """

    key: str
    label: str
    column: str
    kind: ColumnKind
    buckets: tuple[Bucket, ...]
    rule: str
    cuts: tuple[int, ...] = ()
    by: AgeBy = AgeBy.MONTH


NATIONAL_AGE_CUTS = (31, 36, 41, 46, 51, 55, 60)
SHORT_AGE_CUTS = (36, 41, 46, 51, 55, 60)
SPAN_RULES = {
    AgeBy.MONTH: "按月计算：截至月份减起算月份，满12个月为1年，不计日",
    AgeBy.DAY: "按日计算：截至日达到周年当日为满1年；2月29日的周年在平年为3月1日",
}


def age_dimension(cuts: Sequence[int] = NATIONAL_AGE_CUTS, by: AgeBy = AgeBy.MONTH) -> Dimension:
    """Age bands; `cuts` are the lowest age of every band but the first.

    Raises
    ------
    ValueError
        When the cuts do not rise.
    """
    if not cuts or list(cuts) != sorted(set(cuts)):
        raise ValueError(f"age cuts must rise, but are {tuple(cuts)}")
    first = Bucket(f"to_{cuts[0] - 1}", f"{cuts[0] - 1}岁及以下", f"年龄≤{cuts[0] - 1}周岁")
    middle = [
        Bucket(f"from_{low}_to_{high - 1}", f"{low}–{high - 1}岁", f"{low}周岁≤年龄≤{high - 1}周岁")
        for low, high in pairwise(cuts)
    ]
    last = Bucket(f"from_{cuts[-1]}", f"{cuts[-1]}岁及以上", f"年龄≥{cuts[-1]}周岁")
    return Dimension(
        "age", "年龄", "birth", ColumnKind.SPAN, (first, *middle, last), SPAN_RULES[by], tuple(cuts), by
    )


def coded(key: str, label: str, rule: str, *buckets: tuple[str, str, str]) -> Dimension:
    """A dimension whose column, named as its key, holds the bucket index."""
    return Dimension(key, label, key, ColumnKind.CODE, tuple(Bucket(*bucket) for bucket in buckets), rule)


def with_unrecognised(dimension: Dimension) -> Dimension:
    """The same dimension with a last bucket for texts that are in no list: counted apart, never dropped."""
    bucket = Bucket(UNRECOGNISED, "无法识别", "名册所填文字不在代码表中，原文见说明")
    return replace(dimension, buckets=(*dimension.buckets, bucket))


def named_values(key: str, label: str, values: Sequence[str]) -> Dimension:
    """A dimension whose buckets are the values met in the data, such as units."""
    buckets = tuple(Bucket(value, value, f"{label}为“{value}”") for value in values)
    return Dimension(key, label, key, ColumnKind.CODE, buckets, "按名册原文归类，文字相同为同一类")

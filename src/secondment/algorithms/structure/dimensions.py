"""A way to divide officials: its buckets, their bounds and the rule behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

NOT_STATED = "not_stated"
NOT_STATED_LABEL = "未填"
NO_HISTORY = "no_history"
UNRECOGNISED = "unrecognised"
_ENGLISH = " | "  # between the Chinese and the English words of one thing, as in code lists


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
    """One class of a dimension: stable key, label and what exactly falls into it; `english` is the label in English."""

    key: str
    label: str
    bounds: str
    english: str = ""


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
    english: str = ""
    rule_english: str = ""


NATIONAL_AGE_CUTS = (31, 36, 41, 46, 51, 55, 60)
SHORT_AGE_CUTS = (36, 41, 46, 51, 55, 60)
SPAN_RULES = {
    AgeBy.MONTH: "按月计算：截至月份减起算月份，满12个月为1年，不计日 | By month: twelve months from month to month are a year, days are not counted",
    AgeBy.DAY: "按日计算：截至日达到周年当日为满1年；2月29日的周年在平年为3月1日 | By day: a year is complete on its anniversary",
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
    young, old = cuts[0] - 1, cuts[-1]
    first = Bucket(f"to_{young}", f"{young}岁及以下", f"年龄≤{young}周岁", f"{young} or younger")
    middle = [
        Bucket(
            f"from_{low}_to_{high - 1}",
            f"{low}–{high - 1}岁",
            f"{low}周岁≤年龄≤{high - 1}周岁",
            f"{low}–{high - 1}",
        )
        for low, high in pairwise(cuts)
    ]
    last = Bucket(f"from_{old}", f"{old}岁及以上", f"年龄≥{old}周岁", f"{old} or older")
    return spans("age", "年龄 | Age", "birth", SPAN_RULES[by], (first, *middle, last), tuple(cuts), by)


def spans(
    key: str,
    label: str,
    column: str,
    rule: str,
    buckets: tuple[Bucket, ...],
    cuts: tuple[int, ...],
    by: AgeBy = AgeBy.MONTH,
) -> Dimension:
    """A dimension of completed years since a date; `label` and `rule` as in `coded`."""
    words, english = bilingual(label)
    rule_words, rule_english = bilingual(rule)
    return Dimension(
        key, words, column, ColumnKind.SPAN, buckets, rule_words, cuts, by, english, rule_english
    )


def bilingual(text: str) -> tuple[str, str]:
    """The Chinese and the English of “中文 | English”; the English is empty where none is given."""
    chinese, _, english = text.partition(_ENGLISH)
    return chinese, english


def bucket_of(key: str, label: str, bounds: str) -> Bucket:
    """A class whose label may be “中文 | English”."""
    words, english = bilingual(label)
    return Bucket(key, words, bounds, english)


def coded(key: str, label: str, rule: str, *buckets: tuple[str, str, str]) -> Dimension:
    """A dimension whose column, named as its key, holds the bucket index.

    `label`, `rule` and the labels of buckets may be “中文 | English”.
    """
    words, english = bilingual(label)
    rule_words, rule_english = bilingual(rule)
    classes = tuple(bucket_of(*bucket) for bucket in buckets)
    return Dimension(
        key, words, key, ColumnKind.CODE, classes, rule_words, english=english, rule_english=rule_english
    )


def with_unrecognised(dimension: Dimension) -> Dimension:
    """The same dimension with a last bucket for texts that are in no list: counted apart, never dropped."""
    bucket = Bucket(UNRECOGNISED, "无法识别", "名册所填文字不在代码表中，原文见说明", "Not recognised")
    return replace(dimension, buckets=(*dimension.buckets, bucket))


def with_no_history(dimension: Dimension) -> Dimension:
    """The same dimension with a last bucket for those of whom a past day is not known: never in a share."""
    bucket = Bucket(NO_HISTORY, "无历史记录", "该日期的情况没有记录", "No record of that day")
    return replace(dimension, buckets=(*dimension.buckets, bucket))


def named_values(key: str, label: str, values: Sequence[str]) -> Dimension:
    """A dimension whose buckets are the values met in the data, such as units."""
    buckets = tuple(Bucket(value, value, f"{label}为“{value}”") for value in values)
    return Dimension(key, label, key, ColumnKind.CODE, buckets, "按名册原文归类，文字相同为同一类")

"""Numbers as people write them (35, 三十五, 两年半) and what “以上”, “不满” or “≤” make of them.

以上, 以下 and 以内 include the number; 不满, 超过 do not (《民法典》第一千二百五十九条).
"""

from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
NUMBER = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十百〇零]{1,5})"
# Each alternative that begins another stands before it.
BEFORE = (
    r"不超过|不高于|不大于|不多于|最大|最多|至多|不满|未满|不足|不到|小于|低于|少于|不小于|不低于|不少于|至少|最小|"
    r"大于|超过|高于|多于|年满|已满|满|<=|>=|<|>|≤|≥"
)
AFTER = r"(?:\(?含\)?|及|或)?(?:以上|以下|以内|之内)|起"
_AT_MOST = frozenset(
    {"不超过", "不高于", "不大于", "不多于", "最大", "最多", "至多", "<=", "≤", "以下", "以内", "之内"}
)
_UNDER = frozenset({"不满", "未满", "不足", "不到", "小于", "低于", "少于", "<"})
_OVER = frozenset({"大于", "超过", "高于", "多于", ">"})


@dataclass(frozen=True)
class Limits:
    """A closed interval; None is no limit. `is_exact`: neither a word before nor one after the number."""

    low: Decimal | None
    high: Decimal | None
    is_exact: bool = False


def number_of(text: str) -> Decimal:
    """The number that `NUMBER` matched; `ValueError` for characters that make none (十百)."""
    if text[0].isdigit():
        return Decimal(text)
    hundreds, mark, rest = text.rpartition("百")
    total = 100 * (_digits(hundreds or "一")) if mark else 0
    tens, mark, units = rest.rpartition("十")
    total += 10 * _digits(tens.lstrip("〇零") or "一") if mark else 0
    units = units if mark or not total else units.lstrip("〇零")
    return Decimal(total + (_digits(units) if units else 0))


def limits_of(number: Decimal, before: str, after: str, step: Decimal) -> Limits:
    """What the words before and after leave open; `step` is the smallest difference there is."""
    word = before or after.lstrip("(含)及或")
    if not word:
        return Limits(number, number, is_exact=True)
    if word in _AT_MOST:
        return Limits(None, number)
    if word in _UNDER:
        return Limits(None, number - step)
    if word in _OVER:
        return Limits(number + step, None)
    return Limits(number, None)


def _digits(text: str) -> int:
    """Characters one after the other: 八五 is 85."""
    if any(one not in _DIGITS for one in text):
        raise ValueError(text)
    return int("".join(str(_DIGITS[one]) for one in text))

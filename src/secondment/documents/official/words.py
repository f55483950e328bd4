"""How official documents write dates, how wide text runs, and where a title breaks."""

import datetime as dt
import math
import re

# what a line does not begin with: it belongs to the word before
_CLINGS = "的和、，）”》〕了"
# words that a title is not broken within
_WHOLE = (
    "第一书记|低收入村|后进村|人员名单|拟派人选|派人选|选派|工作队|工作|通知|公示|干部|挂职|锻炼|人员|名单|人选|机关|年轻|乡镇|企业|"
    "事业单位|单位|同志|乡村振兴|服务团|博士|恢复|重建|支援|抗震|救灾|科技|特派员|驻村|考核|优秀|等次"
)
_WORD = re.compile(rf"[\x21-\x7e]+年?|{_WHOLE}|.")


# What XML cannot hold, and what Word files take for a new paragraph, a new page or a tab; line breaks stay.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text as a Word file can hold it: control characters, which pasted text may carry along, left out."""
    return _CONTROLS.sub("", text)


def chinese_date(day: dt.date) -> str:
    """A date as documents write it: 2026年11月23日, without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def width(text: str) -> float:
    """Width of a line in characters: Latin letters and digits take half a character."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def balanced(text: str, most: float) -> list[str]:
    """The text in as few lines as hold it, about equally long; numbers stay whole and 的 stays with its word."""
    n_lines = max(1, math.ceil(width(text) / most))
    share = width(text) / n_lines
    lines = [""]
    for word in _WORD.findall(text):
        is_full = width(lines[-1]) + width(word) / 2 > share and len(lines) < n_lines
        if is_full and word not in _CLINGS:
            lines.append("")
        lines[-1] += word
    return lines

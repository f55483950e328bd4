"""The career text (简历) of a form: lines “2008.07--2014.05  县农业局科员” ↔ entries."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from secondment.files.dates import LAST_YEAR, Month
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.problems import Problem
from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.months import (
    MONTH_PATTERN,
    MonthError,
    month_of,
)

_DASH = r"\s*(?:-{1,4}|[－—–―─～~〜]{1,2}|至今|至|到)\s*"
_PERIOD = re.compile(
    rf"{MONTH_PATTERN}{_DASH}(?:{MONTH_PATTERN}|(?:至今|今|现在|目前)(?=\s|$))?[\s:：,，]*(.*)$", re.DOTALL
)
_STARTS_WITH_MONTH = re.compile(MONTH_PATTERN)
_MEANWHILE = re.compile(r"[(（]?\s*(?:其间|期间|其中)\s*[:：]?\s*(?=\d{4})")
_MEANWHILE_INSIDE = re.compile(r"[(（]\s*(?:其间|期间|其中)\s*[:：]?\s*(\d{4}.*)[)）]\s*$", re.DOTALL)
_BETWEEN_NESTED = re.compile(r"[;；]\s*(?=\d{4})")
COLUMN = "简历"
_FOREVER = Month(LAST_YEAR, 12)
# No career is this long; longer texts would only cost time.
MOST_CHARACTERS = 20_000
# Width of “2020.09--2020.09”, so that texts are aligned.
_PERIOD_WIDTH = 16


@dataclass(frozen=True)
class CareerEntry:
    """One period of a career; `end` None means up to now; `line` counts the lines of the text from 1."""

    start: Month
    end: Month | None
    text: str
    nested: tuple["CareerEntry", ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Career:
    """The content of a career text; entries of lines with errors are left out, those with warnings are kept."""

    entries: tuple[CareerEntry, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def parse_career(text: str, file: str = "") -> Career:
    """Read a career text; errors are lines that give no sound period, warnings are gaps and overlaps."""
    reader = _Reader(file)
    if len(text) > MOST_CHARACTERS:
        reader.note(0, in_chinese("超过{most}字", "请精简简历", most=MOST_CHARACTERS))
        text = ""
    for line, words in _logical_lines(text):
        reader.read(line, words)
    entries = tuple(reader.entries)
    return Career(entries, tuple(reader.errors), tuple(_warnings(entries, file)))


def render_career(entries: tuple[CareerEntry, ...]) -> str:
    """The text of a career as the form prints it; `parse_career` reads it back."""
    lines: list[str] = []
    for entry in entries:
        lines.append(f"{_period(entry):<{_PERIOD_WIDTH}}  {entry.text}".rstrip())
        lines += [f"（其间：{_period(part)}  {part.text}）" for part in entry.nested]
    return "\n".join(lines)


class _Reader:
    """Gathers entries and errors line by line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[CareerEntry] = []
        self.errors: list[Problem] = []

    def read(self, line: int, words: str) -> None:
        if meanwhile := _MEANWHILE.match(words):
            self._nest(line, _without_bracket(words[meanwhile.end() :]))
            return
        inside = _MEANWHILE_INSIDE.search(words)
        entry = self._entry(line, words[: inside.start()] if inside else words)
        if entry:
            self.entries.append(entry)
            if inside:
                self._nest(line, inside[1])

    def _nest(self, line: int, words: str) -> None:
        if not self.entries:
            self.note(line, in_chinese("“其间”之前没有经历", "请先写主要经历，再写“其间”"))
            return
        parts = [self._entry(line, part) for part in _BETWEEN_NESTED.split(words)]
        sound = tuple(part for part in parts if part)
        self.entries[-1] = replace(self.entries[-1], nested=self.entries[-1].nested + sound)

    def _entry(self, line: int, words: str) -> CareerEntry | None:
        match = _PERIOD.match(words)
        if not match:
            remedy = gettext_noop("请写成2008.07--2014.05  单位职务")
            self.note(line, in_chinese("“{text}”不是“起始年月--结束年月  内容”", remedy, text=words[:20]))
            return None
        try:
            start = month_of(match[1], match[2])
            end = month_of(match[3], match[4]) if match[3] else None
        except MonthError as error:
            self.note(line, error.fault)
            return None
        if end and end < start:
            figures = {"end": str(end), "start": str(start)}
            self.note(line, in_chinese("结束{end}早于开始{start}", "请改正起止年月", **figures))
            return None
        return CareerEntry(start, end, match[5].strip(), line=line)

    def note(self, line: int, fault: Fault) -> None:
        self.errors.append(Problem(self.file, line, COLUMN, fault))


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """Lines with their continuation lines joined, each with the number of its first line."""
    joined: list[tuple[int, str]] = []
    for number, raw in enumerate(clean_text(text).split("\n"), start=1):
        words = raw.strip()
        if not words:
            continue
        if not joined or _STARTS_WITH_MONTH.match(words) or _MEANWHILE.match(words):
            joined.append((number, words))
        else:
            joined[-1] = (joined[-1][0], joined[-1][1] + words)
    return joined


def _without_bracket(words: str) -> str:
    """A nested text without the bracket that closes “（其间：”; brackets inside it stay."""
    stripped = words.strip()
    opened = sum(stripped.count(sign) for sign in "(（")
    closed = sum(stripped.count(sign) for sign in ")）")
    if stripped.endswith((")", "）")) and closed > opened:
        return stripped[:-1]
    return stripped


def _period(entry: CareerEntry) -> str:
    return f"{entry.start}--{entry.end or ''}"


def _warnings(entries: tuple[CareerEntry, ...], file: str) -> list[Problem]:
    found = [problem for entry in entries for problem in _entry_warnings(entry, file)]
    for before, after in pairwise(entries):
        if warning := _joint_warning(before, after):
            found.append(Problem(file, after.line, COLUMN, warning))
    return sorted(found, key=lambda problem: problem.line)


def _entry_warnings(entry: CareerEntry, file: str) -> list[Problem]:
    found = []
    if not entry.text:
        fault = in_chinese("{period}没有写内容", "请补充单位和职务", period=_period(entry))
        found.append(Problem(file, entry.line, COLUMN, fault))
    for part in entry.nested:
        if part.start < entry.start or (entry.end and (part.end or _FOREVER) > entry.end):
            periods = {"part": _period(part), "period": _period(entry)}
            fault = in_chinese("“其间”{part}超出{period}", "请核对起止年月", **periods)
            found.append(Problem(file, part.line, COLUMN, fault))
    return found


def _joint_warning(before: CareerEntry, after: CareerEntry) -> Fault | None:
    """What is odd between one entry and the next; an entry may begin in the month the last one ends, or the next."""
    if after.start < before.start:
        periods = {"after": _period(after), "before": _period(before)}
        return in_chinese("{after}写在{before}之后", "请按时间先后排列", **periods)
    if before.end is None:
        return in_chinese("前一段{before}没有结束年月", "请补充结束年月", before=_period(before))
    if after.start < before.end:
        remedy = gettext_noop("请核对起止年月，同时任职的写入“其间”")
        return in_chinese("与前一段{before}重叠", remedy, before=_period(before))
    if after.start.ordinal - before.end.ordinal > 1:
        months = {"end": str(before.end), "start": str(after.start)}
        return in_chinese("{end}至{start}没有经历", "请补充这一段经历", **months)
    return None

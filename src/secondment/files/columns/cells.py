"""Kinds of cells, read and written: what `write` makes of a value, `read` gives back."""

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from secondment.files.codes import civil_grades, education, ranks
from secondment.files.codes.code_list import CodeList, UnknownCodeError
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.dates import DateFault, Month, parse_day, parse_day_or_month
from secondment.files.faults import CellError
from secondment.files.numbers import finite_number

NOTHING = frozenset({"", "不限", "无", "无要求", "—", "-"})
"""Words of a cell that asks for nothing."""
SEPARATORS = re.compile(r"[、，,；;/|\s]+")
MOST_OFFERED = 15
YES, NO = frozenset({"是", "须", "1", "yes", "√"}), frozenset({"否", "不须", "0", "no", ""})


@dataclass(frozen=True)
class Cell:
    """Both directions of one kind of cell; `read` raises `CellError`.

    `choices` are all the words it takes, `offered` those of which it takes several.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    choices: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def text(longest: int | None = None) -> Cell:
    """Any text, not longer than `longest`."""

    def read(cell: str) -> str:
        if longest is not None and len(cell) > longest:
            raise CellError("too_long", n=len(cell), longest=longest)
        return cell

    return Cell(read)


def or_nothing(cell: Cell, value: Any) -> Cell:
    """The same cell, in which a word for nothing means `value`."""

    def read(words: str) -> Any:
        return value if words in NOTHING else cell.read(words)

    return replace(cell, read=read)


def integer(least: int, most: int, *, ending: str = "") -> Cell:
    """A whole number, perhaps with `ending` behind it."""

    def read(cell: str) -> int:
        bare = re.sub(rf"({ending})$", "", cell) if ending else cell
        if not re.fullmatch(r"[0-9]{1,9}", bare) or not least <= int(bare) <= most:
            raise CellError("no_whole_number", text=cell, least=least, most=most, next=least + 1)
        return int(bare)

    return Cell(read, lambda value: "" if value is None else str(value))


def number(least: float, most: float) -> Cell:
    """A number with digits behind the point."""

    def read(cell: str) -> float:
        value = finite_number(cell)
        if value is None or not least <= value <= most:
            raise CellError("no_number", text=cell, least=f"{least:g}", most=f"{most:g}")
        return value

    return Cell(read, lambda value: f"{value:g}")


def _years(cell: str) -> Decimal:
    try:
        years = Decimal(cell.removesuffix("年"))
    except InvalidOperation:
        years = Decimal("NaN")
    # What is not finite cannot be compared, and has no exponent.
    if not years.is_finite() or not 0 <= years < 100 or years.as_tuple().exponent < -1:  # type: ignore[operator]
        raise CellError("no_years", text=cell)
    return years


YEARS = Cell(_years, lambda value: f"{Decimal(value).normalize() + 0:f}")


def _is_yes(cell: str) -> bool:
    if cell not in YES | NO:
        raise CellError("neither_yes_nor_no", text=cell)
    return cell in YES


YES_OR_NO = Cell(_is_yes, lambda value: "是" if value else "否", ("是", "否"))


def _day_or_month(cell: str) -> dt.date | Month:
    parsed = parse_day_or_month(cell)
    if isinstance(parsed, DateFault):
        raise CellError(parsed)
    return parsed


def _day(cell: str) -> dt.date:
    parsed = parse_day(cell)
    if isinstance(parsed, DateFault):
        raise CellError("no_such_day" if parsed.code == "no_such_day" else "no_day", text=cell)
    return parsed


DAY_OR_MONTH = Cell(_day_or_month)
DAY = Cell(_day, lambda value: f"{value:%Y-%m-%d}" if value else "")


def numbered(cell: Cell) -> Cell:
    """The same cell, whose codes are numbers."""

    def read(words: str) -> int | str:
        code = cell.read(words)
        return int(code) if code else code

    return replace(cell, read=read, write=lambda value: cell.write(str(value)))


def party_of(cell: str) -> str:
    """The political status implied by a cell of 入党时间: a date means the Communist Party, other parties are named."""
    if not isinstance(fault := parse_day_or_month(cell), DateFault):
        return POLITICAL_STATUS.codes[0]
    try:
        return POLITICAL_STATUS.code_within(cell)
    except UnknownCodeError:
        raise CellError(fault) from None


def one_of(
    codes: CodeList, only: Collection[str] | None = None, code_of: Callable[[str], str] | None = None
) -> Cell:
    """A code of a list (or of a part of it) by its label, its other words, or what `code_of` understands."""
    find = code_of or codes.code_of
    labels = {entry.code: entry.label for entry in codes.entries if only is None or entry.code in only}

    def read(cell: str) -> str:
        try:
            code = find(cell)
        except UnknownCodeError:
            code = ""
        if code not in labels:
            raise _unknown(cell, codes, labels.values())
        return code

    return Cell(read, lambda code: labels.get(code, code), tuple(labels.values()) if only else ())


def _unknown(cell: str, codes: CodeList, labels: Collection[str]) -> CellError:
    """Short lists are offered in full, long ones are named."""
    if len(labels) <= MOST_OFFERED:
        return CellError("not_offered", text=cell, labels="、".join(labels))
    return CellError("not_listed", text=cell, list=codes.name, standard=codes.standard)


def several_of(codes: CodeList) -> Cell:
    """Codes in the order written, each once; a word that contains a separator itself is kept intact."""
    words = [word for entry in codes.entries for word in (entry.label, *entry.aliases)]
    whole_words = sorted((word for word in words if SEPARATORS.search(word)), key=len, reverse=True)
    parts = re.compile("|".join([*map(re.escape, whole_words), r"[^、，,；;/|\s]+"]))
    one = one_of(codes)

    def read(cell: str) -> list[str]:
        if cell in NOTHING:
            return []
        return list(dict.fromkeys(one.read(part) for part in parts.findall(cell) if part not in NOTHING))

    labels = tuple(entry.label for entry in codes.entries)
    return Cell(read, lambda found: "、".join(one.write(code) for code in found), offered=labels)


def words_of(cell: str) -> tuple[str, ...]:
    """The words of a cell between separators."""
    return tuple(word for word in SEPARATORS.split(cell) if word)


WORDS = Cell(words_of, "、".join)


def _rank(cell: str) -> str:
    """A rank of GB/T 12407, or the one a civil grade usually goes with."""
    return civil_grades.usual_rank(cell)


def _grade(cell: str) -> str:
    """The label of a civil grade; a rank is kept unchanged, because many rosters keep both in one column."""
    try:
        return civil_grades.label_of(civil_grades.code_of(cell))
    except UnknownCodeError:
        return RANK.write(RANK.read(cell))


def _education(cell: str) -> str:
    return education.parse_education(cell).code


RANK = one_of(ranks.RANKS, code_of=_rank)
GRADE = Cell(_grade)
EDUCATION = one_of(education.EDUCATION, code_of=_education)

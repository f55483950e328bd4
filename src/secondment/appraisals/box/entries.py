"""Ballots on paper: two clerks type the same slip without seeing each other's, and a third person settles what differs.

Once two entries differ neither clerk can type again or take theirs back: somebody who typed neither looks at the slip, and
settles it or has it typed anew. What they typed lies in the box until it is counted, and goes with that.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from django.utils.translation import gettext as _

from secondment.appraisals.box.ballot_box import (
    SPENT,
    UNUSED,
    BallotBox,
    hashed,
    put_in,
    require_open,
    row_of,
    sheet_in,
    unknown_words,
)
from secondment.appraisals.box.errors import EntryError, SpentCodeError, UnknownCodeError
from secondment.appraisals.box.sheets import Item, Marks, Ratee, Sheet


@dataclass(frozen=True)
class Entered:
    """What came of an entry: a receipt where it was counted, else the lines on which two clerks differ (none: one is missing)."""

    receipt: str = ""
    differing: Sequence[tuple[Ratee, Item]] = ()
    is_settled: bool = False  # counted by a third look

    @property
    def waits(self) -> bool:
        """Whether the second clerk has not typed it yet."""
        return not self.receipt and not self.differing


@dataclass(frozen=True)
class Slip:
    """A slip that a clerk may type: what is printed on it, and whether two entries differ, so that this one settles it."""

    sheet: Sheet
    is_third: bool


@dataclass(frozen=True)
class Waiting:
    """How many ballots of a paper wait for their second clerk, or for a third look."""

    second: int = 0
    third: int = 0


def enter(box: BallotBox, code: str, marks: Marks, *, clerk: int, on: dt.date) -> Entered:
    """Keep what a clerk typed; counted at once when another typed the same, or a third agrees with one of two item by item."""
    with box.written() as tables:
        paper, receipt = _unspent(tables, code, on)
        sheet, code_hash = sheet_in(tables, paper), hashed(tables, code)
        packed = sheet.packed(marks)
        others = _others(tables, code_hash, clerk)
        if len(others) == 2:
            return _settled(tables, (code_hash, paper, receipt), sheet, others, packed)
        tables.execute(
            "INSERT INTO entry VALUES (?, ?, ?) ON CONFLICT (hash, clerk) DO UPDATE SET marks = excluded.marks",
            (code_hash, clerk, packed),
        )
        if not others:
            return Entered()
        if differing := _differing(sheet, others[0], packed):
            return Entered(differing=differing)
        put_in(tables, code_hash, paper, packed)
        return Entered(receipt)


def take_back(box: BallotBox, code: str, *, clerk: int) -> bool:
    """Remove what this clerk typed of a ballot while it is the only entry; whether there was anything."""
    with box.written() as tables:
        code_hash = hashed(tables, code)
        _others(tables, code_hash, clerk)
        removed = tables.execute("DELETE FROM entry WHERE hash = ? AND clerk = ?", (code_hash, clerk))
        return removed.rowcount > 0


def send_back(box: BallotBox, code: str, *, clerk: int) -> int:
    """Both entries differ from the slip, says a third person: they go, and the slip is typed anew by two; how many went."""
    with box.written() as tables:
        code_hash = hashed(tables, code)
        if len(_others(tables, code_hash, clerk)) < 2:
            raise EntryError(
                _("只有两次录入不一致的票才能退回重录。请刷新页面，查看最新情况。"), field="code"
            )
        return tables.execute("DELETE FROM entry WHERE hash = ?", (code_hash,)).rowcount


def waiting(box: BallotBox) -> dict[int, Waiting]:
    """By paper, what is typed and not counted; such a box cannot be closed."""
    with box.read() as tables:
        rows = tables.execute(
            "SELECT paper, sum(n = 1), sum(n > 1) FROM (SELECT hash, count(*) AS n FROM entry GROUP BY hash) "
            "JOIN code USING (hash) GROUP BY paper"
        )
        return {paper: Waiting(second, third) for paper, second, third in rows}


def _unspent(tables: Connection, code: str, on: dt.date) -> tuple[int, str]:
    require_open(tables, on=on)
    row = row_of(tables, hashed(tables, code))
    if row is None or row[2] not in {UNUSED, SPENT}:
        raise UnknownCodeError(unknown_words(), field="code")
    if row[2] == SPENT:
        raise SpentCodeError(
            _("该票已经计入，不能重复录入。回执号：%(receipt)s") % {"receipt": row[1]}, field="code"
        )
    return row[0], row[1]


def _others(tables: Connection, code_hash: bytes, clerk: int) -> list[bytes]:
    """What others typed; refused to a clerk whose entry differs from another's: that is for a third person."""
    rows = tables.execute("SELECT clerk, marks FROM entry WHERE hash = ?", (code_hash,)).fetchall()
    others = [marks for who, marks in rows if who != clerk]
    if others and len(others) < len(rows):
        raise EntryError(
            _(
                "这张票两次录入不一致，已经锁定，您录入过其中一次，不能改录或撤回。请由没有录入过这张票的第三人对照票面核定。"
            ),
            field="code",
        )
    return others


def _settled(
    tables: Connection, slip: tuple[bytes, int, str], sheet: Sheet, two: Sequence[bytes], third: bytes
) -> Entered:
    """Counted as the third person reads it, where each line was read so by one of the two."""
    if contradicted := _contradicted(sheet, two, third):
        names = "、".join(f"{ratee.name} {item.title}" for ratee, item in contradicted[:5])
        raise EntryError(
            _("与两次录入都不同：%(names)s。请再对照票面；确认票面就是这样的，点“退回重录”，由两人重新录入。")
            % {"names": names}
        )
    code_hash, paper, receipt = slip
    put_in(tables, code_hash, paper, third)
    return Entered(receipt, is_settled=True)


def _differing(sheet: Sheet, one: bytes, other: bytes) -> list[tuple[Ratee, Item]]:
    return [line for line, a, b in zip(sheet.lines(), one, other, strict=True) if a != b]


def _contradicted(sheet: Sheet, two: Sequence[bytes], third: bytes) -> list[tuple[Ratee, Item]]:
    """Lines on which the third person agrees with neither of the two."""
    return [line for line, *typed, c in zip(sheet.lines(), *two, third, strict=True) if c not in typed]


def slip_for(box: BallotBox, code: str, *, clerk: int, on: dt.date) -> Slip:
    """What is printed on the ballot of a code that this clerk can still type."""
    with box.read() as tables:
        paper, _receipt = _unspent(tables, code, on)
        others = _others(tables, hashed(tables, code), clerk)
        return Slip(sheet_in(tables, paper), is_third=len(others) == 2)

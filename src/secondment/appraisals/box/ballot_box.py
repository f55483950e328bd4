"""The box of one appraisal: codes by their hashes, a place for every ballot, and nothing that joins the two.

Every code that is issued gets a place for a ballot, under a random number. A ballot goes into a place drawn at random
and overwrites as many bytes as were there; so do the marks that a code is spent. The file keeps no order: neither rows,
pages nor free space tell which ballot came with which code.
"""

import datetime as dt
import hashlib
import secrets
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.utils.translation import gettext as _

from secondment.appraisals.box import files
from secondment.appraisals.box.batches import queue_of
from secondment.appraisals.box.codes import new_code, new_receipt
from secondment.appraisals.box.errors import (
    BoxClosedError,
    BoxInUseError,
    CodeError,
    SpentCodeError,
    UnknownCodeError,
)
from secondment.appraisals.box.sheets import Marks, Sheet

UNUSED, SPENT, VOID, BLOCKED = range(4)
SCHEMA = (
    """CREATE TABLE about (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE paper (id INTEGER PRIMARY KEY, sheet TEXT NOT NULL)""",
    """CREATE TABLE code (
    hash BLOB PRIMARY KEY, paper INTEGER NOT NULL REFERENCES paper, receipt TEXT NOT NULL UNIQUE,
    state INTEGER NOT NULL DEFAULT 0
)""",
    """CREATE TABLE ballot (
    id INTEGER PRIMARY KEY, paper INTEGER NOT NULL REFERENCES paper, is_cast INTEGER NOT NULL DEFAULT 0,
    marks BLOB NOT NULL
)""",
    """CREATE INDEX ballots_of_paper ON ballot (paper)""",
    """CREATE TABLE entry (
    hash BLOB NOT NULL REFERENCES code, clerk INTEGER NOT NULL, marks BLOB NOT NULL, PRIMARY KEY (hash, clerk)
) WITHOUT ROWID""",
    """CREATE TABLE blocked (request INTEGER PRIMARY KEY, hash BLOB NOT NULL REFERENCES code)""",
)
ID_BITS = 62
DRAWS = 8
ROUNDED_TO = 5


@dataclass(frozen=True)
class About:
    """What a box says of itself."""

    name: str
    closes_on: dt.date
    is_practice: bool


@dataclass(frozen=True)
class Found:
    """A code that the box knows: what its holder votes on, and whether that was done."""

    about: About
    sheet: Sheet
    receipt: str
    state: int

    @property
    def is_spent(self) -> bool:
        """Whether a ballot was cast with it."""
        return self.state == SPENT


@dataclass(frozen=True)
class Count:
    """How many codes of a paper there are in each state; `issued` is the sum of the others."""

    issued: int = 0
    spent: int = 0
    void: int = 0
    unused: int = 0


@dataclass(frozen=True)
class Content:
    """All that leaves a box at its end."""

    counts: Mapping[int, Count]
    ballots: Sequence[tuple[int, Mapping[str, Mapping[str, int | None]]]]  # paper and marks, shuffled
    receipts: Sequence[str]  # of spent codes, sorted


@dataclass(frozen=True)
class BallotBox:
    """The file of one appraisal, or of its practice run."""

    path: Path

    @property
    def is_there(self) -> bool:
        """Whether the file exists."""
        return self.path.exists()

    def make(self, about: About, sheets: Sequence[Sheet]) -> None:
        """The box, empty, with the papers that ballots may come on; FileExistsError when there is one."""
        kept = {
            "name": about.name,
            "closes_on": about.closes_on.isoformat(),
            "is_practice": "1" if about.is_practice else "",
            "salt": secrets.token_hex(16),
            "is_sealed": "",
        }

        def fill(box: sqlite3.Connection) -> None:
            for words in SCHEMA:
                box.execute(words)
            box.executemany("INSERT INTO about VALUES (?, ?)", kept.items())
            box.executemany("INSERT INTO paper VALUES (?, ?)", [(one.paper, one.to_json()) for one in sheets])

        files.make(self.path, fill)

    def issue(self, paper: int, n: int) -> list[str]:
        """So many fresh codes, shuffled; they are returned here and kept nowhere."""
        codes = [new_code() for _n in range(n)]
        with self.written() as box:
            require_open(box)
            size = sheet_in(box, paper).size
            salt = _kept(box)["salt"]
            # In the order of the hashes, which tells nothing of the order on the printed page.
            rows = sorted((_hashed(salt, code), paper, new_receipt()) for code in codes)
            box.executemany("INSERT INTO code (hash, paper, receipt) VALUES (?, ?, ?)", rows)
            places = sorted((secrets.randbits(ID_BITS), paper, bytes(size)) for _n in range(n))
            box.executemany("INSERT INTO ballot (id, paper, marks) VALUES (?, ?, ?)", places)
        secrets.SystemRandom().shuffle(codes)
        return codes

    def find(self, code: str, *, on: dt.date) -> Found | None:
        """What a code leads to; None when this box does not know it or it is void, `BoxClosedError` after the end."""
        with files.looked_into(self.path) as box:
            kept = _kept(box)
            row = row_of(box, _hashed(kept["salt"], code))
            if row is None or row[2] in {VOID, BLOCKED}:
                return None
            if row[2] == UNUSED:
                _require_open(kept, on)
            return Found(_about(kept), sheet_in(box, row[0]), row[1], row[2])

    def cast(self, code: str, marks: Marks, *, on: dt.date) -> str:
        """The receipt; a spent code gets its receipt again and counts nothing, wrong marks leave it unspent."""

        def lay_in(box: sqlite3.Connection) -> str:
            kept = _kept(box)
            code_hash = _hashed(kept["salt"], code)
            row = row_of(box, code_hash)
            if row is None or row[2] in {VOID, BLOCKED}:
                raise UnknownCodeError(unknown_words(), field="code")
            paper, receipt, state = row
            if state == UNUSED:
                _require_open(kept, on)
                put_in(box, code_hash, paper, sheet_in(box, paper).packed(marks))
            return receipt

        return queue_of(self.path).write(lay_in, self.written)

    def block(self, request: int, code: str, *, paper: int) -> None:
        """Nobody can vote by this code of a paper until the request is decided."""
        with self.written() as box:
            require_open(box)
            code_hash = hashed(box, code)
            row = row_of(box, code_hash)
            if row is None or row[2] in {VOID, BLOCKED}:
                raise UnknownCodeError(unknown_words(), field="code")
            if row[0] != paper:
                raise CodeError(_("这张票属于另一个票种，请在那个票种下申请。"), field="code")
            if row[2] == SPENT:
                raise SpentCodeError(_("该票已经投出，不能作废。"), field="code")
            box.execute("UPDATE code SET state = ? WHERE hash = ?", (BLOCKED, code_hash))
            box.execute("INSERT INTO blocked VALUES (?, ?)", (request, code_hash))

    def settle_blocked(self, request: int, *, is_void: bool) -> None:
        """Make the code of a request void, or usable again; nothing when that was done before.

        What clerks had typed of it goes only with a code that two persons make void: a request that is taken back is no way
        around a third look.
        """
        with self.written() as box:
            state, asked = VOID if is_void else UNUSED, "(SELECT hash FROM blocked WHERE request = ?)"
            box.execute(f"UPDATE code SET state = ? WHERE hash = {asked}", (state, request))  # noqa: S608 -- our own words
            if is_void:
                box.execute(f"DELETE FROM entry WHERE hash = {asked}", (request,))  # noqa: S608
            box.execute("DELETE FROM blocked WHERE request = ?", (request,))

    def counts(self) -> dict[int, Count]:
        """Codes by paper and state, exact: for the end of the vote and for those who must add slips up."""
        with self.read() as box:
            return _counts(box)

    def participation(self) -> dict[int, int]:
        """Spent codes by paper, rounded to five, so that two looks do not tell who has just voted."""
        return {paper: rounded(count.spent) for paper, count in self.counts().items()}

    def void_unused(self, paper: int) -> int:
        """Make every code of a paper void that nobody has used; how many."""
        with self.written() as box:
            require_open(box)
            unused = "SELECT hash FROM code WHERE paper = ? AND state IN (?, ?)"
            of_paper = (paper, UNUSED, BLOCKED)
            box.execute(f"DELETE FROM entry WHERE hash IN ({unused})", of_paper)  # noqa: S608 -- our own words
            box.execute(f"DELETE FROM blocked WHERE hash IN ({unused})", of_paper)  # noqa: S608
            words = "UPDATE code SET state = ? WHERE paper = ? AND state IN (?, ?)"
            return box.execute(words, (VOID, *of_paper)).rowcount

    def seal(self) -> None:
        """From now on nothing is cast; nothing when that was done before. Refused while something typed waits to be counted."""
        with self.written() as box:
            if n := box.execute("SELECT count(DISTINCT hash) FROM entry").fetchone()[0]:
                raise BoxInUseError(
                    _("还有 %(n)d 张纸质票只录入了一次或两次录入不一致，请先录完、核对一致，再封存票箱。")
                    % {"n": n}
                )
            box.execute("UPDATE about SET text = '1' WHERE name = 'is_sealed'")

    def content(self) -> Content:
        """Everything that leaves the box: counts, ballots in random order, receipts sorted."""
        with self.read() as box:
            sheets = {
                paper: Sheet.from_json(text) for paper, text in box.execute("SELECT id, sheet FROM paper")
            }
            cast_ones = box.execute("SELECT paper, marks FROM ballot WHERE is_cast = 1").fetchall()
            secrets.SystemRandom().shuffle(cast_ones)
            receipts = box.execute("SELECT receipt FROM code WHERE state = ? ORDER BY receipt", (SPENT,))
            return Content(
                counts=_counts(box),
                ballots=[(paper, sheets[paper].unpacked(marks)) for paper, marks in cast_ones],
                receipts=[receipt for (receipt,) in receipts],
            )

    def about(self) -> About:
        """What the box says of itself."""
        with self.read() as box:
            return _about(_kept(box))

    def sheet(self, paper: int) -> Sheet:
        """What is printed on a paper."""
        with self.read() as box:
            return sheet_in(box, paper)

    def destroy(self) -> None:
        """Nothing of it is left; nothing happens when it is gone already."""
        files.destroy(self.path)

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """The tables, for reading."""
        return files.opened(self.path, writes=False)

    def written(self) -> AbstractContextManager[sqlite3.Connection]:
        """The tables, for one writer, whole or not at all."""
        return files.opened(self.path, writes=True)


def put_in(box: sqlite3.Connection, code_hash: bytes, paper: int, marks: bytes) -> None:
    """Spend a code and lay the ballot into a free place drawn at random; what clerks had typed of it goes."""
    place = _free_place(box, paper)  # before anything is written: a batch is whole ballots
    box.execute("UPDATE code SET state = ? WHERE hash = ?", (SPENT, code_hash))
    box.execute("UPDATE ballot SET is_cast = 1, marks = ? WHERE id = ?", (marks, place))
    box.execute("DELETE FROM entry WHERE hash = ?", (code_hash,))


def _free_place(box: sqlite3.Connection, paper: int) -> int:
    """Each that is free is as likely: drawn among all until a free one comes, when few are left among those."""
    [n] = box.execute("SELECT count(*) FROM ballot WHERE paper = ?", (paper,)).fetchone()
    drawn = "SELECT id FROM ballot WHERE paper = ? LIMIT 1 OFFSET ?"
    for _draw in range(DRAWS):
        place, is_cast = box.execute(
            f"SELECT id, is_cast FROM ballot WHERE id = ({drawn})",  # noqa: S608 -- our own words
            (paper, secrets.randbelow(n)),
        ).fetchone()
        if not is_cast:
            return int(place)
    free = box.execute("SELECT id FROM ballot WHERE paper = ? AND is_cast = 0", (paper,)).fetchall()
    return int(secrets.choice(free)[0])


def hashed(box: sqlite3.Connection, code: str) -> bytes:
    """What the box keeps of a code."""
    return _hashed(_kept(box)["salt"], code)


def rounded(n: int) -> int:
    """To the nearest five."""
    return ROUNDED_TO * ((n + ROUNDED_TO // 2) // ROUNDED_TO)


def unknown_words() -> str:
    """What somebody reads whose code no open box knows."""
    return _(
        "正在进行的测评中没有这个投票码：测评可能还没有开始或已经封存，也可能该票已作废。"
        "没有计入任何评价，请持票向现场工作人员询问。"
    )


def require_open(box: sqlite3.Connection, *, on: dt.date | None = None) -> None:
    """Refuse after the end of the vote."""
    _require_open(_kept(box), on)


def _require_open(kept: Mapping[str, str], on: dt.date | None) -> None:
    if kept["is_sealed"]:
        raise BoxClosedError(
            _("“%(name)s”的投票已经结束，票箱已封，这张票没有计入。") % {"name": kept["name"]}
        )
    last = dt.date.fromisoformat(kept["closes_on"])
    if on is not None and on > last:
        raise BoxClosedError(
            _("“%(name)s”的投票已于 %(day)s 截止，这张票没有计入。") % {"name": kept["name"], "day": last}
        )


def _counts(box: sqlite3.Connection) -> dict[int, Count]:
    found: dict[int, Counter[int]] = {paper: Counter() for (paper,) in box.execute("SELECT id FROM paper")}
    for paper, state, n in box.execute("SELECT paper, state, count(*) FROM code GROUP BY paper, state"):
        found[paper][state] = n
    return {
        paper: Count(sum(states.values()), states[SPENT], states[VOID], states[UNUSED] + states[BLOCKED])
        for paper, states in found.items()
    }


def row_of(box: sqlite3.Connection, code_hash: bytes) -> tuple[int, str, int] | None:
    """Paper, receipt and state of a code."""
    row = box.execute("SELECT paper, receipt, state FROM code WHERE hash = ?", (code_hash,)).fetchone()
    return cast("tuple[int, str, int] | None", row)


def sheet_in(box: sqlite3.Connection, paper: int) -> Sheet:
    """What is printed on a paper."""
    return Sheet.from_json(box.execute("SELECT sheet FROM paper WHERE id = ?", (paper,)).fetchone()[0])


def _about(kept: Mapping[str, str]) -> About:
    return About(kept["name"], dt.date.fromisoformat(kept["closes_on"]), bool(kept["is_practice"]))


def _kept(box: sqlite3.Connection) -> dict[str, str]:
    return dict(box.execute("SELECT name, text FROM about"))


def _hashed(salt: str, code: str) -> bytes:
    return hashlib.sha256(f"{salt}{code}".encode()).digest()

"""Which line of a sheet names the columns, which column each header means, and what nobody understands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from secondment.files.codes.code_list import plain

MOST_TITLE_ROWS = 20
MOST_HEADER_LINES = MOST_TITLE_ROWS + 1
LEAST_KNOWN = 2
"""A line with fewer known headers is a title, unless no line has more."""
FAULTS_HEADER = "更正原因"
"""The column in which a correction workbook says what is wrong with a row."""
ASIDE = ("序号", "备注", FAULTS_HEADER)
"""Columns that lists carry for their own use."""
_BRACKET = re.compile(r"[(\[<【][^()\[\]<>【】]*[)\]>】]$")
_MARKS = "*:：＊"


@dataclass(frozen=True)
class Headers:
    """The headers that a reader understands, in its own spelling; `left_out` it knows and needs not.

    With `keeps_others` it reads every other column under its own header.
    """

    known: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    keeps_others: bool = False


@dataclass(frozen=True)
class Layout:
    """What somebody chose for a file: the sheet, and for a header nobody knows the known one, or "" (leave it out)."""

    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HeaderPlace:
    """Where the header stands: places of its first and last line, and the names it gives, in file order."""

    first: int
    last: int
    names: tuple[str, ...]


class Meanings:
    """The known header a text means, whatever its spaces, width, case, bracket behind it or mark of necessity."""

    def __init__(self, headers: Headers) -> None:
        self.names, self.keeps_others = headers.known, headers.keeps_others
        self._known = {plain(name): name for name in headers.known}
        for name in headers.known:
            for word in spellings(name):
                self._known.setdefault(word, name)
        self._left_out = {plain(name) for name in headers.left_out}

    def of(self, text: str) -> str | None:
        """The known header in the reader's spelling; None when there is none."""
        return next((self._known[word] for word in spellings(text) if word in self._known), None)

    def leaves_out(self, text: str) -> bool:
        """Whether the reader knows the column and needs nothing of it."""
        return any(word in self._left_out for word in spellings(text))

    def n_of(self, names: Iterable[str]) -> int:
        """How many different known headers stand among `names`."""
        return len({known for name in names if name and (known := self.of(name))})

    def joined(self, top: str, bottom: str) -> str:
        """The name of a column whose header stands in two lines."""
        if not bottom or plain(top) == plain(bottom):
            return top
        both = top + bottom
        return both if not self.of(bottom) or self.of(both) else bottom


def spellings(text: str) -> list[str]:
    """The forms in which a header is looked up: whole, without a bracket behind it, without marks around it."""
    whole = plain(text)
    bare = whole.strip(_MARKS)
    return list(dict.fromkeys((whole, bare, _BRACKET.sub("", bare).strip(_MARKS))))


def find_header(lines: Sequence[Sequence[str]], meanings: Meanings) -> HeaderPlace:
    """The header among the first lines: one line, or two that say more together; else the first line."""
    fallback: HeaderPlace | None = None
    for place, cells in enumerate(lines[:MOST_TITLE_ROWS]):
        below = lines[place + 1] if place + 1 < len(lines) else ()
        pair = _pair(cells, below, meanings)
        n_single, n_below, n_pair = (meanings.n_of(names) for names in (cells, below, pair))
        if n_pair >= LEAST_KNOWN and n_pair > n_single and n_pair >= n_below + (n_single < LEAST_KNOWN):
            return HeaderPlace(place, place + 1, pair)
        if n_single >= LEAST_KNOWN:
            return HeaderPlace(place, place, tuple(cells))
        if n_single and fallback is None:
            fallback = HeaderPlace(place, place, tuple(cells))
    return fallback or HeaderPlace(0, 0, tuple(lines[0]))


def _pair(top: Sequence[str], bottom: Sequence[str], meanings: Meanings) -> tuple[str, ...]:
    """Both lines as one; a text above reaches to the right over columns that only the lower line names."""
    names: list[str] = []
    reaching = ""
    for column in range(max(len(top), len(bottom))):
        above = top[column].strip() if column < len(top) else ""
        under = bottom[column].strip() if column < len(bottom) else ""
        reaching = above or (reaching if under else "")
        names.append(meanings.joined(reaching, under))
    return tuple(names)

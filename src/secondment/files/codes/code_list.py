"""A code list: codes, labels and the other words people write for them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secondment.files.faults import CellError

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


class UnknownCodeError(CellError):
    """A text or code is in no entry of a code list; nothing is guessed."""

    def __init__(self, list_name: str, text: str) -> None:
        self.list_name = list_name
        self.text = text
        super().__init__("not_in_list", text=text, list=list_name)


@dataclass(frozen=True)
class CodeEntry:
    """One line of a code list; `aliases` are further words that mean the same."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


class CodeList:
    """Codes of one standard; texts are compared without spaces, width and case."""

    def __init__(
        self, name: str, standard: str, entries: Iterable[CodeEntry], english: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.standard = standard
        self.english = english or {}
        self.entries = tuple(entries)
        self._labels = {entry.code: entry.label for entry in self.entries}
        self._codes: dict[str, str] = {}
        for entry in self.entries:
            for word in (entry.label, *entry.aliases):
                self._add(word, entry.code)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self._labels)

    def code_of(self, text: str) -> str:
        """The code a text means; `UnknownCodeError` when no label or alias matches."""
        try:
            return self._codes[plain(text)]
        except KeyError:
            raise UnknownCodeError(self.name, text) from None

    def code_within(self, text: str) -> str:
        """As `code_of`, else the code of the longest word that the text holds."""
        try:
            return self.code_of(text)
        except UnknownCodeError:
            bare = plain(text)
            found = max((word for word in self._codes if word in bare), key=len, default="")
            if not found:
                raise
            return self._codes[found]

    def label_of(self, code: str) -> str:
        """The label of a code; `UnknownCodeError` when there is no such code."""
        try:
            return self._labels[code]
        except KeyError:
            raise UnknownCodeError(self.name, code) from None

    def label_in(self, code: str, language: str | None) -> str:
        """The label in English where that is asked for and known, else in Chinese."""
        return (self.english.get(code) if language == "en" else None) or self.label_of(code)

    def _add(self, word: str, code: str) -> None:
        if self._codes.setdefault(plain(word), code) != code:
            raise ValueError(f"{self.name}: “{word}” would mean both {self._codes[plain(word)]} and {code}")


def plain(text: str) -> str:
    """A text as it is compared: half-width, small letters, no spaces or invisible characters."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def entries_of(table: str) -> list[CodeEntry]:
    """Entries from lines of “code label alias alias …”."""
    words = (line.split() for line in table.strip().splitlines())
    return [CodeEntry(code, label, tuple(aliases)) for code, label, *aliases in words]

"""A code list: codes, labels and the other words people write for them."""

import re
import unicodedata
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
    aliases: tuple[str, ...]
    english: str


class CodeList:
    """Codes of one standard, from lines of “code label alias alias … | English name”.

    Texts are compared without spaces, width and case; files and forms keep the Chinese labels.
    """

    def __init__(self, name: str, standard: str, table: str) -> None:
        self.name = name
        self.standard = standard
        self.entries = tuple(map(_entry, table.strip().splitlines()))
        self.english = {entry.code: entry.english for entry in self.entries}
        self._labels = {entry.code: entry.label for entry in self.entries}
        self._codes: dict[str, str] = {}
        for entry in self.entries:
            for word in (entry.label, *entry.aliases):
                self._add(word, entry.code)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self._labels)

    @property
    def words(self) -> tuple[str, ...]:
        """Every label and alias, as they are compared."""
        return tuple(self._codes)

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
        """The label of a code; `UnknownCodeError` if there is no such code."""
        try:
            return self._labels[code]
        except KeyError:
            raise UnknownCodeError(self.name, code) from None

    def chinese(self, code: str) -> str:
        """The label, as files and forms have it; what is not a code stays as it is."""
        return self._labels.get(code, code)

    def label_in(self, language: str | None, code: str) -> str:
        """The label in English where that is asked for, else in Chinese; what is not a code stays as it is."""
        return self.english.get(code, code) if language == "en" else self.chinese(code)

    def _add(self, word: str, code: str) -> None:
        if self._codes.setdefault(plain(word), code) != code:
            raise ValueError(f"{self.name}: “{word}” would mean both {self._codes[plain(word)]} and {code}")


def plain(text: str) -> str:
    """A text as it is compared: half-width, small letters, no spaces or invisible characters."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _entry(line: str) -> CodeEntry:
    words, _bar, english = line.partition("|")
    code, label, *aliases = words.split()
    return CodeEntry(code, label, tuple(aliases), english.strip())

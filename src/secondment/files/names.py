"""Names of people as they are kept and compared: one spelling, however they were typed."""

import re
import unicodedata

from secondment.files.faults import CellError

MIDDLE_DOT = "·"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
# What keyboards and older systems give for the dot between the parts of a name.
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅･．●", MIDDLE_DOT))
_SPACES = re.compile(r"\s+")
_AROUND_DOTS = re.compile(rf"\s*{MIDDLE_DOT}\s*")
_PRIVATE = "Co"
_BETWEEN, _DUTIES = re.compile(r"[、，,；;\n]+"), re.compile(r"[（(].*?[)）]")


class PrivateSignError(CellError):
    """A name holds a character that only the computer it was made on can show."""

    def __init__(self, name: str, position: int) -> None:
        self.position = position
        super().__init__("private_sign", position=position, sign=f"{ord(name[position - 1]):04X}")


def clean_name(text: str) -> str:
    """A name in its one spelling: one kind of middle dot, no layout spaces, narrow letters.

    Spaces stay between words of Latin letters alone. Variants of a character are kept, for they are the name.
    """
    shown = _INVISIBLE.sub("", text).translate(_DOTS)
    narrow = "".join(_narrow(sign) for sign in shown)
    words = _SPACES.split(_AROUND_DOTS.sub(MIDDLE_DOT, narrow).strip())
    return (" " if all(word.isascii() for word in words) else "").join(words)


def checked_name(text: str) -> str:
    """The clean name; `PrivateSignError` names the place of a character that other computers cannot show."""
    name = clean_name(text)
    for position, sign in enumerate(name, start=1):
        if unicodedata.category(sign) == _PRIVATE:
            raise PrivateSignError(name, position)
    return name


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same to a reader: in one spelling, whatever the case of Latin letters."""
    return clean_name(one).casefold() == clean_name(other).casefold()


def names_in(text: str) -> list[str]:
    """Names as a clerk lists them, in one spelling: 李 明 between commas is one name, without commas these are two.

    Duties in brackets behind a name are no part of it.
    """
    text = _DUTIES.sub(" ", text)
    marks = _BETWEEN if _BETWEEN.search(text.strip()) else _SPACES
    return [name for one in marks.split(text) if (name := clean_name(_SPACES.sub("", one)))]


def _narrow(sign: str) -> str:
    """Full-width letters and digits as the usual ones; every other character as it is."""
    usual = unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" else sign
    return usual if usual.isalnum() else sign

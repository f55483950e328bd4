"""Spaces and invisible characters that word processors leave in form texts."""

import re

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """A text with bare line feeds, without invisible characters and without spaces around it."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_name(text: str) -> str:
    """A person's name without the spaces that spread it over the cell; kept between Latin words."""
    words = _SPACES.split(clean_text(text))
    if all(word.isascii() for word in words):
        return " ".join(words)
    return "".join(words)

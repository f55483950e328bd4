"""Spaces and invisible characters that word processors leave in form texts."""

import re

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


def clean_text(text: str) -> str:
    """A text with bare line feeds, without invisible characters and without spaces around it."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()

"""How signs and fair explanations read, also those that no file names any more."""

from secondment.signals.signs import SIGN_BY_CODE


def title_of(code: str) -> str:
    """What a sign is called."""
    known = SIGN_BY_CODE.get(code)
    return str(known.title) if known else code


def excuse_of(code: str, excuse: str) -> str:
    """A fair explanation in words."""
    known = SIGN_BY_CODE.get(code)
    return str(known.excuses.get(excuse, excuse)) if known else excuse

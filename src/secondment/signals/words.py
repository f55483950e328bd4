"""How a sign reads: its title, also of one that no file names any more."""

from secondment.signals.models import EarlySign
from secondment.signals.sign import Sign
from secondment.signals.signs import SIGN_BY_CODE


def definition_of(sign: EarlySign) -> Sign | None:
    """Its file, if there still is one."""
    return SIGN_BY_CODE.get(sign.code)


def title_of(sign: EarlySign) -> str:
    """What it is called."""
    known = definition_of(sign)
    return str(known.title) if known else sign.code


def excuse_of(code: str, excuse: str) -> str:
    """A fair explanation in words."""
    known = SIGN_BY_CODE.get(code)
    return str(known.excuses.get(excuse, excuse)) if known else excuse

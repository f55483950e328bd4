"""Codes of ballots: 85 bits in letters that nobody mixes up, and a last character that notices a slip of the finger.

The alphabet leaves out 0 O 1 I L 2 Z 5 S 8 B U V. It has a prime number of characters, so a weighted sum finds every
single wrong character and every two that changed places.
"""

import secrets
import unicodedata

from django.utils.translation import gettext as _

from secondment.appraisals.box.errors import MistypedError

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
N_RANDOM = 19  # 23 ** 19 > 2 ** 85
LENGTH = N_RANDOM + 1
GROUP = 4
RECEIPT_LENGTH = 10
IGNORED = frozenset("-–—_. \u3000\u200b\u200c\u200d\u2060\ufeff\t\r\n")


def new_code() -> str:
    """A fresh code with its check character."""
    body = _random(N_RANDOM)
    return body + _check(body)


def new_receipt() -> str:
    """A fresh number of a receipt."""
    return _random(RECEIPT_LENGTH)


def in_groups(code: str) -> str:
    """As it is printed: groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def receipt_in_groups(receipt: str) -> str:
    """As it is shown: two halves."""
    half = RECEIPT_LENGTH // 2
    return f"{receipt[:half]}-{receipt[half:]}"


def read_code(typed: str) -> str:
    """The code that was typed or scanned, however it was spaced; `MistypedError` says what is wrong with it."""
    code = plain(typed)
    if strange := sorted(set(code) - set(ALPHABET)):
        raise MistypedError(
            _("投票码中没有“%(strange)s”这样的字符，请对照票面重新输入。")
            % {"strange": "".join(strange)[:10]},
            field="code",
        )
    if len(code) != LENGTH:
        raise MistypedError(
            _("投票码共 %(length)d 个字符，您输入了 %(n)d 个，请对照票面重新输入。")
            % {"length": LENGTH, "n": len(code)},
            field="code",
        )
    if _check(code[:-1]) != code[-1]:
        raise MistypedError(_("投票码有一处输错，请对照票面逐组核对。"), field="code")
    return code


def plain(typed: str) -> str:
    """Without spaces and dashes, in capitals of normal width."""
    text = unicodedata.normalize("NFKC", typed).upper()
    return "".join(one for one in text if one not in IGNORED)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(length))


def _check(body: str) -> str:
    total = sum(
        weight * ALPHABET.index(one) for weight, one in enumerate(body, start=2)
    )  # the check has weight 1
    return ALPHABET[-total % len(ALPHABET)]

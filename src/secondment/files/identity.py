"""Identity numbers of persons (GB 11643) and credit codes of organisations (GB 32100), read and masked."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from secondment.files.faults import CellError

PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PERSON_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_EARLIEST_BIRTH = dt.date(1900, 1, 1)
_APOSTROPHES = "'‘’`＇"
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


class IdentityNumberError(CellError):
    """An identity number or credit code cannot be right."""


@dataclass(frozen=True)
class IdentityNumber:
    """A sound 18-digit identity number; `sex` is the code of GB/T 2261.1 (1 man, 2 woman)."""

    text: str
    region: str
    born_on: dt.date
    sex: str

    @property
    def masked(self) -> str:
        """The number as most readers may see it: `990000********0019`."""
        return mask_identity_number(self.text)


@dataclass(frozen=True)
class CreditCode:
    """A sound unified social credit code and its parts."""

    text: str
    region: str
    organisation: str


def parse_identity_number(text: str) -> IdentityNumber:
    """Read an identity number as people type it; raise `IdentityNumberError` when it cannot be right."""
    number = normalise_number(text)
    if len(number) == 15 and number.isdigit():
        raise IdentityNumberError("old_identity_number")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdentityNumberError("odd_identity_number", n=len(number))
    born_on = _born_on(number[6:14])
    if number[17] != person_check_digit(number[:17]):
        if number.endswith("000"):  # a spreadsheet keeps fifteen digits of a number
            raise IdentityNumberError("rounded_identity_number")
        raise IdentityNumberError("wrong_identity_check")
    return IdentityNumber(number, number[:6], born_on, "1" if int(number[16]) % 2 else "2")


def parse_credit_code(text: str) -> CreditCode:
    """Read a unified social credit code; raise `IdentityNumberError` when it cannot be right."""
    code = normalise_number(text)
    if len(code) != 18 or set(code) - set(CREDIT_ALPHABET) or not code[2:8].isdigit():
        raise IdentityNumberError("odd_credit_code")
    if code[17] != credit_check_character(code[:17]):
        raise IdentityNumberError("wrong_credit_check")
    return CreditCode(code, code[2:8], code[8:17])


def normalise_number(text: str) -> str:
    """Half-width capitals without spaces, invisible characters or the apostrophe a spreadsheet puts first."""
    half_width = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).upper()
    return _INVISIBLE.sub("", half_width).strip(_APOSTROPHES)


def mask_identity_number(text: str) -> str:
    """First six and last four characters, stars between; a text too short to hide anything is all stars."""
    if len(text) < 14:
        return "*" * len(text)
    return text[:6] + "*" * (len(text) - 10) + text[-4:]


def person_check_digit(first_17: str) -> str:
    """The last character that belongs to 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(PERSON_WEIGHTS, first_17, strict=True))
    return PERSON_CHECKS[total % 11]


def credit_check_character(first_17: str) -> str:
    """The last character that belongs to 17 (GB 32100: weights are powers of 3 modulo 31)."""
    total = sum(pow(3, place, 31) * CREDIT_ALPHABET.index(sign) for place, sign in enumerate(first_17))
    return CREDIT_ALPHABET[-total % 31]


def _born_on(digits: str) -> dt.date:
    try:
        born_on = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        born_on = dt.date.min
    if born_on < _EARLIEST_BIRTH:
        raise IdentityNumberError("no_birth_in_identity", digits=digits)
    return born_on

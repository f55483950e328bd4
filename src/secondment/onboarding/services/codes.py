"""One-time passwords for many accounts: hashed before anything is locked, kept sealed until they are printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from secondment.accounts.services import one_time_password
from secondment.common.protection import open_sealed, seal
from secondment.onboarding.models import AccountLine

# Hashing takes a processor about a fifth of a second for each: more than these are left to a job.
AT_ONCE = 20
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Code:
    """A one-time password, and what the account keeps of it."""

    text: str
    hashed: str


def new_codes(keys: Sequence[int], report: Report = lambda _done, _total: None) -> dict[int, Code]:
    """A code for each key of a line."""
    found = {}
    for done, key in enumerate(keys):
        report(done, len(keys))
        text = one_time_password()
        found[key] = Code(text, make_password(text))
    return found


def seal_code(line: AccountLine, code: Code) -> None:
    """Keep the code with its line, which the caller saves."""
    line.sealed_code = seal(code.text, context=line.code_context)


def open_code(line: AccountLine) -> str:
    """The code in clear."""
    return open_sealed(bytes(line.sealed_code or b""), context=line.code_context)

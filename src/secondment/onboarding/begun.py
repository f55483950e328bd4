"""Whether this installation has accounts. Once it has, no process asks again."""

from dataclasses import dataclass

from secondment.accounts.models import User


@dataclass
class Known:
    """What this process has seen so far."""

    has_begun: bool = False


KNOWN = Known()


def has_begun() -> bool:
    """Whether anybody could sign in."""
    if not KNOWN.has_begun:
        KNOWN.has_begun = User.objects.exists()
    return KNOWN.has_begun

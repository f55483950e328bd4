"""Ends of the chain saved outside the machine: only they reveal that an entire database was replaced by an older copy.

Once a day the end is written into a directory kept by someone else; nothing written there is changed afterwards.
"""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from secondment.audit.models import AuditHead, AuditLink

FIRST_FINGERPRINT = "0" * 64
PATTERN = "audit-end-*.txt"
_END = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True)
class End:
    """How long the chain was, and the fingerprint of its last link."""

    length: int
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.length}:{self.fingerprint}"

    @classmethod
    def found_in(cls, text: str) -> "End | None":
        """The first end a text names."""
        found = _END.search(text)
        return cls(int(found[1]), found[2]) if found else None


def current_end() -> End:
    """The end as it is sealed now."""
    head = AuditHead.objects.filter(pk=1).first()
    return End(head.length, head.fingerprint) if head else End(0, FIRST_FINGERPRINT)


def is_in_chain(end: End) -> bool:
    """Whether the chain still runs through `end`."""
    if end.length == 0:
        return end.fingerprint == FIRST_FINGERPRINT
    return AuditLink.objects.filter(position=end.length, fingerprint=end.fingerprint).exists()


def keep_end(directory: Path, *, at: dt.datetime) -> Path:
    """Write today's end into `directory`, once a day; what is there already stays."""
    day = timezone.localtime(at)
    path = directory / f"audit-end-{day:%Y%m%d}.txt"
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(f"{day.isoformat()} {current_end()}\n")
    except FileExistsError:
        return path
    except OSError:
        path.unlink(missing_ok=True)  # half a line would be taken for a lost end
        raise
    return path


def kept_ends(directory: Path) -> list[Path]:
    """Files of ends that were kept, oldest first."""
    return sorted(directory.glob(PATTERN))


def lost_ends(directory: Path) -> list[str]:
    """Names of kept ends through which the chain no longer runs, or that cannot be read; oldest first."""
    ends = {path.name: _read_end(path) for path in kept_ends(directory)}
    return [name for name, end in ends.items() if end is None or not is_in_chain(end)]


def _read_end(path: Path) -> End | None:
    try:
        return End.found_in(path.read_text(encoding="ascii", errors="replace"))
    except OSError:
        return None

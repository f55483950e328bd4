"""Guesses at codes: counted in memory by the fingerprint of where they come from, never together with ballots.

Only codes with a right check character that no box knows are guesses; slips of the finger are not. Codes are too long to
be guessed: the limit tells such a place to stop. A code that a box knows is never refused because of it.
"""

import threading
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from secondment.common.errors import DomainError

MOST, WINDOW_SECONDS = 100, 600
MOST_PLACES = 10_000


class TooManyGuessesError(DomainError):
    """Too many unknown codes from one place."""


@dataclass
class Guesses:
    """How many wrong codes each place has tried within ten minutes."""

    _tried: dict[str, tuple[float, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def require_few(self, place: str, *, now: float) -> None:
        """Refuse a place that has used up its tries."""
        if self._count(place, now)[1] >= MOST:
            raise TooManyGuessesError(
                _("这个网络在十分钟内输入了太多不存在的投票码，请十分钟后再试，或改用纸质票。票没有作废。")
            )

    def add(self, place: str, *, now: float) -> None:
        """One more wrong code from there."""
        with self._lock:
            begun, n = self._count(place, now)
            if len(self._tried) >= MOST_PLACES and place not in self._tried:
                self._tried.clear()
            self._tried[place] = (begun, n + 1)

    def _count(self, place: str, now: float) -> tuple[float, int]:
        begun, n = self._tried.get(place, (now, 0))
        return (begun, n) if now - begun < WINDOW_SECONDS else (now, 0)


GUESSES = Guesses()

"""Hashing passwords costs a processor for a while: few at a time in a process, so that pages go on being answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _

from secondment.accounts.errors import SignInBusyError

AT_ONCE, WAITING, WAIT_SECONDS = 1, 1, 3.0


class Slots:
    """`at_once` work, `waiting` more wait for `seconds`; all others are refused immediately."""

    def __init__(self, at_once: int, waiting: int, seconds: float) -> None:
        self._room = Semaphore(at_once + waiting)
        self._work = Semaphore(at_once)
        self._seconds = seconds

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold a slot; `SignInBusyError` without one."""
        with _held(self._room, seconds=0), _held(self._work, seconds=self._seconds):
            yield


SLOTS = Slots(AT_ONCE, WAITING, WAIT_SECONDS)


class SlottedArgon2(Argon2PasswordHasher):
    """Argon2 as Django does it, for setting and for comparing, in a slot."""

    def encode(self, password: str, salt: str) -> str:
        """Hash in a slot."""
        with SLOTS.take():
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Compare in a slot."""
        with SLOTS.take():
            is_right: bool = super().verify(password, encoded)
        return is_right


@contextmanager
def _held(semaphore: Semaphore, *, seconds: float) -> Iterator[None]:
    if not semaphore.acquire(timeout=seconds):
        raise SignInBusyError(_("当前登录人数较多，密码尚未核对，请稍后重试。"))
    try:
        yield
    finally:
        semaphore.release()

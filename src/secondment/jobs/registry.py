"""Kinds of background work, registered by the apps that do them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise

from secondment.jobs.models import Job


class JobCancelledError(Exception):
    """The user asked to cancel; raised at the next progress report so that work is rolled back.

    Work that keeps what it has finished raises it anew with a sentence that says so.
    """


@dataclass(frozen=True)
class JobContext:
    """What running work is given: the job, and a way to report progress."""

    job: Job

    def progress(self, done: int, total: int, doing: str = "") -> None:
        """Show progress and take a heartbeat; raises `JobCancelledError` after a request to cancel.

        Inside a transaction nobody else could see the figures, so nothing is written there.
        """
        if connection.in_atomic_block:
            return
        running = Job.objects.filter(pk=self.job.pk)
        running.update(done=done, total=total, doing=doing, heartbeat_at=self.now())
        if running.filter(is_cancel_requested=True).exists():
            raise JobCancelledError

    def now(self) -> dt.datetime:
        """The clock, asked here so that the work itself need not."""
        return timezone.now()  # noqa: TID251 -- tasks may ask the clock


Work = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of work: its name for users and the function that does it."""

    label: str | Promise
    work: Work


KINDS: dict[str, Kind] = {}


def job_kind(name: str, *, label: str | Promise) -> Callable[[Work], Work]:
    """Register `work(context, **arguments) -> result` under `name`; use it in an app's `tasks.py`.

    The result dictionary may hold `path` (page to open) and `message` (one sentence for the user).
    """

    def register(work: Work) -> Work:
        KINDS[name] = Kind(label, work)
        return work

    return register

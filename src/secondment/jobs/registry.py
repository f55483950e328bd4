"""Kinds of background work, registered by the apps that do them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise

from secondment.accounts.models import User
from secondment.jobs.models import Job


class JobCancelledError(Exception):
    """The user asked to cancel; raised at the next progress report so that work is rolled back.

    Work that keeps its finished part raises it again with a sentence saying so.
    """


@dataclass(frozen=True)
class JobContext:
    """What running work is given: the job, and a way to report progress."""

    job: Job

    def progress(self, done: int, total: int, doing: str = "") -> None:
        """Show progress and take a heartbeat; raises `JobCancelledError` after a request to cancel.

        Inside a transaction the figures would be invisible to others, so nothing is written there.
        """
        if connection.in_atomic_block:
            return
        running = Job.objects.filter(pk=self.job.pk)
        running.update(done=done, total=total, doing=doing, heartbeat_at=self.now())
        if running.filter(is_cancel_requested=True).exists():
            raise JobCancelledError

    def beat(self) -> None:
        """Show that the work goes on, whatever it is deep in."""
        Job.objects.filter(pk=self.job.pk).update(heartbeat_at=self.now())

    def now(self) -> dt.datetime:
        """The clock, asked here so that the work itself need not."""
        return timezone.now()  # noqa: TID251 -- tasks may ask the clock


Work = Callable[..., dict[str, Any]]
May = Callable[..., bool]
GiveUp = Callable[..., None]
Written = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    """A kind of work: its name for users, the function that does it, who may have it done, what undoes waiting,
    what the work has written, if it is complete already, and its place in the queue (higher goes first)."""

    label: str | Promise
    work: Work
    may: May
    give_up: GiveUp | None = None
    written: Written | None = None
    priority: int = 0


KINDS: dict[str, JobKind] = {}


def may_have_done(job: Job) -> bool:
    """Whether the owner may still ask for the work: an account can be disabled or lose its role in the queue."""
    owner = User.objects.get(pk=job.owner_id)
    return owner.is_active and KINDS[job.kind].may(owner, **job.arguments)


def give_up(job: Job) -> None:
    """Let the room of a job that ended without a result show this where its users look."""
    kind = KINDS.get(job.kind)
    if kind is not None and kind.give_up is not None:
        kind.give_up(**job.arguments)


def written_result(job: Job) -> dict[str, Any] | None:
    """The result of a job whose work was fully written, although its process died before reporting it."""
    kind = KINDS.get(job.kind)
    return kind.written(**job.arguments) if kind is not None and kind.written is not None else None


def job_kind(
    name: str,
    *,
    label: str | Promise,
    may: May,
    give_up: GiveUp | None = None,
    written: Written | None = None,
    priority: int = 0,
) -> Callable[[Work], Work]:
    """Register `work(context, **arguments) -> result` under `name`; use it in an app's `tasks.py`.

    `may(user, **arguments)` is asked again when the work begins, by the rule that was asked when it was queued.
    `give_up(**arguments)` follows every end without a result: failed, cancelled, worker died.
    `written(**arguments)` is asked before that: a result says that all was written, and the job is done.
    Work nobody waits for has a `priority` below 0 and is taken when nothing else is queued.
    The result dictionary may hold `path` (page to open) and `message` (one sentence for the user).
    """

    def register(work: Work) -> Work:
        KINDS[name] = JobKind(label, work, may, give_up, written, priority)
        return work

    return register

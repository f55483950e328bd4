"""`secondment worker`: run background jobs until stopped; several may run on several machines."""

from argparse import ArgumentParser
from threading import Event, Thread
from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as QueueWorker

from secondment.jobs.daily import run_due, run_nightly
from secondment.jobs.services import fail_silent_jobs, give_sign, requeue_lost_jobs
from secondment.jobs.signs import BEAT_SECONDS, keep_repeating, start_repeating, worker_name

LOOK_EVERY_SECONDS = 600.0


class Command(QueueWorker):
    """The queue's own worker, begun with a sweep of jobs whose worker died."""

    help = "Run background jobs until stopped (Ctrl-C or SIGTERM ends after the current job)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The queue's arguments, with a shorter wait between looks."""
        super().add_arguments(parser)
        parser.set_defaults(interval=0.5)

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep what a predecessor left, then work, give signs of life, and check for daily work alongside the queue."""
        stopped, name = Event(), worker_name()
        fail_silent_jobs(at=timezone.now(), starting=name)
        requeue_lost_jobs()
        threads = [
            start_repeating(act, stopped, every_seconds=seconds)
            for act, seconds in (
                (lambda: give_sign(name, at=timezone.now()), BEAT_SECONDS),
                (look_for_daily_work, LOOK_EVERY_SECONDS),
            )
        ]
        # A backup may take minutes: it has a thread of its own, which first looks after a pause.
        nightly = Thread(
            target=keep_repeating, args=(look_for_nightly_work, stopped, LOOK_EVERY_SECONDS), daemon=True
        )
        nightly.start()
        try:
            super().handle(*args, **options)
        finally:
            stopped.set()
            for thread in (*threads, nightly):
                thread.join()


def look_for_daily_work() -> None:
    """Do what is due now, unless another worker did."""
    run_due(on=timezone.localdate(), at=timezone.now())


def look_for_nightly_work() -> None:
    """Do what takes long, if it is due."""
    run_nightly(at=timezone.now())

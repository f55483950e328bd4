"""`secondment worker`: run background jobs until stopped; several may run on several machines."""

from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as QueueWorker

from secondment.jobs.daily import run_due
from secondment.jobs.services import fail_silent_jobs, give_sign, requeue_lost_jobs
from secondment.jobs.signs import BEAT_SECONDS, start_repeating, worker_name

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
        try:
            super().handle(*args, **options)
        finally:
            stopped.set()
            for thread in threads:
                thread.join()


def look_for_daily_work() -> None:
    """Do what is due now, unless another worker did."""
    run_due(on=timezone.localdate(), at=timezone.now())

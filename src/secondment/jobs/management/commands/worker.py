"""`secondment worker`: run background jobs until stopped; several may run on several machines."""

from argparse import ArgumentParser
from threading import Event, Thread
from typing import Any

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as QueueWorker

from secondment.jobs.daily import run_due
from secondment.jobs.services import fail_silent_jobs, give_sign
from secondment.jobs.signs import start_signs, worker_name

LOOK_EVERY_SECONDS = 600


class Command(QueueWorker):
    """The queue's own worker, begun with a sweep of jobs whose worker died."""

    help = "Run background jobs until stopped (Ctrl-C or SIGTERM ends after the current job)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The queue's arguments, with a shorter wait between looks."""
        super().add_arguments(parser)
        parser.set_defaults(interval=0.5)

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once, then work, give signs of life, and look for daily work beside the queue."""
        fail_silent_jobs(at=timezone.now())
        stopped, name = Event(), worker_name()
        signs = start_signs(lambda: give_sign(name, at=timezone.now()), stopped)
        Thread(target=look_for_daily_work, args=(stopped,), daemon=True, name="daily").start()
        try:
            super().handle(*args, **options)
        finally:
            stopped.set()
            signs.join()


def look_for_daily_work(stopped: Event) -> None:
    """Do what is due now and every few minutes, until `stopped` is set."""
    while not stopped.is_set():
        close_old_connections()
        run_due(on=timezone.localdate(), at=timezone.now())
        close_old_connections()
        stopped.wait(LOOK_EVERY_SECONDS)

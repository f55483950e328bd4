"""`secondment worker`: run background jobs until stopped; several may run on several machines."""

import threading
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as QueueWorker

from secondment.jobs.services import fail_silent_jobs, give_sign
from secondment.jobs.signs import start_signs, worker_name


class Command(QueueWorker):
    """The queue's own worker, begun with a sweep of jobs whose worker died."""

    help = "Run background jobs until stopped (Ctrl-C or SIGTERM ends after the current job)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The queue's arguments, with a shorter wait between looks."""
        super().add_arguments(parser)
        parser.set_defaults(interval=0.5)

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once, then work, and give signs of life."""
        fail_silent_jobs(at=timezone.now())
        stopped, name = threading.Event(), worker_name()
        signs = start_signs(lambda: give_sign(name, at=timezone.now()), stopped)
        try:
            super().handle(*args, **options)
        finally:
            stopped.set()
            signs.join()

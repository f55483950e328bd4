"""`secondment backup`: make a backup now, whatever the hour."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.backups.models import Drill
from secondment.backups.services.nightly import back_up
from secondment.common.errors import DomainError


class Command(BaseCommand):
    """Print the file, and what the drill found if there was one; exit code 1 when either failed."""

    help = "Make an encrypted backup now; with --drill try to restore it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--drill`: also when the last drill is less than a week ago."""
        parser.add_argument("--drill", action="store_true", help="try to restore it and compare")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it."""
        before = Drill.objects.first()
        try:
            made = back_up(at=timezone.now(), with_drill=options["drill"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        path = settings.BACKUP_DIR / made.name
        self.stdout.write(f"{path}\t{made.size} bytes\t{made.n_rows} rows\t{made.n_files} files")
        drill = Drill.objects.first()
        if drill is None or drill == before:
            return
        if drill.fault:
            raise CommandError(drill.fault)
        self.stdout.write("restored and compared: no difference")

"""`secondment recovery-key`: make the key that backups are sealed to, and print its halves once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.backups.printed import printed
from secondment.backups.services.keys import make_recovery_key
from secondment.common.errors import DomainError


class Command(BaseCommand):
    """The halves go to standard output alone: print them, do not keep them."""

    help = "Make the recovery key of the backups and print its two halves, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--new`: another key, when a half was lost or seen."""
        parser.add_argument("--new", action="store_true", help="replace the key for all later backups")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or say why not."""
        try:
            halves = make_recovery_key(at=timezone.now(), is_new=options["new"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(printed(halves))

"""`secondment create-administrators`: what an installation begins with, three administrators who are three people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.accounts.first import first_administrators
from secondment.backups.models import RecoveryKey
from secondment.backups.printed import printed
from secondment.backups.services.keys import make_recovery_key
from secondment.campaigns.services.programmes import load_presets
from secondment.common.errors import DomainError


class Command(BaseCommand):
    """Print the one-time passwords once (each must be replaced at the first sign-in within three days), and the recovery key."""

    help = "Make the root unit, its system, security and audit administrators, and the preset programmes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The organisation and three people as ACCOUNT:NAME."""
        parser.add_argument("organisation", help="full name of the organisation at the top of the tree")
        for name in ("system", "security", "audit"):
            parser.add_argument(f"--{name}", required=True, metavar="ACCOUNT:NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them, or say why not."""
        people = [tuple(options[name].partition(":")[::2]) for name in ("system", "security", "audit")]
        try:
            made = first_administrators(options["organisation"], people, at=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        load_presets(by=None, on=timezone.localdate(), at=timezone.now())
        for account, password in made:
            self.stdout.write(f"{account.username}\t{account.name}\t{password}")
        if not RecoveryKey.objects.exists():
            self.stdout.write(printed(make_recovery_key(at=timezone.now())))

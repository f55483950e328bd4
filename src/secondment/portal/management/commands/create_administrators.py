"""`secondment create-administrators`: begin an installation without a browser, with three administrators who are three people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.backups.printed import printed
from secondment.backups.recovery import new_key
from secondment.common.errors import DomainError
from secondment.onboarding.services.beginning import FirstFacts, begin_installation
from secondment.units.choices import UnitKind, UnitLevel


class Command(BaseCommand):
    """Print the one-time passwords once (each must be replaced at the first sign-in within three days), and the recovery key."""

    help = "Make the root unit, its system, security and audit administrators, the preset programmes and the recovery key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The organisation and three people as ACCOUNT:NAME."""
        parser.add_argument("organisation", help="full name of the organisation at the top of the tree")
        for name in ("system", "security", "audit"):
            parser.add_argument(f"--{name}", required=True, metavar="ACCOUNT:NAME")
        parser.add_argument("--kind", choices=UnitKind.values, default=UnitKind.ORGANISATION_DEPARTMENT)
        parser.add_argument("--level", choices=UnitLevel.values, default=UnitLevel.PREFECTURAL)
        parser.add_argument("--department", default="", help="organisation department below the top")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them, or say why not."""
        facts = FirstFacts(
            organisation=options["organisation"],
            people=[options[name].partition(":")[::2] for name in ("system", "security", "audit")],
            kind=options["kind"],
            level=options["level"],
            department=options["department"],
        )
        public, *halves = new_key()
        first, second = halves
        try:
            made = begin_installation(facts, public_key=public, at=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        for account, password in made:
            self.stdout.write(f"{account.username}\t{account.name}\t{password}")
        self.stdout.write(printed((first, second)))

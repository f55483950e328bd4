"""`secondment load_regions`: load the regions shipped with the product; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from secondment.units.regions import load_regions


class Command(BaseCommand):
    """Load what is not there yet."""

    help = "Load the regions shipped with the product; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many were new."""
        n_new = load_regions()
        if options["verbosity"]:
            self.stdout.write(f"{n_new} regions loaded")

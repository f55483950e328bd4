"""`secondment load_presets`: create the programmes every installation begins with."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from secondment.campaigns.services.programmes import load_presets


class Command(BaseCommand):
    """Create the preset programmes that are missing; those that exist are left alone."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Create and say how many."""
        n_created = load_presets(by=None, on=timezone.localdate(), at=timezone.now())
        self.stdout.write(f"已载入 {n_created} 个挂职项目。 {n_created} programmes created.")

"""`secondment prepare`: bring database, static files and demo up to date in one process, before a start."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Safe to repeat; the last lines name the demo accounts of a demo installation."""

    help = "Migrate, collect static files and load the demo if this is a demo installation; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """One step after the other; the first that fails stops the start."""
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("load_demo", stdout=self.stderr)
            call_command("demo_accounts", stdout=self.stdout)

"""`secondment update_messages`: bring every room's English catalogue up to date with its sources."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

import secondment
from secondment.common.catalogues import rooms, update_room


class Command(BaseCommand):
    """Read the sources, keep what is translated, print what still lacks English."""

    help = "Bring every room's English catalogue up to date with its sources."

    def handle(self, *args: Any, **options: Any) -> None:
        """Update every room."""
        for room in rooms(Path(secondment.__file__).parent):
            n_missing = update_room(room)
            self.stdout.write(f"{room.name}: {n_missing} without English")

"""`secondment export_demo`: write the demo's roster, posts, pairs and caps as files; needs no database."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.demo.export import export_demo
from secondment.demo.generator import ScaleError, generate


class Command(BaseCommand):
    """Write files for the command line and for benchmarks."""

    help = "Write the demo's roster.xlsx, posts.xlsx, arcs.csv and caps.csv into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`--out` and `--scale`."""
        parser.add_argument("--out", type=Path, required=True, help="folder for the files")
        parser.add_argument(
            "--scale", type=int, default=1, help="1 to 100 times as many villages (default 1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Generate and write."""
        try:
            demo = generate(timezone.localdate(), scale=options["scale"])
        except ScaleError as error:
            raise CommandError(str(error)) from error
        for path in export_demo(demo, options["out"]):
            self.stdout.write(f"{path} ({path.stat().st_size:,} bytes)")

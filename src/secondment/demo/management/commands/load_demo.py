"""`secondment load_demo`: fill an empty demo installation with two great campaigns and some small ones."""

import argparse
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.common.installation import is_demo_data
from secondment.demo.generator import ScaleError
from secondment.demo.loader import load_demo


class Command(BaseCommand):
    """Load invented people on real places; does nothing where anything was set up already."""

    help = "Load the demo (invented people, real places) into an empty demo installation; safe to repeat."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`--scale`."""
        parser.add_argument(
            "--scale", type=int, default=1, help="1 to 100 times as many villages (default 1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how much."""
        if not settings.DEMO:
            raise CommandError("This is not a demo installation; set SECONDMENT_DEMO=1 to make it one.")
        started = time.perf_counter()
        try:
            summary = load_demo(on=timezone.localdate(), at=timezone.now(), scale=options["scale"])
        except ScaleError as error:
            raise CommandError(str(error)) from error
        if summary is None:
            if not is_demo_data():
                self.stdout.write(
                    "系统中已有自己的数据，不装入演示数据。 "
                    "This installation already contains data; the demo is not mixed into them."
                )
            return
        seconds = f"{time.perf_counter() - started:.0f}"
        self.stdout.write(
            f"已用 {seconds} 秒装入演示数据：干部 {summary.n_people} 人，岗位 {summary.n_posts} 个，"
            f"单位 {summary.n_units} 个，批次 {summary.n_campaigns} 个。 "
            f"Demo loaded in {seconds} s: {summary.n_people} people, "
            f"{summary.n_posts} posts, {summary.n_units} units, {summary.n_campaigns} campaigns."
        )

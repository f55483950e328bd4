"""What it costs to derive obligations: so many placements, two years of life, one look a quarter and then one a day.

    python benchmarks/duties.py [--placements 2000 20000] [--quarters 8]

Invented placements in a new SQLite database of a temporary directory, half of them recorded for two years. The first number is
the two years as a server would catch up with them that looks once a quarter; the last is the look of an ordinary night,
which asks for nothing new. Prints seconds, queries and rows, and the ratio of both sizes.
"""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
START, YEARS = dt.date(2024, 12, 1), 2
A_QUARTER = dt.timedelta(days=91)


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--placements", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--quarters", type=int, default=8)
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inner:
        measure(asked.placements[0], asked.quarters)
        return
    for n in asked.placements:
        with tempfile.TemporaryDirectory(prefix="secondment-duties-") as place:
            environment = {
                **os.environ,
                "SECONDMENT_DATA_DIR": place,
                "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
                "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            }
            command = [sys.executable, __file__, "--inner", "--placements", str(n)]
            command += ["--quarters", str(asked.quarters)]
            subprocess.run(command, env=environment, check=True)


def measure(n: int, quarters: int) -> None:
    """Make the placements, look through two years, then once more."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    make_placements(n)
    day, seconds, queries = START + A_QUARTER, 0.0, 0
    until = START + quarters * A_QUARTER
    while day <= until:
        took, asked, _made = look(day)
        seconds, queries, day = seconds + took, queries + asked, day + A_QUARTER
    last = day - A_QUARTER
    night, night_queries, made = look(last)
    from secondment.obligations.models import Obligation

    print(
        f"{n} placements: {quarters} quarters {seconds:.1f} s, {queries} queries, {Obligation.objects.count()} obligations;"
        f" a night {night:.1f} s, {night_queries} queries, {made} new; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def look(on: dt.date) -> tuple[float, int, int]:
    """Processor seconds, queries and new obligations of one look."""
    from django.db import connection

    from secondment.obligations.services import bring_up_to_date

    n = 0

    def count(execute: Callable[..., object], *asked: object) -> object:
        """Django's own log forgets what is beyond 9,000."""
        nonlocal n
        n += 1
        return execute(*asked)

    began = time.process_time()
    with connection.execute_wrapper(count):
        made = bring_up_to_date(on=on)
    return time.process_time() - began, n, made


def make_placements(n: int) -> None:
    """As many as asked, at a tenth as many host units."""
    from tests.makers import (
        make_campaign,
        make_person,
        make_placement,
        make_post,
        make_unit,
    )

    from secondment.people.models import Person
    from secondment.placements.models import Placement

    root = make_unit()
    home = make_unit(parent=root)
    term = {"starts_on": START, "ends_on": START + dt.timedelta(days=365 * YEARS + 60), "state": "in_post"}
    hosts = [
        make_placement(make_campaign(root), make_person(home), make_post(make_unit(parent=root)), **term)
    ]
    model, person = hosts[0], hosts[0].person
    unique = {"key", "account", "identity_index", "identity_sealed"}
    fields = {
        one.attname: getattr(person, one.attname)
        for one in Person._meta.concrete_fields  # noqa: SLF001 -- documented name
        if not one.primary_key and one.name not in unique
    }
    people = Person.objects.bulk_create([Person(**fields) for _at in range(n - 1)], batch_size=500)
    copied = {
        one.attname: getattr(model, one.attname)
        for one in Placement._meta.concrete_fields  # noqa: SLF001 -- documented name
        if not one.primary_key
    }
    rows = [Placement(**{**copied, "person_id": one.pk}) for one in people]
    Placement.objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    main()

"""CPU time of pages: the roster, a proposal and others, at two sizes, of this tree and of another.

    python benchmarks/pages.py --data DIRECTORY [--people 957 20000] [--before REVISION] [--runs 15]

`DIRECTORY` holds the demo (`SECONDMENT_DEMO=1 secondment prepare`; the proposal is measured where one was computed). A copy of it is measured, filled up with invented
persons to each size. `--before` measures a worktree of that revision first, on the same copy.
Prints the median processor time of a page and its queries.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ACCOUNT = "org"
UNIQUE = {"key", "account", "identity_index", "identity_sealed"}


def main() -> None:
    """Measure every tree at every size, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--people", type=int, nargs="+", default=[957, 20_000])
    parser.add_argument("--before", default="")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inner:
        measure(asked.people[0], asked.runs)
        return
    with tempfile.TemporaryDirectory(prefix="secondment-pages-") as place:
        try:
            compare(Path(place), asked)
        finally:
            if asked.before:
                git("worktree", "remove", "--force", str(Path(place) / "before"))


def compare(place: Path, asked: argparse.Namespace) -> None:
    """Measure both trees on the same data, size after size."""
    for n_people in asked.people:
        data = place / str(n_people)
        shutil.copytree(asked.data, data)
        for name, tree in trees(place, asked.before):
            print(f"{name}, {n_people} people; load {os.getloadavg()[0]:.1f}", flush=True)
            run_apart(tree, data, n_people, asked.runs)


def trees(place: Path, before: str) -> list[tuple[str, Path]]:
    """The trees to measure, by name."""
    if not before:
        return [("after", ROOT)]
    if not (place / "before").exists():
        git("worktree", "add", "--quiet", "--detach", str(place / "before"), before)
    return [("before", place / "before"), ("after", ROOT)]


def git(*words: str) -> None:
    """Run git in this repository."""
    subprocess.run(["git", "-C", str(ROOT), *words], check=True)


def run_apart(tree: Path, data: Path, n_people: int, runs: int) -> None:
    """Measure `tree` on `data` in a process of its own."""
    asked = ["--data", str(data), "--inner", "--people", str(n_people), "--runs", str(runs)]
    environment = os.environ | {
        "PYTHONPATH": str(tree / "src"),
        "SECONDMENT_DATA_DIR": str(data),
        "SECONDMENT_DEMO": "1",
    }
    prepare = [sys.executable, "-m", "secondment.cli.main", "prepare"]  # the tables as this tree wants them
    subprocess.run(prepare, check=True, env=environment, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, __file__, *asked], check=True, env=environment)


def measure(n_people: int, runs: int) -> None:
    """Print what each page costs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from secondment.campaigns.models import Campaign
    from secondment.matching.models import Proposal
    from secondment.people.models import Person

    fill_up(n_people)
    proposal = Proposal.objects.order_by("-pk").first()
    pages = {
        "home": "/",
        "roster": "/people/",
        **({"proposal": f"/matching/proposals/{proposal.pk}/"} if proposal else {}),
        "campaign": f"/campaigns/{Campaign.objects.earliest('pk').pk}/",
        "placements": "/placements/",
        "person": f"/people/{Person.objects.earliest('pk').pk}/",
        "to-do": "/todo/",
        "force": "/workforce/",
        "age": "/workforce/structure/age/",
        "cross": "/workforce/cross/?rows=rank&columns=age&layers=education",
        "tags": "/workforce/cross/?rows=unit&columns=specialty",
        "past": "/workforce/cross/?rows=rank&columns=education&as_of=2024-06-30",
    }
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username=ACCOUNT))
    for name, path in pages.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        n_queries = len(queries)  # before the next request empties the log
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        spent = [seconds_of(client, path) for _ in range(runs)]
        print(f"  {name:11} {statistics.median(spent) * 1000:6.1f} ms {n_queries:3} queries", flush=True)


def seconds_of(client: object, path: str) -> float:
    """Processor seconds of one answer, its template and its writing included."""
    start = time.process_time()
    client.get(path)  # type: ignore[attr-defined]
    return time.process_time() - start


def fill_up(n_people: int) -> None:
    """Add copies of the demo's persons under other names until there are `n_people`."""
    from secondment.people.models import AbilityValue, AnnualGrade, CareerEntry, Person, Specialty

    known = list(Person.objects.order_by("pk"))
    missing = n_people - len(known)
    added = [copied(known[number % len(known)]) for number in range(missing)]
    Person.objects.bulk_create(added, batch_size=500)
    for model in (Specialty, AbilityValue, AnnualGrade, CareerEntry):
        rows = defaultdict(list)
        for row in model.objects.filter(person__in=known):
            rows[row.person_id].append(row)
        model.objects.bulk_create(
            (
                copied(row, person=person)
                for number, person in enumerate(added)
                for row in rows[known[number % len(known)].pk]
            ),
            batch_size=2_000,
        )


def copied(row: Any, **changed: Any) -> Any:
    """A new row of the same model with the same values, but for those that are changed or must differ."""
    fields = row._meta.concrete_fields  # noqa: SLF001 -- the documented way to a model's fields
    kept = [one for one in fields if not one.primary_key and one.name not in {*UNIQUE, *changed}]
    return type(row)(**{one.attname: getattr(row, one.attname) for one in kept}, **changed)


if __name__ == "__main__":
    main()

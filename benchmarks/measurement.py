"""From closed ballots in the database to the committee's numbers: `python -m benchmarks.measurement [n_people n_many]`.

Writes a year of appraisals with 15 raters and 10 indicators a candidate into an empty database (351 people: 52,650 marks, and
three signed sheets each), computes it, and prints seconds; then the same work without a database for 20,000 people: three
million marks by the facets model, which are too many for the other. The database is that of the tests' settings.
"""

import os
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings_test")

import django

django.setup()

import numpy as np  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from tests.makers import AT  # noqa: E402
from tests.measurement import scene  # noqa: E402

from secondment.algorithms.rating.tally import plain_tally  # noqa: E402
from secondment.appraisals.models import SealedBallot, SignedMark  # noqa: E402
from secondment.measurement.choices import Model  # noqa: E402
from secondment.measurement.inputs import Cast, inputs_of  # noqa: E402
from secondment.measurement.measuring import measure  # noqa: E402
from secondment.measurement.models import Measure  # noqa: E402
from secondment.measurement.services.running import execute_run, start_run  # noqa: E402

N_RATERS, N_SIGNED = 15, 3
SCORES = [40, 60, 80, 100]
CODES = tuple(f"item{place}" for place in range(10))


def filled(n_people: int, n_signed: int) -> scene.Year:
    """A closed appraisal; ballots are written in bulk."""
    random = np.random.default_rng(1)
    year = scene.make_year()
    year.standard.indicators.all().delete()
    scene.INDICATORS = dict.fromkeys(CODES, 10)
    for place, code in enumerate(CODES):
        year.standard.indicators.create(
            code=code, position=place, part="ability", title=code, weight=10, kind="rated", source="ballot"
        )
    severity = random.normal(0, 0.7, 12)
    for place in range(n_people):
        host, (candidate,) = year.village()
        merit, kindness = random.normal(), random.normal(0, 0.7)
        own = merit + kindness + random.normal(0, 0.8, N_RATERS)
        year.paper("colleagues", host, [candidate], [[levels(random, eta)] for eta in own])
        for turn in range(n_signed):
            member = (place * n_signed + turn) % 12
            year.sign(f"member{member}", candidate, levels(random, merit - severity[member]))
    year.close()
    return year


def levels(random: np.random.Generator, eta: float) -> list[int]:
    """Ten marks."""
    logits = (eta - np.linspace(-0.5, 0.5, len(CODES)))[:, None] * np.arange(4) - np.array([0, -1.5, -1.5, 0])
    return (1 + np.argmax(logits + random.gumbel(size=logits.shape), axis=1)).tolist()


def computed(n_people: int, model: Model) -> None:
    """One campaign from the database to measures."""
    begun = time.perf_counter()
    year = filled(n_people, N_SIGNED)
    made = time.perf_counter() - begun
    run = start_run(year.owner, year.appraisal.year, year.standard, model=model, by=year.clerk, at=AT)
    steps: list[tuple[str, float]] = []
    begun, cpu = time.perf_counter(), time.process_time()
    execute_run(
        run,
        at=AT,
        progress=lambda done, total, doing="": steps.append((str(doing), time.perf_counter() - begun)),
    )
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    run.refresh_from_db()
    print(
        f"{n_people} people, {run.results['n_marks']:,} marks, {model}: {seconds:.2f} s ({cpu:.2f} CPU s); "
        f"{Measure.objects.filter(run=run, fair_score__isnull=False).count()} fair scores; written in {made:.0f} s"
    )
    firsts = dict(reversed(steps))
    for name, at in firsts.items():
        print(f"  from {at:5.2f} s {name}")
    SealedBallot.objects.all().delete()
    SignedMark.objects.all().delete()


def many(n_people: int) -> None:
    """Tally, columns and estimate of ballots that are in memory already."""
    random = np.random.default_rng(2)
    merit = random.normal(size=n_people)
    severity = random.normal(0, 0.5, 2000)
    casts = []
    for person in range(n_people):
        for rater in ((random.integers(2000) + 131 * np.arange(N_RATERS)) % 2000).tolist():
            marks = dict(zip(CODES, levels(random, merit[person] - severity[rater]), strict=True))
            casts.append(Cast("organisation", "", {person: marks}, f"organisation:{rater}"))
    begun, cpu = time.perf_counter(), time.process_time()
    plain_tally(
        casts,
        level_scores=SCORES,
        group_weights={"organisation": 100},
        indicator_weights=dict.fromkeys(CODES, 10),
    )
    tallied = time.process_time() - cpu
    inputs = inputs_of(casts, SCORES)
    found = measure(inputs, Model.FACETS, seed=0)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{n_people} people, {len(inputs):,} marks, facets, without a database: {seconds:.1f} s ({cpu:.1f} CPU s, "
        f"tally {tallied:.1f}), {memory:.0f} MB, {len(found.of_candidate)} measures"
    )


def main() -> None:
    """Both sizes."""
    n_people, n_many = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (351, 20_000)
    many(n_many)
    old = setup_databases(verbosity=0, interactive=False)
    try:
        computed(n_people, Model.HIERARCHICAL)
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()

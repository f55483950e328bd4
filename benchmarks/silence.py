"""Whether silence pays in the demo: answers and facts of one random tenth of people are taken away, 200 times.

Run ``SECONDMENT_DATA_DIR=… python -m benchmarks silence [times]`` on an installation with the demo. Every run is paired with
the full one; a chance to be placed changes by +1, 0 or -1 for each person whose answer is taken away, and the table states the
mean over these people in percentage points, with its 95 % interval over the runs. Halves are by what people have on record.
"""

import os
import sys
from dataclasses import replace

import numpy as np

SEED = 20261130
KINDS = {
    "wishes": ("person_preference",),
    "abilities": ("needed_abilities", "growth"),
    "specialties": ("specialty",),
    "grass-roots years": ("experience",),
}


def demo_snapshot():  # type: ignore[no-untyped-def]
    """The facts of the largest campaign under review, and its weights."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    import django

    django.setup()
    from django.db.models import Count

    from secondment.campaigns.choices import CampaignState
    from secondment.campaigns.models import Campaign
    from secondment.matching.snapshot_facts import take_snapshot
    from secondment.matching.weights import weights_of

    found = (
        Campaign.objects.filter(state=CampaignState.REVIEW).annotate(n=Count("nominations")).order_by("-n")
    )
    return take_snapshot(found[0]), weights_of(found[0])


def placed(snapshot, weights, neutral=None) -> np.ndarray:  # type: ignore[no-untyped-def]
    """Who is placed in the best plan; with the neutral values of these facts, or those given."""
    from secondment.algorithms.assignment import solve_assignment

    ready = (
        replace(snapshot, neutral=neutral) if neutral is not None else snapshot.with_neutral_values(weights)
    )
    pairs = solve_assignment(ready.problem(weights)).pairs
    has_post = np.zeros(len(snapshot.nominations), dtype=bool)
    has_post[[person for person, _post in pairs]] = True
    return has_post


def simulate(snapshot, weights, columns: list[int], times: int) -> np.ndarray:  # type: ignore[no-untyped-def]
    """Change of all, of the weaker and of the stronger half, gained, lost: shape (times, 5), in percentage points."""
    pairs, weight = snapshot.admissible, np.array([*weights.values()], dtype=float)
    judged = np.unique(pairs.person[np.isfinite(pairs.components[:, columns[0]])])
    points = np.nan_to_num(pairs.components[:, columns]) @ weight[columns]
    n = np.bincount(pairs.person, minlength=len(snapshot.nominations))
    strength = np.bincount(pairs.person, points, minlength=len(n)) / np.maximum(n, 1)
    is_weak = strength < np.median(strength[judged])
    before = placed(snapshot, weights).astype(int)
    random = np.random.default_rng(SEED)
    rows = []
    for _time in range(times):
        silent = random.choice(judged, round(len(judged) / 10), replace=False)
        components = pairs.components.copy()
        components[np.ix_(np.isin(pairs.person, silent), columns)] = np.nan
        after = placed(replace(snapshot, admissible=replace(pairs, components=components)), weights)
        change, weak = after[silent] - before[silent], is_weak[silent]
        parts = (change, change[weak], change[~weak], change > 0, change < 0)
        rows.append([100 * part.mean() for part in parts])
    return np.array(rows)


def gain_in_points(snapshot, weights, columns: list[int]) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Points of fit that the weaker half would gain by not being measured: mean, and most of any person."""
    pairs = snapshot.admissible
    neutral = snapshot.with_neutral_values(weights).neutral
    share = np.array([*weights.values()], dtype=float) * np.isfinite(neutral)
    gain = (neutral[columns] - pairs.components[:, columns]) @ share[columns] / share.sum()
    known = np.isfinite(gain)
    n = np.bincount(pairs.person[known], minlength=len(snapshot.nominations))
    of_person = (np.bincount(pairs.person[known], gain[known], minlength=len(n)) / np.maximum(n, 1))[n > 0]
    weaker = of_person[of_person > np.median(of_person)]
    return 100 * weaker.mean(), 100 * weaker.max()


def main() -> None:
    """Print one line for each kind of answer or fact."""
    from secondment.algorithms.fit import COMPONENTS

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    snapshot, weights = demo_snapshot()
    weights = {name: weights[name] for name in COMPONENTS}
    neutral = snapshot.with_neutral_values(weights).neutral
    print(f"{len(snapshot.nominations)} people, {len(snapshot.posts)} posts, {times} times, seed {SEED}")
    print(
        "neutral values: "
        + ", ".join(f"{name} {value:.3f}" for name, value in zip(COMPONENTS, neutral, strict=True))
    )
    print(
        "taken away         all                weaker half        stronger half      gain   lose   points, weaker half (most)"
    )
    for kind, names in KINDS.items():
        columns = [COMPONENTS.index(name) for name in names]
        found = simulate(snapshot, weights, columns, times)
        half_width = 1.96 * found.std(axis=0, ddof=1) / np.sqrt(times)
        cells = [
            f"{mean:+6.2f} ± {half:4.2f}"
            for mean, half in zip(found[:, :3].mean(axis=0), half_width[:3], strict=True)
        ]
        gained, lost = found[:, 3:].mean(axis=0)
        mean, most = gain_in_points(snapshot, weights, columns)
        print(
            f"{kind:18} {'    '.join(cells)}   {gained:4.1f} % {lost:4.1f} %  {mean:+.1f} ({most:+.1f})",
            flush=True,
        )


if __name__ == "__main__":
    main()

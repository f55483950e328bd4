"""Copied reports among host reports as offices write them: ``python -m benchmarks reports [reports]``.

Texts are made of the sentences of the demo, so that honest reports share much of their wording. Every fiftieth report copies the
one before with up to 5 % of its characters changed, every two-hundredth word for word. Printed: time, memory, pairs, and how many of the planted pairs at or
above the threshold of the sign were found; up to 5,000 reports all pairs are compared with an exact search as well.
"""

import os
import random
import resource
import sys
import time

from benchmarks.duplicates import by_index

from secondment.algorithms.duplicates import jaccard, near_duplicates, normalised, shingles

THRESHOLD = 0.8
MOST_EXACT = 5_000
UNITS = ("户", "公里", "亩", "万元", "人次")
TASKS = (
    "发展林下经济",
    "整治村容村貌",
    "修建饮水工程",
    "组建合作社",
    "整顿党组织生活",
    "开办老年餐桌",
    "清收承包费",
)


def corpus(n: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Reports, and the planted pairs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings_test")
    from secondment.demo.work.texts import Goal, report_of

    source = random.Random(1)
    texts: list[str] = []
    planted = []
    for number in range(n):
        if number % 50 == 49:
            planted.append((number - 1, number))
            texts.append(changed(texts[-1], source) if number % 200 != 199 else texts[-1])
            continue
        village = (
            f"{source.choice('东西南北上下大小')}{source.choice('沟庄营店峪屯')}{source.randrange(10_000)}村"
        )
        goals = [
            Goal(f"{village}{task}", source.randint(3, 900), source.choice(UNITS))
            for task in source.sample(TASKS, 3)
        ]
        texts.append("\n".join(report_of(source, goals, source.random()).values()))
    return texts, planted


def changed(text: str, source: random.Random) -> str:
    """The text with up to 5 % of its characters exchanged for digits."""
    letters = list(text)
    for _time in range(source.randrange(len(letters) // 20 + 1)):
        letters[source.randrange(len(letters))] = str(source.randrange(10))
    return "".join(letters)


def main(n: int) -> None:
    """Print one line a figure."""
    texts, planted = corpus(n)
    start = time.process_time()
    report = near_duplicates(texts, threshold=THRESHOLD)
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    length = sum(map(len, texts)) / n
    sets = {key: shingles(normalised(texts[key]), 3) for pair in planted for key in pair}
    due = {pair for pair in planted if jaccard(sets[pair[0]], sets[pair[1]]) >= THRESHOLD}
    found = {(pair.first, pair.second) for pair in report.pairs}
    way = "exact join" if report.is_exact else "sketch"
    print(f"{n} reports of {length:.0f} characters on average: {spent:.1f} CPU s, {memory:.0f} MB, {way}")
    print(
        f"pairs {report.n_pairs}, candidates {report.n_candidates}; planted at or above {THRESHOLD}: {len(due)}, found {len(due & found)}, recall {len(due & found) / len(due):.4f}"
    )
    if n <= MOST_EXACT:
        expected = by_index([normalised(one) for one in texts], THRESHOLD)
        print(
            f"all pairs by an exact search: {len(expected)}; found {len(found & expected)} and {len(found - expected)} others"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

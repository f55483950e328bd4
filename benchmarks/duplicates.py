"""Time and recall of near-duplicate search: python benchmarks/duplicates.py [texts [characters [brute|index]]].

The third word also finds all pairs exactly: `brute` compares every two texts (minutes from 2,000 on), `index` only
those that share a shingle, which leaves none out.
"""

import random
import resource
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations

from secondment.algorithms.duplicates import jaccard, near_duplicates, shingles

THRESHOLD = 0.8
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def corpus(n_texts: int, length: int) -> list[str]:
    """Random Chinese; every tenth text copies the one before with up to 5 % of characters changed."""
    source = random.Random(1)
    texts: list[str] = []
    for number in range(n_texts):
        letters = list(texts[-1]) if number % 10 == 9 else source.choices(CHARACTERS, k=length)
        if number % 10 == 9:
            for _ in range(source.randrange(length // 20 + 1)):
                letters[source.randrange(length)] = source.choice(CHARACTERS)
        texts.append("".join(letters))
    return texts


def by_brute_force(texts: list[str], threshold: float) -> set[tuple[int, int]]:
    """All pairs at or above the threshold, by comparing the shingles of every two texts."""
    sets = [shingles(text, 3) for text in texts]
    pairs = combinations(range(len(texts)), 2)
    return {(first, second) for first, second in pairs if jaccard(sets[first], sets[second]) >= threshold}


def by_index(texts: list[str], threshold: float) -> set[tuple[int, int]]:
    """The same pairs, through the list of texts that hold each shingle."""
    sets = [shingles(text, 3) for text in texts]
    holders: defaultdict[object, list[int]] = defaultdict(list)
    found = set()
    for second, own in enumerate(sets):
        common = Counter(first for shingle in own for first in holders[shingle])
        for first, n_common in common.items():
            if n_common / (len(own) + len(sets[first]) - n_common) >= threshold:
                found.add((first, second))
        for shingle in own:
            holders[shingle].append(second)
    return found


EXACT = {"brute": by_brute_force, "index": by_index}


def main(n_texts: int, length: int, exact: str | None) -> None:
    texts = corpus(n_texts, length)
    start = time.monotonic()
    report = near_duplicates(texts, threshold=THRESHOLD)
    spent = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    planted = [
        jaccard(shingles(texts[number - 1], 3), shingles(texts[number], 3)) >= THRESHOLD
        for number in range(9, n_texts, 10)
    ]
    print(f"{n_texts} texts of {length} characters: {spent:.1f} s, {memory:.0f} MB")
    print(
        f"pairs {report.n_pairs}, candidates {report.n_candidates}, planted at or above 0.8: {sum(planted)}"
    )
    if exact is not None:
        start = time.monotonic()
        expected = EXACT[exact](texts, THRESHOLD)
        found = {(pair.first, pair.second) for pair in report.pairs}
        print(
            f"all pairs by {exact}: {time.monotonic() - start:.1f} s, {len(expected)} pairs;"
            f" found {len(found & expected)} of them and {len(found - expected)} others"
        )


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    n_texts, length = numbers + [100_000, 300][len(numbers) :]
    main(n_texts, length, sys.argv[3] if len(sys.argv) > 3 else None)

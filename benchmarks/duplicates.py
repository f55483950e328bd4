"""Time and recall of near-duplicate search: python benchmarks/duplicates.py [texts] [characters]."""

import random
import resource
import sys
import time

from secondment.algorithms.duplicates import jaccard, near_duplicates, shingles

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


def main(n_texts: int, length: int) -> None:
    texts = corpus(n_texts, length)
    start = time.monotonic()
    report = near_duplicates(texts, threshold=0.8)
    spent = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    planted = [
        jaccard(shingles(texts[number - 1], 3), shingles(texts[number], 3)) >= 0.8
        for number in range(9, n_texts, 10)
    ]
    print(f"{n_texts} texts of {length} characters: {spent:.1f} s, {memory:.0f} MB")
    print(
        f"pairs {report.n_pairs}, candidates {report.n_candidates}, planted at or above 0.8: {sum(planted)}"
    )


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [100_000, 300][len(numbers) :]))

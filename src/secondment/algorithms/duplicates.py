"""Near-duplicate texts (雷同材料): an exact join proposes pairs, MinHash where there are too many; Jaccard decides."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.shingle_join import pairs_within_reach

Words = NDArray[np.uint32]
Progress = Callable[[float, str], None]

PERMUTATIONS = 128
MOST_MISSED = 0.01
"""A pair just at the threshold is overlooked with at most this probability."""


@dataclass(frozen=True)
class Pair:
    """Two texts (indices, first < second) and the exact Jaccard similarity of their shingle sets."""

    first: int
    second: int
    similarity: float


@dataclass(frozen=True)
class DuplicatesReport:
    """Pairs at or above the threshold, most alike first, what was compared, and whether no pair can be missing."""

    pairs: tuple[Pair, ...]
    n_pairs: int
    n_candidates: int
    n_too_short: int
    is_exact: bool

    @property
    def is_cut(self) -> bool:
        """Whether `pairs` leaves out some of the `n_pairs` found, the least alike."""
        return len(self.pairs) < self.n_pairs


def near_duplicates(
    texts: Sequence[str],
    *,
    threshold: float = 0.8,
    shingle: int = 3,
    most_pairs: int = 1_000_000,
    seed: int = 1,
    progress: Progress = lambda share, doing: None,
) -> DuplicatesReport:
    """Find pairs of texts whose sets of character shingles overlap by `threshold` or more (Jaccard).

    Every pair given is exact. Up to some 20,000 texts of usual length no pair is overlooked; beyond, and where texts have
    very much in common, a pair at the threshold is overlooked with probability 1 % at most (from a threshold of 0.04),
    one well above it hardly ever: see `miss_probability`.

    Parameters
    ----------
    texts
        Compared after NFKC and small letters, without spaces, signs and punctuation.
    threshold
        0 < threshold ≤ 1.
    shingle
        Characters per shingle; texts shorter than that are never paired and are counted.

    Notes
    -----
    First the exact join of `shingle_join`; where it declines, MinHash (Broder, 1997) with banding (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
    chapter 3) from datasketch. O(total characters × permutations) and then candidates only. Texts
    equal after normalising are compared once.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, not {threshold}")
    groups, n_too_short = _equal_texts(texts, shingle)
    plain = list(groups)
    members = list(groups.values())
    found = [(one, one, 1.0) for one, group in enumerate(members) if len(group) > 1]
    n_candidates = len(found)
    within_reach = pairs_within_reach(plain, shingle, threshold)
    if within_reach is None:
        candidates = _candidates(plain, shingle, threshold, seed, progress)
    else:
        candidates = _with_progress(within_reach, progress)
    for one, other in candidates:
        n_candidates += 1
        similarity = jaccard(shingles(plain[one], shingle), shingles(plain[other], shingle))
        if similarity >= threshold:
            found.append((one, other, similarity))
    n_pairs = sum(_n_pairs(members, one, other) for one, other, _ in found)
    found.sort(key=lambda item: (-item[2], members[item[0]][0], members[item[1]][0]))
    pairs = _expand(found, members, most_pairs)
    return DuplicatesReport(tuple(pairs), n_pairs, n_candidates, n_too_short, within_reach is not None)


def normalised(text: str) -> str:
    """The text as compared: letters and digits only, compatibility forms unified, small letters."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1024)
def shingles(plain: str, size: int) -> frozenset[str]:
    """The set of all runs of `size` characters of a normalised text."""
    return frozenset(plain[start : start + size] for start in range(len(plain) - size + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Size of the intersection over size of the union; two empty sets have nothing in common."""
    shared = len(one & other)
    union = len(one) + len(other) - shared
    return shared / union if union else 0.0


def miss_probability(similarity: float, *, threshold: float) -> float:
    """Chance that banding for `threshold` overlooks a pair of this similarity: (1 − sʳ)ᵇ."""
    bands, rows = _bands(threshold)
    return float((1 - similarity**rows) ** bands)


def _equal_texts(texts: Sequence[str], size: int) -> tuple[dict[str, list[int]], int]:
    groups: dict[str, list[int]] = {}
    n_too_short = 0
    for number, text in enumerate(texts):
        plain = normalised(text)
        if len(plain) < size:
            n_too_short += 1
        else:
            groups.setdefault(plain, []).append(number)
    return groups, n_too_short


def _bands(threshold: float) -> tuple[int, int]:
    """Bands and rows: the longest rows, so the fewest candidates, that keep to `MOST_MISSED`."""
    rows = PERMUTATIONS // 2
    while rows > 1 and (1 - threshold**rows) ** (PERMUTATIONS // rows) > MOST_MISSED:
        rows -= 1
    return PERMUTATIONS // rows, rows


def _with_progress(pairs: IntArray, progress: Progress) -> Iterator[tuple[int, int]]:
    """The pairs; progress is reported every thousand texts."""
    for number, (one, other) in enumerate(pairs.tolist()):
        if number % 1000 == 0:
            progress(number / len(pairs), "comparing texts")
        yield one, other
    progress(1.0, "comparing texts")


def _candidates(
    plain: list[str], size: int, threshold: float, seed: int, progress: Progress
) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) that share a band, each once."""
    index = MinHashLSH(num_perm=PERMUTATIONS, params=_bands(threshold))
    model = MinHash(num_perm=PERMUTATIONS, seed=seed, hashfunc=int)
    for number, text in enumerate(plain):
        sketch = model.copy()
        sketch.update_batch(_hashes(text, size))
        for earlier in sorted(index.query(sketch)):
            yield earlier, number
        index.insert(number, sketch, check_duplication=False)
        if number % 1000 == 0:
            progress(number / len(plain), "comparing texts")
    progress(1.0, "comparing texts")


def _hashes(plain: str, size: int) -> Words:
    """A 32-bit number of each shingle from its code points; the same on every machine and run."""
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    n_shingles = len(codes) - size + 1
    hashes = np.full(n_shingles, 2166136261, dtype=np.uint32)
    for start in range(size):
        hashes = (hashes ^ codes[start : start + n_shingles]) * np.uint32(16777619)
        hashes ^= hashes >> np.uint32(15)
    return hashes


def _n_pairs(members: list[list[int]], one: int, other: int) -> int:
    n_one, n_other = len(members[one]), len(members[other])
    return n_one * (n_one - 1) // 2 if one == other else n_one * n_other


def _expand(found: list[tuple[int, int, float]], members: list[list[int]], most: int) -> list[Pair]:
    pairs: list[Pair] = []
    for one, other, similarity in found:
        for first in members[one]:
            for second in members[other]:
                if one == other and first >= second:
                    continue
                if len(pairs) == most:
                    return pairs
                pairs.append(Pair(min(first, second), max(first, second), similarity))
    return pairs

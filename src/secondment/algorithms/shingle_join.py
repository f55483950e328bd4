"""All pairs of texts that can reach a Jaccard similarity, without a miss: a join of shingle sets by their prefixes."""

from collections.abc import Sequence

import numpy as np

from secondment.algorithms.arrays import IntArray

# Beyond these the join would need too much memory or look at too many pairs.
MOST_SHINGLES = 6_000_000
MOST_TOUCHES = 6_000_000
CODE_BITS = 21
ROUNDING = 1e-9


def pairs_within_reach(texts: Sequence[str], size: int, threshold: float) -> IntArray | None:
    """Pairs (earlier, later), (n_pairs, 2) ascending, among which every pair at the threshold is; None when too many.

    Parameters
    ----------
    texts : each of at least `size` characters.
    size : characters per shingle.
    threshold : least Jaccard similarity of the sets of shingles, above 0.

    Notes
    -----
    Sets x and y with |x ∩ y| ≥ t |x ∪ y| share at least t |x| elements of x, so that among the first
    |x| − ⌈t |x|⌉ + 1 of each, in one order for all, there is a common one (Chaudhuri, Ganti & Kaushik 2006); the
    order is from rare to common (Bayardo, Ma & Srikant 2007). Sizes must not differ by more than the factor t.
    O(shingles log shingles) and then the pairs that share a prefix.
    """
    lengths = np.array([len(text) - size + 1 for text in texts], dtype=np.int64)
    if lengths.sum() > MOST_SHINGLES:
        return None
    text, shingle, n_each = _sets(texts, lengths, size)
    prefix = n_each - np.ceil(threshold * n_each - ROUNDING).astype(np.int64) + 1
    place = np.arange(len(text)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    is_first = place < prefix[text]
    order = np.lexsort((text[is_first], shingle[is_first]))
    text, shingle = text[is_first][order], shingle[is_first][order]
    earlier_with_it = np.arange(len(text)) - np.searchsorted(shingle, shingle)
    if earlier_with_it.sum() > MOST_TOUCHES:
        return None
    later = np.repeat(np.arange(len(text)), earlier_with_it)
    within = np.arange(len(later)) - np.repeat(np.cumsum(earlier_with_it) - earlier_with_it, earlier_with_it)
    one, other = text[later - 1 - within], text[later]
    few, many = np.minimum(n_each[one], n_each[other]), np.maximum(n_each[one], n_each[other])
    fits = few >= threshold * many - ROUNDING
    keys = np.unique(one[fits] * len(texts) + other[fits])
    return np.stack(np.divmod(keys, len(texts)), axis=1)


def _sets(texts: Sequence[str], lengths: IntArray, size: int) -> tuple[IntArray, IntArray, IntArray]:
    """Text and shingle of every distinct pair of the two, by text and then from rare to common; shingles per text."""
    numbers = _numbers(texts, lengths, size)
    n_shingles = int(numbers.max(initial=-1)) + 1
    keys = np.unique(np.repeat(np.arange(len(texts)), lengths) * max(n_shingles, 1) + numbers)
    text, shingle = np.divmod(keys, max(n_shingles, 1))
    often = np.bincount(shingle, minlength=n_shingles)
    order = np.lexsort((shingle, often[shingle], text))
    return text[order], shingle[order], np.bincount(text, minlength=len(texts))


def _numbers(texts: Sequence[str], lengths: IntArray, size: int) -> IntArray:
    """A number of every shingle of every text, equal for equal shingles and for no others."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(
        np.int64
    )
    begins = np.cumsum([0, *(len(text) for text in texts[:-1])])
    first = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    numbers = codes[first]
    for place in range(1, size):
        # Renumbered, so that number and code always fit one word.
        numbers = np.unique((numbers << CODE_BITS) | codes[first + place], return_inverse=True)[1].ravel()
    return np.unique(numbers, return_inverse=True)[1].ravel()

"""What marginal likelihood needs of the marks: who was marked on what, and each ratee's total."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from secondment.algorithms.rating.design import Design
from secondment.algorithms.rating.ratings import FloatArray, IntArray, sums_by


@dataclass(frozen=True)
class Patterns:
    """Ratees sorted into classes nobody can tell apart: marked on the same items, with the same total.

    An *item* is one rater on one criterion. Given the other parameters a ratee's total is all that its marks say of
    it, so that a fully crossed campaign has one pattern of items and no more classes than totals. `times` (patterns ×
    items) counts the marks; `class_pattern`, `class_total` and `class_size` describe the classes.
    """

    item_rater: IntArray
    item_criterion: IntArray
    times: sparse.csr_array
    class_of_ratee: IntArray
    class_pattern: IntArray
    class_total: FloatArray
    class_size: IntArray

    def items_of(self, pattern: int) -> IntArray:
        """The items of one pattern, in ascending order."""
        start, stop = self.times.indptr[pattern : pattern + 2]
        return np.asarray(self.times.indices[start:stop], dtype=np.intp)

    def times_of(self, pattern: int) -> FloatArray:
        """How often each of those items was marked."""
        start, stop = self.times.indptr[pattern : pattern + 2]
        return np.asarray(self.times.data[start:stop], dtype=np.float64)


def find_patterns(design: Design) -> Patterns:
    """Sort the marks into patterns and classes; O(marks log marks)."""
    ratee, rater, criterion = design.columns
    n_ratees, _, n_criteria = design.sizes
    keys, item = np.unique(rater * n_criteria + criterion, return_inverse=True)
    cells, count = np.unique(ratee * len(keys) + item, return_counts=True)
    starts = np.searchsorted(cells, np.arange(n_ratees + 1) * len(keys))
    found: dict[bytes, int] = {}
    rows: list[tuple[int, int]] = []
    of_ratee = np.empty(n_ratees, dtype=np.intp)
    own_items, own_count = cells % len(keys), count.astype(np.float64)
    for number, (start, stop) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)):
        content = own_items[start:stop].tobytes() + own_count[start:stop].tobytes()
        of_ratee[number] = found.setdefault(content, len(found))
        if of_ratee[number] == len(rows):
            rows.append((start, stop))
    chosen = np.concatenate([np.arange(start, stop) for start, stop in rows])
    bounds = np.concatenate([[0], np.cumsum([stop - start for start, stop in rows])])
    times = sparse.csr_array((own_count[chosen], own_items[chosen], bounds), shape=(len(rows), len(keys)))
    total = sums_by(ratee, design.category, n_ratees)
    classes, of_class, size = np.unique(
        np.stack([of_ratee.astype(np.float64), total]), axis=1, return_inverse=True, return_counts=True
    )
    return Patterns(
        keys // n_criteria,
        keys % n_criteria,
        times,
        np.asarray(of_class, dtype=np.intp).ravel(),
        classes[0].astype(np.intp),
        classes[1],
        size,
    )

"""What marginal likelihood needs of the marks: who was marked on what, and each ratee's total."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.design import RATEE, Design, observed_counts
from secondment.algorithms.rating.ratings import distinct, sums_by


@dataclass(frozen=True)
class Patterns:
    """Ratees sorted into indistinguishable classes: marked on the same items, with the same total.

    An *item* is one rater on one criterion. Given the other parameters a ratee's total is all that its marks say of
    it, so that a fully crossed campaign has one pattern of items and no more classes than totals. `times` (patterns ×
    items) counts the marks; `class_pattern`, `class_total` and `class_size` describe the classes.
    """

    item_rater: IndexArray
    item_criterion: IndexArray
    item_of_mark: IndexArray
    times: sparse.csr_array
    class_of_ratee: IndexArray
    class_pattern: IndexArray
    class_total: FloatArray
    class_size: IndexArray

    def items_of(self, pattern: int) -> IndexArray:
        """The items of one pattern, in ascending order."""
        start, stop = self.times.indptr[pattern : pattern + 2]
        return np.asarray(self.times.indices[start:stop], dtype=np.intp)

    def times_of(self, pattern: int) -> FloatArray:
        """How often each of those items was marked."""
        start, stop = self.times.indptr[pattern : pattern + 2]
        return np.asarray(self.times.data[start:stop], dtype=np.float64)


def find_patterns(design: Design, apart: BoolArray | None = None) -> Patterns:
    """Sort the marks into patterns and classes; ratees who are kept `apart` form separate classes.

    O(marks) where ratees and items nearly all meet, O(marks log marks) else.
    """
    ratee, rater, criterion = design.columns
    n_ratees, n_raters, n_criteria = design.sizes
    keys, item, _ = distinct(rater * n_criteria + criterion, n_raters * n_criteria)
    cells, _, count = distinct(ratee * len(keys) + item, n_ratees * len(keys))
    bounds = np.searchsorted(cells, np.arange(n_ratees + 1) * len(keys))
    times, of_ratee = _different_rows(cells % len(keys), count.astype(np.float64), bounds, len(keys))
    total = sums_by(ratee, design.category, n_ratees)
    own = np.zeros(n_ratees) if apart is None else np.where(apart, 1 + np.arange(n_ratees), 0)
    _, first, of_class, size = np.unique(
        np.stack([of_ratee, total, own]), axis=1, return_index=True, return_inverse=True, return_counts=True
    )
    # Numbered by first appearance: if no two are alike, classes are ratees.
    order = np.argsort(first)
    return Patterns(
        keys // n_criteria,
        keys % n_criteria,
        item,
        times,
        np.argsort(order)[of_class.ravel()],
        of_ratee[first[order]],
        total[first[order]],
        size[order],
    )


def put_together(design: Design, patterns: Patterns) -> Design:
    """The same marks with one entry per class and item; its ratees are the classes.

    Ratees of a class have the same estimate, and its mean marks say as much of everything else as the marks do.
    """
    if len(patterns.class_size) == design.sizes[RATEE]:
        return design
    class_of_mark = patterns.class_of_ratee[design.columns[RATEE]]
    n_items = len(patterns.item_rater)
    space = len(patterns.class_size) * n_items
    cells, cell, count = distinct(class_of_mark * n_items + patterns.item_of_mark, space)
    item = cells % n_items
    return Design(
        (cells // n_items, patterns.item_rater[item], patterns.item_criterion[item]),
        (len(patterns.class_size), *design.sizes[1:]),
        sums_by(cell, design.category, len(cells)) / count,
        design.scale,
        count.astype(np.float64),
        observed_counts(design),
    )


def _different_rows(
    items: IndexArray, count: FloatArray, bounds: IndexArray, n_items: int
) -> tuple[sparse.csr_array, IndexArray]:
    """The different rows of a table given row after row, and which of them each row is."""
    found: dict[bytes, int] = {}
    rows: list[tuple[int, int]] = []
    which = np.empty(len(bounds) - 1, dtype=np.intp)
    for number, (start, stop) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        content = items[start:stop].tobytes() + count[start:stop].tobytes()
        which[number] = found.setdefault(content, len(found))
        if which[number] == len(rows):
            rows.append((start, stop))
    chosen = np.concatenate([np.arange(start, stop) for start, stop in rows])
    ends = np.concatenate([[0], np.cumsum([stop - start for start, stop in rows])])
    return sparse.csr_array((count[chosen], items[chosen], ends), shape=(len(rows), n_items)), which

"""Classical coefficients of consistency and agreement."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.ratings import RatingError


class Level(StrEnum):
    """What differences between marks mean to Krippendorff's alpha."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True)
class IntraclassCorrelations:
    """The six forms of Shrout & Fleiss (1979); `_k` is for the mean of all raters."""

    one_way: float
    two_way_random: float
    two_way_mixed: float
    one_way_k: float
    two_way_random_k: float
    two_way_mixed_k: float


def cronbach_alpha(marks: FloatArray) -> float:
    """Alpha of a complete table (ratees × items)."""
    n_items = _check_table(marks)
    total = marks.sum(axis=1).var(ddof=1)
    if total == 0:
        raise RatingError("all ratees have the same total: alpha is not defined")
    return float(n_items / (n_items - 1) * (1 - marks.var(axis=0, ddof=1).sum() / total))


def intraclass_correlations(marks: FloatArray) -> IntraclassCorrelations:
    """ICC of a complete table (ratees × raters)."""
    k = _check_table(marks)
    n = len(marks)
    between = k * marks.mean(axis=1).var(ddof=1)
    raters = n * marks.mean(axis=0).var(ddof=1)
    within = float(((marks - marks.mean(axis=1, keepdims=True)) ** 2).sum() / (n * (k - 1)))
    error = (within * n * (k - 1) - raters * (k - 1)) / ((n - 1) * (k - 1))
    if between == 0 and within == 0:
        raise RatingError("all marks are alike: the correlations are not defined")
    return IntraclassCorrelations(
        float((between - within) / (between + (k - 1) * within)),
        float((between - error) / (between + (k - 1) * error + k * (raters - error) / n)),
        float((between - error) / (between + (k - 1) * error)),
        float((between - within) / between),
        float((between - error) / (between + (raters - error) / n)),
        float((between - error) / between),
    )


def krippendorff_alpha(marks: FloatArray, level: Level) -> float:
    """Alpha of a table (ratees × raters) with nan for missing marks."""
    values = np.unique(marks[np.isfinite(marks)])
    counts = np.array([(marks == value).sum(axis=1) for value in values], dtype=np.float64)
    return krippendorff_alpha_of_counts(values, counts.T, level)


def krippendorff_alpha_of_counts(values: FloatArray, counts: FloatArray, level: Level) -> float:
    """Alpha from how often each thing rated got each value (things × values); raters need not be the same.

    Source: Krippendorff (2004), ch. 11.
    """
    counts = counts[counts.sum(axis=1) > 1] if len(values) > 1 else counts[:0]
    if not len(counts) or not _varies(counts):
        raise RatingError("alpha needs two different marks and a ratee with two marks")
    per_ratee = counts.sum(axis=1)
    coincidence = (counts / (per_ratee - 1)[:, None]).T @ counts
    coincidence -= np.diag((counts / (per_ratee - 1)[:, None]).sum(axis=0))
    n = coincidence.sum(axis=0)
    distance = _distances(values, n, level)
    expected = float((np.outer(n, n) * distance).sum() / (n.sum() - 1))
    return 1 - float((coincidence * distance).sum()) / expected


def _varies(counts: FloatArray) -> bool:
    """Whether more than one value occurs among things with two marks or more."""
    return int((counts.sum(axis=0) > 0).sum()) > 1


def _distances(values: FloatArray, n: FloatArray, level: Level) -> FloatArray:
    if level is Level.NOMINAL:
        return 1 - np.eye(len(values))
    position = values if level is Level.INTERVAL else np.cumsum(n) - n / 2
    return np.asarray((position[:, None] - position) ** 2)


def _check_table(marks: FloatArray) -> int:
    n_rows, n_columns = marks.shape
    if n_rows < 2 or n_columns < 2 or not np.isfinite(marks).all():
        raise RatingError("this coefficient needs a complete table of at least two rows and two columns")
    return int(n_columns)

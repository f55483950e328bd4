"""What a component counts for where it could not be judged: one stated value a component, so that silence does not pay.

* **Answers** of people (wishes, nearness) help at a few posts, and people go to one of few. So silence counts at the mean of
  what those who answered have at the three posts that fit each of them best; at the mean over all posts, where nearly
  every wish is 0, not answering would cost a place.
* **Facts** that others record (specialties, abilities, rank …): each person's mean over the posts open to the person; of
  these the lower quartile, because at the mean the weaker half would gain by not being measured.
* **A host** that names nobody is silent about everyone alike, which decides nobody's place: the plain mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.fit import COMPONENT_DIGITS, COMPONENTS, filled, fit_scores

ANSWERS = frozenset({"person_preference", "distance"})
PLAIN = frozenset({"host_preference"})
BEST_POSTS = 3
LOWER_QUARTILE = 0.25


@dataclass(frozen=True, eq=False)
class Neutral:
    """What each component counts for where it was not judged.

    Attributes
    ----------
    values : shape (9,), thousandths; NaN where nobody was judged, so that the component takes no part
    n_judged : shape (9,), people who were judged at one post at least
    """

    values: FloatArray
    n_judged: IntArray


def neutral_values(components: FloatArray, person: IntArray, weights: Mapping[str, float]) -> Neutral:
    """Neutral values of these pairs (n_pairs, 9) of people (n_pairs,) under these weights; everybody counts once.

    Which posts fit best is judged with what is missing at the plain mean. Complexity O(n_pairs log n_pairs).

    Raises
    ------
    FitError
        For weights that cannot be used.
    """
    everywhere = np.ones(len(person))
    means = [_of_people(column, person, everywhere) for column in components.T]
    plain = np.array([mean.mean() if len(mean) else np.nan for mean in means])
    at_best = _at_best_posts(person, fit_scores(components, weights, plain))
    values = plain.copy()
    for column, name in enumerate(COMPONENTS):
        if len(means[column]) and name not in PLAIN:
            values[column] = (
                _of_people(components[:, column], person, at_best).mean()
                if name in ANSWERS
                else np.quantile(means[column], LOWER_QUARTILE)
            )
    return Neutral(np.round(values, COMPONENT_DIGITS), np.array([len(mean) for mean in means]))


def without_effect(components: FloatArray, neutral: FloatArray) -> list[str]:
    """Components that change no plan: nobody was judged, or all pairs count the same."""
    complete = filled(components, neutral)
    return [
        name
        for column, name in enumerate(COMPONENTS)
        if np.isnan(neutral[column]) or not len(complete) or np.ptp(complete[:, column]) == 0
    ]


def _of_people(values: FloatArray, person: IntArray, share: FloatArray) -> FloatArray:
    """The mean of each person's values that are known, by share; people without one are left out."""
    counts = np.isfinite(values) & (share > 0)
    person, values, share = person[counts], values[counts], share[counts]
    n = np.bincount(person, share)
    total = np.bincount(person, values * share)
    return np.asarray(total[n > 0] / n[n > 0])


def _at_best_posts(person: IntArray, score: FloatArray) -> FloatArray:
    """How far each pair is among the `BEST_POSTS` best of its person; pairs equal to the last of these share what is left."""
    order = np.lexsort((-score, person))
    who, value = person[order], score[order]
    first, end = np.searchsorted(who, who), np.searchsorted(who, who, side="right")
    last = value[np.minimum(first + BEST_POSTS, end) - 1]
    is_better, is_equal = value > last, value == last
    n_better = np.bincount(who, is_better)[who]
    n_equal = np.bincount(who, is_equal)[who]
    left = np.minimum(BEST_POSTS, end - first) - n_better
    share = np.empty(len(person))
    share[order] = np.where(is_better, 1.0, np.where(is_equal, left / np.maximum(n_equal, 1), 0.0))
    return share

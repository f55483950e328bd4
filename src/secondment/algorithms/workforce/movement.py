"""Headcount by month with a band: retirement and terms known, leaving and joining by observed rates.

Each rate has the posterior Gamma(d + ½, E) of d events in E person-years (Jeffreys prior of a Poisson rate). Given both
rates, those of K people who are still there after t years are binomial, those who joined and stayed are Poisson, and
the headcount is the sum. The rates are integrated out: joining in closed form (negative binomial), leaving by
Gauss–Laguerre quadrature over its posterior. No simulation.

References
----------
Jeffreys (1946), An invariant form for the prior probability in estimation problems. Bartholomew, Forbes & McClean
(1991), Statistical Techniques for Manpower Planning, chapters 2–4. Golub & Welsch (1969), Calculation of Gauss
quadrature rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray

PRIOR = 0.5
N_NODES = 40
_LEAST_WEIGHT = 1e-12
_TAIL = 1e-10


@dataclass(frozen=True)
class Observed:
    """Events of one kind that were seen in so many person-years."""

    n_events: int
    person_years: float

    def __post_init__(self) -> None:
        """Refuse what cannot be observed."""
        if self.n_events < 0 or self.person_years < 0 or (self.n_events and not self.person_years):
            raise ValueError(f"{self.n_events} events in {self.person_years} person-years cannot be")

    @property
    def is_measured(self) -> bool:
        """Whether anything was watched at all."""
        return self.person_years > 0

    @property
    def rate(self) -> float | None:
        """Events per person-year; None where nothing was watched."""
        return self.n_events / self.person_years if self.is_measured else None

    def interval(self, level: float = 0.9) -> tuple[float, float] | None:
        """The central interval of the rate; zero events do not make a rate of zero."""
        from scipy.stats import gamma

        if not self.is_measured:
            return None
        shape, scale = self.n_events + PRIOR, 1 / self.person_years
        low, high = ((1 - level) / 2, (1 + level) / 2)
        return float(gamma.ppf(low, shape, scale=scale)), float(gamma.ppf(high, shape, scale=scale))


@dataclass(frozen=True)
class Band:
    """Per month the bounds between which the headcount lies with the probability `level`, and its median."""

    low: IntArray
    middle: IntArray
    high: IntArray
    level: float


def headcount_band(
    known: IntArray,
    leaving: Observed,
    joining: Observed,
    *,
    months: Sequence[int] | None = None,
    level: float = 0.9,
) -> Band | None:
    """The headcount of every month, or None where leaving or joining was never watched.

    Parameters
    ----------
    known : ndarray of int, shape (n_months + 1,)
        People who are there by what is known (retirement and terms alone), today first.
    leaving, joining : Observed
        Moves other than retirement and terms. Joining counts on the headcount of today.
    months : sequence of int, optional
        Months to answer for; all by default.
    level : float
        Probability that each band is to hold.

    Notes
    -----
    The bands are pointwise. Nobody is given a year of leaving: each is as likely to go as another. Whoever joins is
    not retired within the years looked at. Discrete bounds hold at least `level`.
    """
    if not (leaving.is_measured and joining.is_measured):
        return None
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    chosen = list(range(known.size)) if months is None else list(months)
    rates, weights = _nodes(leaving)
    asked = ((1 - level) / 2, 0.5, (1 + level) / 2)
    bounds = np.array(
        [
            _quantiles(int(known[month]), int(known[0]), month / 12, rates, weights, joining, asked)
            for month in chosen
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    return Band(bounds[:, 0], bounds[:, 1], bounds[:, 2], level)


def _nodes(leaving: Observed) -> tuple[FloatArray, FloatArray]:
    """Rates of leaving and their weights: ∫ f(λ) Gamma(λ) dλ ≈ Σ w f(λ)."""
    from scipy.linalg import eigh_tridiagonal

    steps, shape = np.arange(N_NODES), leaving.n_events + PRIOR
    beside = np.sqrt(steps[1:] * (steps[1:] + shape - 1))
    places, vectors = eigh_tridiagonal(2 * steps + shape, beside)
    weights = vectors[0] ** 2
    kept = weights > _LEAST_WEIGHT
    return places[kept] / leaving.person_years, weights[kept] / weights[kept].sum()


def _quantiles(
    n_known: int,
    n_today: int,
    years: float,
    rates: FloatArray,
    weights: FloatArray,
    joining: Observed,
    asked: Sequence[float],
) -> list[int]:
    """The least numbers of people at which the distribution function reaches each of `asked`."""
    from scipy.stats import nbinom

    stay = np.exp(-rates * years)
    # Those who join during the time and are still there at its end, per person today and unit of the rate of joining.
    worth = n_today * -np.expm1(-rates * years) / rates
    shape = joining.n_events + PRIOR
    chance = joining.person_years / (joining.person_years + worth)
    nobody = not years or not n_today
    most_joined: FloatArray = np.zeros(rates.size) if nobody else np.asarray(nbinom.isf(_TAIL, shape, chance))
    total = np.zeros(n_known + int(most_joined.max()) + 2)
    for share, weight, success, most in zip(stay, weights, chance, most_joined, strict=True):
        low, staying = _binomial(n_known, float(share))
        mixed = np.convolve(staying, _negative_binomial(shape, float(success), int(most)))
        total[low : low + mixed.size] += weight * mixed
    reached = np.cumsum(total) / total.sum()
    return [int(np.searchsorted(reached, level - 1e-12)) for level in asked]


def _binomial(n_people: int, share: float) -> tuple[int, FloatArray]:
    """The first number of people worth looking at, and the probabilities from there on."""
    from scipy.special import gammaln, xlogy

    if share >= 1:
        return n_people, np.ones(1)
    spread = 10 * (n_people * share * (1 - share)) ** 0.5 + 20
    low, high = max(0, int(n_people * share - spread)), min(n_people, int(n_people * share + spread) + 1)
    n_stay = np.arange(low, high + 1)
    logs = gammaln(n_people + 1) - gammaln(n_stay + 1) - gammaln(n_people - n_stay + 1)
    return low, np.exp(logs + xlogy(n_stay, share) + (n_people - n_stay) * np.log1p(-share))


def _negative_binomial(shape: float, success: float, most: int) -> FloatArray:
    """Probabilities of 0 … `most` joined."""
    from scipy.special import gammaln, xlogy

    n_joined = np.arange(most + 1)
    logs = gammaln(n_joined + shape) - gammaln(shape) - gammaln(n_joined + 1)
    found: FloatArray = np.exp(logs + shape * np.log(success) + xlogy(n_joined, 1 - success))
    return found

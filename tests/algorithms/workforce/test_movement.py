"""The band of the headcount: its law by other means, its bounds where a rate is not known, and how often it holds."""

from functools import cache

import numpy as np
import pytest
from scipy import integrate, stats

from secondment.algorithms.workforce.movement import Band, Observed, headcount_band

N_RUNS = 1000


def constant(n_people: int, n_months: int = 120) -> np.ndarray:
    return np.full(n_months + 1, n_people, dtype=np.int64)


@pytest.mark.parametrize(("n_events", "person_years"), [(-1, 5.0), (1, -1.0), (1, 0.0)])
def test_what_cannot_be_observed_is_refused(n_events: int, person_years: float) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Observed(n_events, person_years)


def test_zero_events_do_not_make_a_rate_of_zero() -> None:
    seen = Observed(0, 50.0)
    assert seen.rate == 0
    low, high = seen.interval()  # type: ignore[misc]  # measured
    assert low > 0
    # χ² with one degree of freedom, halved: 3.841 ⁄ 2 ⁄ 50 at 95 %.
    assert high == pytest.approx(3.841459 / 2 / 50, rel=1e-6)


def test_nothing_watched_gives_no_rate_and_no_band() -> None:
    unwatched, watched = Observed(0, 0.0), Observed(1, 10.0)
    assert (unwatched.rate, unwatched.interval()) == (None, None)
    assert headcount_band(constant(5), unwatched, watched) is None
    assert headcount_band(constant(5), watched, unwatched) is None


def test_today_is_known_and_an_empty_unit_stays_empty() -> None:
    band = headcount_band(constant(7), Observed(2, 20.0), Observed(3, 20.0), months=[0, 12])
    assert band is not None
    assert (band.low[0], band.middle[0], band.high[0]) == (7, 7, 7)
    empty = headcount_band(constant(0), Observed(2, 20.0), Observed(3, 20.0), months=[60])
    assert empty == Band(*(pytest.approx(np.array([0])) for _ in range(3)), 0.9)  # type: ignore[arg-type]


def test_a_level_is_between_nothing_and_certainty() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        headcount_band(constant(5), Observed(1, 10.0), Observed(1, 10.0), level=1.0)


def test_without_joining_the_law_is_the_binomial_mixed_over_the_rate() -> None:
    """Numerical integration of the mixture; joining was watched so long that nobody is expected."""
    n_people, leaving = 12, Observed(3, 40.0)
    rate = stats.gamma(3.5, scale=1 / 40)
    pmf = np.array(
        [
            integrate.quad(lambda r, k=k: stats.binom.pmf(k, n_people, np.exp(-2 * r)) * rate.pdf(r), 0, 2)[0]
            for k in range(n_people + 1)
        ]
    )
    cdf = np.cumsum(pmf)
    assert cdf[-1] == pytest.approx(1, abs=1e-6)
    for level in (0.5, 0.8, 0.9, 0.98):
        band = headcount_band(constant(n_people), leaving, Observed(0, 1e9), months=[24], level=level)
        assert band is not None
        expected = [np.searchsorted(cdf, q) for q in ((1 - level) / 2, 0.5, (1 + level) / 2)]
        assert [band.low[0], band.middle[0], band.high[0]] == expected


def test_the_law_with_both_is_that_of_drawing_rates_and_people() -> None:
    draw = np.random.default_rng(13)
    n_people, years, n_draws = 80, 5.0, 200_000
    out = draw.gamma(6.5, 1 / 240, n_draws)
    come = draw.gamma(9.5, 1 / 240, n_draws)
    people = draw.binomial(n_people, np.exp(-out * years)) + draw.poisson(
        come * n_people * -np.expm1(-out * years) / out
    )
    for level in (0.5, 0.9):
        band = headcount_band(
            constant(n_people), Observed(6, 240.0), Observed(9, 240.0), months=[60], level=level
        )
        assert band is not None
        for bound, q in ((band.low[0], (1 - level) / 2), (band.high[0], (1 + level) / 2)):
            assert (people < bound).mean() - 0.005 <= q <= (people <= bound).mean() + 0.005


def test_fewer_person_years_make_the_band_wider() -> None:
    widths = []
    for person_years in (30.0, 300.0, 3000.0):
        seen = Observed(round(person_years * 0.05), person_years)
        band = headcount_band(constant(100), seen, seen, months=[60])
        assert band is not None
        widths.append(int(band.high[0] - band.low[0]))
    assert widths[0] > widths[1] > widths[2]


def test_many_events_and_many_people_stay_exact() -> None:
    """A thousand events: the posterior is narrow, so the mean is that of the rates."""
    band = headcount_band(constant(4000), Observed(1000, 20000.0), Observed(1000, 20000.0), months=[120])
    assert band is not None
    assert abs(band.middle[0] - 4000) < 25
    assert band.low[0] < 3900 < 4100 < band.high[0]


@pytest.mark.parametrize(
    ("n_people", "watched_years", "out", "come"),
    [(60, 3.0, 0.06, 0.05), (25, 3.0, 0.02, 0.08), (40, 1.0, 0.1, 0.03)],
)
def test_the_band_holds_as_often_as_it_says(
    n_people: int, watched_years: float, out: float, come: float
) -> None:
    """A thousand bodies with true rates: watched, forecast for five years, then lived through."""
    draw = np.random.default_rng(n_people)
    person_years, level, years = n_people * watched_years, 0.9, 5.0

    @cache
    def band(n_out: int, n_come: int) -> tuple[int, int]:
        found = headcount_band(
            constant(n_people),
            Observed(n_out, person_years),
            Observed(n_come, person_years),
            months=[60],
            level=level,
        )
        assert found is not None
        return int(found.low[0]), int(found.high[0])

    held = 0
    for _ in range(N_RUNS):
        low, high = band(int(draw.poisson(out * person_years)), int(draw.poisson(come * person_years)))
        held += low <= lived_through(n_people, out, come, years, draw) <= high
    assert held / N_RUNS >= level - 0.02


def lived_through(n_people: int, out: float, come: float, years: float, draw: np.random.Generator) -> int:
    """Everybody's own day of leaving; whoever joins begins at a day drawn evenly."""
    stay = (draw.exponential(1 / out, n_people) > years).sum()
    begins = draw.uniform(0, years, draw.poisson(come * n_people * years))
    return int(stay + (begins + draw.exponential(1 / out, begins.size) > years).sum())

"""The yearly number that keeps a share: by hand, against people who live it, and at the edges of what can be."""

import numpy as np
import pytest

from secondment.algorithms.workforce.equilibrium import (
    Path,
    Rank,
    Verdict,
    equilibrium,
    path_to,
    walk,
)


def rank(
    n_people: int = 100,
    n_experienced: int = 30,
    retiring: tuple[tuple[int, int], ...] = ((2, 2), (1, 3)),
    leaving_rate: float = 0.06,
    entering_share: float = 0.2,
) -> Rank:
    return Rank(n_people, n_experienced, retiring, leaving_rate, entering_share)


def test_the_number_by_hand() -> None:
    """100 people, 4 retire and 6 leave a year: 10 enter, 2 with experience; 60 % leave with 6, so 4 come back each year."""
    found = equilibrium(rank(), 0.6, 2)
    assert rank().outflow == pytest.approx(10)
    assert found.returning == pytest.approx(4)
    assert found.staying_share == pytest.approx(0.8836)
    assert found.needed_sent == pytest.approx(4 / 0.8836)
    assert (found.verdict, found.sent) == (Verdict.KEPT, 5)
    assert found.largest_share == pytest.approx(0.2 + 0.8 * 0.8836)


def test_a_whole_number_is_not_rounded_up() -> None:
    assert equilibrium(rank(leaving_rate=0.0), 0.45, 2).sent == 1  # 4 × (0.45 − 0.2) = 1


def test_the_largest_share_can_be_kept_and_nothing_above_it() -> None:
    largest = equilibrium(rank(), 0.5, 2).largest_share
    assert equilibrium(rank(), largest, 2).verdict is Verdict.KEPT
    beyond = equilibrium(rank(), largest + 0.001, 2)
    assert (beyond.verdict, beyond.sent, beyond.returning) == (Verdict.TOO_HIGH, None, None)


def test_entrants_may_suffice_and_a_rank_that_nobody_leaves_needs_none() -> None:
    assert equilibrium(rank(), 0.2, 2).verdict is Verdict.BY_ENTRANTS
    assert equilibrium(rank(), 0.2, 2).sent == 0
    still = equilibrium(rank(retiring=((0, 0),), leaving_rate=0.0), 0.9, 2)
    assert (still.verdict, still.sent, still.largest_share) == (Verdict.NOBODY_LEAVES, 0, 1.0)


def test_people_who_live_it_keep_the_share() -> None:
    """Each of 400 leaves with one chance in ten a year and is replaced; the fractional number is sent by lot."""
    share, years_away, chance, with_it = 0.5, 2, 0.1, 0.2
    asked = rank(400, 200, ((0, 0),), chance, with_it)
    needed = equilibrium(asked, share, years_away).needed_sent
    assert needed is not None
    draw = np.random.default_rng(4)
    experienced = np.arange(400) < 200
    away = np.zeros(400, dtype=int)
    shares = []
    for _ in range(4000):
        home = np.flatnonzero(~experienced & (away == 0))
        go = draw.choice(home, min(home.size, int(needed) + (draw.random() < needed % 1)), replace=False)
        away[go] = years_away + 1
        leaves = draw.random(400) < chance
        back = (away == 2) & ~leaves
        away = np.where(leaves | (away == 2), 0, np.maximum(away - 1, 0))
        experienced = np.where(leaves, draw.random(400) < with_it, experienced | back)
        shares.append(experienced.mean())
    assert np.mean(shares[200:]) == pytest.approx(share, abs=0.01)


def test_the_steady_number_stands_still_on_the_path() -> None:
    asked = rank(100, 60, ((0, 0),), 0.1, 0.2)
    needed = equilibrium(asked, 0.6, 2).needed_sent
    assert needed is not None
    years = walk(asked, 2, [needed] * 200)  # type: ignore[list-item]  # fractions of people stand still exactly
    assert years[-1].share == pytest.approx(0.6)


def test_a_year_adds_up() -> None:
    years = walk(rank(), 2, [5, 5, 5])
    first, second, _ = years
    # 30 − 2 retired = 28, less 6 % = 26.32; 96 × 0.06 = 5.76 leave, 4 retire: 9.76 enter, a fifth with experience.
    assert (first.sent, first.retired, first.left, first.returned) == (5, 4, pytest.approx(5.76), 0)
    assert first.entered == pytest.approx(9.76)
    assert first.experienced == pytest.approx(26.32 + 1.952)
    assert second.returned == pytest.approx(5 * 0.94 * 0.94)


def test_no_more_go_than_lack_experience_and_no_more_retire_than_there_are() -> None:
    asked = rank(10, 8, ((9, 9), (0, 0)), 0.0, 0.5)
    first, second = walk(asked, 1, [10, 10])
    assert (first.sent, first.retired) == (2, 8)
    assert 0 <= second.share <= 1


def test_the_path_takes_the_least_number_that_reaches_the_share_in_time() -> None:
    found = path_to(rank(), 0.5, 2, within=6, n_years=10)
    assert found.reached_in is not None
    assert found.reached_in <= 6
    assert found.years[5].share >= 0.5
    assert walk(rank(), 2, [found.each_year - 1] * 6)[-1].share < 0.5
    keep = equilibrium(rank(), 0.5, 2).sent
    assert [year.sent for year in found.years[6:]] == [keep] * 4


def test_a_share_that_is_too_high_is_sent_for_to_the_end() -> None:
    found = path_to(rank(100, 80, ((5, 0),), 0.0, 0.0), 1.0, 1, within=2, n_years=4)
    assert isinstance(found, Path)
    assert found.reached_in is None
    assert found.each_year == 100


def test_a_share_reached_later_than_asked_says_when() -> None:
    found = path_to(rank(100, 0, ((0, 0),), 0.02, 0.0), 0.9, 3, within=2, n_years=8)
    assert found.reached_in == 3
    assert found.each_year == 100


def test_what_is_there_already_needs_nobody() -> None:
    found = path_to(rank(100, 90, ((0, 0),), 0.01, 0.5), 0.5, 2, within=3, n_years=5)
    assert (found.each_year, found.reached_in) == (0, 1)


def test_reached_in_time_but_not_to_be_kept_goes_on_as_before() -> None:
    asked = rank(100, 80, ((2, 0), (0, 0), (30, 0)), 0.0, 0.0)
    assert equilibrium(asked, 1.0, 1).verdict is Verdict.KEPT
    held = path_to(rank(100, 90, ((0, 0), (0, 0)), 0.3, 0.0), 0.72, 1, within=1, n_years=3)
    assert equilibrium(rank(100, 90, ((0, 0),), 0.3, 0.0), 0.72, 1).verdict is Verdict.TOO_HIGH
    assert held.years[2].sent <= held.each_year


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_experienced": 101}, "cannot have experience"),
        ({"n_people": 0, "n_experienced": 0}, "cannot have experience"),
        ({"leaving_rate": 1.0}, "between 0 and 1"),
        ({"entering_share": 1.1}, "between 0 and 1"),
        ({"retiring": ()}, "at least one year"),
    ],
)
def test_what_cannot_be_a_rank_is_refused(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rank(**change)


def test_questions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="a share lies between"):
        equilibrium(rank(), 1.01, 2)
    with pytest.raises(ValueError, match="at least one year"):
        equilibrium(rank(), 0.5, 0)
    with pytest.raises(ValueError, match="year 1 to 5"):
        path_to(rank(), 0.5, 2, within=6, n_years=5)

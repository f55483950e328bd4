"""How many of a rank must go and come back each year so that a share of it has grass-roots experience.

The rank keeps its headcount N: whoever leaves is replaced. Each year O people leave it (retired, promoted out of it,
gone), of whom in the long run the share x has experience, and O enter it, of whom q have experience already. The stock
of people with experience stands still when

    R = O · (x − q)

come back each year with experience. Of those sent, the share S = (1 − a)^T is still in the rank after T years away, a
being the yearly rate of leaving other than by age; so g = R ⁄ S go each year. No more than the O · (1 − q) who enter
without experience can go year after year, hence no share above q + (1 − q) · S can be kept.

References
----------
Bartholomew, Forbes & McClean (1991), Statistical Techniques for Manpower Planning, chapter 4 (stocks and flows in
a steady state).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

_ROUNDING = 1e-9


class Verdict(Enum):
    """Whether the share can be kept, and why not or why without effort."""

    KEPT = "kept"
    BY_ENTRANTS = "by_entrants"
    TOO_HIGH = "too_high"
    NOBODY_LEAVES = "nobody_leaves"


@dataclass(frozen=True)
class Rank:
    """One rank: headcount, those with experience today, and how people leave and enter it.

    `retiring` has for every coming year those who retire by law, with and without experience, the current year
    first. `leaving_rate` is the share that leaves each year otherwise. `entering_share` of those who enter have
    experience already.
    """

    n_people: int
    n_experienced: int
    retiring: tuple[tuple[int, int], ...]
    leaving_rate: float
    entering_share: float

    def __post_init__(self) -> None:
        """Refuse what cannot be a rank."""
        if not 0 <= self.n_experienced <= self.n_people or not self.n_people:
            raise ValueError(f"{self.n_experienced} of {self.n_people} people cannot have experience")
        if not 0 <= self.leaving_rate < 1 or not 0 <= self.entering_share <= 1:
            raise ValueError("rates and shares lie between 0 and 1, and not all leave every year")
        if not self.retiring:
            raise ValueError("retirements of at least one year are needed")

    @property
    def retiring_each_year(self) -> float:
        """Mean number of retirements a year over the years given."""
        return sum(map(sum, self.retiring)) / len(self.retiring)

    @property
    def leaving_each_year(self) -> float:
        """People who leave otherwise in a year, at the rate observed."""
        return self.n_people * self.leaving_rate

    @property
    def outflow(self) -> float:
        """O: people who leave the rank in a mean year."""
        return self.retiring_each_year + self.leaving_each_year


@dataclass(frozen=True)
class Equilibrium:
    """The yearly numbers at which the share stands still; `sent` is `needed_sent` rounded up to whole people.

    Both are None when the share cannot be kept; `largest_share` is the highest that can.
    """

    verdict: Verdict
    share: float
    returning: float | None
    staying_share: float
    needed_sent: float | None
    sent: int | None
    largest_share: float


@dataclass(frozen=True)
class Year:
    """One year of a path, in expected people; `share` is that at its end."""

    sent: float
    retired: float
    left: float
    entered: float
    returned: float
    experienced: float
    share: float


@dataclass(frozen=True)
class Path:
    """Year by year from today; `each_year` go until `reached_in` (years from 1), after that as many as keep it.

    `reached_in` is None when the share is not reached in the years asked for, even if everybody without experience
    goes at once; the path is then that of sending everybody.
    """

    each_year: int
    reached_in: int | None
    years: tuple[Year, ...]


def equilibrium(rank: Rank, share: float, years_away: int) -> Equilibrium:
    """The number that must go and come back each year so that the share stands still.

    Raises
    ------
    ValueError
        When the share is not within 0 … 1, or nobody would be away for a year.
    """
    _check(share, years_away)
    stay = (1 - rank.leaving_rate) ** years_away
    largest = rank.entering_share + (1 - rank.entering_share) * stay
    if rank.outflow == 0:
        return Equilibrium(Verdict.NOBODY_LEAVES, share, 0.0, stay, 0.0, 0, 1.0)
    if share > largest + _ROUNDING:
        return Equilibrium(Verdict.TOO_HIGH, share, None, stay, None, None, largest)
    returning = max(0.0, rank.outflow * (share - rank.entering_share))
    needed = returning / stay
    verdict = Verdict.KEPT if returning else Verdict.BY_ENTRANTS
    return Equilibrium(verdict, share, returning, stay, needed, _whole(needed), largest)


def path_to(rank: Rank, share: float, years_away: int, *, within: int, n_years: int) -> Path:
    """The least yearly number by which the share is reached by the end of year `within`, and what follows.

    Raises
    ------
    ValueError
        As `equilibrium`, or when `within` is not one of the years 1 … `n_years`.
    """
    _check(share, years_away)
    if not 1 <= within <= n_years:
        raise ValueError(f"the share is to be reached in year 1 to {n_years}, not {within}")
    keep = equilibrium(rank, share, years_away).sent
    all_at_once = walk(rank, years_away, [rank.n_people] * n_years)
    if all_at_once[within - 1].share < share - _ROUNDING:
        soonest = next(
            (at for at, year in enumerate(all_at_once, 1) if year.share >= share - _ROUNDING), None
        )
        return Path(rank.n_people, soonest, all_at_once)
    low, high = -1, rank.n_people
    while high - low > 1:
        middle = (low + high) // 2
        is_enough = walk(rank, years_away, [middle] * within)[-1].share >= share - _ROUNDING
        low, high = (low, middle) if is_enough else (middle, high)
    after = high if keep is None else keep
    plan = [high] * within + [after] * (n_years - within)
    years = walk(rank, years_away, plan)
    return Path(high, next(at for at, year in enumerate(years, 1) if year.share >= share - _ROUNDING), years)


def walk(rank: Rank, years_away: int, sent: Sequence[int]) -> tuple[Year, ...]:
    """What becomes of the rank year by year when so many go each year; no more go than lack experience and are here.

    In each year people go, then retire by law, then leave at the observed rate; the vacancies are filled; last, those
    who have been away long enough come back. Retirements beyond the years given are taken at their mean.
    """
    experienced, here = float(rank.n_experienced), float(rank.n_people - rank.n_experienced)
    away = [0.0] * years_away
    found = []
    for year, wish in enumerate(sent):
        go = min(float(wish), here)
        away, here = [go, *away[:-1]], here - go
        with_it, without = _retiring(rank, year)
        with_it, without = min(with_it, experienced), min(without, here)
        experienced, here = experienced - with_it, here - without
        left = rank.leaving_rate * (experienced + here + sum(away))
        experienced, here, *away = ((1 - rank.leaving_rate) * stock for stock in (experienced, here, *away))
        entered = rank.n_people - experienced - here - sum(away)
        back, away[-1] = away[-1], 0.0
        experienced += entered * rank.entering_share + back
        here += entered * (1 - rank.entering_share)
        found.append(
            Year(go, with_it + without, left, entered, back, experienced, experienced / rank.n_people)
        )
    return tuple(found)


def _retiring(rank: Rank, year: int) -> tuple[float, float]:
    if year < len(rank.retiring):
        return float(rank.retiring[year][0]), float(rank.retiring[year][1])
    n = len(rank.retiring)
    return sum(one[0] for one in rank.retiring) / n, sum(one[1] for one in rank.retiring) / n


def _check(share: float, years_away: int) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    if years_away < 1:
        raise ValueError(f"people are away for at least one year, not {years_away}")


def _whole(number: float) -> int:
    return math.ceil(number - _ROUNDING)

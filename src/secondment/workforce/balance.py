"""How many of a rank must go and come back each year: what is read from the records, and the working a clerk checks."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from secondment.algorithms.shares import Share
from secondment.algorithms.workforce.equilibrium import (
    Equilibrium,
    Path,
    Rank,
    Verdict,
    Year,
    equilibrium,
    path_to,
)
from secondment.algorithms.workforce.movement import Observed
from secondment.workforce.force import Force, Official
from secondment.workforce.forecasts import months_in_rank
from secondment.workforce.words import percent

GRASS_ROOTS_YEARS = 2
WINDOW_YEARS = 3
N_YEARS = 10
MOST_LEAVING = 0.95


@dataclass(frozen=True)
class BalanceAsked:
    """The share wanted, years away, the year by which it is to be reached; rates of the clerk's own, if any."""

    rank: int
    share: float
    years_away: int
    within: int
    leaving: float | None = None
    entering: float | None = None


@dataclass(frozen=True)
class WorkingLine:
    """One number of the working: its sign in the formula, what it is, how it comes about."""

    sign: str
    label: str
    value: str
    how: str


@dataclass(frozen=True)
class PathRow:
    """One year of the path as the table shows it."""

    year: int
    calendar_year: str
    figures: Year


class Balance:
    """One rank of a force and the question asked of it."""

    def __init__(self, force: Force, asked: BalanceAsked) -> None:
        self.force, self.asked = force, asked
        self.people = [at for at in range(force.n_own) if force.officials[at].rank == asked.rank]

    @cached_property
    def entered(self) -> Share:
        """Of those who came to the rank within the last years, how many have experience."""
        recent = [at for at in self.people if self._is_recent(self.force.officials[at])]
        return Share(sum(self._has_experience(at) for at in recent), len(recent))

    @cached_property
    def promoted(self) -> Observed:
        """People of the next rank up who came to it within the last years, over the person-years of this rank."""
        force = self.force
        above = [one for one in force.officials[: force.n_own] if one.rank == self.asked.rank - 1]
        return Observed(sum(map(self._is_recent, above)), float(WINDOW_YEARS * len(self.people)))

    @cached_property
    def rank(self) -> Rank:
        """The rank as the formula takes it."""
        return Rank(
            len(self.people),
            sum(map(self._has_experience, self.people)),
            self._retiring,
            self._leaving,
            self._entering,
        )

    @cached_property
    def answer(self) -> Equilibrium:
        """The number that keeps the share."""
        return equilibrium(self.rank, self.asked.share, self.asked.years_away)

    @cached_property
    def path(self) -> Path:
        """Year by year."""
        asked = self.asked
        return path_to(self.rank, asked.share, asked.years_away, within=asked.within, n_years=N_YEARS)

    @property
    def rows(self) -> list[PathRow]:
        """The path as a table; years are counted from the day."""
        first = self.force.on.year + 1
        return [PathRow(at, str(first + at - 1), year) for at, year in enumerate(self.path.years, 1)]

    @property
    def verdict(self) -> str:
        """The answer in a sentence."""
        answer, asked = self.answer, self.asked
        values = {
            "share": percent(asked.share),
            "n": answer.sent,
            "largest": percent(answer.largest_share),
            "entering": percent(self._entering),
        }
        return {
            Verdict.KEPT: _("保持%(share)s，每年须派出 %(n)s 人。"),
            Verdict.BY_ENTRANTS: _(
                "新进本层次的人员中已有%(entering)s具备基层经历，不另外派出也能保持%(share)s。"
            ),
            Verdict.NOBODY_LEAVES: _("推算年限内无人退出本层次：一次达到%(share)s后，不必逐年派出。"),
            Verdict.TOO_HIGH: _(
                "%(share)s不能长期保持：新进人员即使全部派出，因途中离开本层次，最高只能保持%(largest)s。"
            ),
        }[answer.verdict] % values

    @property
    def reach(self) -> str:
        """How the share is reached, in a sentence."""
        path, asked = self.path, self.asked
        values = {
            "share": percent(asked.share),
            "n": path.each_year,
            "within": asked.within,
            "year": path.reached_in,
        }
        if path.reached_in is None:
            best = max(year.share for year in path.years)
            values["best"] = percent(best)
            return _("即使把没有基层经历的人全部派出，十年内也达不到%(share)s，最高为%(best)s。") % values
        if path.reached_in > asked.within:
            return (
                _("%(within)s年内达不到%(share)s；没有基层经历的人全部派出，第%(year)s年末才能达到。")
                % values
            )
        if path.each_year == 0:
            return _("不派出，第%(year)s年末已达到%(share)s。") % values
        return _("每年派出 %(n)s 人，第%(year)s年末达到%(share)s；以后按保持所需人数派出。") % values

    def working(self) -> list[WorkingLine]:
        """Every number of the formula, in the order in which a clerk computes."""
        rank, answer, asked = self.rank, self.answer, self.asked
        lines = [
            WorkingLine("N", _("本层次现有人数"), str(rank.n_people), _("在职在册")),
            WorkingLine(
                "E",
                _("其中有两年以上基层经历"),
                str(rank.n_experienced),
                _("现占 %(share)s") % {"share": percent(rank.n_experienced / rank.n_people)},
            ),
            WorkingLine(
                "r",
                _("年均法定退休"),
                f"{rank.retiring_each_year:.2f}",
                _("今后十年共 %(n)s 人，逐人按法定年龄推算") % {"n": sum(map(sum, rank.retiring))},
            ),
            WorkingLine("a", _("年退出率（退休以外）"), percent(rank.leaving_rate), self._leaving_how()),
            WorkingLine(
                "O",
                _("年均退出人数"),
                f"{rank.outflow:.2f}",
                f"r + N × a = {rank.retiring_each_year:.2f} + {rank.leaving_each_year:.2f}",
            ),
            WorkingLine(
                "q", _("新进人员已有基层经历的比例"), percent(rank.entering_share), self._entering_how()
            ),
            WorkingLine(
                "S",
                _("派出期间仍在本层次的比例"),
                percent(answer.staying_share),
                f"(1 − a)^{asked.years_away}",
            ),
            WorkingLine("x", _("要求比例"), percent(asked.share), _("由提问人填写")),
        ]
        if answer.returning is not None and answer.needed_sent is not None:
            lines += [
                WorkingLine("R", _("每年须返回人数"), f"{answer.returning:.2f}", "O × (x − q)"),
                WorkingLine("g", _("每年须派出人数"), f"{answer.needed_sent:.2f}", "R ÷ S"),
            ]
        return [
            *lines,
            WorkingLine("", _("可长期保持的最高比例"), percent(answer.largest_share), "q + (1 − q) × S"),
        ]

    @property
    def n_unknown(self) -> int:
        """People of the rank whose month of retirement is not known."""
        return sum(self.force.officials[at].retires is None for at in self.people)

    @cached_property
    def _retiring(self) -> tuple[tuple[int, int], ...]:
        """By year from the day: with experience, without."""
        found = [[0, 0] for _year in range(N_YEARS)]
        for at in self.people:
            year = max(0, int(self.force.own_gone[at]) - 2) // 12
            if year < N_YEARS:
                found[year][not self._has_experience(at)] += 1
        return tuple((one[0], one[1]) for one in found)

    @property
    def _leaving(self) -> float:
        asked = self.asked.leaving
        return min(MOST_LEAVING, asked if asked is not None else self.promoted.rate or 0.0)

    @property
    def _entering(self) -> float:
        asked = self.asked.entering
        if asked is not None:
            return asked
        found = self.entered.value
        return found if found is not None else 0.0

    def _leaving_how(self) -> str:
        interval = self.promoted.interval()
        if self.asked.leaving is not None or interval is None:
            return _("由提问人填写")
        return _("近三年升任上一层次 %(n)s 人 ÷ %(years)s 人年；90%%区间 %(low)s—%(high)s") % {
            "n": self.promoted.n_events,
            "years": f"{self.promoted.person_years:.0f}",
            "low": percent(interval[0]),
            "high": percent(interval[1]),
        }

    def _entering_how(self) -> str:
        if self.asked.entering is not None:
            return _("由提问人填写")
        interval = self.entered.interval
        if interval is None:
            return _("近三年无人新进本层次，按 0 计")
        return _("近三年新进 %(among)s 人，其中 %(n)s 人；95%%区间 %(low)s—%(high)s") % {
            "among": self.entered.among,
            "n": self.entered.n,
            "low": percent(interval[0]),
            "high": percent(interval[1]),
        }

    def _has_experience(self, at: int) -> bool:
        return self.force.officials[at].grassroots_years >= GRASS_ROOTS_YEARS

    def _is_recent(self, official: Official) -> bool:
        return 0 <= months_in_rank(official, self.force.on) < WINDOW_YEARS * 12

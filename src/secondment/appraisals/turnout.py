"""Turnout: ballots counted of those who were to vote, by paper; below the programme's share they count for nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from secondment.appraisals.choices import Standing
from secondment.appraisals.models import BallotPaper, Candidate
from secondment.appraisals.parameters import strictest

THIRDS = 3


@dataclass(frozen=True)
class Turnout:
    """The turnout of one paper: how many were to vote, how many ballots were counted, and how many thirds are needed."""

    voting: int
    counted: int
    thirds: int

    @property
    def is_met(self) -> bool:
        """Whether the ballots count: exactly the share is enough; a list without anybody never is."""
        return self.voting > 0 and THIRDS * self.counted >= self.thirds * self.voting

    @property
    def needed(self) -> int:
        """The fewest ballots that are enough."""
        return max(1, -(-self.thirds * self.voting // THIRDS))


def turnout_of(paper: BallotPaper) -> Turnout:
    """Of one paper."""
    return turnouts_of([paper])[paper.pk]


def turnouts_of(papers: Collection[BallotPaper]) -> dict[int, Turnout]:
    """Of many, three queries: the strictest programme among the candidates of a paper decides."""
    keys = [one.pk for one in papers]
    drawn = Count("roster", filter=Q(roster__standing=Standing.DRAWN))
    voting = dict(BallotPaper.objects.filter(pk__in=keys).order_by().annotate(n=drawn).values_list("pk", "n"))
    rows = Candidate.papers.through.objects.filter(ballotpaper__in=keys)
    related = Candidate.objects.filter(pk__in=rows.values("candidate"))
    candidates = {
        one.pk: one for one in related.select_related("placement__programme_version", "placement__host_unit")
    }
    on_paper: dict[int, list[int]] = {key: [] for key in keys}
    for paper, candidate in rows.values_list("ballotpaper", "candidate"):
        on_paper[paper].append(candidate)
    return {
        one.pk: Turnout(
            voting[one.pk],
            one.n_counted or 0,
            strictest((candidates[key].placement for key in on_paper[one.pk]), "turnout_thirds"),
        )
        for one in papers
    }

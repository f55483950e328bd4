"""Which candidates can be compared: those whom the same people judge, directly or over others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondment.appraisals.blockers import Prepared
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import BallotPaper


@dataclass(frozen=True)
class Link:
    """A candidate among the others: by how many judged, with how many others raters are shared, and how many with each."""

    n_raters: int
    shared: Mapping[int, int]
    island: int
    """Number of the set within which comparison is possible; 0 for one alone."""

    @property
    def n_others(self) -> int:
        """How many others share a rater."""
        return len(self.shared)


def links_of(ready: Prepared) -> dict[int, Link]:
    """Candidate → its links. Raters are those drawn, before the draw as many as will be; members of the organisation group
    judge everybody."""
    team = len(ready.appraisal.team)
    n_raters: dict[int, int] = dict.fromkeys(ready.candidates, team)
    shared: dict[int, dict[int, int]] = {key: defaultdict(int) for key in ready.candidates}
    for paper in ready.papers:
        n, about = n_voting(ready, paper), [key for key in ready.on_paper.get(paper.pk, ()) if key in shared]
        for one in about:
            n_raters[one] += n
            for other in about if n else ():
                if other != one:
                    shared[one][other] += n
    if team:
        for one, others in shared.items():
            for other in ready.candidates:
                if other != one:
                    others[other] += team
    islands = _islands(shared)
    return {key: Link(n_raters[key], dict(shared[key]), islands[key]) for key in ready.candidates}


def n_voting(ready: Prepared, paper: BallotPaper) -> int:
    """How many vote on a paper, or will."""
    entries = ready.entries.get(paper.pk, ())
    if ready.appraisal.state != AppraisalState.DRAFT:
        return sum(one.standing == Standing.DRAWN for one in entries)
    n = len(entries)
    return n if paper.n_wanted is None else min(paper.n_wanted, n)


def _islands(shared: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """Connected sets, numbered by size, the largest first; 0 for a candidate without any link."""
    left = set(shared)
    sets: list[list[int]] = []
    while left:
        sets.append(_reach(min(left), shared))
        left -= set(sets[-1])
    ordered: Sequence[list[int]] = sorted(sets, key=lambda one: (-len(one), one[0]))
    numbers = {key: 0 for one in ordered for key in one}
    for number, one in enumerate((one for one in ordered if len(one) > 1), 1):
        numbers.update(dict.fromkeys(one, number))
    return numbers


def _reach(start: int, shared: Mapping[int, Mapping[int, int]]) -> list[int]:
    seen, stack = {start}, [start]
    while stack:
        for other in shared[stack.pop()]:
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return sorted(seen)

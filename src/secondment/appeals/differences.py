"""What one score would bring out beside another: ballots that are in the one and not in the other, where they are too few."""

from collections import Counter
from collections.abc import Collection, Mapping

from secondment.algorithms.rating.tally import LEAST, SIGNED, pooled_groups
from secondment.appraisals.models import BallotPaper
from secondment.appraisals.turnout import turnouts_of

Counts = Mapping[int, tuple[str, int]]
"""Paper → its group, and how many of its ballots counted."""


def counts_of(papers: Collection[BallotPaper]) -> Counts:
    """Of papers in secret that reached their turnout; the others count for nothing anyway."""
    turnouts = turnouts_of(papers)
    return {
        one.pk: (one.group, one.n_counted)
        for one in papers
        if one.group not in SIGNED and one.n_counted and turnouts[one.pk].is_met
    }


def lays_bare(counts: Counts, one: Collection[int], other: Collection[int]) -> bool:
    """Whether the scores without the papers `one` and without the papers `other` differ by the ballots of fewer than five."""
    sizes = {paper: n for paper, (_group, n) in counts.items()}
    first, second = _piles(counts, one), _piles(counts, other)
    gaps = [pile - beside for pile in first for beside in second if pile & beside]
    gaps += [beside - pile for pile in first for beside in second if pile & beside]
    return any(0 < sum(sizes[paper] for paper in gap) < LEAST for gap in gaps)


def _piles(counts: Counts, without: Collection[int]) -> list[frozenset[int]]:
    """The papers that count as one group each, when some are left out."""
    left = {paper: found for paper, found in counts.items() if paper not in without}
    by_group: Counter[str] = Counter()
    for group, n in left.values():
        by_group[group] += n
    source_of, _withheld = pooled_groups(by_group)
    piles: dict[str, set[int]] = {}
    for paper, (group, _n) in left.items():
        if (source := source_of.get(group)) is not None:
            piles.setdefault(source, set()).add(paper)
    return [frozenset(pile) for pile in piles.values()]

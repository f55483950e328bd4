"""What goes into a computation: the marks as the columns that `secondment rate` reads, packed and with a digest.

The same small groups are joined or left out as in the plain tally, so that the file shows nothing that the tally holds back.
"""

import csv
import io
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from secondment.algorithms.rating.tally import (
    LEAST,
    SIGNED,
    Ballot,
    CandidateTally,
    mean_group_weights,
    pooled_groups,
)
from secondment.files.columns.rating import RATING

COLUMNS = ("ratee", "rater", "criterion", "score", "source", "unit")
# Above so many raters of several people who vote in secret, whole sheets are cut for the hierarchical model where signed marks link
# these people anyway: every such rater is an unknown that cannot be eliminated, and the time grows with the cube of their number.
MOST_SHARED = 450


@dataclass
class Inputs:
    """Columns of equal length, one entry a mark; `names` are the distinct entries of the others in sorted order."""

    columns: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    n_cut: int = 0

    def add(self, *cells: str) -> None:
        """One mark, cells in the order of `COLUMNS`."""
        for name, cell in zip(COLUMNS, cells, strict=True):
            self.columns[name].append(cell)

    def __len__(self) -> int:
        return len(self.columns["score"])

    def as_csv(self) -> bytes:
        """The file that `secondment rate` reads."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        titles = {column.key: column.title for column in RATING}
        writer.writerow([titles[name] for name in COLUMNS])
        writer.writerows(zip(*(self.columns[name] for name in COLUMNS), strict=True))
        return text.getvalue().encode()


@dataclass(frozen=True)
class Cast:
    """A counted ballot: one rater's whole sheet, with the unit whose rater it was; who signs is named in `rater`."""

    group: str
    unit: str
    marks: Mapping[int, Mapping[str, int | None]]
    rater: str = ""


def inputs_of(ballots: Sequence[Cast], level_scores: Sequence[float], *, may_cut: bool) -> Inputs:
    """The marks of all ballots, score by score of the level, in the order of the ballots; `may_cut` lets large ones be cut."""
    places = _places(ballots)
    is_cut = _cut(ballots) if may_cut else [False] * len(ballots)
    scores = [f"{score:.10g}" for score in level_scores]
    made = Inputs(n_cut=sum(is_cut))
    for number, ballot in enumerate(ballots):
        for candidate, levels in ballot.marks.items():
            place = places.get((candidate, ballot.group, ballot.unit))
            if place is None:
                continue
            rater = ballot.rater or (
                f"R{number + 1:07d}-{candidate}" if is_cut[number] else f"R{number + 1:07d}"
            )
            for indicator, level in levels.items():
                if level is not None:
                    made.add(ratee_code(candidate), rater, indicator, scores[level - 1], *place)
    return made


def counted(ballots: Sequence[Cast]) -> list[Cast]:
    """The ballots with those candidates alone on whom the tally counts them: what it holds back is in no other figure either."""
    places = _places(ballots)
    kept = (
        replace(
            one,
            marks={key: levels for key, levels in one.marks.items() if (key, one.group, one.unit) in places},
        )
        for one in ballots
    )
    return [one for one in kept if one.marks]


def fair_weights(
    inputs: Inputs, tallies: Iterable[CandidateTally], indicator_weights: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """What sources and criteria of the marks weigh in fair scores: what they weighed in the plain tally, on average."""
    of_group = mean_group_weights(tallies)
    return {
        facet: {name: weights.get(name, 0.0) for name in sorted(set(inputs.columns[facet]))}
        for facet, weights in (("source", of_group), ("criterion", indicator_weights))
    }


def ratee_code(candidate: int) -> str:
    """How a candidate is called in the file."""
    return f"P{candidate:07d}"


def candidate_of(code: str) -> int:
    """The candidate of a code."""
    return int(code.removeprefix("P"))


def packed(content: bytes) -> bytes:
    """Compressed for the database."""
    return zlib.compress(content, 6)


def unpacked(content: bytes | memoryview) -> bytes:
    """The other way."""
    return zlib.decompress(content)


def digest(content: bytes) -> str:
    """By which the same inputs are known."""
    return sha256(content).hexdigest()


def _places(ballots: Iterable[Ballot]) -> dict[tuple[int, str, str], tuple[str, str]]:
    """Of candidate, group and unit: as which source and unit its marks go in; missing where they are withheld."""
    counts: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for ballot in ballots:
        for candidate in ballot.marks:
            counts[candidate][ballot.group, ballot.unit] += 1  # type: ignore[attr-defined]
    places = {}
    for candidate, by_paper in counts.items():
        by_group: Counter[str] = Counter()
        for (group, _unit), n in by_paper.items():
            by_group[group] += n
        source_of, _withheld = pooled_groups(by_group)
        of_source: Counter[tuple[str, str]] = Counter()
        for (group, unit), n in by_paper.items():
            of_source[source_of.get(group, ""), unit] += n
        for group, unit in by_paper:
            if (source := source_of.get(group)) is not None:
                is_shown = group in SIGNED or of_source[source, unit] >= LEAST
                places[candidate, group, unit] = (source, unit if is_shown else "")
    return places


def _cut(ballots: Sequence[Cast]) -> list[bool]:
    """Which sheets are cut into one rater a candidate, because there are too many to keep whole."""
    signed = {candidate for ballot in ballots if ballot.rater for candidate in ballot.marks}
    is_shared = [not ballot.rater and len(ballot.marks) > 1 for ballot in ballots]
    if sum(is_shared) <= MOST_SHARED:
        return [False] * len(ballots)
    return [
        shared and signed.issuperset(ballot.marks) for shared, ballot in zip(is_shared, ballots, strict=True)
    ]


def read_inputs(content: bytes) -> Inputs:
    """The columns of a file that `as_csv` wrote."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    next(rows)
    made = Inputs()
    for cells in rows:
        made.add(*cells)
    return made

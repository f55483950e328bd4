"""What rooms above may read of closed appraisals: whole sheets without number, time or place, and signed marks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, SealedBallot, SignedMark

Marks = Mapping[int, Mapping[str, int | None]]


@dataclass(frozen=True)
class Sheet:
    """One rater's whole ballot: key of a candidate → code of an indicator → level from 1, the lowest (None: 不了解)."""

    paper: int
    group: str
    unit: int
    marks: Marks


@dataclass(frozen=True)
class Signed:
    """One mark of a named member of the organisation group."""

    candidate: int
    indicator: str
    rater: str
    level: int | None


def sheets_of(appraisals: Collection[Appraisal], about: Collection[int] | None = None) -> list[Sheet]:
    """Every counted ballot of those that are closed, in the order of their random numbers; one query.

    `about`: only sheets on which one of these candidates stands.
    """
    ballots = SealedBallot.objects.filter(
        paper__appraisal__in=appraisals, paper__appraisal__state=AppraisalState.CLOSED
    )
    if about is not None:
        ballots = ballots.filter(paper__in=papers_about(about))
    return [
        Sheet(paper, group, unit, {int(candidate): levels for candidate, levels in marks.items()})
        for paper, group, unit, marks in ballots.values_list("paper", "paper__group", "paper__unit", "marks")
    ]


def papers_about(candidates: Collection[int]) -> QuerySet[BallotPaper]:
    """The kinds of paper on which one of these stands."""
    through = BallotPaper.candidates.through.objects.filter(candidate__in=candidates)
    return BallotPaper.objects.filter(pk__in=through.values("ballotpaper"))


def signed_marks_of(appraisals: Collection[Appraisal], about: Collection[int] | None = None) -> list[Signed]:
    """The marks of the organisation group in closed appraisals, `about` these candidates only; one query."""
    marks = SignedMark.objects.filter(
        candidate__appraisal__in=appraisals, candidate__appraisal__state=AppraisalState.CLOSED
    )
    if about is not None:
        marks = marks.filter(candidate__in=about)
    return [Signed(*mark) for mark in marks.values_list("candidate", "indicator", "rater", "level")]


def candidates_of(placements: Collection[int], years: Collection[int]) -> dict[tuple[int, int], Candidate]:
    """(Placement, assessment year) → the candidate with its standard, of appraisals that are not void; one query."""
    rows = Candidate.objects.filter(placement__in=placements, year__in=years, is_void=False)
    named = rows.select_related("standard__standard", "appraisal").prefetch_related("standard__indicators")
    return {(one.placement_id, one.year): one for one in named}

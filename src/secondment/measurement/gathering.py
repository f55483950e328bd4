"""Which ballots of closed appraisals count under a standard: whole sheets, and one sheet for each who signed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from secondment.algorithms.rating.tally import SIGNED
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate
from secondment.appraisals.reading import Signed, papers_about, sheets_of, signed_marks_of
from secondment.appraisals.turnout import turnouts_of
from secondment.measurement.inputs import Cast
from secondment.standards.choices import IndicatorKind, RaterGroup
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit


@dataclass(frozen=True)
class Gathered:
    """Ballots on these candidates: of all sheets only what is said about them, sheets of the secret vote first.

    `short` are papers whose turnout was too small, `unweighted` those of groups to which the standard gives no weight:
    their ballots count for nothing, and join no other group.
    """

    candidates: tuple[int, ...]
    ballots: tuple[Cast, ...]
    short: tuple[int, ...] = ()
    unweighted: tuple[int, ...] = ()


def appraisals_of(owner_unit: Unit, year: int, standard: StandardVersion) -> QuerySet[Appraisal]:
    """Closed appraisals of the year that have somebody under this version of the standard."""
    return Appraisal.objects.filter(
        owner_unit=owner_unit,
        year=year,
        state=AppraisalState.CLOSED,
        pk__in=Candidate.objects.filter(standard=standard, is_void=False).values("appraisal"),
    )


def gather(
    appraisals: Collection[Appraisal],
    standard: StandardVersion,
    *,
    about: Collection[int] | None = None,
    without: Collection[int] = (),
) -> Gathered:
    """Everything that counts; a paper short of its turnout counts for nothing.

    `about`: no more is read than concerns these candidates. `without`: papers that are left out.
    """
    rows = Candidate.objects.filter(appraisal__in=appraisals, standard=standard, is_void=False)
    papers = BallotPaper.objects.filter(appraisal__in=appraisals)
    if about is not None:
        rows, papers = rows.filter(pk__in=about), papers.filter(pk__in=papers_about(about).values("pk"))
    candidates = tuple(rows.order_by("pk").values_list("pk", flat=True))
    known = frozenset(candidates)
    turnouts = turnouts_of(list(papers))
    short = tuple(paper for paper, turnout in turnouts.items() if turnout.counted and not turnout.is_met)
    casts, unweighted = [], set()
    for sheet in sheets_of(appraisals, about):
        marks = {key: levels for key, levels in sheet.marks.items() if key in known}
        if marks and not has_weight(standard, sheet.group):
            unweighted.add(sheet.paper)
        elif marks and sheet.paper not in short and sheet.paper not in without:
            casts.append(Cast(sheet.group, f"U{sheet.unit}", marks))
    signed = [one for one in signed_marks_of(appraisals, about) if one.candidate in known]
    return Gathered(candidates, (*casts, *_signed_sheets(signed)), short, tuple(sorted(unweighted)))


def has_weight(standard: StandardVersion, group: str) -> bool:
    """Whether the standard counts what this group says; by the standard alone, whatever weights a recomputation tries."""
    return group in SIGNED or bool(standard.group_weights.get(group))


def rated_weights(standard: StandardVersion) -> dict[str, float]:
    """Indicators that are voted on, with their weights."""
    rows = standard.indicators.filter(kind=IndicatorKind.RATED).values_list("code", "weight")
    return {code: float(weight) for code, weight in rows}


def _signed_sheets(marks: Collection[Signed]) -> list[Cast]:
    """One sheet for each named rater."""
    by_rater: dict[str, dict[int, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for one in marks:
        by_rater[one.rater][one.candidate][one.indicator] = one.level
    return [
        Cast(RaterGroup.ORGANISATION, "", dict(sheet), f"{RaterGroup.ORGANISATION.value}:{rater}")
        for rater, sheet in sorted(by_rater.items())
    ]

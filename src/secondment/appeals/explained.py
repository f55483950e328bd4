"""Why a number is what it is, for the person and for whoever has to answer for it: nothing beyond what the tally may show."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.algorithms.rating.tally import CandidateTally
from secondment.appeals.composites import version_behind
from secondment.appeals.models import Recomputation
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import BallotPaper, Candidate
from secondment.assessments.bands import Bands, bands_of
from secondment.assessments.models import Grade
from secondment.measurement.models import Measure, Run
from secondment.measurement.reading import latest_run, runs
from secondment.measurement.tallies import unpacked
from secondment.standards.models import Indicator, StandardVersion

RULES = ("raw", "half", "fair")


@dataclass(frozen=True)
class Explained:
    """What was asked, by how many, what they said, and what was made of it."""

    candidate: Candidate
    run: Run
    measure: Measure
    tally: CandidateTally | None
    standard: StandardVersion
    indicators: Sequence[Indicator]
    papers: Sequence[BallotPaper]
    bands: Bands
    version: Recomputation | None = (
        None  # the corrected one, if a decision about a review or an appeal made it
    )

    @property
    def scores(self) -> dict[str, float | None]:
        """By rule: the plain score, half and half, the fair score; none where it cannot be compared."""
        return scores_by_rule(self.measure.plain_score, self.measure.fair_score)

    @property
    def difference(self) -> float | None:
        """By how much the raters were kinder (above 0) or stricter than the average."""
        plain, fair = self.measure.plain_score, self.measure.fair_score
        return None if plain is None or fair is None else plain - fair

    @property
    def is_within_error(self) -> bool:
        """Whether the adjustment is smaller than its own error."""
        difference, se = self.difference, self.measure.fair_se
        return difference is not None and se is not None and abs(difference) <= se

    @property
    def disagree(self) -> bool:
        """Whether the rules lead to different bands: in itself a reason for the committee to look again."""
        return len({self.bands.of(one) for one in self.scores.values() if one is not None}) > 1


def explain(grade: Grade) -> Explained | None:
    """The working behind a grade; none where no appraisal was counted or computed."""
    evaluation = grade.evaluation
    candidate = (
        Candidate.objects.filter(
            placement=evaluation.placement_id,
            year=evaluation.year,
            is_void=False,
            appraisal__state=AppraisalState.CLOSED,
        )
        .select_related("appraisal__owner_unit", "standard__standard")
        .first()
    )
    version = version_behind(grade)
    run = version.run if version else candidate and _run_of(grade, candidate)
    measure = run and run.measures.filter(candidate=candidate).first()
    if not candidate or not run or not measure:
        return None
    if version and version.votes:
        measure = Measure(run=run, candidate=candidate, **version.votes)
    return Explained(
        candidate,
        run,
        measure,
        unpacked(measure.groups) if measure.groups else None,
        candidate.standard,
        list(candidate.standard.indicators.order_by("position")),
        list(candidate.papers.select_related("unit").order_by("group", "pk")),
        bands_of(evaluation.pool),
        version,
    )


def _decided_on(grade: Grade, standard: StandardVersion) -> Run | None:
    """The computation that the committee's table rested on: a later one changes nothing of what was decided and told."""
    kept = grade.table.inputs.get("runs", {}).get(str(standard.pk)) if grade.table else None
    return runs().filter(pk=kept).first() if kept else None


def scores_by_rule(plain: float | None, fair: float | None) -> dict[str, float | None]:
    """The same result under three rules."""
    half = None if plain is None or fair is None else (plain + fair) / 2
    return dict(zip(RULES, (plain, half, fair), strict=True))


def _run_of(grade: Grade, candidate: Candidate) -> Run | None:
    """The computation that the committee had before it, else the last one."""
    return _decided_on(grade, candidate.standard) or latest_run(
        candidate.appraisal.owner_unit, candidate.year, candidate.standard
    )

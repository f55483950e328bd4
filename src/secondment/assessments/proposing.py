"""What is proposed to the committee for each person: the assessing unit's grade, as far as facts and the standard allow it.

A veto and a gate mean what the signed standard declares for them; limits and concerns mean what their rules say. The
strongest decides. People decide: what is barred needs another fact, what is merely proposed needs a reason.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secondment.assessments.composite.queries import facts_stated
from secondment.assessments.composite.standards import Schemes, schemes_of
from secondment.assessments.concerns import Concern, concerns_of
from secondment.assessments.limits import limits_of
from secondment.assessments.models import Evaluation
from secondment.leave.unexcused import LATE_LINES
from secondment.people.choices import Grade
from secondment.placements.models import Placement
from secondment.standards.choices import Effect, IndicatorKind
from secondment.standards.models import Indicator


@dataclass(frozen=True)
class Adverse:
    """A gate that was not passed or a ground for a veto, as somebody stated it."""

    indicator: Indicator
    basis: str

    @property
    def is_veto(self) -> bool:
        """Whether it is a veto; else it is a gate."""
        return self.indicator.kind == IndicatorKind.VETO

    @property
    def effect(self) -> Effect:
        """What the standard declares; one that declares nothing bars 优秀."""
        return Effect(self.indicator.effect or Effect.NOT_EXCELLENT)


@dataclass(frozen=True)
class Proposed:
    """The grade that is proposed, and what stands behind it, vetoes first."""

    grade: str = ""
    adverse: Sequence[Adverse] = field(default_factory=list)
    concerns: Sequence[Concern] = field(default_factory=list)

    def barred_by(self, grade: str) -> Adverse | None:
        """The veto or gate that bars this grade: 优秀 in any case, every grade where the year is to have none."""
        for one in self.adverse:
            if grade == Grade.EXCELLENT or (one.effect == Effect.NO_GRADE and grade != Grade.NONE):
                return one
        return None


def proposed_grade(unit_grade: str, effects: Collection[str]) -> str:
    """The grade of the assessing unit under these effects; the strongest counts."""
    if Effect.NO_GRADE in effects:
        return Grade.NONE.value
    if Effect.LOWEST in effects:
        return Grade.INCOMPETENT.value
    if Effect.NOT_EXCELLENT in effects and unit_grade == Grade.EXCELLENT:
        return Grade.COMPETENT.value
    return unit_grade


def strongest(effects: Collection[str]) -> Effect | None:
    """The effect that decides; none among no effects."""
    return next(
        (one for one in (Effect.NO_GRADE, Effect.LOWEST, Effect.NOT_EXCELLENT) if one in effects), None
    )


def effects_on(limits: Iterable[str], proposed: Proposed) -> set[str]:
    """Everything that bears on the grade."""
    return (
        {one.effect for one in limits_of(limits)}
        | {one.effect for one in proposed.adverse}
        | {one.effect for one in proposed.concerns}
    )


def proposals_of(rows: Iterable[Any], schemes: Schemes | None = None) -> dict[int, Proposed]:
    """Evaluation (with its stage) → what is proposed; as many queries for one as for many."""
    people = list(rows)
    adverse = adverse_of(people, schemes_of(people) if schemes is None else schemes)
    concerns = concerns_for(people)
    found = {}
    for one in people:
        behind = Proposed("", adverse.get(one.pk, []), concerns.get(one.pk, []))
        unit_grade = str(getattr(one, f"{one.assessing_side}_grade"))
        grade = proposed_grade(unit_grade, effects_on(one.limits, behind))
        found[one.pk] = Proposed(grade, behind.adverse, behind.concerns)
    return found


def adverse_of(people: Sequence[Evaluation], schemes: Schemes) -> dict[int, list[Adverse]]:
    """Evaluation → what was stated against the person, vetoes before gates, in the order of the standard."""
    stated = facts_stated(people)
    found: dict[int, list[Adverse]] = {}
    for one in people:
        scheme = schemes.get(one.pk)
        rows = [
            Adverse(indicator, stated[one.pk, indicator.code].basis)
            for indicator in (scheme.stated if scheme else ())
            if (one.pk, indicator.code) in stated and stated[one.pk, indicator.code].is_adverse
        ]
        if rows:
            found[one.pk] = sorted(rows, key=lambda each: not each.is_veto)
    return found


def concerns_for(people: Sequence[Evaluation]) -> Mapping[int, list[Concern]]:
    """Evaluation → what speaks against 优秀 by the records."""
    # versions are few and large: read once each, not with every row
    rows = Placement.objects.filter(pk__in=[one.placement_id for one in people]).prefetch_related(
        "programme_version", "routine_grades", LATE_LINES
    )
    of = rows.in_bulk()
    found = {one.pk: concerns_of(of[one.placement_id], one.year) for one in people}
    return {key: concerns for key, concerns in found.items() if concerns}

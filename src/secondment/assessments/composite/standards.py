"""By which standard each evaluation is made: the one its ballots were cast by, else the signed one of its category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from secondment.appraisals.reading import candidates_of
from secondment.assessments.models import Evaluation
from secondment.standards.choices import IndicatorKind
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.queries import InForce, in_force

STATED = (IndicatorKind.GATE, IndicatorKind.VETO)


@dataclass(frozen=True)
class Scheme:
    """One version of a standard with its indicators in order."""

    version: StandardVersion
    indicators: Sequence[Indicator]

    @cached_property
    def quantitative(self) -> list[Indicator]:
        """Indicators that are counted."""
        return [one for one in self.indicators if one.kind == IndicatorKind.QUANTITATIVE]

    @cached_property
    def stated(self) -> list[Indicator]:
        """Gates and vetoes, in the order of the standard."""
        return [one for one in self.indicators if one.kind in STATED]

    @cached_property
    def rated_weight(self) -> int:
        """The weight of everything that is voted, percent."""
        return sum(one.weight for one in self.indicators if one.kind == IndicatorKind.RATED)


Schemes = dict[int, Scheme]


def schemes_of(evaluations: Iterable[Evaluation]) -> Schemes:
    """Key of an evaluation → its scheme; who has no standard is left out. As many queries for one as for many."""
    rows = list(evaluations)
    candidates = candidates_of([one.placement_id for one in rows], {one.year for one in rows})
    signed = in_force()
    schemes: dict[int, Scheme] = {}
    found: Schemes = {}
    for one in rows:
        candidate = candidates.get((one.placement_id, one.year))
        version = candidate.standard if candidate else _signed(signed, one)
        if version is not None:
            found[one.pk] = schemes.setdefault(version.pk, Scheme(version, list(version.indicators.all())))
    return found


def titles_of(evaluations: Iterable[Evaluation]) -> dict[tuple[int, str], str]:
    """(Evaluation, indicator) → what the indicator is called."""
    schemes = schemes_of(evaluations)
    return {(key, one.code): one.title for key, scheme in schemes.items() for one in scheme.indicators}


def _signed(signed: InForce, evaluation: Evaluation) -> StandardVersion | None:
    programme = evaluation.placement.programme_version.programme_id
    return signed.holds(evaluation.person.category, programme, evaluation.register.owner_unit.path)

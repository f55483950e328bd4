"""By which standard each evaluation is made: the one its ballots were cast by, else the signed one of its category."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from secondment.appraisals.reading import candidates_of
from secondment.assessments.models import Evaluation
from secondment.standards.choices import IndicatorKind
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.reading import Subject, standards_for

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
    versions = {
        one.pk: candidates[key].standard
        for one in rows
        if (key := (one.placement_id, one.year)) in candidates
    }
    others = [one for one in rows if one.pk not in versions]
    asked = [_subject(one) for one in others]
    found = standards_for(asked) if asked else []
    versions |= {one.pk: version for one, version in zip(others, found, strict=True) if version is not None}
    indicators: defaultdict[int, list[Indicator]] = defaultdict(list)
    for indicator in Indicator.objects.filter(version__in={one.pk for one in versions.values()}):
        indicators[indicator.version_id].append(indicator)
    schemes = {one.pk: Scheme(one, indicators[one.pk]) for one in versions.values()}
    return {key: schemes[version.pk] for key, version in versions.items()}


def _subject(evaluation: Evaluation) -> Subject:
    return Subject(
        evaluation.register.owner_unit.path,
        evaluation.person.category,
        evaluation.placement.programme_version.programme_id,
    )

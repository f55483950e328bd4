"""Signed standards for tests: a small one with everything that an indicator can be."""

from secondment.people.choices import Category
from secondment.standards.choices import IndicatorKind, Part, VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.units.models import Unit
from tests.makers import AT

GROUPS = {"leaders": 20, "colleagues": 40, "organisation": 40}


def make_standard(owner: Unit, **fields) -> StandardVersion:
    """A signed version without indicators."""
    fields.setdefault("name", f"标准{Standard.objects.count()}")
    fields.setdefault("category", Category.PARTY_GOVERNMENT)
    state = fields.pop("state", VersionState.SIGNED)
    standard = fields.pop("standard", None) or Standard.objects.create(owner_unit=owner, **fields)
    return StandardVersion.objects.create(
        standard=standard,
        number=standard.versions.count() + 1,
        state=state,
        level_names=["较差", "一般", "较好", "好"],
        level_scores=[40, 60, 80, 100],
        group_weights=GROUPS,
        drafted_at=AT,
    )


def add_indicator(version: StandardVersion, code: str, weight: int = 0, **fields) -> Indicator:
    fields.setdefault("kind", IndicatorKind.RATED)
    fields.setdefault("part", Part.ACHIEVEMENT)
    fields.setdefault("title", code)
    fields.setdefault("source", "rated")
    return Indicator.objects.create(
        version=version, code=code, position=version.indicators.count() + 1, weight=weight, **fields
    )


def make_scheme(owner: Unit, **fields) -> StandardVersion:
    """Votes 70, tasks 20, days in post 10; one gate, one veto."""
    version = make_standard(owner, **fields)
    add_indicator(version, "virtue", 40, title="政治素质", part=Part.VIRTUE)
    add_indicator(version, "ability", 30, title="履职能力", part=Part.ABILITY)
    counted = {"kind": IndicatorKind.QUANTITATIVE, "unit_of_measure": "%"}
    points = {"points": [[0, 0], [60, 60], [100, 100]]}
    add_indicator(version, "tasks", 20, title="任务完成", source="task_book", **counted, **points)
    days = {"points": [[100, 40], [200, 100]], "unit_of_measure": "天"}
    add_indicator(version, "days", 10, title="在岗天数", source="presence", **{**counted, **days})
    stated = {"part": Part.INTEGRITY, "source": "conclusion"}
    add_indicator(version, "politics", title="政治表现", kind=IndicatorKind.GATE, **stated)
    add_indicator(version, "discipline", title="违纪违法", kind=IndicatorKind.VETO, **stated)
    return version

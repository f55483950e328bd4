"""What the pages that change a draft show: rows with their weight fields, the sum, comparisons with their result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from django.forms import BoundField

from secondment.standards.choices import Part, RaterGroup
from secondment.standards.content import (
    FULL,
    content_of,
    faults_for_signing,
    is_scored,
    part_weights,
    told,
    way_to_full,
)
from secondment.standards.forms import GROUP, ComparisonForm, WeightsForm
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.services import compared_weights
from secondment.standards.services.weighing import Weighed, doubt_words, name_of, on_scale, whole_weights


@dataclass(frozen=True)
class EditRow:
    """An indicator of the draft, with the field of its weight."""

    indicator: Indicator
    weight: BoundField | None
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class EditPart:
    """A part of the draft."""

    code: str
    label: str
    rows: list[EditRow]


@dataclass(frozen=True)
class WeightSum:
    """What the weights sum to, what is missing, and where they stand."""

    total: int
    way: str
    parts: list[tuple[str, int]]


@dataclass(frozen=True)
class ComparisonCard:
    """One comparison: its pairs, and what follows from them once it was tried."""

    label: str
    pairs: list[BoundField]
    shares: list[tuple[str, str]]
    ratio: str
    is_consistent: bool
    doubt: str


def edit_parts(indicators: Sequence[Indicator], weights: WeightsForm) -> list[EditPart]:
    """All five parts, those without an indicator too."""
    parts = []
    for part in Part:
        own = [one for one in indicators if one.part == part]
        rows = [
            EditRow(
                one,
                weights[f"w_{one.code}"] if is_scored(one) else None,
                is_first=place == 0,
                is_last=place == len(own) - 1,
            )
            for place, one in enumerate(own)
        ]
        parts.append(EditPart(part.value, str(part.label), rows))
    return parts


def faults_told(version: StandardVersion) -> list[str]:
    """What is missing before the draft can be submitted."""
    content = content_of(version)
    return [told(one, content.indicators) for one in faults_for_signing(content)]


def sum_of(indicators: Iterable[Indicator]) -> WeightSum:
    """The sum of the weights, part by part."""
    parts = part_weights(indicators)
    total = sum(parts.values())
    named = [(str(Part(part).label), weight) for part, weight in parts.items()]
    return WeightSum(total, way_to_full(total) if total != FULL else "", named)


def groups_initial(version: StandardVersion) -> dict[str, Any]:
    """What the form of groups begins with."""
    weights = {GROUP % group: version.group_weights.get(group) for group in RaterGroup}
    return {**weights, "group_basis": version.group_basis}


def levels_initial(version: StandardVersion) -> dict[str, Any]:
    """What the form of levels begins with."""
    names = {f"name_{place}": name for place, name in enumerate(version.level_names)}
    return names | {f"score_{place}": score for place, score in enumerate(version.level_scores)}


def known_judgements(version: StandardVersion) -> dict[tuple[str, str], int]:
    """What was judged before, by pair in either direction; else what the present weights say."""
    weights = {one.code: one.weight for one in version.indicators.all() if is_scored(one)}
    weights |= part_weights(version.indicators.all())
    known = {
        (first, second): on_scale(weights[first] / weights[second])
        for first, second in permutations(weights, 2)
        if weights[first] and weights[second]
    }
    for one in version.judgements:
        for (first, second), value in zip(combinations(one["items"], 2), one["values"], strict=True):
            known[first, second] = value
            known[second, first] = value if value == 1 else -value
    return known


def comparison_cards(form: ComparisonForm, indicators: Sequence[Indicator]) -> list[ComparisonCard]:
    """The pairs, and what follows from them; of a form that cannot be read, the pairs alone."""
    is_read = not form.is_bound or form.is_valid()
    results = {one.of: compared_weights(one) for one in form.comparisons()} if is_read else {}
    return [_card(form, of, results.get(of), indicators) for of, _items in form.groups]


def resulting_weights(form: ComparisonForm, indicators: Sequence[Indicator]) -> list[tuple[str, int]]:
    """The whole percent that would be written; nothing of a form that cannot be read."""
    if not form.groups or (form.is_bound and not form.is_valid()):
        return []
    weighed = [compared_weights(one) for one in form.comparisons()]
    titles = {one.code: one.title for one in indicators}
    return [(titles[code], weight) for code, weight in whole_weights(weighed, indicators).items()]


def _card(
    form: ComparisonForm, of: str, weighed: Weighed | None, indicators: Sequence[Indicator]
) -> ComparisonCard:
    shares, ratio, doubt = [], "", ""
    if weighed is not None:
        shares = [(name_of(key, indicators), f"{share:.1%}") for key, share in weighed.shares.items()]
        ratio = f"{weighed.ratio:.3f}"
        if weighed.doubt is not None and not weighed.is_consistent:
            doubt = doubt_words(weighed.doubt, indicators)
    return ComparisonCard(
        name_of(of, indicators),
        form.fields_of(of),
        shares,
        ratio,
        is_consistent=weighed is None or weighed.is_consistent,
        doubt=doubt,
    )

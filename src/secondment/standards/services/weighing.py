"""Weights by pairwise comparison (AHP): the parts against each other, then the indicators of each part."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.sentences import labelled
from secondment.standards.choices import Part
from secondment.standards.content import PARTS, is_scored
from secondment.standards.errors import ContradictionError
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.services.drafting import give_weights
from secondment.standards.services.locking import locked_draft

MOST_COMPARED = 10
TIMES = (1, 2, 3, 5, 7, 9)
OF_PARTS = "parts"


@dataclass(frozen=True)
class Comparison:
    """Judgements of all pairs of `items`, in the order of `combinations`: 1 alike, 3 the first three times, -3 the second.

    `of` is a part, or `OF_PARTS` for the parts themselves.
    """

    of: str
    items: tuple[str, ...]
    values: tuple[int, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was compared with what."""
        return list(combinations(self.items, 2))


@dataclass(frozen=True)
class Doubt:
    """The pair that fits the others least: what was said of it, what would fit, and the third that shows it."""

    first: str
    second: str
    through: str
    said: int
    consistent: int


@dataclass(frozen=True)
class Weighed:
    """What follows from a comparison."""

    comparison: Comparison
    shares: dict[str, float]
    ratio: float
    is_consistent: bool
    doubt: Doubt | None


def to_compare(indicators: Iterable[Indicator]) -> list[tuple[str, tuple[str, ...]]]:
    """What has to be compared: the parts that have scored indicators, and the indicators of each part, where there are two."""
    scored = [one for one in indicators if is_scored(one)]
    of_part = {part: tuple(one.code for one in scored if one.part == part) for part in PARTS}
    filled = tuple(part for part, codes in of_part.items() if codes)
    groups = [(OF_PARTS, filled), *of_part.items()]
    return [(of, items) for of, items in groups if len(items) > 1]


def compared_weights(comparison: Comparison) -> Weighed:
    """Shares, consistency ratio, and the worst contradiction."""
    from secondment.standards.pairwise import judged  # loads numpy

    found = judged(len(comparison.items), comparison.values)
    worst = found.worst
    items = comparison.items
    doubt = None
    if worst is not None:
        doubt = Doubt(
            items[worst.first],
            items[worst.second],
            items[worst.through],
            on_scale(worst.said),
            on_scale(worst.consistent),
        )
    shares = dict(zip(items, found.shares, strict=True))
    return Weighed(comparison, shares, found.ratio, found.is_consistent, doubt)


@transaction.atomic
def weigh_by_comparison(
    version: StandardVersion,
    comparisons: Sequence[Comparison],
    *,
    seen: int | None = None,
    by: User,
    at: dt.datetime,
) -> StandardVersion:
    """Give the indicators the whole percent that follow; refused while a comparison contradicts itself too much."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    indicators = list(row.indicators.all())
    wanted = to_compare(indicators)
    if [(one.of, one.items) for one in comparisons] != wanted or not wanted:
        raise ContradictionError(_("指标已有增减，或不足两项。请刷新页面后重新比较。"))
    for of, items in wanted:
        if len(items) > MOST_COMPARED:
            text = _("一次最多比较 %(most)s 项，现有 %(n)s 项。请合并指标，或手工填写权重。")
            raise ContradictionError(
                labelled(name_of(of, indicators), text % {"most": MOST_COMPARED, "n": len(items)})
            )
    weighed = [compared_weights(one) for one in comparisons]
    for one in weighed:
        if not one.is_consistent:
            raise ContradictionError(contradiction_words(one, indicators))
    row.judgements = [{"of": one.of, "items": one.items, "values": one.values} for one in comparisons]
    weights = whole_weights(weighed, indicators)
    return give_weights(row, weights, by=by, at=at, action="standard.weigh")


def whole_weights(weighed: Sequence[Weighed], indicators: Sequence[Indicator]) -> dict[str, int]:
    """Share of the part times share within the part, as percent that sum to 100."""
    from secondment.standards.pairwise import percent  # loads numpy

    shares = {one.comparison.of: one.shares for one in weighed}
    scored = [one for one in indicators if is_scored(one)]
    parts = shares.get(OF_PARTS, {})
    products = [parts.get(one.part, 1.0) * shares.get(one.part, {}).get(one.code, 1.0) for one in scored]
    return {one.code: whole for one, whole in zip(scored, percent(products), strict=True)}


def contradiction_words(weighed: Weighed, indicators: Sequence[Indicator]) -> str:
    """Why a comparison cannot be used, with the pair to look at first."""
    text = _("判断前后矛盾，一致性比率为 %(ratio)s，应小于 0.10。")
    words = text % {"ratio": f"{weighed.ratio:.3f}"}
    if weighed.doubt is not None:
        words += doubt_words(weighed.doubt, indicators)
    return labelled(name_of(weighed.comparison.of, indicators), words)


def doubt_words(doubt: Doubt, indicators: Sequence[Indicator]) -> str:
    """The worst pair: what was said, and what the other judgements say."""
    names = {key: name_of(key, indicators) for key in (doubt.first, doubt.second, doubt.through)}
    text = _(
        "最矛盾的一处：现填“%(said)s”，而从其余判断（特别是与“%(through)s”的比较）推得“%(consistent)s”。请先核对这一对。"
    )
    return text % {
        "said": judgement_words(names[doubt.first], names[doubt.second], doubt.said),
        "through": names[doubt.through],
        "consistent": judgement_words(names[doubt.first], names[doubt.second], doubt.consistent),
    }


def judgement_words(first: str, second: str, value: int) -> str:
    """One judgement in words."""
    if value == 1:
        return _("%(first)s与%(second)s同等重要") % {"first": first, "second": second}
    more, less = (first, second) if value > 0 else (second, first)
    return _("%(more)s的重要性是%(less)s的 %(n)s 倍") % {"more": more, "less": less, "n": abs(value)}


def name_of(key: str, indicators: Sequence[Indicator]) -> str:
    """A part or an indicator by its name."""
    if key == OF_PARTS:
        return _("各部分之间")
    if key in PARTS:
        return str(Part(key).label)
    return next((one.title for one in indicators if one.code == key), key)


def on_scale(times: float) -> int:
    """The nearest value of the scale, as a ratio: 5 for five times, -5 for a fifth."""
    whole = min(TIMES, key=lambda one: abs(math.log(max(times, 1 / times) / one)))
    return whole if times >= 1 or whole == 1 else -whole

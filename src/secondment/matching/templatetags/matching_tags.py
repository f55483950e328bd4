"""How fits read on a page: points out of 100 with one decimal."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise

from secondment.campaigns.parameters import WEIGHT_LABELS

register = template.Library()


@register.filter
def points(score: float) -> str:
    """A score of 0–1 (or a sum of them) in points."""
    return f"{100 * score:.1f}"


@register.filter
def tenths(value: float) -> str:
    """A figure with one decimal."""
    return f"{value:.1f}"


@register.filter
def signed(value: float) -> str:
    """A change with its sign and one decimal."""
    return f"{value + 0.0:+.1f}"


@register.filter
def signed_points(score: float) -> str:
    """A change of score in points, with its sign."""
    return f"{100 * score + 0.0:+.1f}"


@register.filter
def signed_count(n: int) -> str:
    """A change of a count with its sign."""
    return f"{n:+d}"


@register.filter
def minus(n: int, other: int) -> int:
    """What is left."""
    return n - other


@register.filter
def as_number(value: float) -> str:
    """A figure as HTML attributes want it, whatever the language."""
    return f"{value:.4f}"


@register.filter
def loss_points(score: float) -> str:
    """What the plan loses, in points: a minus sign unless nothing is lost."""
    return f"−{100 * score:.1f}" if score > 0 else "±0.0"


@register.filter
def by_label(components: Mapping[str, float | None]) -> list[tuple[Promise, float | None]]:
    """Components with their labels, in their usual order."""
    return [(label, components.get(name)) for name, label in WEIGHT_LABELS.items()]

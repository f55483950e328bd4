"""How fits read on a page, as `figures` writes them."""

from django import template

from secondment.matching.figures import figure_text, points_text, signed_count, signed_text

register = template.Library()
register.filter("signed_count", signed_count)


@register.filter
def points(score: float) -> str:
    """A score of 0–1 (or a sum of them) in points."""
    return points_text(score)


@register.filter
def figure(value: float) -> str:
    """Points as they are."""
    return figure_text(value)


@register.filter
def signed(value: float) -> str:
    """A change in points with its sign."""
    return signed_text(value / 100)


@register.filter
def signed_points(score: float) -> str:
    """A change of a score of 0–1 in points, with its sign."""
    return signed_text(score)


@register.filter
def minus(n: int, other: int) -> int:
    """What is left."""
    return n - other

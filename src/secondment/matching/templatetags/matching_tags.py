"""How fits read on a page: points out of 100 with one decimal."""

from django import template

from secondment.matching.chain_lines import signed_text

register = template.Library()


@register.filter
def points(score: float) -> str:
    """A score of 0–1 (or a sum of them) in points."""
    return f"{100 * score:.1f}"


@register.filter
def total_points(score: float) -> str:
    """A sum of scores in points, as exact as the changes that are stated of it."""
    return f"{100 * score:.2f}"


@register.filter
def tenths(value: float) -> str:
    """A figure with one decimal."""
    return f"{value:.1f}"


@register.filter
def signed(value: float) -> str:
    """A change with its sign and one decimal."""
    return f"{round(value, 1) + 0.0:+.1f}"


@register.filter
def signed_points(score: float) -> str:
    """A change of score in points, with its sign, as chains state it."""
    return signed_text(score)


@register.filter
def signed_count(n: int) -> str:
    """A change of a count with its sign."""
    return f"{n:+d}"


@register.filter
def minus(n: int, other: int) -> int:
    """What is left."""
    return n - other

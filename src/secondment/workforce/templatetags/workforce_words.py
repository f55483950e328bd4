"""Shares in tables."""

from django import template

from secondment.common.display import NOTHING
from secondment.workforce import words

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share of 0–1 with one decimal; a dash where there is none."""
    return NOTHING if share is None else words.percent(share)

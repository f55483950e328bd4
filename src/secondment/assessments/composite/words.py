"""Figures as pages, workbooks and the trail write them."""

from decimal import Decimal


def plain_number(value: Decimal) -> str:
    """Without zeros that say nothing: 75, 12.5."""
    return f"{value.normalize():f}"

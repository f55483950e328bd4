"""Dimensions and classes in the language of the page; their words stand with their definitions."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from secondment.algorithms.structure.dimensions import Bucket, Dimension


def name_of(thing: Dimension | Bucket) -> str:
    """The label of a dimension or a class."""
    return thing.english if get_language() == "en" and thing.english else thing.label


def rule_of(dimension: Dimension) -> str:
    """By which rule a dimension is counted."""
    return dimension.rule_english if get_language() == "en" and dimension.rule_english else dimension.rule


def percent(share: float) -> str:
    """A share of 0–1 as it is written in sentences."""
    return f"{100 * share:.1f}%"


def compared(share: float, reference: float, whom: str) -> str:
    """How a share lies to that of a reference, to a tenth of a point."""
    points = round(100 * (share - reference), 1)
    if points == 0:
        return _("与%(whom)s持平") % {"whom": whom}
    values = {"whom": whom, "points": f"{abs(points):.1f}"}
    if points > 0:
        return _("比%(whom)s高 %(points)s 个百分点") % values
    return _("比%(whom)s低 %(points)s 个百分点") % values

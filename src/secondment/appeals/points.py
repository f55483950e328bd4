"""Points of a hundred as results write them."""

from django.utils.translation import gettext as _


def points(score: float | None) -> str:
    """With one decimal."""
    return "" if score is None else f"{score:.1f}"


def exact(score: float | None) -> str:
    """A score to six decimals, as the proof compares it."""
    return _("不可比") if score is None else f"{score:.6f}"

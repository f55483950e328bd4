"""Minutes and budgets in words."""

from django.utils.translation import gettext as _

from secondment.burden.budgets import Excess, rounded


def excess_words(excess: Excess) -> str:
    """Whose budget is broken, by how much."""
    return _("%(role)s每名挂职干部每年 %(minutes)d 分钟，超过预算 %(budget)d 分钟") % {
        "role": excess.role.label,
        "minutes": rounded(excess.minutes),
        "budget": excess.budget,
    }


def minutes_words(minutes: float) -> str:
    """Whole minutes, upwards."""
    return _("%(n)d 分钟") % {"n": rounded(minutes)}

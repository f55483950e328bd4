"""What follows when a group is so small that its ballots could be told apart: it is merged into the next, or withheld."""

from django.utils.translation import gettext as _

from secondment.algorithms.rating.tally import LEAST, NEXT
from secondment.standards.choices import RaterGroup


def is_small(n: int) -> bool:
    """Whether so few voters cannot stand alone."""
    return n < LEAST


def warning_of(group: str, n: int) -> str:
    """What will happen, in words; empty for a group that is large enough."""
    if not is_small(n):
        return ""
    into = NEXT.get(group)
    if into is None:
        words = _("本组参评 %(n)d 人，不足 %(least)d 人：为保护投票人，不单独公布，也不计入得分。")
        return words % {"n": n, "least": LEAST}
    words = _(
        "本组参评 %(n)d 人，不足 %(least)d 人：为保护投票人，封存后并入“%(into)s”一并计算；合并后仍不足的，不公布，也不计入得分。"
    )
    return words % {"n": n, "least": LEAST, "into": RaterGroup(into).label}

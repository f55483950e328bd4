"""报告雷同: reports that repeat an earlier one, or that of somebody else, nearly word for word."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import PERCENT, Figure
from secondment.common.sentences import say
from secondment.signals.copies import FLOOR, Copy, copies, counted_by
from secondment.signals.facts import page_of_placement
from secondment.signals.sign import Case, Found, Sign, SignFact

WINDOW = dt.timedelta(days=274)
"""Three quarters: two of them may fall behind the day of a look."""
SHORT = "short"


def check(case: Case) -> Found | None:
    """Reports of the last three quarters that have a twin; short ones say the same without having been copied."""
    rows: list[Copy] = case.of(copies)
    figures, since = case.figures, case.on - WINDOW
    least = figures["characters"]
    copied = counted_by(rows, case.on, since, figures["percent"], least)
    if len(copied) >= figures["reports"]:
        return Found([_fact(case, one) for one in copied])
    everything = counted_by(rows, case.on, since, figures["percent"], 1)
    if len(everything) >= figures["reports"]:
        return Found([_fact(case, one) for one in everything], SHORT)
    return None


def _fact(case: Case, one: Copy) -> SignFact:
    is_own = one.other_placement == case.placement.pk
    whose = say("本人另一份报告") if is_own else say("他人的一份报告")
    words = say(
        "%(day)s的情况报告与%(other_day)s%(whose)s重合%(percent)s%%",
        day=f"{one.report.day}",
        other_day=f"{one.other.day}",
        whose=whose,
        percent=f"{one.percent}",
    )
    return SignFact(words, one.report.day, page_of_placement(case.placement), (one.report.pk, one.other.pk))


SIGN = Sign(
    code="copied_reports",
    place=7,
    title=_("报告雷同"),
    meaning=_("情况报告与以前的或他人的报告几乎一字不差；提示的是填报单位，不是本人。"),
    data=(_("情况报告"),),
    figures=(
        Figure("percent", _("文字重合不少于"), 85, FLOOR, 100, PERCENT),
        Figure("reports", _("近三个季度雷同不少于"), 2, 1, 4, _("份")),
        Figure("characters", _("少于此字数的不比较"), 30, 10, 200, _("字")),
    ),
    excuses={SHORT: _("报告很短，难免相同")},
    is_of_office=True,
    counter_reading=_("情况确实没有变化，或者同镇几个村一起做一件事，由一人统一起草；有的表述是上级规定的。"),
    question=_("这几份报告是谁写的？这个季度和上个季度相比，实际有什么不同？"),
    check=check,
)

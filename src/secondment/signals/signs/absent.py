"""长期离岗: days away for which there is no leave, over half a year."""

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import DAYS, Figure
from secondment.common.sentences import say
from secondment.leave.choices import LeaveType
from secondment.signals.days_away import days_of, late_days, leave_days, sick_days, unknown_days
from secondment.signals.facts import page_of_leave, page_of_placement
from secondment.signals.sign import SICK, USUAL_EXCUSES, Case, Found, Sign, SignFact

APPROVED_HOME, GRANTED = "approved_home", "granted"


def check(case: Case) -> Found | None:
    """Leave that was granted is an explanation, however long; what is beyond it is a question."""
    late, unknown, leave = late_days(case), unknown_days(case), leave_days(case)
    facts = [
        SignFact(say("近半年%(what)s%(n)s天", what=what, n=f"{n:g}"), case.on, page)
        for n, what, page in (
            (late, say("逾期未归"), page_of_leave(case.placement)),
            (unknown, say("确认离岗而请假台账没有"), page_of_placement(case.placement)),
            (leave, say("请假"), page_of_leave(case.placement)),
        )
        if n
    ]
    if late + unknown >= case.figures["unexcused_days"]:
        return Found(facts)
    if late + unknown + leave < case.figures["away_days"]:
        return None
    if 2 * sick_days(case) >= leave:
        return Found(facts, SICK)
    return Found(facts, APPROVED_HOME if 2 * days_of(case, LeaveType.HOME_UNIT) >= leave else GRANTED)


SIGN = Sign(
    code="absent",
    place=4,
    title=_("长期离岗"),
    meaning=_("近半年不在岗的天数中，没有经过批准的达到规定天数。"),
    data=(_("请假台账"), _("在岗确认")),
    figures=(
        Figure("unexcused_days", _("近半年未经批准不在岗"), 5, 1, 60, DAYS),
        Figure("away_days", _("近半年离岗满此天数的计入“有批准、不提示”"), 20, 5, 120, DAYS),
    ),
    excuses={
        SICK: USUAL_EXCUSES[SICK],
        APPROVED_HOME: _("经批准回派出单位办事"),
        GRANTED: _("其他假均经批准"),
    },
    counter_reading=_(
        "可能已经口头请假没有补登，或者返岗没有登记；也可能在村外跑项目、开会，在岗确认时记成了离岗。"
    ),
    question=_("这些天本人在哪里，做什么？有没有假条、会议通知可以补登？"),
    check=check,
)

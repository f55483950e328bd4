"""身在曹营心在汉: released from the home unit, and still working for it."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.campaigns.eligibility_rules.rule import DAYS, Figure
from secondment.common.sentences import say
from secondment.leave.choices import LeaveType
from secondment.signals.days_away import called_home_days, days_of
from secondment.signals.facts import page_of_leave, page_of_placement, worked_beside
from secondment.signals.readers import notices
from secondment.signals.sign import BESIDE, USUAL_EXCUSES, Case, Found, Sign, SignFact

APPROVED = "approved"


def check(case: Case) -> Found | None:
    """Days at the home unit, and notices that hand out its work; approved business alone is in order."""
    handed_out = [one for one in case.of(notices) if one.hands_out_work and case.is_recent(one.day)]
    approved, called = days_of(case, LeaveType.HOME_UNIT), called_home_days(case)
    is_asked = len(handed_out) >= case.figures["notices"]
    if not is_asked and approved + called < case.figures["days"]:
        return None
    page = page_of_placement(case.placement)
    facts = [SignFact(say("告知单像是布置了原单位工作（规则 H13）"), one.day, page) for one in handed_out]
    if called:
        words = say("近半年未请假回派出单位%(n)s天（在岗确认）", n=f"{called:g}")
        facts.append(SignFact(words, case.on, page))
    if approved:
        words = say("近半年经批准回派出单位办事%(n)s天", n=f"{approved:g}")
        facts.append(SignFact(words, case.on, page_of_leave(case.placement)))
    if worked_beside(case.placement):
        return Found(facts, BESIDE)
    return Found(facts, "" if is_asked or called >= case.figures["days"] else APPROVED)


SIGN = Sign(
    code="works_for_home",
    place=5,
    title=_("身在曹营心在汉"),
    meaning=_("全脱产挂职，仍在做派出单位的工作。"),
    data=(_("告知单"), _("在岗确认"), _("请假台账"), _("脱产方式")),
    asks=Role.HOME_UNIT,
    figures=(
        Figure("days", _("近半年回派出单位不少于"), 5, 1, 60, DAYS),
        Figure("notices", _("近半年布置原单位工作的告知单不少于"), 1, 1, 6, _("份")),
    ),
    excuses={BESIDE: USUAL_EXCUSES[BESIDE], APPROVED: _("回派出单位办事均经批准")},
    counter_reading=_(
        "可能是为挂职地争取项目、协调支持，或是工作交接、民主测评等必须本人到场的事；措辞也可能让系统误读。"
    ),
    question=_("派出单位还有哪些工作没有交出去？什么时候由谁接手？"),
    check=check,
)

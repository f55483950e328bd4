"""走过场: half of the term is over, little of what was due is accepted, and the reports have nothing to tell."""

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import DAYS, PERCENT, Figure
from secondment.common.sentences import say
from secondment.signals.days_away import sick_days
from secondment.signals.facts import YEAR, book_on, page_of_placement, page_of_tasks, worked_beside
from secondment.signals.readers import reports
from secondment.signals.sign import BESIDE, NEW, SICK, USUAL_EXCUSES, Case, Found, Sign, SignFact

LEAST_REPORTS = 2
THIN = 30
"""A report of fewer characters tells nothing."""


def check(case: Case) -> Found | None:
    """Weights of tasks due by now against those accepted; reports of the last year against those that say something."""
    book = book_on(case)
    due = [one for one in book.tasks if one.due_on and one.due_on <= case.on] if book else []
    done = sum(one.weight for one in due if one.accepted_on and one.accepted_on <= case.on)
    of_all = sum(one.weight for one in due)
    told = [one for one in case.of(reports) if case.is_recent(one.day, YEAR)]
    thin = [one for one in told if len(one.text) < THIN]
    if not of_all or 100 * done >= case.figures["accepted_percent"] * of_all:
        return None
    if len(told) < LEAST_REPORTS or 100 * len(thin) < case.figures["thin_percent"] * len(told):
        return None
    facts = [
        SignFact(
            say("到期任务权重%(due)s%%，已验收%(done)s%%", due=f"{of_all}", done=f"{done}"),
            case.on,
            page_of_tasks(case.placement),
        ),
        SignFact(
            say("近一年情况报告%(n)s份，其中无内容%(thin)s份", n=f"{len(told)}", thin=f"{len(thin)}"),
            told[-1].day,
            page_of_placement(case.placement),
        ),
    ]
    return Found(facts, _excuse(case))


def _excuse(case: Case) -> str:
    if case.n_days < case.figures["least_days"]:
        return NEW
    if worked_beside(case.placement):
        return BESIDE
    return SICK if sick_days(case) >= case.figures["sick_days"] else ""


SIGN = Sign(
    code="passing_through",
    place=1,
    title=_("走过场"),
    meaning=_("到期任务大多没有验收，情况报告又没有实际内容。"),
    data=(_("任务书及验收"), _("情况报告"), _("请假台账")),
    figures=(
        Figure("accepted_percent", _("到期任务已验收少于"), 50, 10, 100, PERCENT),
        Figure("thin_percent", _("无内容的情况报告不少于"), 60, 10, 100, PERCENT),
        Figure("least_days", _("到岗不满此天数的不提示"), 180, 30, 720, DAYS),
        Figure("sick_days", _("半年内病假满此天数的不提示"), 20, 5, 120, DAYS),
    ),
    excuses=USUAL_EXCUSES,
    counter_reading=_(
        "任务可能受资金、季节、征地等条件限制未到验收时候；也可能已经完成，只是没有办理验收或没有写进报告。"
    ),
    question=_("到期的任务为什么没有验收？本人这一年主要做了什么，需要单位解决什么？"),
    check=check,
)

"""只当顾问: no division of work, or a task book in which everything is done for others."""

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import DAYS, Figure
from secondment.common.sentences import counted, say
from secondment.signals.facts import book_on, division_on, has_own_tasks, page_of_placement, page_of_tasks
from secondment.signals.sign import NEW, RECORDED, USUAL_EXCUSES, Case, Found, Sign, SignFact


def check(case: Case) -> Found | None:
    """Advice and work in other leaders' fields are wanted; a question arises where there is nothing else."""
    facts = []
    if not case.placement.duties.strip() and division_on(case) is None:
        words = counted("到岗%(n)d天，没有书面分工", case.n_days)
        facts.append(SignFact(words, case.on, page_of_placement(case.placement)))
    book = book_on(case)
    if book is not None and book.tasks and not has_own_tasks(book):
        words = say("任务书%(n)s项任务都是配合、参谋或调研，没有分管任务", n=f"{len(book.tasks)}")
        facts.append(SignFact(words, book.signed_on, page_of_tasks(case.placement)))
    if not facts:
        return None
    return Found(facts, case.too_soon(case.figures["days"]))


SIGN = Sign(
    code="only_adviser",
    place=2,
    title=_("只当顾问"),
    meaning=_("没有明确分工，或者只配合、只参谋，没有自己负责的任务。"),
    data=(_("分工"), _("任务书")),
    figures=(Figure("days", _("到岗不满此天数的不提示"), 30, 15, 180, DAYS),),
    excuses={code: USUAL_EXCUSES[code] for code in (NEW, RECORDED)},
    counter_reading=_(
        "单位可能正在调整班子分工，或者口头分工没有补成文字；以参谋、调研为主也可能是选派时就定下的。"
    ),
    question=_("打算请本人分管什么？有哪一项任务可以交给本人负责到底？"),
    check=check,
)

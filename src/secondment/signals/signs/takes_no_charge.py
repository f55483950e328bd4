"""不敢管不敢做: months in post without one task of own responsibility."""

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import MONTHS, Figure
from secondment.common.sentences import counted, say
from secondment.signals.facts import book_on, has_own_tasks, months, page_of_tasks, worked_beside
from secondment.signals.sign import BESIDE, NEW, RECORDED, USUAL_EXCUSES, Case, Found, Sign, SignFact


def check(case: Case) -> Found | None:
    """A task book without a task of one's own, or none at all."""
    book = book_on(case)
    if book is not None and has_own_tasks(book):
        return None
    what = say("没有已签订的任务书") if book is None else say("任务书中没有本人分管的任务")
    facts = [
        SignFact(what, book.signed_on if book else case.on, page_of_tasks(case.placement)),
        SignFact(counted("到岗%(n)d天", case.n_days), case.on),
    ]
    beside = BESIDE if worked_beside(case.placement) else ""
    return Found(facts, case.too_soon(months(case.figures["months"]).days) or beside)


SIGN = Sign(
    code="takes_no_charge",
    place=3,
    title=_("不敢管不敢做"),
    meaning=_("到岗满规定月数，仍没有一项由本人负责的任务。"),
    data=(_("任务书"),),
    figures=(Figure("months", _("到岗满"), 6, 2, 18, MONTHS),),
    excuses={code: USUAL_EXCUSES[code] for code in (NEW, RECORDED, BESIDE)},
    counter_reading=_("多半不是本人不愿担当，而是单位没有放手，或者本人负责的工作没有写进任务书。"),
    question=_("本人有没有提出过想负责的工作？单位有什么顾虑，缺什么条件？"),
    check=check,
)

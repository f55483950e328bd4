"""滥用职权: approval that the written division of work does not give, and complaints of abuse."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.campaigns.eligibility_rules.rule import Figure
from secondment.common.sentences import say
from secondment.signals.complained_of import UNFOUNDED, complaints_of, fact_of, standing
from secondment.signals.facts import book_on, division_on, page_of_tasks
from secondment.signals.sign import Case, Found, Sign, SignFact
from secondment.talks.choices import SuggestionCategory
from secondment.task_books.models import POWERS

GIVEN = "given"


def check(case: Case) -> Found | None:
    """What the division of work gives is in order, and so is what nobody found true."""
    book, division = book_on(case), division_on(case)
    given = division.powers if division else frozenset()
    held = [(one, {name for name in POWERS if getattr(one, name)}) for one in (book.tasks if book else ())]
    facts = [
        SignFact(
            say("任务“%(task)s”含有审批权，书面分工没有授予", task=one.name),
            book.signed_on if book else None,
            page_of_tasks(case.placement),
        )
        for one, powers in held
        if powers - given
    ]
    rows = complaints_of(case, SuggestionCategory.ABUSE)
    stand = standing(rows)
    if len(stand) >= case.figures["letters"]:
        facts += [fact_of(one) for one in stand]
    if facts:
        return Found(facts)
    if rows and not stand:
        return Found([fact_of(one) for one in rows], UNFOUNDED)
    return Found(excuse=GIVEN) if any(powers for _task, powers in held) else None


SIGN = Sign(
    code="abuse_of_power",
    place=9,
    title=_("滥用职权"),
    meaning=_("任务中的人、财、物、项目审批权，书面分工没有授予；或者有人反映滥用职权，且没有查明不属实。"),
    data=(_("任务书"), _("分工"), _("意见建议（类别和核实结果）")),
    asks=Role.ORGANISATION_DEPARTMENT,
    figures=(Figure("letters", _("近半年此类意见不少于"), 2, 1, 10, _("件")),),
    excuses={GIVEN: _("审批权已由书面分工授予"), UNFOUNDED: _("经核实不属实")},
    counter_reading=_("单位可能已经口头授权，只是分工文件没有更新；也可能只是经办，最后由主要负责同志审批。"),
    question=_("这项审批由谁最后决定？是补写分工，还是改任务？反映的事是否已经查清？"),
    check=check,
)

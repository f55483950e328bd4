"""滥用职权: approval of people, money or projects in a task that the written division of work does not give."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.sentences import say
from secondment.signals.facts import book_on, division_on, page_of_tasks
from secondment.signals.sign import Case, Found, Sign, SignFact
from secondment.task_books.models import POWERS

GIVEN = "given"


def check(case: Case) -> Found | None:
    """Tasks that hold a power; what the division of work gives is in order."""
    book, division = book_on(case), division_on(case)
    given = division.powers if division else frozenset()
    held = {
        one: {name for name in POWERS if getattr(one, name)} for one in (book.tasks if book else ())
    }
    beyond = [one for one, powers in held.items() if powers - given]
    facts = [
        SignFact(
            say("任务“%(task)s”含有审批权，书面分工没有授予", task=one.name),
            book.signed_on if book else None,
            page_of_tasks(case.placement),
        )
        for one in beyond
    ]
    if facts:
        return Found(facts)
    return Found(excuse=GIVEN) if any(held.values()) else None


SIGN = Sign(
    code="abuse_of_power",
    place=8,
    title=_("滥用职权"),
    meaning=_("任务中的人、财、物、项目审批权，书面分工没有授予。"),
    data=(_("任务书"), _("分工")),
    asks=Role.ORGANISATION_DEPARTMENT,
    excuses={GIVEN: _("审批权已由书面分工授予")},
    counter_reading=_("单位可能已经口头授权，只是分工文件没有更新；也可能只是经办，最后由主要负责同志审批。"),
    question=_("这项审批由谁最后决定？是补写分工，还是改任务？"),
    check=check,
)

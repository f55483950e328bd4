"""断线风筝: a side has been silent too long, by the one predicate of daily work."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.sentences import say, say_label
from secondment.daily_work.silence import SIDES
from secondment.signals.facts import page_of_placement
from secondment.signals.readers import silence
from secondment.signals.sign import Case, Found, Sign, SignFact


def check(case: Case) -> Found | None:
    """Each side that is silent; the first of them is asked."""
    words = case.of(silence).on(case.on)
    silent = [side for side in SIDES if words.is_silent(case.placement, side)]
    facts = [
        SignFact(
            say(
                "%(side)s已%(n)s天没有音讯",
                side=say_label(side.label),
                n=f"{(case.on - words.since(case.placement, side)).days}",
            ),
            words.since(case.placement, side),
            page_of_placement(case.placement),
        )
        for side in silent
    ]
    return Found(facts, asks=silent[0]) if silent else None


SIGN = Sign(
    code="broken_line",
    place=6,
    title=_("断线风筝"),
    meaning=_("接收单位或派出单位超过期限没有音讯；期限用项目的报告和联系周期。"),
    data=(_("情况报告"), _("告知单")),
    asks=Role.HOST_UNIT,
    is_of_office=True,
    counter_reading=_("可能联系过只是没有登记，或者经办人刚换、账号还没有开通。"),
    question=_("最近一次联系本人是什么时候？由谁联系，为什么没有记录？"),
    check=check,
)

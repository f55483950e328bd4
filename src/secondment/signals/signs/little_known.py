"""不了解比例高: many answers of the last democratic appraisal were 不了解."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.campaigns.eligibility_rules.rule import DAYS, PERCENT, Figure
from secondment.common.sentences import say
from secondment.signals.facts import appraisal_on, days_at, page_of_placement, worked_beside
from secondment.signals.sign import BESIDE, NEW, USUAL_EXCUSES, Case, Found, Sign, SignFact

LEAST_BALLOTS = 10


def check(case: Case) -> Found | None:
    """The share of answers in all groups that are told of, ballots of groups held back left out."""
    last = appraisal_on(case)
    if last is None or last.n_ballots < LEAST_BALLOTS:
        return None
    if last.unknown_percent < case.figures["unknown_percent"]:
        return None
    words = say(
        "民主测评%(n)s张票，“不了解”占%(percent)s%%",
        n=f"{last.n_ballots}",
        percent=f"{last.unknown_percent:.0f}",
    )
    return Found(
        [SignFact(words, last.day, page_of_placement(case.placement))], _excuse(case, days_at(case, last.day))
    )


def _excuse(case: Case, n_days: int) -> str:
    if n_days < case.figures["least_days"]:
        return NEW
    return BESIDE if worked_beside(case.placement) else ""


SIGN = Sign(
    code="little_known",
    place=24,
    title=_("不了解比例高"),
    meaning=_("测评中选“不了解”的比例偏高。"),
    data=(_("民主测评的统计"),),
    asks=Role.ORGANISATION_DEPARTMENT,
    figures=(
        Figure("unknown_percent", _("“不了解”不少于"), 30, 10, 90, PERCENT),
        Figure("least_days", _("测评时到岗不满此天数的不提示"), 180, 30, 720, DAYS),
    ),
    excuses={code: words for code, words in USUAL_EXCUSES.items() if code in {NEW, BESIDE}},
    counter_reading=_("刚到岗，或者参评人员本来就少打交道。"),
    question=_("本人平时在哪里办公，走访过哪些地方？"),
    check=check,
)

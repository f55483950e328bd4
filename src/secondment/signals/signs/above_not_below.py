"""上热下冷: in the last democratic appraisal leaders thought far better of somebody than the masses did."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.campaigns.eligibility_rules.rule import DAYS, POINTS, Figure
from secondment.common.sentences import say
from secondment.signals.facts import appraisal_on, days_at, page_of_placement
from secondment.signals.sign import NEW, USUAL_EXCUSES, Case, Found, Sign, SignFact


def check(case: Case) -> Found | None:
    """A gap that the computation flagged, and by so many points more than is usual; both groups are large enough to be told of."""
    last = appraisal_on(case)
    if last is None or last.gap is None or last.gap < case.figures["gap_points"]:
        return None
    words = say("民主测评中领导与群众的评分差距比一般多%(points)s分", points=f"{last.gap:.1f}")
    is_new = days_at(case, last.day) < case.figures["least_days"]
    return Found([SignFact(words, last.day, page_of_placement(case.placement))], NEW if is_new else "")


SIGN = Sign(
    code="above_not_below",
    place=25,
    title=_("上热下冷"),
    meaning=_("领导评价高，干部群众评价低。"),
    data=(_("民主测评的统计"),),
    asks=Role.ORGANISATION_DEPARTMENT,
    figures=(
        Figure("gap_points", _("差距比一般多出不少于"), 20, 5, 60, POINTS),
        Figure("least_days", _("测评时到岗不满此天数的不提示"), 180, 30, 720, DAYS),
    ),
    excuses={NEW: USUAL_EXCUSES[NEW]},
    counter_reading=_("有的工作得罪人但应当做，群众一时不理解。"),
    question=_("群众主要对哪件事有意见？"),
    check=check,
)

"""指手画脚: complaints that somebody decides what is not theirs to decide."""

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import Figure
from secondment.signals.complained_of import UNFOUNDED, complaints_of, fact_of, standing
from secondment.signals.sign import Case, Found, Sign
from secondment.talks.choices import SuggestionCategory


def check(case: Case) -> Found | None:
    """Work in other leaders' fields is wanted; a question arises when several complain and nobody has found it untrue."""
    rows = complaints_of(case, SuggestionCategory.INTERFERENCE)
    stand = standing(rows)
    if len(stand) >= case.figures["letters"]:
        return Found([fact_of(one) for one in stand])
    return Found([fact_of(one) for one in rows], UNFOUNDED) if rows and not stand else None


SIGN = Sign(
    code="meddling",
    place=8,
    title=_("指手画脚"),
    meaning=_("有人反映越过分工插手、干预，且没有查明不属实。"),
    data=(_("意见建议（类别和核实结果）"),),
    figures=(Figure("letters", _("近半年此类意见不少于"), 2, 1, 10, _("件")),),
    excuses={UNFOUNDED: _("经核实不属实")},
    counter_reading=_(
        "提倡在其他领导分工中找工作切入点；推动难事、坚持原则也会有人不满，反映的可能只是一面之词。"
    ),
    question=_("具体是哪件事，分工怎么写的，当时有没有经过会议商量？"),
    check=check,
)

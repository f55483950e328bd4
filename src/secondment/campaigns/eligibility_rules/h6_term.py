"""H6 挂职期限: the term is neither shorter nor longer than the programme's; above the limit it always blocks."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.algorithms.periods import full_months
from secondment.campaigns.eligibility_rules.rule import MONTHS, Figure, Rule, Sentence

IN_DISCUSSION = _("请核对批次起止日期，或在集体研究时说明理由。")


def look(_facts: PersonFacts, case: Case) -> Outcome:
    """Started months count against the longest, full months against the shortest."""
    term, figures = case.term, case.figures
    full = full_months(term.starts_on, term.ends_on)
    begun = full + (term.ends_on.day != term.starts_on.day)
    values = {
        "months": begun,
        "shortest": figures["shortest_months"],
        "longest": figures["longest_months"],
        "limit": figures["limit_months"],
    }
    if begun > values["limit"]:
        return Outcome("beyond_limit", values, always_blocks=True)
    if begun > values["longest"]:
        return Outcome("too_long", values)
    if full < values["shortest"]:
        return Outcome("too_short", {**values, "months": full})
    return Outcome("fits", values, is_met=True)


RULE = Rule(
    code="H6",
    title=_("挂职期限"),
    help=_("批次的挂职期限应在规定范围内；超过最长上限的一律否决。"),
    basis="项目文件对挂职期限的规定",
    parameters=(
        Figure("shortest_months", _("最短"), 6, 1, 60, MONTHS),
        Figure("longest_months", _("最长"), 24, 1, 60, MONTHS),
        Figure("limit_months", _("否决上限"), 36, 1, 60, MONTHS),
    ),
    sections=frozenset(),
    check=each_person(look),
    sentences={
        "fits": Sentence(_("本批次期限 %(months)s 个月，在 %(shortest)s 至 %(longest)s 个月之内")),
        "too_long": Sentence(_("本批次期限 %(months)s 个月，超过 %(longest)s 个月"), IN_DISCUSSION),
        "too_short": Sentence(_("本批次期限 %(months)s 个月，不足 %(shortest)s 个月"), IN_DISCUSSION),
        "beyond_limit": Sentence(
            _("本批次期限 %(months)s 个月，超过上限 %(limit)s 个月"), _("请缩短批次期限。")
        ),
    },
)

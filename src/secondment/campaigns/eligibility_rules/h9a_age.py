"""H9a 年龄: age on the first day of the term against the limit of the person's rank group."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH
from secondment.algorithms.eligibility.levels import rank_group
from secondment.algorithms.periods import full_years
from secondment.campaigns.eligibility_rules.rule import (
    CHANGE_PERSON,
    FIX_RECORD,
    OWN_RULES,
    YEARS_OF_AGE,
    Figure,
    Rule,
    Sentence,
)


def look(facts: PersonFacts, case: Case) -> Outcome:
    """Full years; an unknown day of birth meets no limit."""
    if facts.born_on == UNKNOWN_BIRTH:
        return Outcome("unknown", {}, is_met=False)
    group = rank_group(facts.rank)
    years, limit = full_years(facts.born_on, case.term.starts_on), case.figures[f"oldest_{group}"]
    return Outcome("age", {"age": years, "limit": limit, "group": group}, is_met=years <= limit)


RULE = Rule(
    code="H9a",
    title=_("年龄"),
    help=_("按挂职开始日计算的周岁不超过本层级上限。"),
    basis=OWN_RULES,
    is_confirmed=False,
    parameters=(
        Figure("oldest_bureau", _("厅局级及以上"), 50, 18, 70, YEARS_OF_AGE),
        Figure("oldest_county", _("县处级"), 45, 18, 70, YEARS_OF_AGE),
        Figure("oldest_township", _("乡科级及以下"), 40, 18, 70, YEARS_OF_AGE),
    ),
    check=each_person(look),
    sentences={
        "age": Sentence(_("挂职开始时 %(age)s 周岁，上限 %(limit)s 周岁"), CHANGE_PERSON),
        "unknown": Sentence(_("出生日期未填，无法核对年龄"), FIX_RECORD),
    },
)

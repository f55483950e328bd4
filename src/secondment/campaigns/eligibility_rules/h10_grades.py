"""H10 近年年度考核: the last annual grades are all competent or better, on record and not outdated."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.campaigns.eligibility_rules.rule import (
    CHANGE_PERSON,
    FIX_RECORD,
    OWN_RULES,
    YEARS,
    Figure,
    Rule,
    Sentence,
)
from secondment.people.choices import Grade
from secondment.people.sections import Section

GOOD_GRADES = frozenset({Grade.EXCELLENT.value, Grade.COMPETENT.value})
OUTDATED_AFTER_YEARS = 2


def look(facts: PersonFacts, case: Case) -> Outcome:
    """A year without grade, missing years and records older than two years are undecided."""
    n_asked, this_year = case.figures["n_grades"], case.term.as_of.year
    last = sorted((one for one in facts.grades if one[0] <= this_year), reverse=True)[:n_asked]
    for year, grade in last:
        if grade not in GOOD_GRADES:
            is_met = None if grade == Grade.NONE else False
            return Outcome("grade", {"year": year, "grade": grade, "n": n_asked}, is_met)
    if len(last) < n_asked:
        return Outcome("missing", {"n": n_asked, "found": len(last)}, is_met=None)
    if last and last[0][0] < this_year - OUTDATED_AFTER_YEARS:
        return Outcome("outdated", {"year": last[0][0], "n": n_asked}, is_met=None)
    return Outcome("good", {"n": n_asked, "found": len(last)}, is_met=True)


RULE = Rule(
    code="H10",
    title=_("近年年度考核"),
    help=_("最近几年年度考核均为称职（合格）及以上。缺记录或不定等次的，提示核实。"),
    basis=OWN_RULES,
    is_confirmed=False,
    mode="block",
    parameters=(Figure("n_grades", _("考核年数"), 2, 1, 5, YEARS),),
    sections=frozenset({Section.ASSESSMENT}),
    check=each_person(look),
    sentences={
        "good": Sentence(_("最近 %(n)s 年年度考核均为称职（合格）及以上")),
        "grade": Sentence(_("%(year)s 年度考核为%(grade)s"), CHANGE_PERSON),
        "missing": Sentence(_("最近 %(n)s 年年度考核只有 %(found)s 年记录"), FIX_RECORD),
        "outdated": Sentence(_("年度考核记录只到 %(year)s 年"), FIX_RECORD),
    },
    words={"grade": lambda code: str(Grade(code).label)},
)

"""Rules about the person alone: each looks at the facts and says what it found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from secondment.algorithms.eligibility.facts import PersonFacts, Term, full_months, full_years
from secondment.algorithms.eligibility.findings import Finding, Result
from secondment.algorithms.eligibility.levels import education_level, rank_group
from secondment.algorithms.eligibility.settings import PERSON_RULES, RuleSettings

GOOD_GRADES = frozenset({"excellent", "competent"})


@dataclass(frozen=True)
class Outcome:
    """What one rule found; `is_met` None means the facts do not tell, which never blocks."""

    is_met: bool | None
    fact: str
    values: dict[str, object]
    always_blocks: bool = False


@dataclass(frozen=True)
class Setting:
    """What all persons of a campaign share."""

    term: Term
    rules: RuleSettings
    has_village_posts: bool


def check_person(person: int, facts: PersonFacts, setting: Setting) -> Iterator[Finding]:
    """One finding for each person rule that is on."""
    for rule in PERSON_RULES:
        if setting.rules.is_on(rule):
            outcome = CHECKS[rule](facts, setting)
            yield Finding(rule, person, _result(rule, outcome, setting.rules), outcome.fact, outcome.values)


def _result(rule: str, outcome: Outcome, rules: RuleSettings) -> Result:
    if outcome.is_met:
        return Result.PASS
    if outcome.always_blocks:
        return Result.BLOCK
    return rules.result_of(rule, is_certain=outcome.is_met is not None)


def penalty(facts: PersonFacts, setting: Setting) -> Outcome:
    """H4: no open investigation and no penalty in effect between the check and the end of the term."""
    if facts.is_under_investigation:
        return Outcome(False, "H4.investigation", {})
    since = min(setting.term.as_of, setting.term.starts_on)
    active = [p for p in facts.penalties if p.overlaps(since, setting.term.ends_on)]
    if active:
        last = max(active, key=lambda period: period.ends_on)
        return Outcome(False, "H4.penalty", {"kind": last.kind, "until": last.last_day})
    return Outcome(True, "H4.none", {})


def overlap(facts: PersonFacts, setting: Setting) -> Outcome:
    """H5: no other secondment shares a day with the term."""
    for period in facts.terms:
        if period.overlaps(setting.term.starts_on, setting.term.ends_on):
            return Outcome(False, "H5.overlap", {"start": period.starts_on, "until": period.last_day})
    return Outcome(True, "H5.free", {})


def length(_facts: PersonFacts, setting: Setting) -> Outcome:
    """H6: the term is neither shorter nor longer than the programme's; above the limit it always blocks."""
    rules, term = setting.rules, setting.term
    whole = full_months(term.starts_on, term.ends_on)
    begun = whole + (term.ends_on.day != term.starts_on.day)
    values: dict[str, object] = {
        "months": begun,
        "shortest": rules.shortest_months,
        "longest": rules.longest_months,
        "limit": rules.limit_months,
    }
    if begun > rules.limit_months:
        return Outcome(False, "H6.beyond_limit", values, always_blocks=True)
    if begun > rules.longest_months:
        return Outcome(False, "H6.too_long", values)
    if whole < rules.shortest_months:
        return Outcome(False, "H6.too_short", {**values, "months": whole})
    return Outcome(True, "H6.fits", values)


def spouses(facts: PersonFacts, setting: Setting) -> Outcome:
    """H8: husband and wife are not both sent to villages."""
    if setting.has_village_posts and facts.spouse_is_in_village:
        return Outcome(False, "H8.in_village", {})
    if setting.has_village_posts and facts.spouse_is_nominated:
        return Outcome(False, "H8.nominated", {})
    return Outcome(True, "H8.none", {})


def age(facts: PersonFacts, setting: Setting) -> Outcome:
    """H9a: age on the first day of the term against the limit of the person's rank group."""
    rules = setting.rules
    limits = {
        "bureau": rules.oldest_bureau,
        "county": rules.oldest_county,
        "township": rules.oldest_township,
    }
    group = rank_group(facts.rank)
    years = full_years(facts.born_on, setting.term.starts_on)
    values: dict[str, object] = {"age": years, "limit": limits[group], "group": group}
    return Outcome(years <= limits[group], "H9a.age", values)


def education(facts: PersonFacts, setting: Setting) -> Outcome:
    """H9b: education at least what the programme asks."""
    values: dict[str, object] = {"education": facts.education, "least": setting.rules.least_education}
    level = education_level(facts.education)
    if level is None:
        return Outcome(None, "H9b.unknown", values)
    least = education_level(setting.rules.least_education)
    return Outcome(least is None or level <= least, "H9b.education", values)


def grades(facts: PersonFacts, setting: Setting) -> Outcome:
    """H10: the last annual grades are all competent or better, on record and not outdated."""
    n_asked = setting.rules.n_grades
    last = sorted((pair for pair in facts.grades if pair[0] <= setting.term.as_of.year), reverse=True)[
        :n_asked
    ]
    for year, grade in last:
        if grade not in GOOD_GRADES:
            is_met = None if grade == "none" else False
            return Outcome(is_met, "H10.grade", {"year": year, "grade": grade, "n": n_asked})
    values: dict[str, object] = {"n": n_asked, "found": len(last)}
    if len(last) < n_asked:
        return Outcome(None, "H10.missing", values)
    if last and last[0][0] < setting.term.as_of.year - 2:
        return Outcome(None, "H10.outdated", {"year": last[0][0], "n": n_asked})
    return Outcome(True, "H10.good", values)


def party(facts: PersonFacts, _setting: Setting) -> Outcome:
    """H11a: full member of the party."""
    return Outcome(facts.is_party_member, "H11a.member" if facts.is_party_member else "H11a.not_member", {})


def work_years(facts: PersonFacts, setting: Setting) -> Outcome:
    """H11b: enough years of work on the first day of the term."""
    least = setting.rules.least_work_years
    if facts.started_work_on is None:
        return Outcome(None, "H11b.unknown", {"least": least})
    years = full_years(facts.started_work_on, setting.term.starts_on)
    return Outcome(years >= least, "H11b.years", {"years": years, "least": least})


def occupation(facts: PersonFacts, setting: Setting) -> Outcome:
    """H11c: not of an occupation the programme leaves out."""
    is_met = facts.occupation not in setting.rules.occupations_left_out
    return Outcome(is_met, "H11c.allowed" if is_met else "H11c.left_out", {"occupation": facts.occupation})


def remaining_service(facts: PersonFacts, setting: Setting) -> Outcome:
    """H12: the statutory retirement month does not fall into the term."""
    if facts.retires_on is None:
        return Outcome(None, "H12.unknown", {})
    values: dict[str, object] = {"retires": facts.retires_on, "until": setting.term.last_day}
    return Outcome(facts.retires_on >= setting.term.ends_on, "H12.retires", values)


CHECKS: dict[str, Callable[[PersonFacts, Setting], Outcome]] = {
    "H4": penalty,
    "H5": overlap,
    "H6": length,
    "H8": spouses,
    "H9a": age,
    "H9b": education,
    "H10": grades,
    "H11a": party,
    "H11b": work_years,
    "H11c": occupation,
    "H12": remaining_service,
}

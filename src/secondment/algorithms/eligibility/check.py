"""One call that checks every person, and every person with every post."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from secondment.algorithms.eligibility import recusal_rules, requirement_rules
from secondment.algorithms.eligibility.facts import PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Finding, Result
from secondment.algorithms.eligibility.pairs import Pairs
from secondment.algorithms.eligibility.person_rules import Setting, check_person
from secondment.algorithms.eligibility.settings import RuleSettings

# (rule, person, post); post None means the exception holds for every post
ApprovedException = tuple[str, int, int | None]

PAIR_CHECKS: dict[str, Callable[[Pairs], Iterator[Finding]]] = {
    "H1": recusal_rules.kinship,
    "H2": recusal_rules.firm,
    "H3": recusal_rules.locality,
    "H3b": recusal_rules.native_place,
    "H7": requirement_rules.upward,
    **{rule: requirement_rules.requirement(rule) for rule in requirement_rules.REQUIREMENTS},
}


def check_eligibility(
    people: Sequence[PersonFacts],
    posts: Sequence[PostFacts],
    term: Term,
    rules: RuleSettings,
    exceptions: Collection[ApprovedException] = (),
) -> list[Finding]:
    """What every rule that is on says about every person.

    Parameters
    ----------
    people, posts : sequences of facts
        Findings name them by their index.
    term : Term
        The half-open term, the day of the check and whether the plan has a number.
    rules : RuleSettings
        Mode of each rule and the figures it compares with.
    exceptions : collection of (rule, person, post)
        Approved exceptions; post None covers every post. They turn warnings and blocks into "exempt".

    Returns
    -------
    list of Finding
        By person, then in the order of the rules. Each person has at least one finding for each rule that
        is on. A pair rule that says the same of all posts (two or more) is one finding without post; one
        that no post breaks is one passed finding without post.

    Notes
    -----
    Person rules are linear in people. Kin and firms cost what they hit. The other pair rules compare
    columns: O(people × posts) elementwise operations and one boolean per pair and rule, plus one object for
    each pair that breaks a rule. Rules: 公务员法 (2018) art. 72, 74–76; 公务员回避规定; programme documents.
    """
    pairs = Pairs(people, posts, term, rules)
    setting = Setting(term, rules, has_village_posts=any(post.is_village for post in posts))
    by_person: list[list[Finding]] = [
        list(check_person(person, facts, setting)) for person, facts in enumerate(people)
    ]
    for rule, check in PAIR_CHECKS.items():
        if rules.is_on(rule):
            for person, found in enumerate(_by_person(check(pairs), len(people))):
                by_person[person] += found or [Finding(rule, person, Result.PASS, f"{rule}.none")]
    excepted = frozenset(exceptions)
    return [finding for found in by_person for finding in _collapse(_exempt(found, excepted), len(posts))]


def _by_person(findings: Iterable[Finding], n_people: int) -> list[list[Finding]]:
    sorted_out: list[list[Finding]] = [[] for _ in range(n_people)]
    for finding in findings:
        sorted_out[finding.person].append(finding)
    return sorted_out


def _exempt(findings: Iterable[Finding], excepted: frozenset[ApprovedException]) -> Iterator[Finding]:
    for finding in findings:
        covers = {(finding.rule, finding.person, None), (finding.rule, finding.person, finding.post)}
        is_exempt = finding.result is not Result.PASS and not covers.isdisjoint(excepted)
        yield replace(finding, result=Result.EXEMPT) if is_exempt else finding


def _collapse(findings: Iterable[Finding], n_posts: int) -> Iterator[Finding]:
    """Put together what one rule says in the same words of every post."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    for found in by_rule.values():
        first = found[0]
        if len(found) == n_posts > 1 and all(_says_the_same(first, other) for other in found):
            yield replace(first, post=None)
        else:
            yield from found


def _says_the_same(one: Finding, other: Finding) -> bool:
    return (one.result, one.fact, one.values) == (other.result, other.fact, other.values)

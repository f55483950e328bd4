"""One call that checks every person, and every person with every post."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from secondment.algorithms.eligibility.facts import PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Finding, Outcome, Result
from secondment.algorithms.eligibility.rules import Case, Mode, RuleSetting

# (rule, person, post); post None means the exception holds for every post
ApprovedException = tuple[str, int, int | None]


def check_eligibility(
    people: Sequence[PersonFacts],
    posts: Sequence[PostFacts],
    term: Term,
    rules: Iterable[RuleSetting],
    exceptions: Collection[ApprovedException] = (),
) -> list[Finding]:
    """The findings of every active rule about every person.

    Parameters
    ----------
    people, posts : sequences of facts
        Findings name them by their index.
    term : Term
        The half-open term, the day of the check and whether the plan has a number.
    rules : iterable of RuleSetting
        Each rule with its mode, its check and the figures it compares with.
    exceptions : collection of (rule, person, post)
        Approved exceptions; post None covers every post. They turn warnings and blocks into "exempt".

    Returns
    -------
    list of Finding
        By person, then in the order of the rules. Each person has at least one finding for each rule that
        is on. The same finding of a rule for all posts (two or more) becomes one finding without post;
        a rule that finds nothing of a person is one passed finding without post.

    Notes
    -----
    Rules about a person are linear in people. Kin and firms cost what they hit. The other rules about pairs
    compare columns: O(people × posts) elementwise operations and one boolean per pair and rule, plus one
    object for each pair that breaks a rule. Rules: 公务员法 (2018) art. 72, 74–76; 公务员回避规定; programme
    documents.
    """
    case = Case(people, posts, term)
    by_person: list[list[Finding]] = [[] for _ in people]
    for rule in rules:
        if rule.mode is not Mode.OFF:
            for person, found in enumerate(_findings(rule, case)):
                by_person[person] += found or [Finding(rule.code, person, Result.PASS, f"{rule.code}.none")]
    excepted = frozenset(exceptions)
    return [finding for found in by_person for finding in _collapse(_exempt(found, excepted), len(posts))]


def _findings(rule: RuleSetting, case: Case) -> list[list[Finding]]:
    """By person, one finding a post: the first, unless a later one blocks and it does not."""
    found: list[dict[int | None, Finding]] = [{} for _ in case.people]
    for person, post, outcome in rule.check(case.of(rule)):
        finding = Finding(
            rule.code,
            person,
            _result(rule.mode, outcome),
            f"{rule.code}.{outcome.fact}",
            outcome.values,
            post,
        )
        kept = found[person].setdefault(post, finding)
        if kept.result is not Result.BLOCK and finding.result is Result.BLOCK:
            found[person][post] = finding
    return [list(of_person.values()) for of_person in found]


def _result(mode: Mode, outcome: Outcome) -> Result:
    """What an outcome means; a fact that is not certain never blocks."""
    if outcome.is_met:
        return Result.PASS
    is_certain = outcome.is_met is not None
    return Result.BLOCK if outcome.always_blocks or (is_certain and mode is Mode.BLOCK) else Result.WARN


def _exempt(findings: Iterable[Finding], excepted: frozenset[ApprovedException]) -> Iterator[Finding]:
    for finding in findings:
        covers = {(finding.rule, finding.person, None), (finding.rule, finding.person, finding.post)}
        is_exempt = finding.result is not Result.PASS and not covers.isdisjoint(excepted)
        yield replace(finding, result=Result.EXEMPT) if is_exempt else finding


def _collapse(findings: Iterable[Finding], n_posts: int) -> Iterator[Finding]:
    """Merge equal findings of one rule for every post."""
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

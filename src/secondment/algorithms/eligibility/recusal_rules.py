"""Recusal (回避): kin and firms are looked up by unit and industry, localities compared at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from secondment.algorithms.eligibility.facts import Firm, Kin, PostFacts
from secondment.algorithms.eligibility.findings import Finding, Result
from secondment.algorithms.eligibility.pairs import Pairs, hits, same_code

COUNTY_DIGITS = 6
TOWNSHIP_DIGITS = 9


def kinship(pairs: Pairs) -> Iterator[Finding]:
    """H1: no relative leads the host unit or, for a leading post, the unit directly above it.

    A relative who works there without leading is a question of fact (the same direct leader?), so it warns;
    so does a relation that nobody could read, wherever the relative works.
    """
    at, below = _posts_by_unit(pairs.posts)
    for person, facts in enumerate(pairs.people):
        found: dict[int, Finding] = {}
        for kin in facts.kin:
            for post in at[kin.unit]:
                fact = _fact_at_host(kin, pairs.posts[post])
                _keep_worst(found, post, _kin_finding(pairs, person, post, kin, fact))
            for post in below[kin.unit] if kin.is_leading else ():
                if pairs.posts[post].is_leading:
                    _keep_worst(found, post, _kin_finding(pairs, person, post, kin, "H1.leads_above"))
        yield from found.values()
        if facts.n_unrecognised_kin:
            values: dict[str, object] = {"n": facts.n_unrecognised_kin}
            yield Finding(
                "H1", person, pairs.rules.result_of("H1", is_certain=False), "H1.unrecognised", values
            )


def firm(pairs: Pairs) -> Iterator[Finding]:
    """H2: close family runs no firm in an industry that the post, a leading one, regulates.

    A firm known to stand in another place only warns.
    """
    by_industry: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(pairs.posts):
        for industry in post.industries if post.is_leading else ():
            by_industry[industry].append(number)
    for person, facts in enumerate(pairs.people):
        found: dict[int, Finding] = {}
        for held in facts.firms:
            for number in by_industry[held.industry]:
                is_near = _is_near(held, pairs.posts[number], pairs.rules.firm_region_digits)
                fact = "H2.regulates" if is_near else "H2.elsewhere"
                result = pairs.rules.result_of("H2", is_certain=is_near)
                finding = Finding("H2", person, result, fact, {"industry": held.industry}, number)
                _keep_worst(found, number, finding)
        yield from found.values()


def locality(pairs: Pairs) -> Iterator[Finding]:
    """H3: the principal of a listed organ does not serve where they grew up.

    City level, deputies, and the place of origin standing in for an unknown place of growing up only warn.
    """
    there = [post.region if post.locality else "" for post in pairs.posts]
    grown = [one.growth_region for one in pairs.people]
    origin = ["" if one.growth_region else one.native_region for one in pairs.people]
    for codes, name in ((grown, "grown"), (origin, "origin")):
        for person, number in hits(same_code(codes, there, COUNTY_DIGITS)):
            post = pairs.posts[number]
            is_certain = name == "grown" and post.is_principal and post.locality == "strict"
            fact = f"H3.{name}_{'principal' if post.is_principal else 'deputy'}"
            yield Finding("H3", person, pairs.rules.result_of("H3", is_certain=is_certain), fact, {}, number)


def native_place(pairs: Pairs) -> Iterator[Finding]:
    """H3b: nobody is sent to a village of the township they come from."""
    villages = [post.region if post.is_village else "" for post in pairs.posts]
    native = same_code([one.native_region for one in pairs.people], villages, TOWNSHIP_DIGITS)
    grown = same_code([one.growth_region for one in pairs.people], villages, TOWNSHIP_DIGITS)
    return pairs.findings("H3b", "H3b.native", native | grown, lambda person, post: {})


def _posts_by_unit(posts: Sequence[PostFacts]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Numbers of the posts in each unit, and of the posts in the units directly below each unit."""
    at: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for number, post in enumerate(posts):
        at[post.unit].append(number)
        if post.parent_unit is not None:
            below[post.parent_unit].append(number)
    return at, below


def _fact_at_host(kin: Kin, post: PostFacts) -> str:
    if not kin.is_leading:
        return "H1.works_there"
    return "H1.leads_sensitive" if post.is_sensitive else "H1.leads"


def _kin_finding(pairs: Pairs, person: int, post: int, kin: Kin, fact: str) -> Finding:
    """Blocks only when the relation is under recusal and the relative leads."""
    is_certain = kin.is_leading and kin.kinship in pairs.rules.kinships
    result = pairs.rules.result_of("H1", is_certain=is_certain)
    return Finding("H1", person, result, fact, {"kinship": kin.kinship}, post)


def _is_near(firm: Firm, post: PostFacts, n_digits: int) -> bool:
    """Whether firm and post share a region; a region that is not known may be the same."""
    return not firm.region or not post.region or firm.region[:n_digits] == post.region[:n_digits]


def _keep_worst(found: dict[int, Finding], post: int, finding: Finding) -> None:
    """One finding a post: the first, unless a later one blocks and it does not."""
    kept = found.get(post)
    if kept is None or (kept.result is not Result.BLOCK and finding.result is Result.BLOCK):
        found[post] = finding

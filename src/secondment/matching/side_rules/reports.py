"""Reports of side rules for runs and proposals, read from the run's snapshot."""

from collections.abc import Iterable, Mapping

from secondment.matching.models import MatchingRun, Proposal, SideRule
from secondment.matching.queries import nominations_named
from secondment.matching.side_rules.reached import reached_of
from secondment.matching.side_rules.stated import StatedRule, unpack_rules
from secondment.matching.side_rules.wording import RuleReport, report_of, rule_sentence
from secondment.units.models import Region


def stated_rules_of(run: MatchingRun) -> tuple[StatedRule, ...]:
    """The side rules of a run as it knew them; none for runs before there were any."""
    return unpack_rules(run.snapshot.get("side_rules", ()))


def reports_of_run(run: MatchingRun) -> list[RuleReport]:
    """What the run's own plan reaches of each rule."""
    if not run.report.get("n_side_rules"):
        return []
    return _reports(run, dict(run.report["optimum"]))


def reports_of_proposal(proposal: Proposal) -> list[RuleReport]:
    """What the proposal reaches of each rule as it stands, changes by hand included."""
    run = proposal.run
    if not run.report.get("n_side_rules"):
        return []
    person_of = {pk: row for row, pk in enumerate(run.snapshot["nominations"])}
    post_of = {pk: row for row, pk in enumerate(run.snapshot["posts"])}
    pairs = proposal.pairs.values_list("nomination_id", "campaign_post_id")
    return _reports(run, {person_of[person]: post_of[post] for person, post in pairs})


def sentences_of(rules: Iterable[SideRule]) -> list[tuple[SideRule, str]]:
    """Each rule with its sentence; regions are named in one query."""
    rules = list(rules)
    codes = {rule.values["region"] for rule in rules if rule.values.get("region")}
    names = dict(Region.objects.filter(pk__in=codes).values_list("pk", "full_name")) if codes else {}
    return [(rule, rule_sentence(rule.kind, rule.values, _region(rule, names))) for rule in rules]


def _region(rule: SideRule, names: Mapping[str, str]) -> list[str]:
    code = rule.values.get("region", "")
    return [names[code]] if code in names else []


def _reports(run: MatchingRun, post_of: Mapping[int, int]) -> list[RuleReport]:
    rules = stated_rules_of(run)
    rows = sorted({person for rule in rules for couple in rule.couples for person in couple})
    keys = run.snapshot["nominations"]
    named = nominations_named(keys[row] for row in rows)
    names = {row: str(named[keys[row]]) if keys[row] in named else "—" for row in rows}
    return [report_of(rule, reached_of(rule, post_of), names) for rule in rules]

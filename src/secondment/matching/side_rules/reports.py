"""Reports of side rules for runs and proposals, read from the run's snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.algorithms.side_rules.rows import RuleValue
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.matching.models import MatchingRun, Proposal, SideRule
from secondment.matching.side_rules.kinds import KINDS, rule_sentence, rule_values_of
from secondment.matching.side_rules.stated import StatedRule, unpack_rules
from secondment.units.models import Region


@dataclass(frozen=True)
class RuleValueLine:
    """One team, couple or region: what was asked of it and what the plan reaches."""

    name: str
    reached: str
    is_kept: bool


@dataclass(frozen=True)
class RuleReport:
    """A rule, how many of its teams, couples or regions keep it, and each of them."""

    sentence: str
    n_kept: int
    lines: list[RuleValueLine]

    @property
    def is_kept(self) -> bool:
        """Whether the plan keeps the rule everywhere."""
        return self.n_kept == len(self.lines)

    @property
    def broken(self) -> list[RuleValueLine]:
        """Where it is not kept."""
        return [line for line in self.lines if not line.is_kept]


def stated_rules_of(run: MatchingRun) -> tuple[StatedRule, ...]:
    """The side rules of a run as it knew them; none for runs before there were any."""
    return unpack_rules(run.snapshot.get("side_rules", ()))


def reports_of_run(run: MatchingRun) -> list[RuleReport]:
    """What the run's own plan reaches of each rule."""
    if not run.report.get("n_side_rules"):
        return []
    return _reports(run, dict(run.report["optimum"]))


def reports_of_proposal(proposal: Proposal) -> list[RuleReport]:
    """How the current proposal meets each rule, manual changes included."""
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
    names: dict[Any, str] = (
        dict(Region.objects.filter(pk__in=codes).values_list("pk", "full_name")) if codes else {}
    )
    if posts := {rule.values["post"] for rule in rules if rule.values.get("post")}:
        names |= {key: str(post) for key, post in posts_named(posts).items()}
    return [(rule, rule_sentence(rule.kind, rule.values, _place(rule, names))) for rule in rules]


def _place(rule: SideRule, names: Mapping[Any, str]) -> list[str]:
    """The name of the post or region that the rule is about."""
    key = rule.values.get("post") or rule.values.get("region", "")
    return [names[key]] if key in names else []


def _reports(run: MatchingRun, post_of: Mapping[int, int]) -> list[RuleReport]:
    rules = stated_rules_of(run)
    rows = sorted({person for rule in rules for couple in rule.couples for person in couple})
    keys = run.snapshot["nominations"]
    named = nominations_named(keys[row] for row in rows)
    names = {row: str(named[keys[row]]) if keys[row] in named else "—" for row in rows}
    return [report_of(rule, rule_values_of(rule, post_of), names) for rule in rules]


def report_of(rule: StatedRule, reached: Sequence[RuleValue], people: Mapping[int, str]) -> RuleReport:
    """The rule as the pages show it; `people` are names by row."""
    kind = KINDS[rule.kind]
    names = [
        _("%(one)s、%(other)s") % {"one": people[one], "other": people[other]} for one, other in rule.couples
    ]
    lines = [
        RuleValueLine(name, kind.value_text(one), one.is_kept)
        for name, one in zip(names if kind.is_for_couples else kind.line_names(rule), reached, strict=True)
    ]
    return RuleReport(kind.sentence(rule.values, rule.names), sum(one.is_kept for one in lines), lines)

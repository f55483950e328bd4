"""What stands between a person and a post, in words, with what would have to give way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.campaigns.choices import Result
from secondment.campaigns.models import CampaignPost, EligibilityFinding, Nomination
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.campaigns.shown_findings import ShownFinding, shown_findings
from secondment.matching.models import MatchingRun, SideRule
from secondment.matching.obstacles import Kind, Obstacle, Verdict, unpacked, verdict_on
from secondment.matching.queries import units_named
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.side_rules.kinds import rule_sentence
from secondment.matching.snapshot import Snapshot, unpack


@dataclass(frozen=True)
class ObstacleLine:
    """One obstacle: what it is, on what it rests, how it would give way, and the page where it does ("" without one)."""

    text: str
    basis: str
    remedy: str
    url: str = ""


@dataclass(frozen=True)
class VerdictLines:
    """The verdict on a pair, ready for the page."""

    verdict: Verdict
    smallest: Sequence[ObstacleLine]
    relaxed: Sequence[ObstacleLine]


def wishes_of(nomination: Nomination) -> list[CampaignPost]:
    """The posts the person wished for, in this order."""
    found = nomination.preferences.select_related("campaign_post__post__host_unit").order_by("rank")
    return [one.campaign_post for one in found]


def verdict_lines(
    plan: ProposalPlan, nomination: Nomination, campaign_post: CampaignPost
) -> VerdictLines | None:
    """The verdict on a person and a post; None when either came after the run."""
    person = plan.snapshot.person_of.get(nomination.pk)
    post = plan.snapshot.post_of.get(campaign_post.pk)
    if person is None or post is None:
        return None
    findings = shown_findings(_blocking(nomination, campaign_post), plan.kept)
    verdict = verdict_on(plan.snapshot, plan.problem, (person, post), len(findings))
    return _told(plan.snapshot, plan.proposal.run.campaign_id, findings, verdict)


def contradiction_lines(run: MatchingRun) -> VerdictLines | None:
    """Why a run found no plan: what cannot hold together, as the run has kept it; None where it is not known."""
    kept = run.report.get("contradiction")
    if not kept:
        return None
    snapshot = unpack(run.snapshot)
    smallest, relaxed = ([unpacked(one) for one in kept[name]] for name in ("smallest", "relaxed"))
    return _told(snapshot, run.campaign_id, (), Verdict(tuple(smallest), tuple(relaxed), kept["is_proven"]))


def _told(
    snapshot: Snapshot, campaign: int, findings: Sequence[ShownFinding], verdict: Verdict
) -> VerdictLines:
    told = _Telling(snapshot, campaign, findings, [*verdict.smallest, *verdict.relaxed])
    return VerdictLines(verdict, list(told.lines(verdict.smallest)), list(told.lines(verdict.relaxed)))


def _blocking(nomination: Nomination, campaign_post: CampaignPost) -> list[EligibilityFinding]:
    """Findings that keep the person out of this post, now."""
    mine = EligibilityFinding.objects.filter(nomination=nomination, result=Result.BLOCK)
    here = mine.filter(Q(campaign_post=None) | Q(campaign_post=campaign_post))
    return list(here.select_related("campaign_post__post__host_unit", "exemption").order_by("rule"))


class _Telling:
    """Names for the obstacles of one verdict, looked up once."""

    def __init__(
        self,
        snapshot: Snapshot,
        campaign: int,
        findings: Sequence[ShownFinding],
        found: Sequence[Obstacle],
    ) -> None:
        self.snapshot, self.campaign, self.findings = snapshot, campaign, findings
        self.rules = set(SideRule.objects.filter(campaign=campaign).values_list("pk", flat=True))
        locks = [one.at for one in found if one.kind is Kind.LOCK and isinstance(one.at, tuple)]
        self.people = nominations_named(snapshot.nominations[person] for person, _post in locks)
        self.posts = posts_named(snapshot.posts[post] for _person, post in locks)
        self.units = units_named(snapshot.units)

    @property
    def locks_url(self) -> str:
        """Where locks and prohibitions are lifted."""
        return reverse("matching:campaign_detail", args=[self.campaign])

    def lines(self, obstacles: Sequence[Obstacle]) -> Iterator[ObstacleLine]:
        """Each in words."""
        for one in obstacles:
            yield self._line(one)

    def _line(self, one: Obstacle) -> ObstacleLine:
        if isinstance(one.at, tuple):
            return self._lock(*one.at)
        if one.kind is Kind.FINDING and one.at is not None:
            return self._finding(self.findings[one.at])
        if one.kind is Kind.CAP and one.at is not None:
            return self._cap(one.at)
        if one.kind is Kind.SIDE_RULE and one.at is not None:
            rule = self.snapshot.side_rules[one.at]
            sentence = rule_sentence(rule.kind, rule.values, rule.names)
            return ObstacleLine(
                _("附加规则：%(rule)s") % {"rule": sentence},
                "",
                _("放宽或删除这条附加规则。"),
                reverse("matching:side_rule_edit", args=[rule.key]) if rule.key in self.rules else "",
            )
        if one.kind is Kind.FORBIDDEN:
            return ObstacleLine(
                _("这一安排已由人工排除。"), "", _("在批次的匹配页面解除排除。"), self.locks_url
            )
        return ObstacleLine(_("岗位没有名额：在岗人员占满。"), "", _("增加岗位人数，或等在岗人员期满。"))

    def _finding(self, finding: ShownFinding) -> ObstacleLine:
        return ObstacleLine(
            f"{finding.title} {finding.fact}".strip(),
            finding.basis,
            finding.remedy
            or _("补正资料后重新审查；属本单位规定的，可办理例外批准，法定条件和回避不得放宽。"),
        )

    def _lock(self, person: int, post: int) -> ObstacleLine:
        snapshot = self.snapshot
        names = {
            "person": self.people.get(snapshot.nominations[person], "—"),
            "post": self.posts.get(snapshot.posts[post], "—"),
        }
        return ObstacleLine(_("锁定：%(person)s → %(post)s") % names, "", _("解除这项锁定。"), self.locks_url)

    def _cap(self, group: int) -> ObstacleLine:
        snapshot = self.snapshot
        values = {"unit": self.units.get(snapshot.units[group], "—"), "n": int(snapshot.cap[group])}
        return ObstacleLine(
            _("%(unit)s最多派出 %(n)d 人。") % values,
            "",
            _("在批次的“名额”页提高该单位的派出上限。"),
            reverse("campaigns:quota_list", args=[self.campaign]),
        )

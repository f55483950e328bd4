"""Before a rule is added: whom and what it is about, and what the present plan gives."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from secondment.campaigns.choices import Result
from secondment.campaigns.models import Campaign, CampaignPost, EligibilityFinding, Nomination
from secondment.campaigns.queries import live_nominations
from secondment.common.errors import DomainError
from secondment.common.sentences import joined_sentences, listed
from secondment.matching.choices import LockKind, SideRuleKind
from secondment.matching.models import Proposal, SideRule
from secondment.matching.side_rules.handing_over import check_handover, handovers
from secondment.matching.side_rules.kinds import KINDS, rule_values_of
from secondment.matching.side_rules.reading import state_rule
from secondment.matching.side_rules.reports import RuleReport, report_of, sentences_of
from secondment.matching.side_rules.spec import Figures, Places
from secondment.matching.side_rules.stated import StatedRule

MOST_NAMED = 12


@dataclass(frozen=True)
class RulePreview:
    """What would be asked, `facts` about whom and what there is, why it cannot hold, and how the present plan stands."""

    sentence: str
    facts: list[str]
    problems: list[str] = field(default_factory=list)
    report: RuleReport | None = None


def preview_rule(
    campaign: Campaign, kind: SideRuleKind, values: Mapping[str, Any], plan: Proposal | None
) -> RulePreview:
    """The rule as it would read now; nothing is stored."""
    if fault := KINDS[kind].fault(values):
        return RulePreview("", [], [fault])
    reader = _Reader(campaign, kind, values)
    report = None if plan is None else reader.report(plan)
    return RulePreview(reader.sentence, reader.facts(), reader.problems(), report)


def preview_pair(
    kind: LockKind, nomination: Nomination, post: CampaignPost, plan: Proposal | None
) -> RulePreview:
    """Where the two are in the present plan."""
    facts = []
    if plan is not None:
        pairs = plan.pairs.select_related("nomination__person", "campaign_post__post__host_unit")
        held = pairs.filter(nomination=nomination).first()
        holders = [str(one.nomination) for one in pairs.filter(campaign_post=post).order_by("pk")]
        facts = [
            _("%(person)s现安排在：%(post)s")
            % {"person": nomination, "post": held.campaign_post if held else _("未安排")},
            _("%(post)s现由：%(people)s")
            % {"post": post, "people": listed(holders) if holders else _("空缺")},
        ]
    return RulePreview(pair_sentence(kind, nomination, post), facts)


def pair_sentence(kind: LockKind, nomination: object, post: object) -> str:
    """What is asked of one person and one post."""
    text = _("%(person)s安排到“%(post)s”") if kind == LockKind.LOCK else _("%(person)s不安排到“%(post)s”")
    return text % {"person": nomination, "post": post}


class _Reader:
    """One rule that is not stored, over the campaign as it is now."""

    def __init__(self, campaign: Campaign, kind: SideRuleKind, values: Mapping[str, Any]) -> None:
        self.campaign, self.kind, self.values = campaign, kind, values
        self.nominations = list(
            live_nominations(campaign).select_related("person", "home_unit").order_by("pk")
        )
        self.offered = list(
            CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit").order_by("pk")
        )
        rule = SideRule(pk=0, campaign=campaign, kind=kind, values=dict(values))
        self.stated: StatedRule = state_rule(rule, self.nominations, self.offered)
        ((_rule, self.sentence),) = sentences_of([rule])

    def report(self, plan: Proposal) -> RuleReport:
        """What the plan reaches; people and posts that have left the campaign are left out."""
        person_of = {one.pk: row for row, one in enumerate(self.nominations)}
        post_of = {one.pk: row for row, one in enumerate(self.offered)}
        pairs = plan.pairs.values_list("nomination_id", "campaign_post_id")
        rows = {person_of[a]: post_of[b] for a, b in pairs if a in person_of and b in post_of}
        names = {row: str(one) for row, one in enumerate(self.nominations)}
        return report_of(self.stated, rule_values_of(self.stated, rows), names)

    def facts(self) -> list[str]:
        """How many such people, couples, teams, posts or units there are, and who."""
        kind, stated = KINDS[self.kind], self.stated
        found: list[str] = []
        if kind.counts_people:
            found.append(self._people(stated.has))
        if kind.is_for_couples:
            found.append(_("同时被推荐的夫妻：%(n)d 对") % {"n": len(stated.couples)})
        if kind.places is Places.TEAMS:
            found.append(_("编组：%(n)d 个") % {"n": len(stated.names)})
        if kind.places is Places.REGIONS:
            found.append(_("有岗位的地区：%(n)d 个") % {"n": len(stated.names)})
        if kind.places is Places.POSTS:
            meant = stated.group >= 0
            places = sum(n for n, is_meant in zip(stated.of_post, meant, strict=True) if is_meant)
            found.append(_("须配齐的岗位：%(n)d 个，共需 %(m)d 人") % {"n": len(stated.names), "m": places})
        return found + self._figures()

    def problems(self) -> list[str]:
        """What alone makes the rule impossible, or useless."""
        found = []
        n_wanted, n_there = self.stated.least * len(self.stated.names), len(self._unblocked(self.stated.has))
        if self.kind is SideRuleKind.REGION_COUNT and n_wanted > n_there:
            text = _("不能满足：各地区合计至少需要 %(n)d 人，符合且未被否决的只有 %(m)d 人。")
            found.append(text % {"n": n_wanted, "m": n_there})
        if self.kind is SideRuleKind.OVERLAP:
            try:
                check_handover(self.campaign, self.values["days"], self.values["least"])
            except DomainError as error:
                found.append(str(error))
        if self._is_idle():
            found.append(_("目前没有适用的对象，添加后暂不起作用。"))
        return found

    def _is_idle(self) -> bool:
        """Whether the rule is about nothing that there is now."""
        kind, stated = KINDS[self.kind], self.stated
        if kind.is_for_couples:
            return not stated.couples
        if kind.figures is Figures.ARRIVAL:
            return all(day < 0 for day in stated.of_post)
        return not stated.names

    def _figures(self) -> list[str]:
        stated, figures = self.stated, KINDS[self.kind].figures
        if figures is Figures.GROUP:
            counted = Counter(label for label in stated.of_person if label >= 0)
            most = [f"{stated.names[int(label)]} {n}" for label, n in counted.most_common(MOST_NAMED)]
            return [_("推荐人数（从多到少）：%(groups)s") % {"groups": joined_sentences(most)}]
        if figures is Figures.WEIGHT:
            return [self._people([row for row, weight in enumerate(stated.of_person) if weight > 0])]
        if figures is Figures.RANK:
            counted = Counter(stated.of_person)
            ranks = [f"{name} {counted[row]}" for row, name in enumerate(stated.levels)]
            return [_("人选的职务层次（从高到低，人数）：%(ranks)s") % {"ranks": joined_sentences(ranks)}]
        return self._handovers() if figures is Figures.ARRIVAL else []

    def _handovers(self) -> list[str]:
        """Posts with a predecessor, and how long both can be there."""
        found = sorted(handovers(self.campaign, self.offered).values(), key=lambda one: one.leaves_on)
        start = self.campaign.starts_on
        lines = [_("有前任的岗位：%(n)d 个；本批次 %(day)s 到岗") % {"n": len(found), "day": start}]
        return lines + [
            _("%(post)s：%(person)s %(day)s 期满，可交接 %(n)d 天")
            % {
                "post": one.offered,
                "person": one.predecessor,
                "day": one.last_day,
                "n": one.days_from(start),
            }
            for one in found[:MOST_NAMED]
        ]

    def _people(self, rows: Sequence[int]) -> str:
        """How many count, how many of them may be matched, and the first names."""
        names = [str(self.nominations[row]) for row in rows[:MOST_NAMED]]
        text = _("符合的人选：%(n)d 人，其中审查未否决 %(m)d 人") % {
            "n": len(rows),
            "m": len(self._unblocked(rows)),
        }
        if not names:
            return text
        people = listed(names) if len(rows) <= MOST_NAMED else _("%(names)s等") % {"names": listed(names)}
        return _("%(text)s：%(people)s") % {"text": text, "people": people}

    def _unblocked(self, rows: Sequence[int]) -> list[int]:
        """Those whom the eligibility check does not keep out of every post."""
        if not rows:
            return []
        blocked = set(
            EligibilityFinding.objects.filter(
                nomination__campaign=self.campaign, campaign_post=None, result=Result.BLOCK
            ).values_list("nomination_id", flat=True)
        )
        return [row for row in rows if self.nominations[row].pk not in blocked]

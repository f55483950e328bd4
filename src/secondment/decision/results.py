"""What a result page says: open posts, own facts, who was chosen and by which items, the rules, what can be changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from secondment.campaigns.choices import UNPUBLISHED, Outcome, Result
from secondment.campaigns.models import CampaignPost, EligibilityFinding, Nomination, Quota
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.campaigns.shown_findings import ShownFinding, shown_findings
from secondment.common.components import Fact, Status
from secondment.common.sentences import listed
from secondment.decision.deciding_items import DecidingItems
from secondment.decision.models import Decision, DecisionItem
from secondment.decision.own_facts import OwnFacts, WishLine, own_facts, wish_lines
from secondment.decision.public_facts import PublicFacts, public_facts
from secondment.decision.queries import decision_of
from secondment.decision.result_queries import chosen_for, findings_of, posts_of
from secondment.matching.choices import Principle
from secondment.matching.figures import points_text
from secondment.matching.models import Proposal, Unplaced
from secondment.people.sections import Section
from secondment.units.official_names import place_and_title

MOST_WEIGHTS = 5


@dataclass(frozen=True)
class Holder:
    """Who was chosen for a post: what the public notification carries, and the items that decided, by name."""

    facts: PublicFacts
    items: Sequence[str]
    is_self: bool


@dataclass(frozen=True)
class PostResult:
    """One post from this person's side."""

    campaign_post: CampaignPost
    name: str
    rank: int | None
    closed: Sequence[ShownFinding]
    lines: Sequence[WishLine]
    holders: Sequence[Holder]
    components: Sequence[tuple[str, str, str]] = ()

    @property
    def is_open(self) -> bool:
        """Whether no rule keeps the person out."""
        return not self.closed

    @property
    def is_own(self) -> bool:
        """Whether the person was chosen for it."""
        return any(one.is_self for one in self.holders)


@dataclass(frozen=True)
class PostLine:
    """A post in the list of all: its name and whether it was open."""

    campaign_post: CampaignPost
    name: str
    is_open: bool


@dataclass(frozen=True)
class ResultPage:
    """Everything the page says to one reader."""

    nomination: Nomination
    word: str
    status: Status
    sentence: str
    facts: Sequence[Fact]
    posts: Sequence[PostResult]
    all_posts: Sequence[PostLine]
    n_open: int
    laws: Sequence[str]
    own_rules: Sequence[str]
    advice: Sequence[str]
    inside: Sequence[Fact] = field(default=())


@dataclass(frozen=True)
class Reader:
    """What the account that reads may know."""

    kept: frozenset[str]
    sections: frozenset[Section]
    is_owner: bool


def result_page(nomination: Nomination, reader: Reader, *, shown: CampaignPost | None = None) -> ResultPage:
    """The page of one nomination: wishes and the post decided on in detail, and the one that is asked for."""
    campaign = nomination.campaign
    decision = decision_of(campaign)
    if decision is None:
        raise Decision.DoesNotExist
    items = nomination.decision_items.filter(decision=decision)
    item = items.select_related("campaign_post__post__host_unit__parent").first()
    posts, findings = posts_of(campaign), findings_of(nomination)
    closed = _closed(findings, reader.kept)
    ranks = dict(nomination.preferences.values_list("campaign_post", "rank"))
    wanted = _in_detail(posts, ranks, item, shown)
    details = _Details(nomination, own_facts(nomination.person, reader.sections), decision, closed, ranks)
    word, status = outcome_words(nomination, item)
    open_posts = [PostLine(one, _name(one), not closed.get(one.pk) and not closed.get(None)) for one in posts]
    n_open = sum(one.is_open for one in open_posts)
    return ResultPage(
        nomination=nomination,
        word=word,
        status=status,
        sentence=_sentence(nomination, decision, item, open_posts),
        facts=_facts(nomination, decision, len(posts), n_open, ranks),
        posts=details.of(wanted, with_components=reader.is_owner),
        all_posts=open_posts,
        n_open=n_open,
        laws=_laws(findings, reader.kept),
        own_rules=_own_rules(nomination, decision, details.items),
        advice=_advice(nomination, details.own, findings, reader.kept, is_chosen=_is_chosen(item)),
        inside=_inside(nomination, decision, item) if reader.is_owner else (),
    )


def outcome_words(nomination: Nomination, item: DecisionItem | None) -> tuple[str, Status]:
    """The published word; before, for those who decide, what was decided."""
    if nomination.outcome not in UNPUBLISHED:
        is_good = nomination.outcome in (Outcome.CHOSEN, Outcome.SENT)
        return nomination.get_outcome_display(), "good" if is_good else "idle"
    word = Outcome.CHOSEN if _is_chosen(item) else Outcome.NOT_CHOSEN
    return _("%(word)s（未公布）") % {"word": word.label}, "info"


class _Details:
    """Posts looked at from one person."""

    def __init__(
        self,
        nomination: Nomination,
        own: OwnFacts,
        decision: Decision,
        closed: Mapping[int | None, Sequence[ShownFinding]],
        ranks: Mapping[int, int],
    ) -> None:
        self.nomination, self.own, self.closed, self.ranks = nomination, own, closed, ranks
        self.items = DecidingItems(decision.proposal.run)

    def of(self, posts: Sequence[CampaignPost], *, with_components: bool) -> list[PostResult]:
        """The posts in this order, each with who was chosen."""
        chosen = chosen_for([one.pk for one in posts])
        campaign = self.nomination.campaign
        return [
            PostResult(
                campaign_post=one,
                name=_name(one),
                rank=self.ranks.get(one.pk),
                closed=[*self.closed.get(None, ()), *self.closed.get(one.pk, ())],
                lines=wish_lines(self.own, one.post, campaign),
                holders=[self._holder(item, one) for item in chosen.get(one.pk, ())],
                components=self._compared(one, chosen.get(one.pk, ())) if with_components else (),
            )
            for one in posts
        ]

    def _holder(self, item: DecisionItem, post: CampaignPost) -> Holder:
        is_self = item.nomination_id == self.nomination.pk
        items = [] if is_self else self.items.between(item.nomination_id, self.nomination.pk, post.pk)
        return Holder(public_facts(item.nomination), items, is_self)

    def _compared(self, post: CampaignPost, holders: Sequence[DecisionItem]) -> list[tuple[str, str, str]]:
        """For the organisation department alone: every item of this person and of the first holder, in points."""
        own = self.items.components(self.nomination.pk, post.pk) or {}
        others = (one for one in holders if one.nomination_id != self.nomination.pk)
        other = next((self.items.components(one.nomination_id, post.pk) for one in others), None) or {}
        return [
            (str(label), _points(own.get(name)), _points(other.get(name)))
            for name, label in WEIGHT_LABELS.items()
        ]


def _points(value: float | None) -> str:
    return "—" if value is None else points_text(value)


def _name(one: CampaignPost) -> str:
    return place_and_title(one.post.host_unit, one.post.title)


def _is_chosen(item: DecisionItem | None) -> bool:
    return item is not None and item.campaign_post_id is not None


def _in_detail(
    posts: Sequence[CampaignPost],
    ranks: Mapping[int, int],
    item: DecisionItem | None,
    shown: CampaignPost | None,
) -> list[CampaignPost]:
    """The post asked for first, then the one decided on, then the wishes in their order; each once."""
    by_id = {one.pk: one for one in posts}
    keys = [shown.pk] if shown else []
    keys += [item.campaign_post_id] if item and item.campaign_post_id else []
    keys += sorted(ranks, key=lambda key: ranks[key])
    return [by_id[key] for key in dict.fromkeys(keys) if key in by_id]


def _closed(
    findings: Iterable[EligibilityFinding], kept: frozenset[str]
) -> dict[int | None, list[ShownFinding]]:
    """What keeps the person out, by campaign post; None: out of every post."""
    found: dict[int | None, list[ShownFinding]] = {}
    for one in shown_findings((row for row in findings if row.result == Result.BLOCK), kept):
        found.setdefault(one.post.pk if one.post else None, []).append(one)
    return found


def _sentence(
    nomination: Nomination, decision: Decision, item: DecisionItem | None, posts: Sequence[PostLine]
) -> str:
    open_posts = [one.campaign_post for one in posts if one.is_open]
    values = {"number": decision.number, "day": decision.decided_on, "n": len(open_posts)}
    if nomination.outcome == Outcome.CALLED_OFF:
        return _("经集体研究决定（%(number)s，%(day)s）派出，后因故取消。") % values
    if item is not None and item.campaign_post is not None:
        return _("经集体研究决定（%(number)s，%(day)s），选派到%(post)s。") % {
            **values,
            "post": _name(item.campaign_post),
        }
    if not open_posts:
        return _("经集体研究决定（%(number)s，%(day)s），本批次未安排岗位：没有可以安排的岗位。") % values
    cap, sent = _cap_and_sent(nomination, decision)
    if cap is not None and sent >= cap:
        return _(
            "经集体研究决定（%(number)s，%(day)s），本批次未安排岗位：%(unit)s最多派出 %(cap)d 人，已决定派出 %(sent)d 人。"
        ) % {**values, "unit": nomination.home_unit.name, "cap": cap, "sent": sent}
    chosen = chosen_for([one.pk for one in open_posts])
    if any(len(chosen.get(one.pk, ())) < one.post.headcount for one in open_posts):
        return (
            _("经集体研究决定（%(number)s，%(day)s），本批次未安排岗位：由组织综合考虑全批次安排研究决定。")
            % values
        )
    return (
        _(
            "经集体研究决定（%(number)s，%(day)s），本批次未安排岗位：可以安排的 %(n)d 个岗位均由其他人选担任。"
        )
        % values
    )


def _cap_and_sent(nomination: Nomination, decision: Decision) -> tuple[int | None, int]:
    """How many the home unit sends at most, and how many of its people were decided on."""
    cap = Quota.objects.filter(campaign=nomination.campaign, home_unit=nomination.home_unit).first()
    sent = DecisionItem.objects.filter(
        decision=decision, nomination__home_unit=nomination.home_unit, campaign_post__isnull=False
    )
    return (cap.release_cap if cap else None), sent.count()


def _facts(
    nomination: Nomination, decision: Decision, n_posts: int, n_open: int, ranks: Mapping[int, int]
) -> list[Fact]:
    campaign = nomination.campaign
    return [
        Fact(_("派出单位"), nomination.home_unit.name),
        Fact(_("批次岗位"), n_posts),
        Fact(_("对本人开放的岗位"), n_open),
        Fact(_("本人所填志愿"), len(ranks) if nomination.answered_on else _("未填报")),
        Fact(_("决定日期"), decision.decided_on),
        Fact(
            _("挂职时间"),
            _("%(first)s 至 %(last)s") % {"first": campaign.starts_on, "last": campaign.last_day},
        ),
    ]


def _laws(findings: Iterable[EligibilityFinding], kept: frozenset[str]) -> list[str]:
    """The law on secondment, then every rule of the check that this person met or not, with its basis."""
    general = _(
        "公务员法第七十二条：机关根据工作需要，可以采取挂职方式选派公务员承担重大工程、重大项目、重点任务或者其他专项工作；"
        "挂职期间，不改变与原机关的人事关系。"
    )
    shown = shown_findings((row for row in findings if row.result != Result.PASS), kept)
    rules = dict.fromkeys((one.title, one.result_label, one.basis) for one in shown)
    lines = [
        _("%(rule)s（%(result)s）：%(basis)s") % {"rule": title, "result": result, "basis": basis or "—"}
        for title, result, basis in rules
    ]
    return [general, *lines]


def _own_rules(nomination: Nomination, decision: Decision, items: DecidingItems) -> list[str]:
    """How this campaign chose: the principle of the plan adopted, the weights of its run, the cap of the home unit."""
    version = nomination.campaign.programme_version
    named = [f"{WEIGHT_LABELS[name]} {items.weights[name]:g}" for name in items.telling()[:MOST_WEIGHTS]]
    rules = [
        _("“%(programme)s”第 %(n)d 版规定的条件和办法。")
        % {"programme": version.programme.name, "n": version.number},
        _principle(decision.proposal),
    ]
    if named:
        rules.append(_("主要分项和权重：%(weights)s。") % {"weights": listed(named)})
    cap, sent = _cap_and_sent(nomination, decision)
    if cap is not None:
        rules.append(
            _("%(unit)s本批次最多派出 %(n)d 人，决定派出 %(sent)d 人。")
            % {"unit": nomination.home_unit.name, "n": cap, "sent": sent}
        )
    return [*rules, _("计算结果只供参考，人选由集体研究决定（%(number)s）。") % {"number": decision.number}]


def _principle(proposal: Proposal) -> str:
    if proposal.principle == Principle.BEST_TOTAL:
        return _("先按岗位优先级尽量配齐，再使全批次总匹配度最高。")
    values = {"principle": proposal.get_principle_display(), "reason": proposal.principle_reason.rstrip("。")}
    return _("采用的方案按“%(principle)s”的原则安排，理由：%(reason)s。") % values


def _advice(
    nomination: Nomination,
    own: OwnFacts,
    findings: Iterable[EligibilityFinding],
    kept: frozenset[str],
    *,
    is_chosen: bool,
) -> list[str]:
    """What the person or the home unit can do for the next time; nothing about what nobody can change."""
    if is_chosen:
        return []
    found = []
    if nomination.answered_on is None:
        found.append(_("本次没有填报志愿。下次请在截止前填报，说明愿意去的岗位。"))
    if own.missing:
        found.append(_("个人资料缺少：%(facts)s。请与所在单位核对补充。") % {"facts": listed(own.missing)})
    shown = shown_findings((row for row in findings if row.result == Result.BLOCK), kept)
    found += dict.fromkeys(one.remedy for one in shown if one.remedy)
    if any(not one.rule for one in shown):
        found.append(_("有的资格审查事项不在此显示，请与组织部门联系。"))
    return found or [_("本人条件符合岗位要求；本次未入选是统筹安排的结果，不影响今后推荐。")]


def _inside(nomination: Nomination, decision: Decision, item: DecisionItem | None) -> list[Fact]:
    """For the organisation department alone."""
    unplaced = Unplaced.objects.filter(proposal=decision.proposal, nomination=nomination).first()
    return [
        Fact(_("会议"), decision.meeting),
        Fact(_("不同于计算建议的理由"), item.reason if item else "", is_wide=True),
        Fact(_("方案中未安排的原因"), unplaced.reason_text if unplaced else "", is_wide=True),
        Fact(_("困难及需关照事项"), nomination.hardship_text, is_wide=True),
        Fact(_("推荐理由"), nomination.reason, is_wide=True),
    ]

"""Matching: what went in, what was proposed, and what a person changed."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.common.models import Versioned
from secondment.common.sentences import SentenceField
from secondment.matching.choices import (
    InterventionKind,
    LockKind,
    PairQuestion,
    Principle,
    RunState,
    SideRuleKind,
    TieKind,
    UnplacedKind,
)
from secondment.matching.reasons import reason_sentence


class Search(models.Model):
    """A search that a job carries out: a page watches it, and a person may end it with the best plan it has.

    `progress` is what it has found so far (`searching.Searching.found`).
    """

    state = models.CharField(_("状态"), max_length=10, choices=RunState, default=RunState.QUEUED)
    job_id = models.UUIDField(null=True, blank=True)
    is_stop_requested = models.BooleanField(_("已请求停止并采用目前最好的方案"), default=False)
    progress = models.JSONField(_("求解进展"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def row(self) -> models.QuerySet["Search"]:
        """Itself in the database, whatever is in memory."""
        return type(self)._default_manager.filter(pk=self.pk)  # noqa: SLF001 -- documented for abstract models


class MatchingRun(Search):
    """One computation: parameters, snapshot of the input, versions and the solver's report.

    `snapshot` holds the arrays that went into the solver (ids, scores by component, caps, locks), so
    that the run can be explained and repeated without the database as it was. Among equally good plans the one nearest
    to `reference` was taken; `report["nearness"]` says what changed against it and why (`nearness.Nearness`).
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="runs", verbose_name=_("批次"))
    number = models.PositiveIntegerField(_("序号"))
    weights = models.JSONField(_("权重"))
    seed = models.PositiveIntegerField(_("随机种子"), default=0)
    reference = models.ForeignKey(
        "matching.Proposal",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("上一方案"),
    )
    snapshot = models.JSONField(_("输入快照"), default=dict)
    report = models.JSONField(
        _("求解报告"), default=dict
    )  # status, n_assigned, total_score, bound, gap, seconds
    shortages = models.JSONField(_("缺口说明"), default=list)
    facts = models.TextField(default="", blank=True, editable=False)  # `run_facts`: what the fit rests on
    # under side rules, `side_rules.bounds`: above what no plan with a pair scores
    bounds = models.TextField(default="", blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    created_at = models.DateTimeField(_("时间"))
    trail_path = property(attrgetter("campaign.owner_unit.path"))

    class Meta:
        ordering = ["campaign", "-number"]
        verbose_name = verbose_name_plural = _("匹配计算")
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="run_number_once")]

    def __str__(self) -> str:
        return f"{self.campaign} #{self.number}"


class Proposal(Versioned):
    """A set of pairs a person works on: it begins as a run's result and may be changed by hand."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="proposals", verbose_name=_("匹配计算"))
    name = SentenceField(_("名称"))
    total_score = models.FloatField(_("总匹配度"), default=0)
    principle = models.CharField(
        _("安排原则"), max_length=20, choices=Principle, default=Principle.BEST_TOTAL
    )
    principle_reason = models.CharField(_("选用理由"), max_length=200, blank=True)
    is_chosen = models.BooleanField(_("采用"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("创建人")
    )
    created_at = models.DateTimeField(_("时间"))
    trail_path = property(attrgetter("run.campaign.owner_unit.path"))

    class Meta:
        ordering = ["run", "id"]
        verbose_name = verbose_name_plural = _("匹配方案")

    def __str__(self) -> str:
        return self.name


class ProposalPair(models.Model):
    """One person for one post in a proposal, with the fit by component (each 0–1).

    `tie` is set where plans of the same total score have another pair here: `near` if nearness to the previous plan
    decided, `drawn` if only the fixed order did.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pairs", verbose_name=_("方案"))
    nomination = models.ForeignKey(
        Nomination, models.CASCADE, related_name="pairs", verbose_name=_("推荐人选")
    )
    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, related_name="pairs", verbose_name=_("岗位")
    )
    score = models.FloatField(_("匹配度"))
    components = models.JSONField(_("分项"), default=dict)
    alternatives = models.JSONField(
        _("其他人选"), default=list
    )  # next candidates and what spoke against each
    is_locked = models.BooleanField(_("锁定"), default=False)
    is_manual = models.BooleanField(_("人工调整"), default=False)
    tie = models.CharField(_("并列"), max_length=5, choices=TieKind, blank=True)

    class Meta:
        ordering = ["proposal", "campaign_post"]
        verbose_name = verbose_name_plural = _("匹配结果")
        constraints = [models.UniqueConstraint(fields=["proposal", "nomination"], name="pair_person_once")]

    def __str__(self) -> str:
        return f"{self.nomination} → {self.campaign_post}"


class Unplaced(models.Model):
    """A nominated person without a post in a proposal, and why."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="unplaced", verbose_name=_("方案"))
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="+", verbose_name=_("推荐人选"))
    # why, as kind and particulars; `reason` is the sentence of rows kept before
    kind = models.CharField(_("原因"), max_length=20, choices=UnplacedKind, blank=True)
    facts = models.JSONField(default=dict, blank=True, editable=False)
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["proposal", "nomination"]
        verbose_name = verbose_name_plural = _("未匹配人选")
        constraints = [models.UniqueConstraint(fields=["proposal", "nomination"], name="unplaced_once")]

    def __str__(self) -> str:
        return self.reason_text

    @property
    def reason_text(self) -> str:
        """Why, in the language of a reader who knows every rule."""
        return self.reason_for(frozenset())

    def reason_for(self, kept: frozenset[str]) -> str:
        """Why, for a reader from whom these rules are kept."""
        return reason_sentence(self.kind, self.facts, kept) if self.kind else self.reason


class Intervention(models.Model):
    """One thing a person did to a proposal, in order; the plan before it follows from the present one, backwards.

    Pairs are [nomination, campaign post]. `pair` is what a lock or prohibition is about; `removed` and `added` are what
    changed in the plan, at the cost `score` and `places` (negative is a loss); `unplaced` are the rows of `Unplaced`
    that the change took away, for an undoing to bring back.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="interventions", verbose_name=_("方案")
    )
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("类型"), max_length=10, choices=InterventionKind)
    pair = models.JSONField(default=list, blank=True, editable=False)
    removed = models.JSONField(_("调出"), default=list, blank=True)
    added = models.JSONField(_("调入"), default=list, blank=True)
    unplaced = models.JSONField(default=list, blank=True, editable=False)
    score = models.FloatField(_("匹配度变化"), default=0)
    places = models.IntegerField(_("岗位变化"), default=0)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    undoes = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="undone_by", verbose_name=_("撤销")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["proposal", "number"]
        verbose_name = verbose_name_plural = _("人工干预")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="intervention_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.number}"

    @property
    def has_changed_plan(self) -> bool:
        """Whether the plan differs before and after it."""
        return bool(self.removed or self.added)

    @property
    def is_undone(self) -> bool:
        """Whether a later one has taken it back."""
        return hasattr(self, "undone_by")

    @property
    def is_undoable(self) -> bool:
        """Whether it is something to be taken back; what was taken back or lifted is done again instead."""
        return not self.is_undone and self.kind not in {InterventionKind.UNDO, InterventionKind.CLEAR}


class Lock(models.Model):
    """A pair a person has locked or forbidden for every further run of the campaign; `proposal` is where it was set."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="locks", verbose_name=_("批次"))
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="locks", verbose_name=_("人选"))
    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, related_name="locks", verbose_name=_("岗位")
    )
    kind = models.CharField(_("类型"), max_length=10, choices=LockKind)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    proposal = models.ForeignKey(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("方案")
    )
    at = models.DateTimeField(_("时间"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    trail_path = property(attrgetter("campaign.owner_unit.path"))

    class Meta:
        ordering = ["campaign", "id"]
        verbose_name = verbose_name_plural = _("锁定与排除")
        constraints = [models.UniqueConstraint(fields=["nomination", "campaign_post"], name="lock_pair_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.nomination} {self.campaign_post}"


class ExactCost(Search):
    """What a pair costs under side rules: the best plan with it, or without it, beside the plan as it stood.

    `standing` is the mark of that plan with everything by hand that stays (`ProposalPlan.standing`), `version` the version
    of the proposal; the answer holds for a proposal as long as its mark is the same.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="exact_costs", verbose_name=_("方案"))
    version = models.PositiveIntegerField(_("方案版本"))
    standing = models.CharField(max_length=32, editable=False)
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="+", verbose_name=_("人选"))
    campaign_post = models.ForeignKey(CampaignPost, models.CASCADE, related_name="+", verbose_name=_("岗位"))
    question = models.CharField(_("问题"), max_length=10, choices=PairQuestion)
    report = models.JSONField(_("结果"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["proposal", "-id"]
        verbose_name = verbose_name_plural = _("精确代价")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "standing", "nomination", "campaign_post", "question"],
                name="exact_cost_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_question_display()} {self.nomination} → {self.campaign_post}"


class SideRule(Versioned):
    """A rule about an entire plan: teams, couples, regions, units, handover. Each run keeps a copy in its snapshot.

    `values` holds what the kind asks for: `specialty`, `attribute`, `region` (code; empty: every county by
    itself), `least`, `most` (people, or per cent for shares), `group`, `priority`, `post` (id in the campaign),
    `size` of the regions compared, `measure`, `width`, `ratio` (per cent), `days`.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="side_rules", verbose_name=_("批次"))
    kind = models.CharField(_("规则"), max_length=20, choices=SideRuleKind)
    values = models.JSONField(_("参数"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人")
    )
    created_at = models.DateTimeField(_("时间"))
    trail_path = property(attrgetter("campaign.owner_unit.path"))

    class Meta:
        ordering = ["campaign", "id"]
        verbose_name = verbose_name_plural = _("附加规则")

    def __str__(self) -> str:
        return str(SideRuleKind(self.kind).label)

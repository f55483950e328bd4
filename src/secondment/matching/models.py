"""Matching: what went in, what was proposed, what a person changed, and what was decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.common.models import Versioned
from secondment.matching.choices import LockKind, Party, Reply, RunState, SideRuleKind, UnplacedKind
from secondment.matching.reasons import reason_sentence
from secondment.units.models import Unit


class MatchingRun(models.Model):
    """One computation: parameters, snapshot of the input, versions and the solver's report.

    `snapshot` holds the arrays that went into the solver (ids, scores by component, caps, locks), so
    that the run can be explained and repeated without the database as it was.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="runs", verbose_name=_("批次"))
    number = models.PositiveIntegerField(_("序号"))
    weights = models.JSONField(_("权重"))
    seed = models.PositiveIntegerField(_("随机种子"), default=0)
    snapshot = models.JSONField(_("输入快照"), default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=RunState, default=RunState.QUEUED)
    report = models.JSONField(
        _("求解报告"), default=dict
    )  # status, n_assigned, total_score, bound, gap, seconds
    shortages = models.JSONField(_("缺口说明"), default=list)
    job_id = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    created_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["campaign", "-number"]
        verbose_name = verbose_name_plural = _("匹配计算")
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="run_number_once")]

    def __str__(self) -> str:
        return f"{self.campaign} #{self.number}"


class Proposal(Versioned):
    """A set of pairs a person works on: it begins as a run's result and may be changed by hand."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="proposals", verbose_name=_("匹配计算"))
    name = models.CharField(_("名称"), max_length=60)
    total_score = models.FloatField(_("总匹配度"), default=0)
    is_chosen = models.BooleanField(_("采用"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("创建人")
    )
    created_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["run", "id"]
        verbose_name = verbose_name_plural = _("匹配方案")

    def __str__(self) -> str:
        return self.name


class ProposalPair(models.Model):
    """One person for one post in a proposal, with the fit by component (each 0–1)."""

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


class Lock(models.Model):
    """A pair a person has locked or forbidden for every further run of the campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="locks", verbose_name=_("批次"))
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="locks", verbose_name=_("人选"))
    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, related_name="locks", verbose_name=_("岗位")
    )
    kind = models.CharField(_("类型"), max_length=10, choices=LockKind)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("操作人")
    )

    class Meta:
        ordering = ["campaign", "id"]
        verbose_name = verbose_name_plural = _("锁定与排除")
        constraints = [models.UniqueConstraint(fields=["nomination", "campaign_post"], name="lock_pair_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.nomination} {self.campaign_post}"


class SideRule(Versioned):
    """A rule about a whole plan: teams, couples, counts and shares by region. Each run keeps a copy in its snapshot.

    `values` holds what the kind asks for: `specialty`, `attribute`, `region` (code; empty: every county by
    itself), `least`, `most` (people, or per cent for shares).
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="side_rules", verbose_name=_("批次"))
    kind = models.CharField(_("规则"), max_length=20, choices=SideRuleKind)
    values = models.JSONField(_("参数"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人")
    )
    created_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["campaign", "id"]
        verbose_name = verbose_name_plural = _("附加规则")

    def __str__(self) -> str:
        return str(SideRuleKind(self.kind).label)


class Consultation(models.Model):
    """A unit is asked about the chosen proposal's people and answers."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="consultations", verbose_name=_("方案")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    party = models.CharField(_("身份"), max_length=5, choices=Party)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    reply = models.CharField(_("答复"), max_length=10, choices=Reply, default=Reply.PENDING)
    text = models.CharField(_("意见"), max_length=500, blank=True)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("答复人"),
    )
    handling = models.CharField(_("异议处理结论"), max_length=300, blank=True)

    class Meta:
        ordering = ["proposal", "party", "unit__path"]
        verbose_name = verbose_name_plural = _("征求意见")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "unit", "party"], name="consultation_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.reply}"


class PublicNotification(models.Model):
    """Public notification (公示) of the people to be sent; dates count working days."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, related_name="public_notification", verbose_name=_("方案")
    )
    starts_on = models.DateField(_("公示开始"))
    last_day = models.DateField(_("公示结束（次日可决定）"))
    n_workdays = models.PositiveSmallIntegerField(_("工作日数"))
    contact = models.CharField(_("受理方式"), max_length=200, blank=True)
    # where and why, when it was posted before it was entered here
    late_reason = models.CharField(_("补录说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公示")

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.last_day}"


class NotificationObjection(models.Model):
    """What somebody reported during the public notification, and what was found; who reported is not kept."""

    notification = models.ForeignKey(
        PublicNotification, models.CASCADE, related_name="objections", verbose_name=_("公示")
    )
    nomination = models.ForeignKey(
        Nomination, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("涉及人选")
    )
    received_on = models.DateField(_("收到日期"))
    text = models.CharField(_("反映情况"), max_length=500)
    conclusion = models.CharField(_("核实结论"), max_length=500, blank=True)
    resolved_on = models.DateField(_("核实日期"), null=True, blank=True)

    class Meta:
        ordering = ["notification", "received_on", "id"]
        verbose_name = verbose_name_plural = _("公示反映情况")

    def __str__(self) -> str:
        return f"{self.received_on} {self.text[:20]}"


class Talk(models.Model):
    """A talk (任前谈话) with a person to be sent."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="talks", verbose_name=_("方案"))
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="talks", verbose_name=_("人选"))
    held_on = models.DateField(_("谈话日期"))
    talker = models.CharField(_("谈话人"), max_length=40)
    points = models.CharField(_("谈话要点"), max_length=500, blank=True)

    class Meta:
        ordering = ["proposal", "held_on"]
        verbose_name = verbose_name_plural = _("任前谈话")
        constraints = [models.UniqueConstraint(fields=["proposal", "nomination"], name="talk_once")]

    def __str__(self) -> str:
        return f"{self.nomination} {self.held_on}"


class Decision(models.Model):
    """The collective decision on a campaign: meeting, number, day; what was proposed is kept beside it."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="decision", verbose_name=_("批次"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+", verbose_name=_("方案"))
    meeting = models.CharField(_("会议"), max_length=100)
    number = models.CharField(_("决定文号"), max_length=60)
    decided_on = models.DateField(_("决定日期"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("集体决定")

    def __str__(self) -> str:
        return self.number


class DecisionItem(models.Model):
    """One decided pair, or a person not sent; `reason` is compulsory where the run proposed something else."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="items", verbose_name=_("决定"))
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+", verbose_name=_("人选"))
    campaign_post = models.ForeignKey(
        CampaignPost, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定岗位")
    )
    proposed_post = models.ForeignKey(
        CampaignPost, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("计算建议岗位")
    )
    reason = models.CharField(_("不同于建议的理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["decision", "campaign_post"]
        verbose_name = verbose_name_plural = _("决定明细")
        constraints = [
            models.UniqueConstraint(fields=["decision", "nomination"], name="decision_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.nomination} → {self.campaign_post}"

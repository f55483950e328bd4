"""From a chosen plan to people on their way: who was asked, what was posted, who was talked with, what was decided.

The tables keep the names they had as part of matching.
"""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.decision.choices import ANSWERS, Party, Reply
from secondment.matching.models import Proposal
from secondment.units.models import Unit


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
    # how often the unit was asked about this plan; its answers are kept with the round
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    # the campaign went back to matching: nothing is awaited, and silence says nothing any more
    is_withdrawn = models.BooleanField(_("已退回"), default=False)
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        db_table = "matching_consultation"
        ordering = ["proposal", "party", "unit__path"]
        verbose_name = verbose_name_plural = _("征求意见")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "unit", "party"], name="consultation_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.reply}"


class PersonReply(models.Model):
    """What a unit that is consulted says about one person in one post: agreed, or an objection with its reason.

    Never changed: a new answer, and a new round, make the one before history.
    """

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="people", verbose_name=_("征求意见")
    )
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="replies", verbose_name=_("人选"))
    reply = models.CharField(_("答复"), max_length=10, choices=ANSWERS)
    text = models.CharField(_("理由"), max_length=200, blank=True)
    # the post that was asked about; of answers from before it was kept, unknown where the plan may have changed
    campaign_post = models.ForeignKey(
        CampaignPost, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("岗位")
    )
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    given_on = models.DateField(_("答复日期"), null=True, blank=True)
    is_current = models.BooleanField(_("现行"), default=True)
    trail_path = property(attrgetter("consultation.unit.path"))

    class Meta:
        ordering = ["consultation", "id"]
        verbose_name = verbose_name_plural = _("对人选的答复")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "nomination"],
                condition=models.Q(is_current=True),
                name="person_reply_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nomination} {self.get_reply_display()}"


class PublicNotification(models.Model):
    """Public notification (公示) of the people to be sent; dates count working days."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="public_notifications", verbose_name=_("方案")
    )
    starts_on = models.DateField(_("公示开始"))
    last_day = models.DateField(_("公示结束（次日可决定）"))
    n_workdays = models.PositiveSmallIntegerField(_("工作日数"))
    contact = models.CharField(_("受理方式"), max_length=200, blank=True)
    # where and why, when it was posted before it was entered here
    late_reason = models.CharField(_("补录说明"), max_length=200, blank=True)
    # taken back, by itself or with the plan; it stays as history
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdraw_reason = models.CharField(_("撤回理由"), max_length=300, blank=True)

    class Meta:
        db_table = "matching_publicnotification"
        ordering = ["proposal", "id"]
        verbose_name = verbose_name_plural = _("公示")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(withdrawn_on=None), name="notification_one_posted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.last_day}"


class NotificationObjection(models.Model):
    """A report received during the public notification, and the findings; the reporter is not recorded."""

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
    trail_path = property(attrgetter("notification.proposal.run.campaign.owner_unit.path"))

    class Meta:
        db_table = "matching_notificationobjection"
        ordering = ["notification", "received_on", "id"]
        verbose_name = verbose_name_plural = _("公示反映情况")

    def __str__(self) -> str:
        return f"{self.received_on} {self.text[:20]}"


class PreAppointmentTalk(models.Model):
    """A talk (任前谈话) with a person to be sent."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="talks", verbose_name=_("方案"))
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="talks", verbose_name=_("人选"))
    held_on = models.DateField(_("谈话日期"))
    talker = models.CharField(_("谈话人"), max_length=40)
    points = models.CharField(_("谈话要点"), max_length=500, blank=True)

    class Meta:
        db_table = "matching_talk"
        ordering = ["proposal", "held_on"]
        verbose_name = verbose_name_plural = _("任前谈话")
        constraints = [models.UniqueConstraint(fields=["proposal", "nomination"], name="talk_once")]

    def __str__(self) -> str:
        return f"{self.nomination} {self.held_on}"


class Decision(models.Model):
    """The collective decision on a campaign: meeting, number, day; what was proposed is kept with it.

    One that was taken back stays as it was; the next is a version of its own.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="decisions", verbose_name=_("批次"))
    version = models.PositiveSmallIntegerField(_("第几次决定"), default=1)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+", verbose_name=_("方案"))
    meeting = models.CharField(_("会议"), max_length=100)
    number = models.CharField(_("决定文号"), max_length=60)
    decided_on = models.DateField(_("决定日期"))
    # of an urgent dispatch: who decided, and why steps follow the decision
    leaders = models.CharField(_("决定的领导"), max_length=200, blank=True)
    afterwards_reason = models.CharField(_("事后补办的理由"), max_length=300, blank=True)
    minutes_number = models.CharField(_("会议纪要编号"), max_length=60, blank=True)
    minutes_on = models.DateField(_("会议纪要日期"), null=True, blank=True)
    minutes_late_reason = models.CharField(_("纪要逾期说明"), max_length=200, blank=True)
    # SHA-256 of the proposal's certificate as it was when the decision was recorded
    certificate = models.CharField(_("最优性证明指纹"), max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    # the day on which everyone nominated was told the result, when that was done before the dispatch
    published_on = models.DateField(_("结果公布日期"), null=True, blank=True)
    # what was corrected: {"on", "by", "reason", "was": {field: value}}, oldest first
    corrections = models.JSONField(_("更正"), default=list, blank=True)

    # taken back by a meeting before any notice was out
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdraw_meeting = models.CharField(_("决定撤回的会议"), max_length=100, blank=True)
    withdraw_reason = models.CharField(_("撤回理由"), max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤回登记人"),
    )

    class Meta:
        db_table = "matching_decision"
        ordering = ["campaign", "version"]
        verbose_name = verbose_name_plural = _("集体决定")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "version"], name="decision_version_once"),
            models.UniqueConstraint(
                fields=["campaign"], condition=models.Q(withdrawn_on=None), name="decision_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DecisionItem(models.Model):
    """One decided pair, or a person not sent; `reason` is compulsory where the run proposed something else."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="items", verbose_name=_("决定"))
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="decision_items", verbose_name=_("人选")
    )
    campaign_post = models.ForeignKey(
        CampaignPost, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定岗位")
    )
    proposed_post = models.ForeignKey(
        CampaignPost, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("计算建议岗位")
    )
    reason = models.CharField(_("不同于建议的理由"), max_length=300, blank=True)

    class Meta:
        db_table = "matching_decisionitem"
        ordering = ["decision", "campaign_post"]
        verbose_name = verbose_name_plural = _("决定明细")
        constraints = [
            models.UniqueConstraint(fields=["decision", "nomination"], name="decision_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.nomination} → {self.campaign_post}"

"""Programmes as data, campaigns that run them, nominations and their eligibility findings."""

from operator import attrgetter

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import CampaignState, NominationState, Outcome, Purpose, Result
from secondment.campaigns.eligibility_rules import fact_sentence, remedy_sentence
from secondment.common.models import HalfOpen, Versioned
from secondment.common.sentences import SentenceField
from secondment.people.choices import TrainingPurpose
from secondment.people.models import Person
from secondment.posts.models import Post
from secondment.units.models import Unit


class Programme(models.Model):
    """A kind of secondment (第一书记, 援派, 博士服务团 …); its rules are versioned data."""

    code = models.CharField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("项目名称"), max_length=60)
    summary = models.CharField(_("说明"), max_length=200, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("挂职项目")

    def __str__(self) -> str:
        return self.name


class ProgrammeVersion(models.Model):
    """One published set of a programme's parameters; never changed after publication.

    `parameters` follows `secondment.campaigns.parameters.ProgrammeParameters`.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions", verbose_name=_("项目"))
    number = models.PositiveIntegerField(_("版本"))
    parameters = models.JSONField(_("参数"))
    note = SentenceField(_("修订说明"), blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发布人"),
    )
    published_on = models.DateField(_("发布日期"))

    class Meta:
        ordering = ["programme", "-number"]
        verbose_name = verbose_name_plural = _("项目版本")
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="programme_version_once")]

    def __str__(self) -> str:
        return f"{self.programme} v{self.number}"


class ProgrammeVariant(models.Model):
    """What a county's organisation department sets differently for its own units, as far as the programme leaves it open.

    Each publication is a whole new version; `own` maps the path of a parameter to its value, basis and the day since
    when the county has it so. One version a county is in force; a later one waits for its day.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="variants", verbose_name=_("项目"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="variants", verbose_name=_("县（市、区）"))
    number = models.PositiveIntegerField(_("版本"))
    since = models.DateField(_("施行日期"))
    own = models.JSONField(_("县级规定"), default=dict)
    note = models.CharField(_("修订说明"), max_length=200)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发布人")
    )
    published_on = models.DateField(_("发布日期"))
    is_in_force = models.BooleanField(_("现行"), default=False)
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["programme", "unit__path", "-number"]
        verbose_name = verbose_name_plural = _("县级规定")
        constraints = [
            models.UniqueConstraint(fields=["programme", "unit", "number"], name="variant_version_once"),
            models.UniqueConstraint(
                fields=["programme", "unit"], condition=Q(is_in_force=True), name="variant_in_force_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.unit.name} v{self.number}"


class Campaign(Versioned, HalfOpen):
    """One round (批次) of a programme, from demand to people in post; it keeps the version it began with."""

    programme_version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, related_name="campaigns", verbose_name=_("项目版本")
    )
    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="campaigns", verbose_name=_("主办组织部门")
    )
    name = models.CharField(_("批次名称"), max_length=100)
    purpose = models.CharField(_("目的"), max_length=20, choices=Purpose)
    purpose_text = models.CharField(_("目的说明"), max_length=200, blank=True)
    plan_number = models.CharField(_("选派计划文号"), max_length=60, blank=True)
    nominations_from = models.DateField(_("推荐开始"))
    nominations_until = models.DateField(_("推荐截止"))
    starts_on = models.DateField(_("挂职开始"))
    ends_on = models.DateField(_("挂职结束"))  # half-open: first day back
    # days for which two people may hold one post, so that one hands over to the other
    handover_days = models.PositiveSmallIntegerField(_("交接重叠天数"), default=0)
    weights = models.JSONField(_("匹配权重"), default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=CampaignState, default=CampaignState.DRAFT)
    candidates_shared_on = models.DateField(_("人选提供接收单位日期"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("创建人")
    )
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = verbose_name_plural = _("批次")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="campaign_forwards"),
            models.CheckConstraint(
                condition=Q(nominations_until__gte=F("nominations_from")), name="campaign_window_forwards"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignPost(Versioned):
    """A post offered in a campaign; priority 1 is filled before 2 and 3; the host unit's order raises the version."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="campaign_posts", verbose_name=_("批次")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="campaign_posts", verbose_name=_("岗位"))
    priority = models.PositiveSmallIntegerField(_("优先级"), default=2)
    team = models.CharField(_("编组"), max_length=40, blank=True)
    lot = models.CharField(_("抽签号"), max_length=8, blank=True, editable=False)  # `lots.Lots`
    # the day of the host unit's last answer, which may name nobody
    host_answered_on = models.DateField(_("接收单位答复日期"), null=True, blank=True)
    trail_path = property(attrgetter("post.host_unit.path"))

    class Meta:
        ordering = ["campaign", "id"]
        verbose_name = verbose_name_plural = _("批次岗位")
        constraints = [models.UniqueConstraint(fields=["campaign", "post"], name="campaign_post_once")]

    def __str__(self) -> str:
        return str(self.post)


class Quota(models.Model):
    """How many a home unit is asked to nominate, and how many it can release at most."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="quotas", verbose_name=_("批次"))
    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="quotas", verbose_name=_("派出单位"))
    n_asked = models.PositiveIntegerField(_("推荐名额"), default=0)
    release_cap = models.PositiveIntegerField(_("最多派出"), null=True, blank=True)

    class Meta:
        ordering = ["campaign", "home_unit__path"]
        verbose_name = verbose_name_plural = _("名额")
        constraints = [models.UniqueConstraint(fields=["campaign", "home_unit"], name="quota_once")]

    def __str__(self) -> str:
        return f"{self.home_unit} {self.n_asked}"


class Nomination(Versioned):
    """A home unit nominates one of its people; the person then states preferences and hardships."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="nominations", verbose_name=_("批次"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="nominations", verbose_name=_("干部"))
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nominations", verbose_name=_("派出单位")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=NominationState, default=NominationState.NOMINATED
    )
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(_("推荐理由"), max_length=500, blank=True)
    purpose = models.CharField(_("培养目的"), max_length=12, choices=TrainingPurpose, blank=True)
    integrity_opinion = models.CharField(_("廉政意见"), max_length=200, blank=True)
    hardship_text = models.CharField(_("困难及需关照事项"), max_length=500, blank=True)
    prefers_near = models.BooleanField(_("希望就近"), default=False)
    # what one account has put together and not submitted: {"by", "posts", "hardship_text", "prefers_near"}
    unsent_wishes = models.JSONField(null=True, blank=True, editable=False)
    answered_on = models.DateField(_("本人答复日期"), null=True, blank=True)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("推荐人")
    )
    nominated_on = models.DateField(_("推荐日期"))
    lot = models.CharField(_("抽签号"), max_length=8, blank=True, editable=False)  # `lots.Lots`
    checked_at = models.DateTimeField(_("资格审查时间"), null=True, blank=True)
    # versions of person and campaign that the last check saw: facts changed since then make it outdated
    checked_person_version = models.PositiveIntegerField(default=0, editable=False)
    checked_campaign_version = models.PositiveIntegerField(default=0, editable=False)
    trail_path = property(attrgetter("home_unit.path"))

    class Meta:
        ordering = ["campaign", "home_unit__path", "id"]
        verbose_name = verbose_name_plural = _("推荐")
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="nomination_once")]
        indexes = [models.Index(fields=["campaign", "home_unit", "state"], name="nomination_of_unit")]

    def __str__(self) -> str:
        return f"{self.person}"


class Preference(models.Model):
    """The person's wish: rank 1 first."""

    nomination = models.ForeignKey(
        Nomination, models.CASCADE, related_name="preferences", verbose_name=_("推荐")
    )
    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, related_name="preferences", verbose_name=_("岗位")
    )
    rank = models.PositiveSmallIntegerField(_("志愿次序"))

    class Meta:
        ordering = ["nomination", "rank"]
        verbose_name = verbose_name_plural = _("个人志愿")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "campaign_post"], name="preference_post_once"),
            models.UniqueConstraint(fields=["nomination", "rank"], name="preference_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class HostPreference(models.Model):
    """The host unit's wish for a post: rank 1 first."""

    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, related_name="host_preferences", verbose_name=_("岗位")
    )
    nomination = models.ForeignKey(
        Nomination, models.CASCADE, related_name="host_preferences", verbose_name=_("推荐")
    )
    rank = models.PositiveSmallIntegerField(_("意向次序"))

    class Meta:
        ordering = ["campaign_post", "rank"]
        verbose_name = verbose_name_plural = _("接收单位意向")
        constraints = [
            models.UniqueConstraint(fields=["campaign_post", "nomination"], name="host_preference_once"),
            models.UniqueConstraint(fields=["campaign_post", "rank"], name="host_preference_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class Exemption(models.Model):
    """An approved exception from one rule for one nomination, with its document and who approved it."""

    nomination = models.ForeignKey(
        Nomination, models.CASCADE, related_name="exemptions", verbose_name=_("推荐")
    )
    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("岗位")
    )
    rule = models.CharField(_("规则"), max_length=10)
    document_number = models.CharField(_("批准文号"), max_length=80)
    approved_by = models.CharField(_("批准人"), max_length=60)
    reason = models.CharField(_("理由"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_on = models.DateField(_("登记日期"))

    class Meta:
        ordering = ["nomination", "rule"]
        verbose_name = verbose_name_plural = _("例外批准")

    def __str__(self) -> str:
        return f"{self.rule} {self.document_number}"


class EligibilityFinding(models.Model):
    """Result of one rule for a nomination, or for a nomination and one post when the rule is about the pair.

    Every rule has a row: about the person, or one for each post that a pair rule hits. A pair rule that hits
    no post, or is the same for every post, has one row without post.
    """

    nomination = models.ForeignKey(
        Nomination, models.CASCADE, related_name="findings", verbose_name=_("推荐")
    )
    campaign_post = models.ForeignKey(
        CampaignPost, models.CASCADE, null=True, blank=True, related_name="findings", verbose_name=_("岗位")
    )
    rule = models.CharField(_("规则"), max_length=10)
    result = models.CharField(_("结果"), max_length=10, choices=Result)
    # what was found, as code and particulars; `fact` and `remedy` are the sentences of findings kept before
    fact_code = models.CharField(max_length=40, blank=True, editable=False)
    fact_values = models.JSONField(default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder)
    fact = models.CharField(_("事实"), max_length=300, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    remedy = models.CharField(_("处理办法"), max_length=300, blank=True)
    exemption = models.ForeignKey(
        Exemption, models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name=_("例外")
    )

    class Meta:
        ordering = ["nomination", "rule", "campaign_post"]
        verbose_name = verbose_name_plural = _("资格审查结果")
        indexes = [
            models.Index(fields=["rule", "result"], name="finding_rule_result"),
            models.Index(fields=["nomination", "result"], name="finding_of_nomination"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.result}"

    @property
    def fact_text(self) -> str:
        """What was found, in the reader's language."""
        return fact_sentence(self.fact_code, self.fact_values) if self.fact_code else self.fact

    @property
    def remedy_text(self) -> str:
        """What can be done about it; nothing for a passed rule."""
        if not self.fact_code:
            return self.remedy
        return "" if self.result == Result.PASS else remedy_sentence(self.fact_code)

"""Placement: one person, one post, one term. The personnel relation stays with the home unit."""

import datetime as dt
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign, ProgrammeVersion
from secondment.common.models import HalfOpen, Versioned
from secondment.documents.models import StoredFile
from secondment.people.choices import TrainingPurpose
from secondment.people.models import Person
from secondment.placements.choices import (
    OVERDUE,
    OVERDUE_LABEL,
    AppointmentKind,
    Destination,
    Ending,
    EndIntention,
    GroupKind,
    GroupPosition,
    NoticeState,
    Origin,
    PlacementState,
    TermChangeKind,
    WorkMode,
)
from secondment.posts.models import Post
from secondment.units.models import Unit


class Placement(Versioned, HalfOpen):
    """A person in a host post for a half-open term (`ends_on` is the first day back).

    It belongs to an organisation department and keeps a version of a programme; most come from a campaign, some
    are decided on singly, and those of the time before this system are recorded later.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name=_("批次")
    )
    programme_version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, related_name="placements", verbose_name=_("挂职项目")
    )
    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="placements_managed", verbose_name=_("主办组织部门")
    )
    origin = models.CharField(_("来源"), max_length=10, choices=Origin, default=Origin.CAMPAIGN)
    # of a recorded placement: the file and row it was read from
    source = models.CharField(_("补录来源"), max_length=200, blank=True)
    # the day on which it was recorded: nothing falls due before
    recorded_on = models.DateField(_("补录日期"), null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="placements", verbose_name=_("挂职干部"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="placements", verbose_name=_("挂职岗位"))
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="placements_sent", verbose_name=_("派出单位")
    )
    host_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="placements_received", verbose_name=_("接收单位")
    )
    starts_on = models.DateField(_("挂职开始"))
    ends_on = models.DateField(_("挂职结束"))
    state = models.CharField(_("状态"), max_length=10, choices=PlacementState, default=PlacementState.DECIDED)
    work_mode = models.CharField(_("脱产方式"), max_length=4, choices=WorkMode, default=WorkMode.FULL)
    purpose = models.CharField(_("培养目的"), max_length=12, choices=TrainingPurpose, blank=True)
    decision_number = models.CharField(_("决定文号"), max_length=60, blank=True)
    notice_number = models.CharField(_("挂职通知文号"), max_length=60, blank=True)
    notice_on = models.DateField(_("通知日期"), null=True, blank=True)
    notice_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("挂职通知")
    )
    report_by = models.DateField(_("报到期限"), null=True, blank=True)
    reported_on = models.DateField(_("报到日期"), null=True, blank=True)
    duties = models.TextField(_("分工"), blank=True)
    contact_leader = models.CharField(_("联系领导"), max_length=40, blank=True)
    mentor = models.CharField(_("带教导师"), max_length=40, blank=True)
    party_branch = models.CharField(_("组织关系所在支部"), max_length=80, blank=True)
    # the party membership (组织关系) goes out, into the branch and back
    party_out_on = models.DateField(_("组织关系转出日期"), null=True, blank=True)
    party_out_number = models.CharField(_("组织关系介绍信编号"), max_length=60, blank=True)
    party_in_on = models.DateField(_("组织关系转入日期"), null=True, blank=True)
    party_back_on = models.DateField(_("组织关系转回日期"), null=True, blank=True)
    # appointment and removal by law (法定任免), where the post needs them
    appointment_kind = models.CharField(_("任命方式"), max_length=10, choices=AppointmentKind, blank=True)
    appointment_number = models.CharField(_("任命文号"), max_length=60, blank=True)
    appointment_on = models.DateField(_("任命日期"), null=True, blank=True)
    removal_number = models.CharField(_("免职文号"), max_length=60, blank=True)
    removal_on = models.DateField(_("免职日期"), null=True, blank=True)
    lapses_at_end = models.BooleanField(_("期满自然免除"), default=False)
    lodging_arranged = models.BooleanField(_("办公住宿已落实"), default=False)
    insurance_number = models.CharField(_("保险单号"), max_length=60, blank=True)
    # why the term differs from the campaign's
    term_reason = models.CharField(_("期限调整理由"), max_length=300, blank=True)
    # of a single placement: rules that an approval lets pass, [{"rule", "document"}]
    exceptions = models.JSONField(_("批准的例外"), default=list, blank=True)
    cancel_reason = models.CharField(_("取消理由"), max_length=300, blank=True)
    # of a collective decision that was taken back: it no longer says what became of the person
    decision_withdrawn = models.BooleanField(_("决定已撤回"), default=False)
    ending = models.CharField(_("结束方式"), max_length=8, choices=Ending, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    destination = models.CharField(_("去向"), max_length=8, choices=Destination, blank=True)
    destination_text = models.CharField(_("去向说明"), max_length=100, blank=True)
    trail_path = property(attrgetter("host_unit.path"))

    class Meta:
        ordering = ["-starts_on", "id"]
        verbose_name = verbose_name_plural = _("挂职")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="placement_forwards"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[PlacementState.APPOINTED, PlacementState.IN_POST]),
                name="placement_one_active_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "ends_on"], name="placement_state_end"),
            models.Index(fields=["home_unit", "state"], name="placement_home"),
            models.Index(fields=["host_unit", "state"], name="placement_host"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.post}"

    def stage(self, on: dt.date) -> str:
        """The state as people name it on this day: in post beyond the last day is `OVERDUE`, a predicate, no stored state."""
        is_overdue = self.state == PlacementState.IN_POST and self.ends_on <= on
        return OVERDUE if is_overdue else self.state

    def stage_label(self, on: dt.date) -> str:
        """The stage in words."""
        return str(OVERDUE_LABEL) if self.stage(on) == OVERDUE else self.get_state_display()


class AppointmentNotice(models.Model):
    """The register of notices (发文登记): one row for each number and its corrections, whatever became of it."""

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("主办组织部门"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("批次")
    )
    number = models.CharField(_("通知文号"), max_length=60)
    version = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=NoticeState, default=NoticeState.IN_FORCE)
    placements = models.ManyToManyField(Placement, related_name="notices", verbose_name=_("挂职"))
    subject = models.CharField(_("对象"), max_length=200)
    issued_on = models.DateField(_("印发日期"))
    report_by = models.DateField(_("报到期限"), null=True, blank=True)
    copies = models.CharField(_("抄送"), max_length=200, blank=True)
    copies_above = models.BooleanField(_("抄送上级"), default=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("印发人"),
    )
    # why it was withdrawn, or corrected by the next version
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    changed_on = models.DateField(_("作废或更正日期"), null=True, blank=True)
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = verbose_name_plural = _("挂职通知发文登记")
        constraints = [
            models.UniqueConstraint(fields=["owner_unit", "number", "version"], name="notice_version_once"),
        ]

    def __str__(self) -> str:
        return self.number


class TermChange(HalfOpen):
    """Form F16: an extension, an early end, a recall or a replacement, with the opinions it rests on."""

    placement = models.ForeignKey(
        Placement, models.CASCADE, related_name="term_changes", verbose_name=_("挂职")
    )
    kind = models.CharField(_("事项"), max_length=8, choices=TermChangeKind)
    old_ends_on = models.DateField(_("原挂职结束"))  # half-open, as the placement's own
    ends_on = models.DateField(_("变更后挂职结束"))
    reason = models.CharField(_("理由"), max_length=300)
    number = models.CharField(_("审批文号"), max_length=60, blank=True)
    own_opinion = models.CharField(_("本人意见"), max_length=200, blank=True)
    home_opinion = models.CharField(_("派出单位意见"), max_length=200, blank=True)
    host_opinion = models.CharField(_("接收单位意见"), max_length=200, blank=True)
    decided_on = models.DateField(_("审批日期"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    created_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering = ["placement", "id"]
        verbose_name = verbose_name_plural = _("期限变更")

    def __str__(self) -> str:
        return f"{self.placement} {self.get_kind_display()}"

    @property
    def old_last_day(self) -> dt.date:
        """The last day in post before the change."""
        return self.old_ends_on - dt.timedelta(days=1)


class EndPlan(models.Model):
    """What is intended for the end of a term (期满安排), said before it, so that the home unit keeps or finds a post.

    It is about one end: after an extension the new end is planned again. A correction replaces it.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="end_plans", verbose_name=_("挂职"))
    ends_on = models.DateField(_("挂职结束"))  # half-open, as the placement's own
    intention = models.CharField(_("期满安排"), max_length=8, choices=EndIntention)
    note = models.CharField(_("简要说明"), max_length=100, blank=True)
    planned_on = models.DateField(_("研究日期"))
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )

    class Meta:
        ordering = ["placement", "ends_on"]
        verbose_name = verbose_name_plural = _("期满安排")
        constraints = [models.UniqueConstraint(fields=["placement", "ends_on"], name="end_plan_once")]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_intention_display()}"


class StatisticsReport(models.Model):
    """A table of figures as it was reported (上报稿): its rows stay, whatever becomes of the placements."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    first = models.DateField(_("统计起始日期"))
    last = models.DateField(_("统计截止日期"))
    # one entry a placement: its id, the name, the figures it counts in, its code in every dimension
    rows = models.JSONField(_("名单"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填报人")
    )
    created_at = models.DateTimeField(_("上报时间"))
    # the upper level's form in use when it was reported
    form = models.ForeignKey(
        "placements.StatisticsForm",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("上级表样"),
    )
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = verbose_name_plural = _("统计上报稿")

    def __str__(self) -> str:
        return f"{self.first} — {self.last}"


class StatisticsForm(models.Model):
    """The upper level's own form of a unit, whose named cells are filled; the latest is the one in use."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    created_at = models.DateTimeField(_("上传时间"))
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = verbose_name_plural = _("上级表样")

    def __str__(self) -> str:
        return self.file.name


class PlacementGroup(Versioned):
    """A work team (工作队), provisional party branch (临时党支部) or liaison group (联络组); it ends with a day."""

    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=8, choices=GroupKind, default=GroupKind.TEAM)
    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="placement_groups", verbose_name=_("主办组织部门")
    )
    # of a group that was made from a team of a campaign
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("批次")
    )
    team = models.CharField(_("编组"), max_length=40, blank=True)
    founded_on = models.DateField(_("成立日期"))
    dissolved_on = models.DateField(_("撤销日期"), null=True, blank=True)
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["name", "id"]
        verbose_name = verbose_name_plural = _("工作队")
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("founded_on")), name="group_forwards"
            ),
            models.UniqueConstraint(
                fields=["owner_unit", "name"], condition=Q(dissolved_on=None), name="group_name_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "team"], condition=~Q(campaign=None), name="group_of_team_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """Somebody on a placement who belongs to a group, leads it or stands in for its leader."""

    group = models.ForeignKey(
        PlacementGroup, models.CASCADE, related_name="members", verbose_name=_("工作队")
    )
    placement = models.ForeignKey(
        Placement, models.CASCADE, related_name="memberships", verbose_name=_("挂职")
    )
    position = models.PositiveSmallIntegerField(
        _("队内职务"), choices=GroupPosition, default=GroupPosition.MEMBER
    )

    class Meta:
        ordering = ["group", "position", "id"]
        verbose_name = verbose_name_plural = _("工作队成员")
        constraints = [
            models.UniqueConstraint(fields=["group", "placement"], name="group_member_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(position=GroupPosition.LEADER), name="group_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.placement}"

"""Host posts (挂职岗位): the demand form F1 with tasks that can be measured."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import HalfOpen, Versioned
from secondment.posts.choices import Direction, OrganKind, PostState
from secondment.units.models import Region, Unit


class Post(Versioned, HalfOpen):
    """A demand of a host unit for one or more secondees in the same post.

    Lists of codes (`specialties`, `abilities`, `sensitive_work`, `industries`) are JSON arrays of the
    codes in `secondment.files.codes` and `choices`.
    """

    host_unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("接收单位"))
    code = models.CharField(_("岗位编号"), max_length=30, blank=True)
    title = models.CharField(_("挂任职务"), max_length=80)
    direction = models.CharField(_("挂职方向"), max_length=12, choices=Direction, default=Direction.DOWN)
    rank = models.CharField(_("职务层次"), max_length=3, blank=True)  # GB/T 12407
    duties = models.TextField(_("分管工作、岗位职责"), blank=True)
    headcount = models.PositiveSmallIntegerField(_("人数"), default=1)
    starts_on = models.DateField(_("挂职开始"))
    ends_on = models.DateField(_("挂职结束"))  # half-open: first day back
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("工作地点")
    )
    hardship = models.PositiveSmallIntegerField(_("艰苦程度（0—3）"), default=0)

    education_code = models.CharField(_("最低学历"), max_length=2, blank=True)  # GB/T 4658
    title_level = models.CharField(_("最低职称级别"), max_length=3, blank=True)
    specialties = models.JSONField(_("专业方向"), default=list, blank=True)
    abilities = models.JSONField(_("需要的能力"), default=list, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("年龄上限"), null=True, blank=True)
    grassroots_years = models.PositiveSmallIntegerField(_("最少基层工作年限"), default=0)
    requires_party_member = models.BooleanField(_("须为中共正式党员"), default=False)
    experience = models.CharField(_("工作经历要求"), max_length=200, blank=True)

    is_principal = models.BooleanField(_("正职"), default=False)
    organ_kind = models.CharField(
        _("机关类别（地域回避）"), max_length=30, choices=OrganKind, default=OrganKind.OTHER
    )
    sensitive_work = models.JSONField(_("涉及的回避岗位工作"), default=list, blank=True)
    industries = models.JSONField(_("主管的行业"), default=list, blank=True)

    lodging = models.CharField(_("食宿交通条件"), max_length=200, blank=True)
    contact_leader = models.CharField(_("联系领导"), max_length=40, blank=True)
    mentor = models.CharField(_("带教导师"), max_length=40, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)

    state = models.CharField(_("状态"), max_length=10, choices=PostState, default=PostState.DRAFT)
    opinion = models.CharField(_("组织部门意见"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填报人")
    )
    trail_path = property(attrgetter("host_unit.path"))

    class Meta:
        ordering = ["host_unit__path", "id"]
        verbose_name = verbose_name_plural = _("挂职岗位")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="post_forwards"),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="post_headcount_positive"),
            models.CheckConstraint(condition=Q(hardship__lte=3), name="post_hardship_at_most_3"),
            models.UniqueConstraint(
                fields=["host_unit", "code"], condition=~Q(code=""), name="post_code_once_in_unit"
            ),
        ]
        indexes = [models.Index(fields=["state", "host_unit"], name="post_state_unit")]

    def __str__(self) -> str:
        return f"{self.host_unit} {self.title}"


class PostTask(models.Model):
    """A task of the post with a target that can be measured."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="tasks", verbose_name=_("岗位"))
    position = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("重点任务"), max_length=120)
    measure = models.CharField(_("衡量指标"), max_length=120)
    target = models.DecimalField(_("目标值"), max_digits=12, decimal_places=2)
    measure_unit = models.CharField(_("单位"), max_length=20)
    due_on = models.DateField(_("完成时限"), null=True, blank=True)

    class Meta:
        ordering = ["post", "position"]
        verbose_name = verbose_name_plural = _("重点任务")
        constraints = [models.UniqueConstraint(fields=["post", "position"], name="post_task_position_once")]

    def __str__(self) -> str:
        return self.name

"""Placement: one person, one post, one term. The personnel relation stays with the home unit."""

from operator import attrgetter

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign
from secondment.common.models import HalfOpen, Versioned
from secondment.documents.models import StoredFile
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.posts.models import Post
from secondment.units.models import Unit


class Placement(Versioned, HalfOpen):
    """A person in a host post for a half-open term (`ends_on` is the first day back)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="placements", verbose_name=_("批次"))
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
    decision_number = models.CharField(_("决定文号"), max_length=60)
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
    lodging_arranged = models.BooleanField(_("办公住宿已落实"), default=False)
    insurance_number = models.CharField(_("保险单号"), max_length=60, blank=True)
    # why the term differs from the campaign's
    term_reason = models.CharField(_("期限调整理由"), max_length=300, blank=True)
    cancel_reason = models.CharField(_("取消理由"), max_length=300, blank=True)
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

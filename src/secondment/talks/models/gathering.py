"""Training before and during the term, and meetings (岗前培训 · 座谈交流): who is invited, and who did not come.

Nobody signs in, no hours are counted and nothing is written by whoever comes.
"""

import datetime as dt
import uuid
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import HalfOpen, Versioned
from secondment.documents.models import StoredFile
from secondment.placements.models import Placement
from secondment.talks.choices import OPEN_STATES, GatheringKind, GatheringState, Side
from secondment.units.models import Unit

TITLE_LENGTH, PLACE_LENGTH, SHORT_LENGTH = 60, 100, 60
AGENDA_LENGTH, REASON_LENGTH = 500, 60


class Gathering(Versioned, HalfOpen):
    """An event of one or several days that an office organises; `ends_on` is the first day after it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("活动类型"), max_length=10, choices=GatheringKind)
    title = models.CharField(_("活动名称"), max_length=TITLE_LENGTH)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    hours = models.CharField(_("时间"), max_length=SHORT_LENGTH, blank=True)
    place = models.CharField(_("地点"), max_length=PLACE_LENGTH)
    contact = models.CharField(_("联系人"), max_length=SHORT_LENGTH, blank=True)
    agenda = models.CharField(_("内容安排"), max_length=AGENDA_LENGTH, blank=True)
    side = models.CharField(_("主办方"), max_length=10, choices=Side)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="gatherings", verbose_name=_("主办单位"))
    state = models.CharField(_("状态"), max_length=10, choices=GatheringState, default=GatheringState.PLANNED)
    cancel_words = models.CharField(_("取消原因"), max_length=200, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    sent_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    placements = models.ManyToManyField(
        Placement, through="talks.Invitation", related_name="gatherings", verbose_name=_("参加人员")
    )
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = verbose_name_plural = _("培训座谈")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="gathering_forwards"),
            models.CheckConstraint(
                condition=~Q(state=GatheringState.SENT) | Q(sent_at__isnull=False), name="gathering_sent_at"
            ),
        ]
        indexes = [models.Index(fields=["state", "unit"], name="gathering_state_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> str:
        """From when to when, as people read it."""
        if self.last_day == self.starts_on:
            return f"{self.starts_on}"
        return f"{self.starts_on} – {self.last_day}"

    @property
    def summary(self) -> str:
        """When and where, and why it was called off, in one line."""
        parts = (self.days, self.hours, self.place, self.cancel_words)
        return " · ".join(one for one in parts if one)

    @property
    def is_open(self) -> bool:
        """Whether its day, place and list may change."""
        return self.state in OPEN_STATES

    def is_over(self, on: dt.date) -> bool:
        """Whether its last day has come, so that the organiser knows who came."""
        return self.last_day <= on


class Invitation(models.Model):
    """Somebody on the list. Who has no reason for staying away came, once the organiser has said so."""

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="invitations", verbose_name=_("培训座谈")
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="invitations", verbose_name=_("挂职")
    )
    # who has no account is told by the organiser
    told_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    absence = models.CharField(_("未到会原因"), max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering = ["gathering", "id"]
        verbose_name = verbose_name_plural = _("参加人员")
        constraints = [models.UniqueConstraint(fields=["gathering", "placement"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.placement}"


class Material(models.Model):
    """A file for those who are invited; one taken away is kept as a record."""

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="materials", verbose_name=_("培训座谈")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        ordering = ["gathering", "id"]
        verbose_name = verbose_name_plural = _("培训座谈材料")

    def __str__(self) -> str:
        return self.file.name

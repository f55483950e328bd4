"""Talks (谈话, form F10), with whom, and what follows from them."""

import datetime as dt
import uuid
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.models import Versioned
from secondment.common.protection import open_sealed, seal
from secondment.placements.models import Placement
from secondment.talks.choices import FollowUpState, Side, Source, TalkKind
from secondment.units.models import Unit

POINTS_LENGTH = 500
TEXT_LENGTH = 200
NAME_LENGTH = 40


class Talk(Versioned):
    """A talk that an office held with one person, or with a group: one entry for all of them."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    held_on = models.DateField(_("谈话日期"))
    kind = models.CharField(_("谈话类型"), max_length=10, choices=TalkKind)
    side = models.CharField(_("谈话单位"), max_length=10, choices=Side)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="talks", verbose_name=_("谈话单位名称"))
    talker = models.CharField(_("谈话人"), max_length=NAME_LENGTH)
    points_sealed = models.BinaryField(_("谈话要点"), null=True, editable=False)
    source = models.CharField(_("登记方式"), max_length=10, choices=Source, default=Source.OWN)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    # of an entry that was made by mistake
    withdrawn_words = models.CharField(_("撤销理由"), max_length=TEXT_LENGTH, blank=True)
    is_withdrawn = models.BooleanField(_("已撤销"), default=False)
    placements = models.ManyToManyField(
        Placement, through="talks.TalkPerson", related_name="talks", verbose_name=_("谈话对象")
    )
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = verbose_name_plural = _("谈话")
        indexes = [models.Index(fields=["held_on"], name="talk_held_on")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"

    @property
    def points(self) -> str:
        """The points in clear."""
        return open_sealed(self.points_sealed, context=self._context) if self.points_sealed else ""

    def set_points(self, text: str) -> None:
        """Seal the points; the caller saves."""
        self.points_sealed = seal(text, context=self._context) if text else None

    @property
    def _context(self) -> str:
        return f"talks.points.{self.key}"


class TalkPerson(models.Model):
    """Somebody who was talked with."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="people", verbose_name=_("谈话"))
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="talk_entries", verbose_name=_("挂职")
    )

    class Meta:
        ordering = ["talk", "id"]
        verbose_name = verbose_name_plural = _("谈话对象")
        constraints = [models.UniqueConstraint(fields=["talk", "placement"], name="talk_person_once")]

    def __str__(self) -> str:
        return f"{self.placement}"


class FollowUp(Versioned):
    """Something that an office promised in a talk, until it is done or said to be impossible."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="follow_ups", verbose_name=_("谈话"))
    # none: about everybody who was talked with
    placement = models.ForeignKey(
        Placement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("涉及人员"),
    )
    text = models.CharField(_("跟进事项"), max_length=TEXT_LENGTH)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="follow_ups", verbose_name=_("负责单位"))
    role = models.CharField(_("负责角色"), max_length=30, choices=Role)
    due_on = models.DateField(_("办结期限"))
    state = models.CharField(_("状态"), max_length=15, choices=FollowUpState, default=FollowUpState.OPEN)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    closing_words = models.CharField(_("办理情况"), max_length=TEXT_LENGTH, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办结人"),
    )
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = verbose_name_plural = _("谈话跟进事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FollowUpState.OPEN, closed_on=None)
                | (~Q(state=FollowUpState.OPEN) & Q(closed_on__isnull=False)),
                name="follow_up_closed_on",
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.NOT_POSSIBLE) | ~Q(closing_words=""),
                name="follow_up_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "unit", "role"], name="follow_up_open")]

    def __str__(self) -> str:
        return self.text[:40]

    def is_late(self, on: dt.date) -> bool:
        """Whether it should have been done."""
        return self.state == FollowUpState.OPEN and self.due_on < on

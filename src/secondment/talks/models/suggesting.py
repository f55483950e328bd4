"""Complaints and suggestions (意见建议).

The anonymous kind lies in a box of its own until a night on which enough accounts were in use. No row of the box knows
an account, a session, an address, a time or an order: its key is drawn, and every letter leaves it in one transaction,
shuffled. What an office receives carries the day of delivery alone.
"""

import datetime as dt
import secrets
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
from secondment.talks.choices import CONDUCT, Finding, SuggestionCategory, SuggestionState
from secondment.units.models import Unit

LETTER_LENGTH = 500
MOST_KEYS = 2**31 - 1


def drawn_key() -> int:
    """A key that says nothing about when a row was written; an `integer` key is the row's own place in SQLite."""
    return secrets.randbelow(MOST_KEYS) + 1


class Letter(models.Model):
    """What was written to which office."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    category = models.CharField(_("类别"), max_length=12, choices=SuggestionCategory)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("受理单位"))
    role = models.CharField(_("受理角色"), max_length=30, choices=Role)
    text_sealed = models.BinaryField(_("内容"), editable=False)
    # keyed fingerprint of the receipt code of an anonymous letter
    receipt = models.CharField(_("回执码"), max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """What was written, in clear."""
        return open_sealed(self.text_sealed, context=self._context)

    def set_text(self, text: str) -> None:
        """Seal what was written; the caller saves."""
        self.text_sealed = seal(text, context=self._context)

    @property
    def _context(self) -> str:
        return f"talks.letter.{self.key}"


class HeldSuggestion(Letter):
    """An anonymous letter in the box."""

    id = models.IntegerField(primary_key=True, default=drawn_key, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("待送达的匿名意见")
        constraints = [models.UniqueConstraint(fields=["receipt"], name="held_suggestion_receipt")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Suggestion(Versioned, Letter):
    """A letter that an office has received and answers."""

    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("提出人"),
    )
    # named by the sender, or by the office that answers; an anonymous letter never brings it along
    about = models.ForeignKey(
        Placement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters_about",
        verbose_name=_("涉及的挂职干部"),
    )
    received_on = models.DateField(_("收到日期"))
    due_on = models.DateField(_("答复期限"))
    state = models.CharField(
        _("状态"), max_length=10, choices=SuggestionState, default=SuggestionState.WAITING
    )
    answer_sealed = models.BinaryField(_("答复"), null=True, editable=False)
    finding = models.CharField(_("核实结果"), max_length=10, choices=Finding, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("答复人"),
    )
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-received_on", "-id"]
        verbose_name = verbose_name_plural = _("意见建议")
        constraints = [
            models.CheckConstraint(
                condition=(Q(sent_by=None) & ~Q(receipt="")) | Q(sent_by__isnull=False, receipt=""),
                name="suggestion_named_or_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.WAITING, answered_on=None, answer_sealed=None)
                | Q(
                    state=SuggestionState.ANSWERED,
                    answered_on__isnull=False,
                    answer_sealed__isnull=False,
                ),
                name="suggestion_answered_on",
            ),
            models.CheckConstraint(
                condition=Q(finding="") | Q(state=SuggestionState.ANSWERED, category__in=CONDUCT),
                name="suggestion_finding",
            ),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="suggestion_receipt"),
        ]
        indexes = [models.Index(fields=["state", "unit", "role"], name="suggestion_waiting")]

    def __str__(self) -> str:
        return f"{self.received_on}"

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody knows who wrote it."""
        return self.sent_by_id is None

    @property
    def is_for_discipline(self) -> bool:
        """Whether it went to a discipline organ: others learn no more than that."""
        return self.role == Role.INSPECTOR

    @property
    def is_about_conduct(self) -> bool:
        """Whether it complains of how somebody behaves."""
        return self.category in CONDUCT

    @property
    def answer(self) -> str:
        """The answer in clear."""
        return (
            open_sealed(self.answer_sealed, context=f"{self._context}.answer") if self.answer_sealed else ""
        )

    def set_answer(self, text: str) -> None:
        """Seal the answer; the caller saves."""
        self.answer_sealed = seal(text, context=f"{self._context}.answer")

    def is_late(self, on: dt.date) -> bool:
        """Whether it should have been answered."""
        return self.state == SuggestionState.WAITING and self.due_on < on

"""Early signs that were raised, what was said about them, and what they were used in.

A sign is a question about one placement. Its facts are kept as they were when it was raised; after six months the row is
deleted, whatever became of it.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.models import Versioned
from secondment.common.protection import open_sealed, seal
from secondment.common.sentences import kept, told_again
from secondment.placements.models import Placement
from secondment.signals.choices import AnswerKind, SignState, UseKind
from secondment.signals.sign import SignFact
from secondment.units.models import Unit

WORDS_LENGTH = 300


class EarlySign(Versioned):
    """A sign about one placement, from the day it was raised until it expires."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="early_signs", verbose_name=_("挂职")
    )
    code = models.CharField(_("提示事项"), max_length=30)
    state = models.CharField(_("状态"), max_length=10, choices=SignState, default=SignState.ASKED)
    raised_on = models.DateField(_("提示日期"))
    expires_on = models.DateField(_("失效日期"))
    # whether last night's look would raise it again
    holds = models.BooleanField(_("目前仍成立"), default=True)
    facts_kept = models.JSONField(default=list, editable=False)
    figures = models.JSONField(_("提示时的阈值"), default=dict, editable=False)
    # the office that is asked first
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("先问单位"))
    role = models.CharField(_("先问角色"), max_length=30, choices=Role)
    due_on = models.DateField(_("说明期限"))
    answer_kind = models.CharField(_("说明结论"), max_length=10, choices=AnswerKind, blank=True)
    answer_sealed = models.BinaryField(_("单位说明"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("说明人"),
    )
    answered_on = models.DateField(_("说明日期"), null=True, blank=True)
    shown_on = models.DateField(_("告知本人日期"), null=True, blank=True)
    # of somebody without an account: who told them, and how
    shown_words = models.CharField(_("告知方式"), max_length=100, blank=True)
    read_on = models.DateField(_("本人查看日期"), null=True, blank=True)
    own_sealed = models.BinaryField(_("本人说明"), null=True, editable=False)
    own_on = models.DateField(_("本人说明日期"), null=True, blank=True)
    closed_words = models.CharField(_("了结意见"), max_length=WORDS_LENGTH, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("了结人"),
    )
    closed_on = models.DateField(_("了结日期"), null=True, blank=True)
    trail_path = property(attrgetter("placement.owner_unit.path"))

    class Meta:
        ordering = ["-raised_on", "-id"]
        verbose_name = verbose_name_plural = _("预警提示")
        constraints = [
            models.UniqueConstraint(fields=["placement", "code"], name="early_sign_once"),
        ]
        indexes = [
            models.Index(fields=["state", "unit", "role"], name="early_sign_waiting"),
            models.Index(fields=["expires_on"], name="early_sign_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.raised_on}"

    @property
    def facts(self) -> list[SignFact]:
        """Its facts, as they were when it was raised."""
        return [_fact(one) for one in self.facts_kept]

    def set_facts(self, facts: Sequence[SignFact]) -> None:
        """Keep facts; the caller saves."""
        self.facts_kept = [
            {
                "words": kept(one.words),
                "on": one.on.isoformat() if one.on else None,
                "path": one.path,
                "texts": list(one.texts),
            }
            for one in facts
        ]

    @property
    def answer(self) -> str:
        """What the office said, in clear."""
        return self._open(self.answer_sealed, "answer")

    def set_answer(self, text: str) -> None:
        """Seal what the office said; the caller saves."""
        self.answer_sealed = seal(text, context=self._context("answer"))

    @property
    def own_words(self) -> str:
        """What the person said, in clear."""
        return self._open(self.own_sealed, "own")

    def set_own_words(self, text: str) -> None:
        """Seal what the person said; the caller saves."""
        self.own_sealed = seal(text, context=self._context("own"))

    def _open(self, sealed: bytes | memoryview | None, part: str) -> str:
        return open_sealed(sealed, context=self._context(part)) if sealed else ""

    def _context(self, part: str) -> str:
        return f"signals.{part}.{self.key}"


class SignUse(models.Model):
    """A sign was used in a talk, a draw or a report: by whom, when, for what."""

    sign = models.ForeignKey(EarlySign, models.CASCADE, related_name="uses", verbose_name=_("预警提示"))
    kind = models.CharField(_("用途"), max_length=10, choices=UseKind)
    words = models.CharField(_("说明"), max_length=WORDS_LENGTH)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    used_on = models.DateField(_("日期"))

    class Meta:
        ordering = ["used_on", "id"]
        verbose_name = verbose_name_plural = _("预警提示使用记录")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.used_on}"


class Tally(models.Model):
    """How often a sign was raised and spared at the last look, by department in charge; nobody is named."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("主办组织部门"))
    code = models.CharField(_("提示事项"), max_length=30)
    n_looked = models.PositiveIntegerField(_("查看人数"))
    n_raised = models.PositiveIntegerField(_("提示人数"))
    # reason → number
    spared = models.JSONField(_("因合理情形未提示"), default=dict)
    looked_on = models.DateField(_("计算日期"))

    class Meta:
        ordering = ["unit", "code"]
        verbose_name = verbose_name_plural = _("预警提示计数")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.code}"


class Rehearsal(models.Model):
    """What other thresholds would have raised in the last year, counted from records; the latest of a unit is shown."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("组织部门"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    asked_at = models.DateTimeField(_("发起时间"))
    # once it is done: the last day looked at, how many people, a line for each figure
    until = models.DateField(_("截止日期"), null=True, blank=True)
    n_people = models.PositiveIntegerField(_("人数"), default=0)
    lines = models.JSONField(_("结果"), default=list)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = verbose_name_plural = _("阈值试算")

    def __str__(self) -> str:
        return f"{self.unit} {self.asked_at:%Y-%m-%d}"


def _fact(given: dict[str, Any]) -> SignFact:
    day = given["on"]
    return SignFact(
        told_again(given["words"]),
        dt.date.fromisoformat(day) if day else None,
        given["path"],
        tuple(given["texts"]),
    )

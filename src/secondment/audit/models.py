"""The append-only trail: events, each with its own seal, linked into one chain."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One write, refusal or look at protected data: who did what to which object when.

    Holds names of changed fields and public old and new values, never protected values. `seal` is a
    keyed fingerprint of all other columns, so a row made or changed by hand shows.
    """

    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    actor_name = models.CharField(_("操作人姓名"), max_length=60)
    action = models.CharField(_("操作"), max_length=60)
    object_type = models.CharField(_("对象类型"), max_length=60)
    object_id = models.CharField(_("对象编号"), max_length=40)
    object_label = models.CharField(_("对象"), max_length=200)
    unit_path = models.CharField(_("所属单位路径"), max_length=200, blank=True)
    details = models.JSONField(_("内容"), default=dict)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("审计记录")
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"


class AuditLink(models.Model):
    """One link of the chain: `fingerprint` covers the event's seal and the link before it."""

    position = models.PositiveBigIntegerField(primary_key=True)
    event_id = models.PositiveBigIntegerField(unique=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        verbose_name = verbose_name_plural = _("审计链")

    def __str__(self) -> str:
        return f"{self.position}"


class AuditHead(models.Model):
    """The end of the chain, sealed, so that links cut off the end show as well. One row."""

    length = models.PositiveBigIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("审计链末端")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.length}"

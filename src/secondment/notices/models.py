"""In-system messages to accounts, with the moment they were read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.own_paths import own_path
from secondment.common.sentences import SentenceField


class Notice(models.Model):
    """One message to one account; `path` leads to what it is about."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("收件人")
    )
    title = SentenceField(_("标题"))
    body = SentenceField(_("内容"), blank=True)
    path = models.CharField(_("页面"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = verbose_name_plural = _("消息")
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.title

    @property
    def link(self) -> str:
        """Where it leads, if that is a page of this site."""
        return own_path(self.path)

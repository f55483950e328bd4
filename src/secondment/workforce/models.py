"""Analyses that somebody keeps: an address with a name. Whoever opens it sees what their own account may see."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 40
QUERY_LENGTH = 2000


class SavedView(models.Model):
    """One analysis kept under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("保存人")
    )
    name = models.CharField(_("名称"), max_length=NAME_LENGTH)
    page = models.CharField(_("页面"), max_length=40)  # name of the address, with a question behind a colon
    query = models.CharField(_("条件"), max_length=QUERY_LENGTH, blank=True)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        ordering = ["name", "id"]
        verbose_name = verbose_name_plural = _("常用分析")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name

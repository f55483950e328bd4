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


class DeliveryState(models.TextChoices):
    """A message on its way out."""

    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    GIVEN_UP = "given_up", _("未能送出")


class OfficeAddress(models.Model):
    """Where mail for an account of an office goes; without one no mail is written."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="office_address", verbose_name=_("账号")
    )
    address = models.EmailField(_("单位邮箱"))

    class Meta:
        ordering = ["account"]
        verbose_name = verbose_name_plural = _("单位邮箱")

    def __str__(self) -> str:
        return self.address


class Delivery(models.Model):
    """One message to one account over one way out, with its tries: the log of what left the system."""

    channel = models.CharField(_("渠道"), max_length=10)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("收件人")
    )
    to = models.CharField(_("地址"), max_length=254)
    title = SentenceField(_("标题"))
    path = models.CharField(_("页面"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    n_tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try_at = models.DateTimeField(_("下次发送"))
    fault = models.CharField(_("原因"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"))
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = verbose_name_plural = _("外发消息")
        indexes = [models.Index(fields=["state", "next_try_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.title}"

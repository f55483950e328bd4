"""Code lists of consultation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reply(models.TextChoices):
    """Answer of a unit that is consulted."""

    PENDING = "pending", _("未答复")
    AGREED = "agreed", _("同意")
    OBJECTED = "objected", _("有异议")


class Party(models.TextChoices):
    """Who is consulted."""

    HOME = "home", _("派出单位")
    HOST = "host", _("接收单位")

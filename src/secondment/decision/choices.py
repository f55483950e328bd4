"""Code lists of consultation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reply(models.TextChoices):
    """Answer of a unit that is consulted."""

    PENDING = "pending", _("未答复")
    AGREED = "agreed", _("同意")
    OBJECTED = "objected", _("有异议")


# what a unit may say about a person
ANSWERS = [(Reply.AGREED.value, Reply.AGREED.label), (Reply.OBJECTED.value, Reply.OBJECTED.label)]


class AfterStep(models.TextChoices):
    """What may follow an urgent decision, and the minutes, which must."""

    CONSULTATION = "consultation", _("征求意见")
    TALKS = "talks", _("任前谈话")
    NOTIFICATION = "notification", _("公示")
    MINUTES = "minutes", _("会议纪要")


class Party(models.TextChoices):
    """Who is consulted."""

    HOME = "home", _("派出单位")
    HOST = "host", _("接收单位")

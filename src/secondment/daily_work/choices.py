"""Code lists of daily work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """How a record came in."""

    WEB = "web", _("网页填报")
    ON_BEHALF = "on_behalf", _("组织部门代填")
    WORKBOOK = "workbook", _("汇总表")


class SupportState(models.TextChoices):
    """Support that was asked for is open until the host says whether it helped."""

    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("待接收单位评价")
    HELPED = "helped", _("已帮到")
    NOT_HELPED = "not_helped", _("没有帮到")
    WITHDRAWN = "withdrawn", _("已撤回")


STILL_OWED = (SupportState.OPEN, SupportState.ANSWERED)
JUDGED = (SupportState.HELPED, SupportState.NOT_HELPED)


class UrgentKind(models.TextChoices):
    """What sort of matter has to be known at once."""

    ILLNESS = "illness", _("疾病")
    ACCIDENT = "accident", _("意外伤害")
    SAFETY = "safety", _("安全稳定")
    DISCIPLINE = "discipline", _("违纪违法")
    PETITION = "petition", _("信访反映")
    FAMILY = "family", _("家庭变故")


SEALED_KINDS = (UrgentKind.ILLNESS, UrgentKind.ACCIDENT, UrgentKind.FAMILY)
"""Kinds whose line may speak of a body or a family."""

"""Code lists of daily work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """How a record came in."""

    WEB = "web", _("网页填报")
    ON_BEHALF = "on_behalf", _("组织部门代填")
    WORKBOOK = "workbook", _("汇总表")

"""States of a batch of accounts, and the roles a batch may give."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Asked for by one, decided by another, then made."""

    ASKED = "asked", _("待确认")
    MAKING = "making", _("正在开设")
    MADE = "made", _("已开设")
    DECLINED = "declined", _("已退回")

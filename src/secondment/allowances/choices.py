"""Code lists of allowances."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How insurance, or medical check, of somebody stands on a day."""

    GOOD = "good", _("有效")
    SOON = "soon", _("即将到期")
    OVER = "over", _("已过期")
    NONE = "none", _("未登记")
    CLOSED = "closed", _("挂职已结束")

"""States of forms on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperState(models.TextChoices):
    """What a form on paper waits for."""

    WAITING = "waiting", _("待盖章")
    STAMPED = "stamped", _("待归档")
    FILED = "filed", _("已归档")

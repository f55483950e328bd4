"""Code lists of the committee's table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What the figures support about a place for 优秀; the values are those of `algorithms.rating.ranking.Standing`."""

    IN = "in", _("可提名优秀")
    COMMITTEE = "committee", _("由会议评议")
    OUT = "out", _("不提名优秀")

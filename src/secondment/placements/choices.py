"""Code lists of placements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementState(models.TextChoices):
    """Where a placement stands."""

    DECIDED = "decided", _("已决定")
    APPOINTED = "appointed", _("已派任")
    IN_POST = "in_post", _("在挂")
    ENDED = "ended", _("已结束")
    CANCELLED = "cancelled", _("已取消")


UNDER_WAY = (PlacementState.APPOINTED, PlacementState.IN_POST)  # the person is out, or told to go

"""Code lists of places."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Heading(models.TextChoices):
    """The six headings of a place (人地物事情景); none of them has to be filled in."""

    PEOPLE = "people", pgettext_lazy("heading of a place", "人")
    LAND = "land", _("地")
    THINGS = "things", _("物")
    EVENTS = "events", _("事")
    SITUATION = "situation", _("情")
    SCENERY = "scenery", _("景")


class Category(models.TextChoices):
    """What a place is listed as, by a document."""

    LOW_INCOME = "low_income", _("低收入村")
    BEHIND = "behind", _("发展落后村")
    WEAK_BRANCH = "weak_branch", _("软弱涣散党组织")
    POVERTY_RELIEVED = "relieved", _("脱贫村")
    KEY = "key", _("乡村振兴重点村")
    OTHER = "other", _("其他")


class Settlement(models.TextChoices):
    """What became of an open item at the handover."""

    ACCEPTED = "accepted", _("接手")
    REFUSED = "refused", _("不接")
    CLOSED = "closed", _("了结")

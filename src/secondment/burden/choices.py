"""Code lists of the register of forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role

ROLES = (Role.SECONDEE, Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
"""Whose minutes are counted."""


class Addressed(models.TextChoices):
    """Whom a request can ask; a secondee is asked for nothing but the text of the year."""

    HOST = Role.HOST_UNIT.value, _("接收单位")
    HOME = Role.HOME_UNIT.value, _("派出单位")


class RequestState(models.TextChoices):
    """A request is issued at once, and closed once it is answered or given up."""

    ISSUED = "issued", _("办理中")
    CLOSED = "closed", _("已结束")


class Verdict(models.TextChoices):
    """What somebody decided about a form in the yearly review."""

    KEEP = "keep", _("保留")
    ABOLISH = "abolish", _("取消")

"""Code lists of routine, mid-term and special assessments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed
from secondment.files.codes.routine import ROUTINE_GRADES


class RoutineGradeCode(models.TextChoices):
    """Grade of a quarter."""

    GOOD = listed(ROUTINE_GRADES, "good")
    FAIRLY_GOOD = listed(ROUTINE_GRADES, "fairly_good")
    FAIR = listed(ROUTINE_GRADES, "fair")
    POOR = listed(ROUTINE_GRADES, "poor")


BELOW = (RoutineGradeCode.FAIR, RoutineGradeCode.POOR)
"""Grades that need a few words, and that bar 优秀."""


class RoutineSource(models.TextChoices):
    """How a quarter's grade came into the system."""

    WEB = "web", _("网页填报")
    ON_BEHALF = "on_behalf", _("组织部门代填")
    WORKBOOK = "workbook", _("汇总表")


class Proposal(models.TextChoices):
    """What a side proposes at half term; nothing follows by itself."""

    CONTINUE = "continue", _("继续挂职")
    ADJUST = "adjust", _("调整分工或岗位")
    RECALL = "recall", _("建议召回")


class MidtermSide(models.TextChoices):
    """Who proposes."""

    HOST = "host", _("接收单位")
    DEPARTMENT = "department", _("组织部门")


class SpecialState(models.TextChoices):
    """How far a special assessment is."""

    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")

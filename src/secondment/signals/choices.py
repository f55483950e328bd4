"""Code lists of early signs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignState(models.TextChoices):
    """Where a sign stands: with the office, with the department in charge, shown to the person, done with."""

    ASKED = "asked", _("待单位说明")
    ANSWERED = "answered", _("单位已说明")
    SHOWN = "shown", _("已向本人出示")
    CLOSED = "closed", _("已了结")


class AnswerKind(models.TextChoices):
    """What the office that was asked says."""

    EXPLAINED = "explained", _("情况正常，已说明")
    MENDED = "mended", _("情况属实，已改进")
    TO_TALK = "to_talk", _("需要找本人谈")
    WRONG_DATA = "wrong_data", _("数据有误，已更正")


class UseKind(models.TextChoices):
    """What a sign is used in, by a person's decision."""

    TALK = "talk", _("谈话")
    DRAW = "draw", _("督查抽取")
    REPORT = "report", _("报告材料")

"""Code lists of democratic appraisals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """What an appraisal is held for; routine, mid-term and special assessments use none."""

    YEAR = "year", _("年度考核")
    END_OF_TERM = "end", _("期满考核（兼作当年年度测评）")


class AppraisalState(models.TextChoices):
    """How far an appraisal is; the box exists while it is open."""

    DRAFT = "draft", _("筹备中")
    FROZEN = "frozen", _("名单已锁定")
    OPEN = "open", _("投票中")
    CLOSED = "closed", _("已封存")
    VOID = "void", _("已作废")


class Standing(models.TextChoices):
    """Whether somebody on a roster votes."""

    LISTED = "listed", _("备选")
    DRAWN = "drawn", _("参评")
    EXCLUDED = "excluded", _("不参评")


class SlipLoss(models.TextChoices):
    """Why slips are replaced."""

    DAMAGED = "damaged", _("票面污损，投票码仍可辨认")
    LOST = "lost", _("票已遗失，投票码无法辨认")
    SHEET = "sheet", _("整批未打印成功，未用的全部作废")

"""Code lists of reviews and appeals."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status


class AppealKind(models.TextChoices):
    """To whom: the office that decided the result, or the one above it."""

    REVIEW = "review", _("复核")
    APPEAL = "appeal", _("申诉")


class AppealSource(models.TextChoices):
    """How it came in."""

    OWN = "own", _("本人在系统提出")
    PAPER = "paper", _("组织部门据书面申请登记")


class AppealState(models.TextChoices):
    """How far it is."""

    OPEN = "open", _("办理中")
    DECIDED = "decided", _("已决定")
    WITHDRAWN = "withdrawn", _("本人撤回")


class Outcome(models.TextChoices):
    """What was decided."""

    UPHELD = "upheld", _("维持原结果")
    CORRECTED = "corrected", _("更正等次")
    REPEATED = "repeated", _("撤销原结果，重新考核")


STATE_STATUS: Mapping[str, Status] = {
    AppealState.OPEN: "info",
    AppealState.DECIDED: "good",
    AppealState.WITHDRAWN: "idle",
}


class RecomputationKind(models.TextChoices):
    """On which inputs a result is computed again."""

    SAME = "same", _("用相同的输入重算")
    CORRECTED = "corrected", _("用更正后的输入重算")


class ProofState(models.TextChoices):
    """Whether the second person has opened it."""

    ASKED = "asked", _("待第二人开启")
    OPEN = "open", _("已开启")

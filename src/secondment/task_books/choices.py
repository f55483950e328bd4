"""Code lists of task books."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed, listed_choices
from secondment.files.codes.tasks import POWERS, PROPOSERS, TASK_FIELDS, TASK_KINDS


class TaskKind(models.TextChoices):
    """What part the secondee has in a task."""

    OWN = listed(TASK_KINDS, "own")
    JOINT = listed(TASK_KINDS, "joint")
    ADVICE = listed(TASK_KINDS, "advice")
    RESEARCH = listed(TASK_KINDS, "research")


class TaskField(models.TextChoices):
    """What a task is for."""

    PARTY = listed(TASK_FIELDS, "party")
    LIVELIHOOD = listed(TASK_FIELDS, "livelihood")
    AID = listed(TASK_FIELDS, "aid")
    OTHER = listed(TASK_FIELDS, "other")


class Proposer(models.TextChoices):
    """Who proposed a task."""

    HOST = listed(PROPOSERS, "host")
    SECONDEE = listed(PROPOSERS, "secondee")
    OFFICE = listed(PROPOSERS, "office")


Power = listed_choices("Power", POWERS)


class BookState(models.TextChoices):
    """Where a version of a task book stands; once signed its content never changes."""

    DRAFT = "draft", _("起草中")
    SENT = "sent", _("待本人签署")
    IN_FORCE = "in_force", _("已签订")
    REPLACED = "replaced", _("已变更")
    DROPPED = "dropped", _("未签订即作废")


UNDER_WRITING = (BookState.DRAFT, BookState.SENT)
SIGNED = (BookState.IN_FORCE, BookState.REPLACED)


class OutcomeKind(models.TextChoices):
    """What the host decided about a task that was to be accepted."""

    ACCEPTED = "accepted", _("通过验收")
    REFUSED = "refused", _("验收不通过")
    TAKEN_BACK = "taken_back", _("撤销验收")


class ProposalState(models.TextChoices):
    """What became of a task that the secondee proposed."""

    OPEN = "open", _("待接收单位处理")
    TAKEN = "taken", _("已采纳")
    DECLINED = "declined", _("未采纳")


class Stage(models.TextChoices):
    """How a placement's task book stands on a day: a predicate, no stored state."""

    NONE = "none", _("未签订")
    SIGNED = "signed", _("已签订")
    DUE = "due", _("待验收")
    DONE = "done", _("已完成")

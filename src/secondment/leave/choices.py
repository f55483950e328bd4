"""Code lists of leave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed
from secondment.files.codes.leave import LEAVE_TYPES


class LeaveType(models.TextChoices):
    """What somebody is away for (form F7)."""

    PERSONAL = listed(LEAVE_TYPES, "personal")
    SICK = listed(LEAVE_TYPES, "sick")
    ANNUAL = listed(LEAVE_TYPES, "annual")
    FAMILY_VISIT = listed(LEAVE_TYPES, "visit")
    FAMILY = listed(LEAVE_TYPES, "family")
    OFFICIAL = listed(LEAVE_TYPES, "official")
    HOME_UNIT = listed(LEAVE_TYPES, "home")


HEALTH = frozenset({LeaveType.SICK, LeaveType.FAMILY})
"""Types whose reason says something about a body: opened one by one, and each look is on record."""
IN_POST = frozenset({LeaveType.OFFICIAL})
"""Away and yet in post."""
NO_RECALL = IN_POST | {LeaveType.ANNUAL, LeaveType.FAMILY}
"""Types that speak for no recall: what the law gives, and what the work asks."""


class LeaveState(models.TextChoices):
    """State of a request."""

    ASKED = "asked", _("待批")
    GRANTED = "granted", _("已批")
    RETURNED = "returned", _("已销假")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")
    CANCELLED = "cancelled", _("已撤销")


STANDING = (LeaveState.ASKED, LeaveState.GRANTED, LeaveState.RETURNED)
"""Requests that take their half-days: nobody asks for the same twice."""


class StepState(models.TextChoices):
    """What became of a step of approval."""

    WAITING = "waiting", _("待审批")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")


class EntryKind(models.TextChoices):
    """Why a line stands in the ledger."""

    GRANTED = "granted", _("准假")
    EARLY = "early", _("提前返岗冲回")
    LATE = "late", _("逾期未归")
    EXCUSED = "excused", _("补准逾期")
    REVERSED = "reversed", _("冲销")


ADDING = (EntryKind.GRANTED, EntryKind.LATE, EntryKind.EXCUSED)
"""Kinds that add half-days."""


class Source(models.TextChoices):
    """How a request came in."""

    OWN = "own", _("本人申请")
    CLERK = "clerk", _("单位代填")
    WORKBOOK = "workbook", _("汇总表")


class Alert(models.TextChoices):
    """What the organisation department is asked to look into."""

    RUNNING = "running", _("逾期不归连续超过法定天数")
    IN_YEAR = "in_year", _("逾期不归全年累计超过法定天数")
    RECALL = "recall", _("全年请假超过规定天数，建议研究召回")

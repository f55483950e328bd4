"""Issue many single notices by a background job: step by step, each step complete in itself."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.common.errors import DomainError
from secondment.common.sentences import say
from secondment.jobs.models import Job
from secondment.jobs.queries import unfinished
from secondment.jobs.registry import JobCancelledError
from secondment.jobs.services import start_job
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import in_letter_order
from secondment.placements.rules import require_may_issue
from secondment.placements.services.errors import AlreadyIssuingError, NothingToIssueError, StoppedError
from secondment.placements.services.issuing import Issue, check_issue, issue_notices

logger = logging.getLogger(__name__)
ISSUE_JOB = "placements.issue_notices"
ISSUED_AT_ONCE = 20
STEP = 10
Progress = Callable[[int, int, str], None]


@dataclass
class _Issued:
    """What has been issued so far."""

    n_wanted: int
    n: int = 0

    def sentence(self) -> str:
        """How many notices are out and how many still wait."""
        return _("已为 %(n)d 人印发挂职通知，其余 %(rest)d 人仍待印发，可重新印发。") % {
            "n": self.n,
            "rest": self.n_wanted - self.n,
        }


def is_long(n_people: int) -> bool:
    """Whether the notices are better written by a background job."""
    return n_people > ISSUED_AT_ONCE


def request_issue(campaign: Campaign, issue: Issue, *, by: User, on: dt.date, at: dt.datetime) -> Job:
    """Check everything that can be checked now, and queue the work."""
    require_may_issue(by, campaign)
    if unfinished(ISSUE_JOB, "campaign", campaign.pk).exists():
        raise AlreadyIssuingError(_("本批次的挂职通知正在印发。请等待完成，或先取消。"))
    placements = list(waiting_for_notice(campaign))
    if not placements:
        raise NothingToIssueError(_("没有待印发挂职通知的人员。请先登记集体决定。"))
    check_issue(placements, issue, by=by, on=on)
    arguments = {
        "campaign": campaign.pk,
        "by": by.pk,
        "series": issue.series,
        "report_by": issue.report_by.isoformat(),
        "copies": issue.copies,
        "copies_above": issue.copies_above,
        "is_joint": issue.is_joint,
        "on": on.isoformat(),
    }
    return start_job(ISSUE_JOB, arguments, by=by, at=at, once=str(campaign.pk))


def waiting_for_notice(campaign: Campaign) -> Sequence[Placement]:
    """Everyone decided on whose notice is not out."""
    return in_letter_order(Placement.objects.filter(campaign=campaign, state=PlacementState.DECIDED))


def issue_in_steps(
    campaign: Campaign, issue: Issue, *, by: User, on: dt.date, at: dt.datetime, progress: Progress
) -> int:
    """Issue the notices ten by ten, each ten in one transaction with its messages; issued ones stay when interrupted.

    Raises `JobCancelledError` or `StoppedError`, both saying how many notices are out.
    """
    keys = [one.pk for one in waiting_for_notice(campaign)]
    issued = _Issued(len(keys))
    write = partial(issue_notices, campaign, issue, by=by, on=on, at=at)
    try:
        size = len(keys) if issue.is_joint else STEP  # one letter for all is one step
        for first in range(0, len(keys), size):
            progress(issued.n, len(keys), say("编号、写成通知"))
            if step := _still_waiting(keys[first : first + size]):
                issued.n += len(write(only=step))
    except JobCancelledError as cancelled:
        raise JobCancelledError(_("已取消。%(so_far)s") % {"so_far": issued.sentence()}) from cancelled
    except DomainError as error:
        raise StoppedError(f"{error}{issued.sentence()}") from error
    except Exception as error:
        logger.exception("notices of campaign %s", campaign.pk)
        raise StoppedError(
            _("系统内部出错。%(so_far)s若仍失败，请联系系统管理员。") % {"so_far": issued.sentence()}
        ) from error
    return issued.n


def _still_waiting(keys: Sequence[int]) -> list[int]:
    """Those of a step that were not cancelled or issued meanwhile."""
    rows = Placement.objects.filter(pk__in=keys, state=PlacementState.DECIDED)
    return list(rows.order_by().values_list("pk", flat=True))


def issue_of(arguments: dict[str, Any]) -> Issue:
    """The way the notices go out, as a job keeps it."""
    return Issue(
        arguments["series"],
        dt.date.fromisoformat(arguments["report_by"]),
        arguments["copies"],
        is_joint=arguments.get("is_joint", False),
        copies_above=arguments.get("copies_above", False),
    )

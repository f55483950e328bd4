"""Daily work on the page of a placement: to each reader what the rules let them read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.models import User
from secondment.common.components import Fact
from secondment.daily_work.desk import WORKED
from secondment.daily_work.joint_effort import Column, columns_of
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.queries import last_records
from secondment.daily_work.rules import may_read_causes, may_read_notices, may_read_reports
from secondment.daily_work.view_models import away_words, texts_of, told_by
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """A record in one line, with its texts for those who may read them."""

    period: object
    words: str
    told_by: str
    texts: Sequence[Fact] = ()


@dataclass(frozen=True)
class DailyWork:
    """What stands about a placement; None where the reader is not concerned."""

    presence: Sequence[Line]
    reports: Sequence[Line]
    reads_reports: bool
    notices: Sequence[HomeNotice] | None


def daily_panel(user: User, placement: Placement) -> Panel | None:
    """The last records of each kind, once somebody has begun to work."""
    if placement.state not in WORKED:
        return None
    reads_causes, reads_reports = may_read_causes(user, placement), may_read_reports(user, placement)
    presence = [
        Line(one.period.label, away_words(one, with_cause=reads_causes), told_by(one))
        for one in last_records(PresenceConfirmation, placement, SHOWN)
    ]
    reports = [
        Line(one.period.label, "", told_by(one), texts_of(one) if reads_reports else ())
        for one in last_records(HostReport, placement, SHOWN)
    ]
    notices = list(last_records(HomeNotice, placement, SHOWN)) if may_read_notices(user, placement) else None
    data = DailyWork(presence, reports, reads_reports, notices)
    return Panel("daily_work/_placement_panel.html", data)


@dataclass(frozen=True)
class JointEffort:
    """The three parties side by side, as each of them sees all three."""

    columns: Sequence[Column]

    @property
    def is_red(self) -> bool:
        """Whether a line is cut."""
        return any(one.is_silent for one in self.columns)


def joint_panel(_user: User, placement: Placement) -> Panel | None:
    """What each party owed and did: every reader of the placement sees it."""
    if placement.state not in WORKED:
        return None
    return Panel("daily_work/_joint_panel.html", JointEffort(columns_of(placement, timezone.localdate())))


MAKERS.append(joint_panel)
MAKERS.append(daily_panel)

"""Jobs, messages and to-do: every account has its own and nobody else's."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.jobs.models import Job
from secondment.notices.models import Notice
from secondment.obligations.feeds import SIGNER
from secondment.obligations.models import CalendarFeed, Obligation, ObligationState
from tests.authorisation.matrix import EVERYONE, Row
from tests.authorisation.world import Side
from tests.makers import AT, make_user

LEADER = frozenset({Role.LEADER})


def owner(side: Side) -> User:
    """The leader of side A owns the rows of A; a stranger those of B."""
    assignment = side.root.assignments.filter(role=Role.LEADER).first()
    return assignment.user if assignment else make_user()


def job(side: Side) -> dict[str, object]:
    return {"pk": Job.objects.create(kind="none", owner=owner(side), created_at=AT).pk}


def notice(side: Side) -> dict[str, object]:
    return {"pk": Notice.objects.create(recipient=owner(side), title="示例", created_at=AT).pk}


def feed(side: Side) -> dict[str, object]:
    made, _is_first = CalendarFeed.objects.update_or_create(
        account=owner(side), defaults={"nonce": "n", "made_at": AT}
    )
    return {"token": SIGNER.sign(f"{made.account_id}-n")}


def duty(side: Side, **fields: object) -> dict[str, object]:
    made = Obligation.objects.create(
        kind="home_notice",
        title="示例",
        unit=side.home_unit,
        role=Role.HOME_UNIT,
        creditor="示例",
        subject_type="placements.placement",
        subject_id=str(side.root.pk),
        path="/",
        due_on=AT.date(),
        period_starts_on=AT.date(),
        period_ends_on=AT.date() + dt.timedelta(days=1),
        manager=side.root,
        **fields,
    )
    return {"pk": made.pk}


def excused(side: Side) -> dict[str, object]:
    return duty(side, state=ObligationState.EXCUSED, excused_reason="示例")


DUTY_READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.HOME_UNIT})
OFFICES = frozenset({Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT})
HOLIDAYS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.ORGANISATION_DEPARTMENT})
ROWS = {
    "jobs:job_list": Row(EVERYONE),
    "jobs:job_detail": Row(LEADER, job),
    "jobs:job_progress": Row(LEADER, job),
    "jobs:job_cancel": Row(LEADER, job, method="post"),
    "notices:office_address": Row(OFFICES),
    "notices:channel_list": Row(frozenset({Role.SYSTEM_ADMINISTRATOR})),
    "notices:notice_list": Row(EVERYONE),
    "notices:notice_detail": Row(LEADER, notice),
    "notices:notices_read": Row(EVERYONE, method="post"),
    "obligations:todo": Row(EVERYONE),
    "obligations:todo_month": Row(EVERYONE),
    "obligations:calendar_feed": Row(EVERYONE),
    "obligations:calendar_feed_make": Row(EVERYONE, method="post"),
    "obligations:calendar_feed_revoke": Row(EVERYONE, method="post"),
    "obligations:calendar_read": Row(EVERYONE, feed, public=True),
    "obligations:holiday_list": Row(HOLIDAYS),
    "obligations:holiday_import": Row(HOLIDAYS),
    "obligations:duty_list": Row(EVERYONE),
    "obligations:late_offices": Row(frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER})),
    "obligations:duty_detail": Row(DUTY_READERS, duty),
    "obligations:duty_owe_again": Row(frozenset({Role.ORGANISATION_DEPARTMENT}), excused, method="post"),
}

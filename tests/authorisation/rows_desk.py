"""Jobs, messages and to-do: every account has its own and nobody else's."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.jobs.models import Job
from secondment.notices.models import Notice
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


ROWS = {
    "jobs:job_list": Row(EVERYONE),
    "jobs:job_detail": Row(LEADER, job),
    "jobs:job_progress": Row(LEADER, job),
    "jobs:job_cancel": Row(LEADER, job, method="post"),
    "notices:notice_list": Row(EVERYONE),
    "notices:notice_detail": Row(LEADER, notice),
    "notices:notices_read": Row(EVERYONE, method="post"),
    "obligations:todo": Row(EVERYONE),
}

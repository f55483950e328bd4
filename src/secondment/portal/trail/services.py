"""Have the entire trail checked, and export it: both are recorded in it."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.ends import keep_end, lost_ends
from secondment.audit.models import AuditHead
from secondment.audit.services import record, record_export
from secondment.audit.verification import verify_trail
from secondment.common.sentences import counted, say
from secondment.jobs.models import Job
from secondment.jobs.registry import JobContext, job_kind
from secondment.jobs.services import start_job
from secondment.notices.services import send_notice
from secondment.portal.links import link
from secondment.portal.trail.queries import CHECKED, may_read_trail, require_trail_reader

KIND = "audit_check"
FAULTS_KEPT = 20


def start_check(*, by: User, at: dt.datetime) -> Job:
    """Queue a check of the entire trail."""
    require_trail_reader(by)
    return start_job(KIND, {}, by=by, at=at, once="trail")


@job_kind(KIND, label=gettext_lazy("校验审计记录"), may=may_read_trail)
def check_trail(context: JobContext) -> dict[str, Any]:
    """Read every event and link once; record what was found."""
    report = verify_trail(at=context.now())
    details = {
        "n_events": report.n_events,
        "n_links": report.n_links,
        "n_faults": len(report.faults),
        "faults": [f"{fault.event_id}: {fault.found}" for fault in report.faults[:FAULTS_KEPT]],
    }
    record(CHECKED, _head(), by=context.job.owner, at=context.now(), details=details)
    if report.faults:
        return {
            "message": counted("发现 %(n)s 处问题，请立即报告。", len(report.faults)),
            "path": link("portal:trail"),
        }
    return {
        "message": counted("共 %(n)s 条记录，完整无误。", report.n_events),
        "path": link("portal:trail"),
    }


def keep_trail_end(directory: Path, *, at: dt.datetime) -> None:
    """Compare the saved ends and notify the audit administrators of losses; then save today's."""
    lost = lost_ends(directory)
    if lost:
        auditors = User.objects.filter(is_active=True, assignments__role=Role.AUDIT_ADMINISTRATOR).distinct()
        send_notice(
            auditors,
            title=say("审计记录与留存的末端不一致"),
            body=say("不一致的留存：%(files)s。数据可能已被替换为较早的备份，请立即报告。", files=list(lost)),
            path=link("portal:trail"),
            at=at,
        )
    keep_end(directory, at=at)


@transaction.atomic
def note_export(n: int, *, by: User, at: dt.datetime) -> None:
    """Who took how much of the trail away."""
    require_trail_reader(by)
    record_export("audit.export", _head(), by=by, at=at, n=n)


def _head() -> AuditHead:
    return AuditHead.objects.filter(pk=1).first() or AuditHead(pk=1)

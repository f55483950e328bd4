"""Start, cancel and run background jobs; find those whose worker has died."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.errors import DomainError, NotAllowedError
from secondment.common.submissions import spend_key
from secondment.jobs.models import Job, JobState, Worker
from secondment.jobs.registry import KINDS, JobCancelledError, JobContext, give_up, may_have_done

logger = logging.getLogger(__name__)
SILENCE_BEFORE_FAILED = dt.timedelta(minutes=5)
FORGOTTEN_AFTER = dt.timedelta(days=1)


@transaction.atomic
def start_job(kind: str, arguments: dict[str, Any], *, by: User, at: dt.datetime) -> Job:
    """Queue work of a registered kind; a worker takes it after the transaction commits. Spends the form."""
    from secondment.jobs.tasks import run_job

    if kind not in KINDS:
        raise KeyError(f"no kind of job is registered as {kind!r}")
    spend_key(at=at)
    job = Job.objects.create(kind=kind, arguments=arguments, owner=by, created_at=at)
    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


def cancel_job(job: Job, *, at: dt.datetime) -> None:
    """Ask a job to stop at its next progress report; a queued one stops at once."""
    Job.objects.filter(pk=job.pk).update(is_cancel_requested=True)
    queued = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    if queued.update(state=JobState.CANCELLED, finished_at=at):
        give_up(job)


def execute_job(job: Job, *, at: dt.datetime) -> None:
    """Do the work of a queued job in this process and write down how it ended."""
    n_taken = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.RUNNING, heartbeat_at=at
    )
    if not n_taken:
        return
    context = JobContext(job)
    try:
        _require_right(job)
        result = KINDS[job.kind].work(context, **job.arguments)
    except JobCancelledError as cancelled:
        kept = str(cancelled) or _("已取消，数据未作任何改动。")
        _finish(job, context, JobState.CANCELLED, message=kept)
    except DomainError as error:
        _finish(job, context, JobState.FAILED, message=str(error))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(
            job,
            context,
            JobState.FAILED,
            message=_("系统内部出错，数据未作任何改动。请重试；若仍失败，请联系系统管理员。"),
        )
    else:
        _finish(job, context, JobState.DONE, message=str(result.get("message", "")), result=result)


def fail_silent_jobs(*, at: dt.datetime) -> int:
    """Mark running jobs without a heartbeat for five minutes as failed; returns how many."""
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=at - SILENCE_BEFORE_FAILED)
    return sum(_fail_dead(job, at=at) for job in silent)


def give_sign(name: str, *, at: dt.datetime) -> None:
    """Note that the worker lives; workers not seen for a day are forgotten."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": at})
    Worker.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()


def _require_right(job: Job) -> None:
    if not may_have_done(job):
        raise NotAllowedError(
            _("发起后，您的账号已停用或不再有办理这项工作的权限，任务没有执行，数据未作任何改动。")
        )


def _fail_dead(job: Job, *, at: dt.datetime) -> int:
    """End a running job whose worker is gone; 1, or 0 when another process did it first."""
    n = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
        state=JobState.FAILED,
        message=_("后台进程中断，没有做完的部分未作改动。请核对后重新发起。"),
        finished_at=at,
    )
    if n:
        give_up(job)
    return n


def _finish(
    job: Job, context: JobContext, state: JobState, *, message: str, result: dict[str, Any] | None = None
) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, message=message, result=result or {}, finished_at=context.now()
    )
    if state != JobState.DONE:
        give_up(job)

"""Start, cancel and run background jobs; find those whose worker has died."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from secondment.accounts.models import User
from secondment.common.errors import DomainError, NotAllowedError
from secondment.common.remembered import forget
from secondment.common.sentences import say
from secondment.common.submissions import spend_key
from secondment.jobs.models import Job, JobState, Worker
from secondment.jobs.registry import (
    KINDS,
    JobCancelledError,
    JobContext,
    give_up,
    may_have_done,
    written_result,
)
from secondment.jobs.signs import beating, is_gone, is_here, worker_name

logger = logging.getLogger(__name__)
# A worker elsewhere is believed dead after this; one whose process is seen to live here, only after much longer.
SILENCE_BEFORE_FAILED = dt.timedelta(minutes=5)
SILENCE_OF_THE_LIVING = dt.timedelta(minutes=30)
FORGOTTEN_AFTER = dt.timedelta(days=1)


class AlreadyQueuedError(DomainError):
    """Someone else's job does the same and has not begun."""


@transaction.atomic
def start_job(kind: str, arguments: dict[str, Any], *, by: User, at: dt.datetime, once: str = "") -> Job:
    """Queue work of a registered kind; a worker takes it after the transaction commits. Spends the form.

    With `once` (what the work is about) the same work waits in the queue only once: requesting it again before
    it begins is given the job that waits.
    """
    from secondment.jobs.tasks import run_job

    if kind not in KINDS:
        raise KeyError(f"no kind of job is registered as {kind!r}")
    spend_key(at=at)
    values = {"kind": kind, "arguments": arguments, "owner": by, "created_at": at}
    if once:
        job, is_new = Job.objects.get_or_create(
            once_key=f"{kind}:{once}"[:100], state=JobState.QUEUED, defaults=values
        )
        if not is_new:
            return _waiting(job, by)
    else:
        job = Job.objects.create(**values)
    queued = run_job.using(priority=KINDS[kind].priority)
    transaction.on_commit(lambda: queued.enqueue(str(job.pk)))
    return job


def cancel_job(job: Job, *, at: dt.datetime) -> None:
    """Ask a job to stop at its next progress report; a queued one stops immediately."""
    Job.objects.filter(pk=job.pk).update(is_cancel_requested=True)
    queued = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    if queued.update(state=JobState.CANCELLED, finished_at=at):
        give_up(job)


def execute_job(job: Job, *, at: dt.datetime) -> None:
    """Do the work of a queued job in this process and write down how it ended."""
    n_taken = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.RUNNING, heartbeat_at=at, worker=worker_name()
    )
    if not n_taken:
        return
    forget()
    context = JobContext(job)
    try:
        _require_right(job)
        with beating(context.beat):
            result = KINDS[job.kind].work(context, **job.arguments)
    except JobCancelledError as cancelled:
        kept = cancelled.args[0] if cancelled.args else say("已取消，数据未作任何改动。")
        _finish(job, context, JobState.CANCELLED, message=kept)
    except DomainError as error:
        _finish(job, context, JobState.FAILED, message=str(error))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(
            job,
            context,
            JobState.FAILED,
            message=say("系统内部出错，数据未作任何改动。请重试；若仍失败，请联系系统管理员。"),
        )
    else:
        _finish(job, context, JobState.DONE, message=result.get("message", ""), result=result)


def fail_silent_jobs(*, at: dt.datetime, starting: str = "") -> int:
    """Mark running jobs whose worker is dead as failed; returns how many.

    On this machine the process itself is looked up; elsewhere five minutes without a heartbeat count as dead. `starting` is
    the name of a worker that has just begun: what runs under it was a predecessor's.
    """
    running = Job.objects.filter(state=JobState.RUNNING)
    return sum(
        _fail_dead(job, at=at) for job in running if job.worker == starting != "" or _is_dead(job, at=at)
    )


def requeue_lost_jobs() -> int:
    """Put jobs back that wait although no entry of the queue waits for them; returns how many.

    A worker that dies between taking the entry and beginning the job leaves one like this. An entry too many
    does no harm, because a job begins once.
    """
    from secondment.jobs.tasks import run_job

    entries = DBTaskResult.objects.filter(task_path=run_job.module_path, status=TaskResultStatus.READY)
    waiting = {args["args"][0] for args in entries.values_list("args_kwargs", flat=True)}
    lost = [job for job in Job.objects.filter(state=JobState.QUEUED) if str(job.pk) not in waiting]
    for job in lost:
        run_job.enqueue(str(job.pk))
    return len(lost)


def give_sign(name: str, *, at: dt.datetime) -> None:
    """Note that the worker lives; workers not seen for a day are forgotten."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": at})
    Worker.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()


def _require_right(job: Job) -> None:
    if not may_have_done(job):
        raise NotAllowedError(
            _("发起后，您的账号已停用或不再有办理该项工作的权限，任务没有执行，数据未作任何改动。")
        )


def _waiting(job: Job, by: User) -> Job:
    if job.owner_id != by.pk:
        raise AlreadyQueuedError(
            _("同样的任务已由%(name)s发起，正在排队，无需重复发起。") % {"name": job.owner.name}
        )
    return job


def _is_dead(job: Job, *, at: dt.datetime) -> bool:
    silence = at - (job.heartbeat_at or job.created_at)
    if is_here(job.worker):
        return is_gone(job.worker) or silence > SILENCE_OF_THE_LIVING
    return silence > SILENCE_BEFORE_FAILED


def _fail_dead(job: Job, *, at: dt.datetime) -> int:
    """End a running job whose worker is gone; 1, or 0 when another process did it first."""
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
    message = say("后台进程中断，未完成的部分未作改动。请核对后重新发起。")
    return _end(running, job, JobState.FAILED, message=message, at=at)


def _finish(
    job: Job, context: JobContext, state: JobState, *, message: str, result: dict[str, Any] | None = None
) -> None:
    rows = Job.objects.filter(pk=job.pk)
    _end(rows, job, state, message=message, result=result, at=context.now())


def _end(
    rows: QuerySet[Job],
    job: Job,
    state: JobState,
    *,
    message: str,
    at: dt.datetime,
    result: dict[str, Any] | None = None,
) -> int:
    """Record how a job ended; one whose work is fully written is done, whatever came after it."""
    if state != JobState.DONE and (written := written_result(job)) is not None:
        state, message, result = JobState.DONE, written.get("message", ""), written
    n = rows.update(state=state, message=message, result=result or {}, finished_at=at)
    if n and state != JobState.DONE:
        give_up(job)
    return n

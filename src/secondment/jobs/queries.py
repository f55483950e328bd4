"""Jobs an account may see, and what to say of one that waits."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.own_paths import own_path
from secondment.jobs.models import Job, JobState, Worker

SILENCE_BEFORE_SAID = dt.timedelta(seconds=30)


def visible_to(user: User) -> QuerySet[Job]:
    """The account's own jobs, newest first."""
    return Job.objects.filter(owner=user)


def unfinished(kind: str, argument: str, value: int) -> QuerySet[Job]:
    """Jobs of a kind about one thing that are queued or running, regardless of who started them."""
    found = Job.objects.filter(kind=kind, state__in=(JobState.QUEUED, JobState.RUNNING))
    return found.filter(**{f"arguments__{argument}": value})


def silence_of_workers(job: Job, *, at: dt.datetime) -> int | None:
    """Seconds a queued job has waited without sight of any worker; None while there is nothing to worry about."""
    if job.state != JobState.QUEUED:
        return None
    seen = Worker.objects.aggregate(last=Max("seen_at"))["last"]
    silence = at - max(filter(None, (seen, job.created_at)))
    return int(silence.total_seconds()) if silence >= SILENCE_BEFORE_SAID else None


def progress_text(job: Job, *, at: dt.datetime) -> str:
    """The state of the job, in one sentence; for one that no worker takes, what to do."""
    silence = silence_of_workers(job, at=at)
    if silence is not None:
        return _(
            "任务在排队，但后台进程已有 %(n)d 秒没有响应。请联系系统管理员在服务器上启动后台进程（secondment worker）；启动后任务自动执行，无需重新发起。"
        ) % {"n": silence}
    sentence = {
        JobState.QUEUED: _("正在排队"),
        JobState.RUNNING: job.doing or _("正在处理"),
        JobState.DONE: job.message or _("已完成"),
    }
    return sentence.get(JobState(job.state), job.message)


def progress_of(job: Job | None, *, url: str, at: dt.datetime, result_url: str = "") -> dict[str, Any]:
    """What the progress bar of a job shows; it asks `url` for itself until the job is finished."""
    return {
        "url": url,
        "text": progress_text(job, at=at) if job else _("正在排队"),
        "percent": 100 if job and job.state == JobState.DONE else job.percent if job else 0,
        "is_done": job is not None and job.is_finished,
        "result_url": result_url or (own_path(job.result.get("path", "")) if job else ""),
    }


def job_with(key: UUID | None) -> Job | None:
    """The job that a row keeps the key of, while it is kept."""
    return Job.objects.filter(pk=key).first() if key else None

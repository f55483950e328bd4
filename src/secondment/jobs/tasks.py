"""The one task the queue knows: run a job by its id; and the daily work of the rooms below."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from secondment.accounts.kept import forget_kept_forms
from secondment.common.submissions import forget_submissions
from secondment.jobs.daily import daily
from secondment.jobs.models import Job
from secondment.jobs.services import execute_job


@task()
def run_job(job_id: str) -> None:
    """Run the job in this worker."""
    execute_job(Job.objects.get(pk=job_id), at=timezone.now())


@daily("common.forget_submissions")
def forget_old_submissions(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Delete keys of forms that will not be sent again."""
    forget_submissions(at=at)


@daily("accounts.forget_kept_forms")
def forget_old_kept_forms(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Forget what was kept of ended sessions and not sent again."""
    forget_kept_forms(at=at)

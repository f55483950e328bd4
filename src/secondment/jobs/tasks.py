"""The one task the queue knows: run a job by its id."""

from django.utils import timezone
from django_tasks import task

from secondment.jobs.models import Job
from secondment.jobs.services import execute_job


@task()
def run_job(job_id: str) -> None:
    """Run the job in this worker."""
    execute_job(Job.objects.get(pk=job_id), at=timezone.now())

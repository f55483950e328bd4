"""Jobs an account may see: its own."""

from django.db.models import QuerySet

from secondment.accounts.models import User
from secondment.jobs.models import Job


def visible_to(user: User) -> QuerySet[Job]:
    """The account's own jobs, newest first."""
    return Job.objects.filter(owner=user)

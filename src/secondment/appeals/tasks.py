"""Background work: results computed again."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.appeals.models import Recomputation
from secondment.appeals.rules import may_recompute
from secondment.appeals.services.recomputing import JOB, execute_recomputation
from secondment.common.sentences import say
from secondment.jobs.registry import JobContext, job_kind


def _row(pk: int) -> Recomputation:
    return Recomputation.objects.select_related(
        "run__standard_version",
        "run__owner_unit",
        "grade__decision__register__owner_unit",
        "grade__table",
        "grade__evaluation__person",
        "grade__evaluation__placement",
        "grade__evaluation__register__owner_unit",
    ).get(pk=pk)


def _may(user: User, *, pk: int) -> bool:
    return may_recompute(user, _row(pk).grade)


@job_kind(JOB, label=gettext_lazy("重新计算测评结果"), may=_may)
def recompute(context: JobContext, *, pk: int) -> dict[str, Any]:
    """Carry out a recomputation."""
    context.progress(0, 1)
    row = execute_recomputation(_row(pk), at=timezone.now())
    return {"path": reverse("appeals:recomputed", args=[row.pk]), "message": say("已重新计算")}

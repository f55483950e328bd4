"""The list of an account's background jobs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import Column, Listing
from secondment.jobs.models import Job, JobState
from secondment.jobs.registry import KINDS

STATUS: dict[str, Status] = {
    JobState.QUEUED: "idle",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "idle",
}


def kind_label(job: Job) -> str:
    """What the job does, in words."""
    return str(KINDS[job.kind].label) if job.kind in KINDS else job.kind


JOBS = Listing(
    key="jobs",
    title=_("后台任务"),
    columns=(
        Column("kind", _("任务"), value=kind_label, phone="title"),
        Column("created_at", _("发起时间"), sort="created_at", is_short=True, phone="line"),
        Column("message", _("结果说明"), phone="line"),
        state_column(STATUS),
    ),
    default_sort="-created_at",
    row_url=lambda job: reverse("jobs:job_detail", args=[job.pk]),
    empty_title=_("暂无后台任务"),
    empty_text=_("导入名册、计算匹配方案等耗时工作在此显示进度。"),
)

"""Background jobs that a user watches: progress, result, cancel, and a heartbeat that shows a dead worker."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.common.sentences import SentenceField


class JobState(models.TextChoices):
    """State of a job."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Worker(models.Model):
    """A process that takes jobs, seen when it last gave a sign of life."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    seen_at = models.DateTimeField(_("最近响应"))

    class Meta:
        ordering = ["-seen_at"]
        verbose_name = verbose_name_plural = _("后台进程")

    def __str__(self) -> str:
        return self.name


class DailyRun(models.Model):
    """A piece of daily work that was done on a day; the mark that keeps other workers from doing it again."""

    name = models.CharField(_("任务类型"), max_length=60)
    day = models.DateField(_("日期"))
    done_at = models.DateTimeField(_("结束时间"))

    class Meta:
        ordering = ["-day", "name"]
        verbose_name = verbose_name_plural = _("每日任务")
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="daily_run_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class Job(models.Model):
    """One run of a registered kind of work for one user."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("任务类型"), max_length=60)
    arguments = models.JSONField(_("参数"), default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("发起人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("已完成数量"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    doing = SentenceField(_("当前步骤"), blank=True)
    message = SentenceField(_("结果说明"), blank=True)
    result = models.JSONField(_("结果"), default=dict)
    is_cancel_requested = models.BooleanField(_("已请求取消"), default=False)
    created_at = models.DateTimeField(_("发起时间"))
    worker = models.CharField(
        _("后台进程"), max_length=100, blank=True
    )  # who took it, as `signs.worker_name`
    once_key = models.CharField(
        max_length=100, blank=True, editable=False
    )  # what waits in the queue once only
    heartbeat_at = models.DateTimeField(_("最近响应"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = _("后台任务")
        constraints = [
            models.UniqueConstraint(
                fields=["once_key"],
                condition=Q(state=JobState.QUEUED) & ~Q(once_key=""),
                name="job_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def percent(self) -> int:
        """Share done in integer per cent, 0 while the total is unknown."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

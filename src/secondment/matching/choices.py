"""Code lists of matching and decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """Where a run stands."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("计算中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


class LockKind(models.TextChoices):
    """What a person has fixed before or after a run."""

    LOCK = "lock", _("锁定")
    FORBID = "forbid", _("排除")


class Reply(models.TextChoices):
    """Answer of a unit that is consulted."""

    PENDING = "pending", _("未答复")
    AGREED = "agreed", _("同意")
    OBJECTED = "objected", _("有异议")


class Party(models.TextChoices):
    """Who is consulted."""

    HOME = "home", _("派出单位")
    HOST = "host", _("接收单位")

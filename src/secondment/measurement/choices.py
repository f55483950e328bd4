"""Code lists of measurement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Model(models.TextChoices):
    """How marks become measures."""

    HIERARCHICAL = "hierarchical", _("分层模型（推荐）")
    FACETS = "facets", _("多面模型")
    NONE = "none", _("只做直接统计")


class RunState(models.TextChoices):
    """How far a computation is."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("计算中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")

"""What every app shares: versioned rows, forms that were acted on, and what this installation is; no domain words."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class HalfOpen(models.Model):
    """A period that ends before `ends_on`: services compare `ends_on`, people read `last_day`."""

    ends_on: Any  # a DateField of the model

    class Meta:
        abstract = True

    @property
    def last_day(self) -> dt.date:
        """The last day that belongs to the period, as documents write terms."""
        day: dt.date = self.ends_on - dt.timedelta(days=1)
        return day


class Versioned(models.Model):
    """A row that two people may edit: a form carries `version` and a service refuses an outdated one."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Submission(models.Model):
    """A form that was acted on, and where its answer led; sent again, it leads there without a second act."""

    fingerprint = models.CharField(_("指纹"), max_length=64, primary_key=True)
    location = models.CharField(_("办理后的页面"), max_length=2000, blank=True)
    at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = verbose_name_plural = _("表单提交")

    def __str__(self) -> str:
        return self.location


class Installation(models.Model):
    """The one row that identifies this database: the keys its data depend on, and whether the demo was loaded into it."""

    key_fingerprints = models.JSONField(default=dict, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("本次安装")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return f"{self.pk}"


class HolidayYear(models.Model):
    """The announced public holidays of a year, as imported; they count instead of what the product ships."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    holidays = models.JSONField(_("放假"))
    workdays = models.JSONField(_("调休上班"))
    papers = models.JSONField(_("放假通知"), default=list)
    imported_by = models.CharField(_("导入人"), max_length=60)
    imported_at = models.DateTimeField(_("导入时间"))

    class Meta:
        ordering = ["year"]
        verbose_name = verbose_name_plural = _("放假安排")

    def __str__(self) -> str:
        return f"{self.year}"

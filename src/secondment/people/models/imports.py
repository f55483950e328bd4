"""Uploads of rosters and forms: what the dry run found, row by row."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.documents.models import StoredFile
from secondment.people.choices import (
    ImportState,
    RowOutcome,
)
from secondment.people.models.persons import Person
from secondment.units.models import Unit


class RosterImport(models.Model):
    """An uploaded roster: first a dry run, then all or nothing."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("导入到单位"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("导入人")
    )
    created_at = models.DateTimeField(_("时间"))
    state = models.CharField(_("状态"), max_length=12, choices=ImportState, default=ImportState.CHECKING)
    n_created = models.PositiveIntegerField(_("新增"), default=0)
    n_changed = models.PositiveIntegerField(_("更新"), default=0)
    n_unchanged = models.PositiveIntegerField(_("无变化"), default=0)
    n_refused = models.PositiveIntegerField(_("有问题"), default=0)
    leaves_out_refused = models.BooleanField(_("仅导入没有问题的人员"), default=False)
    next_path = models.CharField(max_length=200, blank=True)  # a page of this site to go back to
    job_id = models.UUIDField(null=True, blank=True)
    # How the file is read: {"sheet", "columns": header → known header}; what there is to choose (texts sealed).
    layout = models.JSONField(default=dict, blank=True)
    questions = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)  # as `common.file_faults.kept`
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = _("名册导入")

    def __str__(self) -> str:
        return f"{self.file} {self.state}"


class RosterImportRow(models.Model):
    """What the dry run found for one person of the file; `person` once it is known who that is."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="imported_rows")
    position = models.PositiveIntegerField()
    source = models.CharField(
        _("来源"), max_length=200
    )  # a file; with the line in it in rows of older versions
    line = models.PositiveIntegerField(default=0)
    label = models.CharField(_("姓名"), max_length=60, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=RowOutcome)
    changes = models.JSONField(default=list)  # [{"field", "old", "new"}], protected values masked
    problems = models.JSONField(default=list)  # as `common.file_faults.kept`

    class Meta:
        ordering = ["roster_import", "position"]
        verbose_name = verbose_name_plural = _("导入明细")
        indexes = [models.Index(fields=["roster_import", "outcome"], name="import_row_outcome")]

    def __str__(self) -> str:
        return self.source

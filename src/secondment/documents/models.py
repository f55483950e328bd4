"""Stored files and document numbers; knows no other app's models."""

import re
import uuid
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.documents.choices import PaperState
from secondment.units.models import Unit

_ADDED = re.compile(r"[〔〕\[\]()（）【】\d]|号$")


def storage_name(stored: "StoredFile", filename: str) -> str:  # noqa: ARG001 -- the user's name stays text only
    """A random name in a folder of its first two letters; what the user called the file is kept as text."""
    return f"{stored.id.hex[:2]}/{stored.id.hex}"


class StoredFile(models.Model):
    """A file someone uploaded or the system made; who may read it is the business of the row that points here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=100)
    content = models.FileField(_("内容"), upload_to=storage_name)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    created_at = models.DateTimeField(_("时间"))
    # An upload that waits for a decision; its content goes at this time. None: kept, or gone already.
    expires_at = models.DateTimeField(_("到期删除"), null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = _("文件")

    def __str__(self) -> str:
        return self.name


class DocumentNumber(models.Model):
    """The last number given in a series and year, e.g. 京组挂〔2026〕 12."""

    series = models.CharField(_("文号字"), max_length=40)
    year = models.PositiveIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("文号")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="document_series_year_once")]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}号"

    @staticmethod
    def is_series(text: str) -> bool:
        """Whether it is the abbreviation of an office and nothing else: year and number are added here."""
        return bool(text.strip()) and not _ADDED.search(text)


class FileLayout(models.Model):
    """What a unit chose for the unknown columns of files that look alike."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", verbose_name=_("单位"))
    purpose = models.CharField(max_length=40)
    look = models.CharField(max_length=64)  # fingerprint of the names of all columns
    columns = models.JSONField(default=dict)  # header → known header; "" leaves it out
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("选择人")
    )
    chosen_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("文件的列")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "purpose", "look"],
                condition=models.Q(unit__isnull=False),
                name="file_layout_once_a_unit",
            ),
            # An account without a unit remembers for itself.
            models.UniqueConstraint(
                fields=["by", "purpose", "look"],
                condition=models.Q(unit__isnull=True),
                name="file_layout_once_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.look[:8]}"

    @property
    def trail_path(self) -> str:
        """Where the trail files its events; those of an account without a unit belong to no unit."""
        return self.unit.path if self.unit else ""


class Paper(models.Model):
    """A form on paper (盖章件) as it was noted at one time: printed or issued, stamped (a scan), kept in a place.

    Every change is a new row, so nothing that was filed is lost; the last one is current. The object is one of
    the room that registered the form (`documents.papers.kinds`).
    """

    form = models.CharField(_("表"), max_length=20)
    object_id = models.PositiveBigIntegerField()
    subject = models.CharField(_("对象"), max_length=200)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("经办单位"))
    issued_on = models.DateField(_("印制日期"))
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("盖章扫描件")
    )
    place = models.CharField(_("纸质存放处"), max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    at = models.DateTimeField(_("登记时间"))
    is_current = models.BooleanField(default=True)
    trail_path = property(attrgetter("office.path"))

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = verbose_name_plural = _("盖章件")
        constraints = [
            models.UniqueConstraint(
                fields=["form", "object_id"], condition=models.Q(is_current=True), name="paper_one_current"
            ),
        ]
        indexes = [models.Index(fields=["office", "form"], name="paper_office_form")]

    def __str__(self) -> str:
        return f"{self.form} {self.subject}"

    @property
    def state(self) -> PaperState:
        """What it waits for: a place closes it, with a scan or without."""
        if self.place:
            return PaperState.FILED
        return PaperState.STAMPED if self.scan_id else PaperState.WAITING

"""The public part of the recovery key, what was backed up, and what the drills found."""

from cryptography.exceptions import InvalidTag
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.backups.recovery import mark_of
from secondment.common.protection import open_bytes, seal_bytes
from secondment.common.sentences import SentenceField


class RecoveryKey(models.Model):
    """The public part of a recovery key, sealed so that whoever writes into the database cannot put another in its place."""

    mark = models.CharField(_("编号"), max_length=6, unique=True)
    sealed = models.BinaryField(editable=False)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = verbose_name_plural = _("恢复密钥")

    def __str__(self) -> str:
        return self.mark

    @classmethod
    def of(cls, public: bytes) -> "RecoveryKey":
        """The unsaved row of a public key."""
        mark = mark_of(public).hex()
        return cls(mark=mark, sealed=seal_bytes(public, context=f"backups.recoverykey:{mark}"))

    @property
    def public(self) -> bytes:
        """The public key; `InvalidTag` when another was put in its place."""
        return open_bytes(bytes(self.sealed), context=f"backups.recoverykey:{self.mark}")


class Backup(models.Model):
    """One try: a file with what it holds, or the fault that prevented it."""

    at = models.DateTimeField(_("时间"))
    name = models.CharField(_("文件"), max_length=80, blank=True)
    size = models.PositiveBigIntegerField(_("大小"), default=0)
    n_rows = models.PositiveBigIntegerField(_("数据行数"), default=0)
    n_files = models.PositiveIntegerField(_("附件数"), default=0)
    sealed_sha256 = models.BinaryField(default=b"", editable=False)
    fault = SentenceField(_("问题"), blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = verbose_name_plural = _("备份")
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=~Q(name=""), name="backup_file_once")
        ]

    def __str__(self) -> str:
        return self.name

    def remember(self, sha256: str) -> None:
        """Seal the fingerprint of the file as it was written."""
        self.sealed_sha256 = seal_bytes(sha256.encode(), context=self._context)

    def is_as_written(self, sha256: str) -> bool:
        """Whether this is still the fingerprint; one that was put into the database by hand does not open."""
        try:
            return open_bytes(bytes(self.sealed_sha256), context=self._context).decode() == sha256
        except InvalidTag:
            return False

    @property
    def _context(self) -> str:
        return f"backups.backup:{self.name}"


class Drill(models.Model):
    """A restore that the system tried by itself, and what differed."""

    at = models.DateTimeField(_("时间"))
    name = models.CharField(_("文件"), max_length=80)
    n_tables = models.PositiveIntegerField(_("数据表数"), default=0)
    n_rows = models.PositiveBigIntegerField(_("数据行数"), default=0)
    n_files = models.PositiveIntegerField(_("附件数"), default=0)
    fault = SentenceField(_("问题"), blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = verbose_name_plural = _("恢复演练")

    def __str__(self) -> str:
        return self.name

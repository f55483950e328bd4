"""A batch of accounts: one asks, the security administrator confirms all of them by one decision."""

from functools import cached_property
from posixpath import commonpath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.sentences import SentenceField, listed
from secondment.onboarding.choices import BatchState
from secondment.people.models import Person
from secondment.units.models import Unit


class AccountBatch(models.Model):
    """Accounts that are opened together, all with the same roles."""

    roles = models.JSONField(_("角色"), default=list)
    state = models.CharField(_("状态"), max_length=10, choices=BatchState, default=BatchState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("确认人"),
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    # of the one-time passwords made last; an account that was given another one since has another day
    codes_until = models.DateTimeField(_("一次性密码有效期"), null=True, blank=True)
    printed_at = models.DateTimeField(_("打印时间"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = verbose_name_plural = _("批量开设账号")

    def __str__(self) -> str:
        return self.roles_text

    @property
    def roles_text(self) -> str:
        """The roles in words."""
        return listed(Role(role).label for role in self.roles)

    @cached_property
    def all_lines(self) -> "list[AccountLine]":
        """The lines with what rules and pages ask about; read once."""
        rows = self.lines.select_related("unit", "person__unit", "account")
        return list(rows.prefetch_related("account__assignments"))

    @property
    def trail_path(self) -> str:
        """The unit that all its units are under; none where they have nothing in common."""
        shared = commonpath([line.unit.path for line in self.all_lines])
        return f"{shared}/" if shared else ""


class AccountLine(models.Model):
    """One account of a batch. `sealed_code` is its one-time password, kept from the making to the first print."""

    batch = models.ForeignKey(
        AccountBatch, models.CASCADE, related_name="lines", verbose_name=_("批量开设账号")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("干部")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    name = models.CharField(_("姓名"), max_length=60)
    username = models.CharField(_("账号"), max_length=60)
    is_open = models.BooleanField(default=True, editable=False)  # neither made nor refused
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("账号"),
    )
    refusal = SentenceField(_("未开设的原因"), blank=True)
    sealed_code = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["unit__path", "name", "id"]
        verbose_name = verbose_name_plural = _("开设的账号")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_open=True), name="account_line_person_once"
            ),
            models.UniqueConstraint(
                fields=["username"], condition=Q(is_open=True), name="account_line_username_once"
            ),
            models.CheckConstraint(
                condition=Q(sealed_code=None) | Q(account__isnull=False), name="account_line_code_of_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.username}"

    @property
    def code_context(self) -> str:
        """What its sealed one-time password is bound to."""
        return f"onboarding_accountline.sealed_code.{self.pk}"


class Beginning(models.Model):
    """How far the first run has come: one row, from the first start code to the last slip of paper.

    Codes and the browser that holds them are kept as fingerprints; the public key that waits for its confirmation and the
    one-time passwords that wait for their print are sealed.
    """

    code_index = models.CharField(max_length=64, blank=True, editable=False)
    holder_index = models.CharField(max_length=64, blank=True, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    sealed_key = models.BinaryField(null=True, editable=False)
    sealed_slips = models.BinaryField(null=True, editable=False)
    begun_at = models.DateTimeField(_("启用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("首次启用")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_beginning")]

    def __str__(self) -> str:
        return f"{self.pk}"

"""Accounts and what they may reach: a role limited to a unit and everything below it."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Deed, Role
from secondment.units.models import Unit


class UserManager(BaseUserManager["User"]):
    """Creates accounts; there is no superuser."""

    def create_user(self, username: str, *, name: str, password: str | None = None) -> "User":
        """An account with its password hashed; without a password it cannot sign in."""
        user = self.model(username=username.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A named person who signs in. Rights come from role assignments only."""

    username = models.CharField(_("账号"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    one_time_until = models.DateTimeField(_("一次性密码有效期"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("所属单位")
    )
    # Opened, enabled or given a new password: counts as use, so that no account is disabled before it was first used.
    in_use_since = models.DateTimeField(_("启用时间"), null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)  # raised: every session ends

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]
        verbose_name = verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.name

    @property
    def trail_path(self) -> str:
        """Where the trail files its events: its unit, else the first unit it holds a role for."""
        if self.unit is not None:
            return self.unit.path
        first = self.assignments.select_related("unit").first()
        return first.unit.path if first else ""

    @cached_property
    def held(self) -> list[tuple[str, str, str]]:
        """(Role, unit path, unit name) of every assignment; once per user object, so once per request."""
        return list(self.assignments.values_list("role", "unit__path", "unit__name"))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session carries: a new password or a new epoch ends them all at the next request."""
        content = f"{self.password}|{self.session_epoch}"
        return salted_hmac("accounts.session", content, secret=secret, algorithm="sha256").hexdigest()


class RoleAssignment(models.Model):
    """`user` plays `role` for `unit` and everything below it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name=_("管理范围"))

    class Meta:
        ordering = ["user", "role", "unit"]
        verbose_name = verbose_name_plural = _("角色授权")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="role_assignment_once"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=ADMINISTRATOR_ROLES),
                name="one_administrator_role_per_user",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    @property
    def is_for_two(self) -> bool:
        """Whether two administrators take it away together."""
        return self.role in ADMINISTRATOR_ROLES


class AccountRequest(models.Model):
    """One administrator asks; once another confirms, `deed` is done to `account`.

    `sealed_half` is the asker's half of a new one-time password; it is kept from the asking to the confirming only.
    """

    account = models.ForeignKey(User, models.CASCADE, related_name="requests", verbose_name=_("账号"))
    deed = models.CharField(_("办理事项"), max_length=20, choices=Deed)
    reason = models.CharField(_("原因"), max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    sealed_half = models.BinaryField(null=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办结人")
    )
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("已确认"), default=False)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = verbose_name_plural = _("账号申请")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "deed"], condition=Q(closed_at=None), name="account_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(sealed_half=None), name="account_request_keeps_no_half"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.get_deed_display()}"


class SignInTries(models.Model):
    """How often a name was tried from a network in ten minutes; no name: the network; neither: all attempts.

    The name is kept as a fingerprint.
    """

    name_index = models.CharField(max_length=64, blank=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    n = models.PositiveIntegerField(_("次数"), default=0)
    began_at = models.DateTimeField(_("时间"), db_index=True)
    known_until = models.DateTimeField(_("常用地址有效期"), null=True, blank=True)  # signed in from there

    class Meta:
        ordering = ["-began_at"]
        verbose_name = verbose_name_plural = _("登录尝试")
        constraints = [
            models.UniqueConstraint(fields=["name_index", "address"], name="sign_in_tries_once"),
        ]

    def __str__(self) -> str:
        return self.address


class MissedPages(models.Model):
    """How many pages of objects that are gone or belong to others an account asked for in an hour."""

    user = models.ForeignKey(User, models.CASCADE, related_name="missed_pages", verbose_name=_("账号"))
    hour = models.DateTimeField(_("时间"))
    n = models.PositiveIntegerField(_("次数"), default=0)
    page = models.CharField(_("页面"), max_length=200)

    class Meta:
        ordering = ["hour", "user"]
        verbose_name = verbose_name_plural = _("无法访问的页面")
        constraints = [models.UniqueConstraint(fields=["user", "hour"], name="missed_pages_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.n}"


class DisuseWarning(models.Model):
    """The administrators were notified that this account will be disabled because it is not used."""

    user = models.ForeignKey(User, models.CASCADE, related_name="disuse_warnings", verbose_name=_("账号"))
    days_left = models.PositiveSmallIntegerField(_("剩余天数"))
    on = models.DateField(_("日期"))

    class Meta:
        ordering = ["on", "user"]
        verbose_name = verbose_name_plural = _("停用预告")
        constraints = [models.UniqueConstraint(fields=["user", "days_left"], name="disuse_warning_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.days_left}"


class KeptForm(models.Model):
    """A form that came after its session had ended, sealed, until the account sends it again or a day has passed."""

    account = models.ForeignKey(User, models.CASCADE, related_name="kept_forms", verbose_name=_("账号"))
    url = models.CharField(_("页面"), max_length=1000)
    is_fragment = models.BooleanField(default=False, editable=False)  # a part of the page sent it, by script
    sealed = models.BinaryField(editable=False)
    at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = verbose_name_plural = _("保留的表单")

    def __str__(self) -> str:
        return self.url

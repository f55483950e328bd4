"""Forms of accounts: sign-in, a new account, a role, the own password."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.errors import SignInBusyError
from secondment.accounts.models import User
from secondment.units.fields import UnitField
from secondment.units.models import Unit

USERNAME = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{2,59}\Z",
    _("账号用 3 至 60 个小写字母、数字、点、横线或下划线，以字母或数字开头。"),
)


class SignInForm(AuthenticationForm):
    """Account and password; the error does not reveal which of the two was wrong."""

    error_messages = {
        "invalid_login": _("账号或密码不正确。同一账号 10 分钟内最多可试 %(n)d 次。"),
        "inactive": _("账号已停用，请联系本单位系统管理员。"),
        "one_time_expired": _("一次性密码已过期，请联系系统管理员重新设置。"),
    }

    def clean_username(self) -> str:
        """Names are kept in small letters; full-width letters of a Chinese keyboard mean the same."""
        username: str = self.cleaned_data["username"]
        return username.strip().lower()

    def get_invalid_login_error(self) -> forms.ValidationError:
        """The same words whether the account exists or not."""
        params = {"n": settings.SIGN_IN_TRIES_ACCOUNT}
        return forms.ValidationError(self.error_messages["invalid_login"], "invalid_login", params)

    def clean(self) -> dict[str, Any]:
        """Say so when no password could be compared."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except SignInBusyError as error:
            raise forms.ValidationError(str(error), code="busy") from error
        return cleaned

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuse a disabled account and a one-time password that is too old."""
        super().confirm_login_allowed(user)
        if user.one_time_until is not None and user.one_time_until < timezone.now():  # noqa: TID251 -- the form is the boundary here
            raise forms.ValidationError(self.error_messages["one_time_expired"], code="one_time_expired")


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label=_("账号"),
        max_length=60,
        validators=[USERNAME],
        help_text=_("登录时使用，开设后不能更改。3 至 60 个小写字母、数字、点、横线或下划线。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("填写真实姓名，一人一号，不得共用。"))
    unit = UnitField(label=_("所属单位"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].among = units  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        """Small letters only."""
        username: str = self.cleaned_data["username"]
        return username.strip().lower()


class RoleForm(forms.Form):
    """A role and the unit it is for."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *Role.choices])
    unit = UnitField(
        label=_("管理范围"),
        help_text=_(
            "输入名称关键字，从提示中选择；包括该单位及其全部下级单位。组织部门选所主管的整个地区或单位，不是组织部门自身。"
        ),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].among = units  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is asked for."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        help_text=_("写明申请人、申请时间和原因，如“本人 11 月 23 日当面申请，忘记密码”。"),
    )


class HandoverForm(forms.Form):
    """Who takes over, and what becomes of the account."""

    successor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("接任人"),
        empty_label=_("请选择"),
        help_text=_("已担任同样角色、管理同一单位的账号。名单中没有的，请先开设账号、授予角色。"),
    )
    is_over = forms.ChoiceField(
        label=_("移交后的账号"),
        choices=[("", _("保留角色，继续使用")), ("1", _("收回全部角色，不能再办理业务"))],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("如“11 月 23 日起调任某单位，工作由接任人承担”。")
    )

    def __init__(self, *args: Any, successors: QuerySet[User], may_end: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = successors  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.name}（{one.unit}）" if one.unit else one.name  # type: ignore[attr-defined]
        if not may_end:
            del self.fields["is_over"]


class OwnPasswordForm(PasswordChangeForm):
    """The own password; the new one must differ from the old."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("原密码不正确，请重新输入。"),
        "password_mismatch": _("两次输入的新密码不一致。"),
        "unchanged": _("新密码不能与原密码相同。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("原密码")
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password1"].help_text = _(
            "至少 12 位，不能是常见密码，也不能含有账号、姓名（包括拼音）或单位名称。"
        )
        self.fields["new_password2"].label = _("确认新密码")
        self.fields["new_password2"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Refuse the old password again."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new_password1") and cleaned["new_password1"] == cleaned.get("old_password"):
            raise forms.ValidationError(self.error_messages["unchanged"], code="unchanged")
        return cleaned

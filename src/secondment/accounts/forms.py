"""Sign-in form with plain Chinese answers."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Account and password; the answer to a wrong pair does not tell which of the two was wrong."""

    error_messages = {
        "invalid_login": _("账号或密码不正确。连续输错 5 次将锁定 30 分钟。"),
        "inactive": _("账号已停用，请联系本单位系统管理员。"),
    }

"""Roles an account may hold; each assignment is limited to a unit and everything below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """The parties of a secondment and the three separated administrators (三员)."""

    ORGANISATION_DEPARTMENT = "organisation_department", _("组织部门")
    HOME_UNIT = "home_unit", _("派出单位")
    HOST_UNIT = "host_unit", _("接收单位")
    SECONDEE = "secondee", pgettext_lazy("role", "挂职干部")
    INSPECTOR = "inspector", _("督查组")
    LEADER = "leader", _("领导")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", _("安全管理员")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("审计管理员")


class Deed(models.TextChoices):
    """What is done by two administrators to an account that reaches too much for one of them."""

    RESET_PASSWORD = "reset_password", _("重置密码")
    DISABLE = "disable", _("停用账号")
    ENABLE = "enable", _("启用账号")
    REVOKE_ROLE = "revoke_role", _("收回管理员角色")


ADMINISTRATOR_ROLES = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)
BUSINESS_ROLES = tuple(role for role in Role if role not in ADMINISTRATOR_ROLES)

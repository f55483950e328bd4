"""Code lists of findings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role


class Side(models.TextChoices):
    """Who finds it: the two units side by side, and the organisation department."""

    HOST = "host", _("接收单位")
    HOME = "home", _("派出单位")
    DEPARTMENT = "department", _("组织部门")


ROLE_OF = {
    Side.HOST: Role.HOST_UNIT,
    Side.HOME: Role.HOME_UNIT,
    Side.DEPARTMENT: Role.ORGANISATION_DEPARTMENT,
}
UNIT_OF = {Side.HOST: "host_unit", Side.HOME: "home_unit", Side.DEPARTMENT: "owner_unit"}
UNITS = (Side.HOST, Side.HOME)


class Theme(models.TextChoices):
    """What it is about: the five heads of an assessment, or what an appraisal report asks for."""

    VIRTUE = "virtue", _("德")
    ABILITY = "ability", _("能")
    DILIGENCE = "diligence", _("勤")
    RESULTS = "results", _("绩")
    INTEGRITY = "integrity", _("廉")
    STRENGTH = "strength", _("主要优点")
    WEAKNESS = "weakness", _("主要不足")
    USE = "use", _("使用建议")


INNER_THEMES = (Theme.USE,)
"""Never read by whom they are about."""


class Source(models.TextChoices):
    """How it came into the system."""

    ACCOUNT = "account", _("单位账号填写")
    PAPER = "paper", _("组织部门据纸质件登记")


class FindingState(models.TextChoices):
    """Whether it stands; what was corrected or taken back is kept."""

    STANDING = "standing", _("有效")
    REPLACED = "replaced", _("已更正")
    WITHDRAWN = "withdrawn", _("已撤回")


class CitationState(models.TextChoices):
    """How a fact stands beside what was cited of it."""

    SAME = "same", _("未变更")
    CHANGED = "changed", _("引用后已变更")
    GONE = "gone", _("引用后已撤销")

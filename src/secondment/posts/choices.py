"""Code lists of host posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Where a secondment leads (公务员法 2005, art. 66 names them; still used in practice)."""

    DOWN = "down", _("下挂")
    UP = "up", _("上挂")
    ACROSS = "across", _("异地")
    ENTERPRISE = "enterprise", _("企事业")


class OrganKind(models.TextChoices):
    """Organs for which the principal post falls under locality recusal (地域回避)."""

    OTHER = "other", _("其他")
    COUNTY_PARTY_GOVERNMENT = "county_party_government", _("县级党委政府")
    TOWNSHIP_PARTY_GOVERNMENT = "township_party_government", _("乡级党委政府")
    DISCIPLINE = "discipline", _("纪检监察机关")
    ORGANISATION = "organisation", _("组织部门")
    COURT = "court", _("人民法院")
    PROCURATORATE = "procuratorate", _("人民检察院")
    POLICE = "police", _("公安机关")


class SensitiveWork(models.TextChoices):
    """Work that kin of a leader of the same organ may not do (公务员法 art. 74)."""

    ORGANISATION = "organisation", _("组织")
    PERSONNEL = "personnel", _("人事")
    DISCIPLINE = "discipline", _("纪检监察")
    AUDIT = "audit", _("审计")
    FINANCE = "finance", _("财务")


class PostState(models.TextChoices):
    """Where a demand stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已审核")
    WITHDRAWN = "withdrawn", _("已撤回")

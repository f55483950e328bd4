"""Code lists of units and regions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    """Levels of GB/T 2260 regions and their statistical townships."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class UnitKind(models.TextChoices):
    """What sort of organisation a unit is."""

    ORGANISATION_DEPARTMENT = "organisation_department", _("组织部门")
    PARTY_ORGAN = "party_organ", _("党委机关")
    GOVERNMENT_ORGAN = "government_organ", _("政府机关")
    PEOPLES_ORGANISATION = "peoples_organisation", _("群团组织")
    PUBLIC_INSTITUTION = "public_institution", _("事业单位")
    STATE_ENTERPRISE = "state_enterprise", _("国有企业")
    UNIVERSITY = "university", _("高等院校")
    REGION = "region", _("地区")
    TOWNSHIP = "township", _("乡镇街道")
    VILLAGE = "village", _("村社区")


class UnitLevel(models.TextChoices):
    """Administrative level of a unit, highest first."""

    NATIONAL = "national", _("中央级")
    PROVINCIAL = "provincial", _("省级")
    PREFECTURAL = "prefectural", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")

"""Code lists of standards of assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RaterGroup(models.TextChoices):
    """Who judges. The organisation group signs its marks; all others vote with codes that nobody can assign to a person."""

    LEADERS = "leaders", _("领导")
    COLLEAGUES = "colleagues", _("同事")
    MASSES = "masses", _("群众（服务对象）")
    HOME = "home", _("派出单位")
    ORGANISATION = "organisation", _("考核组")


ANONYMOUS_GROUPS = (RaterGroup.LEADERS, RaterGroup.COLLEAGUES, RaterGroup.MASSES, RaterGroup.HOME)


class Part(models.TextChoices):
    """The five parts of every assessment (公务员法 article 35)."""

    VIRTUE = "virtue", _("德")
    ABILITY = "ability", _("能")
    DILIGENCE = "diligence", _("勤")
    ACHIEVEMENT = "achievement", _("绩")
    INTEGRITY = "integrity", _("廉")


class IndicatorKind(models.TextChoices):
    """How an indicator comes to its value."""

    RATED = "rated", _("评议")
    QUANTITATIVE = "quantitative", _("量化")
    GATE = "gate", _("定性门槛")
    VETO = "veto", _("一票否决")


class VersionState(models.TextChoices):
    """How far a version of a standard is."""

    DRAFT = "draft", _("起草中")
    SUBMITTED = "submitted", _("待签批")
    SIGNED = "signed", _("已签批")
    RETIRED = "retired", _("已停用")

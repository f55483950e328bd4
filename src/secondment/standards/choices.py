"""Code lists of standards of assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secondment.common.listed import listed
from secondment.files.codes.standards import EFFECTS, KINDS, PARTS


class RaterGroup(models.TextChoices):
    """Who judges. The organisation group signs its marks; all others vote with codes that nobody can assign to a person."""

    # several people; the role of that name is one
    LEADERS = "leaders", pgettext_lazy("raters", "领导")
    COLLEAGUES = "colleagues", _("同事")
    MASSES = "masses", _("群众（服务对象）")
    HOME = "home", _("派出单位")
    ORGANISATION = "organisation", _("考核组")


ANONYMOUS_GROUPS = (RaterGroup.LEADERS, RaterGroup.COLLEAGUES, RaterGroup.MASSES, RaterGroup.HOME)


class Part(models.TextChoices):
    """The five parts of every assessment (公务员法 article 35)."""

    VIRTUE = listed(PARTS, "virtue")
    ABILITY = listed(PARTS, "ability")
    DILIGENCE = listed(PARTS, "diligence")
    ACHIEVEMENT = listed(PARTS, "achievement")
    INTEGRITY = listed(PARTS, "integrity")


class IndicatorKind(models.TextChoices):
    """How an indicator comes to its value."""

    RATED = listed(KINDS, "rated")
    QUANTITATIVE = listed(KINDS, "quantitative")
    GATE = listed(KINDS, "gate")
    VETO = listed(KINDS, "veto")


class Effect(models.TextChoices):
    """What a failed gate or a veto means for the grade; a person decides on it."""

    NO_GRADE = listed(EFFECTS, "no_grade")
    NOT_EXCELLENT = listed(EFFECTS, "not_excellent")
    LOWEST = listed(EFFECTS, "lowest")


class VersionState(models.TextChoices):
    """How far a version of a standard is."""

    DRAFT = "draft", _("起草中")
    SUBMITTED = "submitted", _("待签批")
    SIGNED = "signed", _("已签批")
    RETIRED = "retired", _("已停用")


IN_HAND = (VersionState.DRAFT, VersionState.SUBMITTED)
EVER_SIGNED = (VersionState.SIGNED, VersionState.RETIRED)
RATED_OR_COUNTED = (IndicatorKind.RATED, IndicatorKind.QUANTITATIVE)

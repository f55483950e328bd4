"""Code lists of host posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed, listed_choices, listed_number
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.posts import (
    DIRECTIONS,
    HARDSHIP,
    LOWEST_EDUCATION,
    ORGAN_KINDS,
    SENSITIVE_WORK,
)
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.columns.post import LEADING


class Direction(models.TextChoices):
    """Where a secondment leads (公务员法 2005, art. 66 names them; still used in practice)."""

    DOWN = listed(DIRECTIONS, "down")
    UP = listed(DIRECTIONS, "up")
    ACROSS = listed(DIRECTIONS, "across")
    ENTERPRISE = listed(DIRECTIONS, "enterprise")


class OrganKind(models.TextChoices):
    """Organs for which the principal post falls under locality recusal (地域回避)."""

    OTHER = listed(ORGAN_KINDS, "other")
    COUNTY_PARTY_GOVERNMENT = listed(ORGAN_KINDS, "county_party_government")
    TOWNSHIP_PARTY_GOVERNMENT = listed(ORGAN_KINDS, "township_party_government")
    DISCIPLINE = listed(ORGAN_KINDS, "discipline")
    ORGANISATION = listed(ORGAN_KINDS, "organisation")
    COURT = listed(ORGAN_KINDS, "court")
    PROCURATORATE = listed(ORGAN_KINDS, "procuratorate")
    POLICE = listed(ORGAN_KINDS, "police")


class PostState(models.TextChoices):
    """State of a demand."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已审核")
    WITHDRAWN = "withdrawn", _("已撤回")


SensitiveWork = listed_choices("SensitiveWork", SENSITIVE_WORK)
"""Work that kin of a leader of the same organ may not do (公务员法 art. 74)."""
Ability = listed_choices("Ability", ABILITIES)
Specialty = listed_choices("Specialty", SPECIALTIES)
LowestEducation = listed_choices("LowestEducation", LOWEST_EDUCATION)
LowestTitle = listed_choices("LowestTitle", RANKS, ("411", "412", "420", "430"))
"""Levels of professional titles (GB/T 12407)."""
PostRank = listed_choices("PostRank", RANKS, LEADING)
"""Leading ranks a host post may have (GB/T 12407)."""


class Hardship(models.IntegerChoices):
    """How hard conditions at the place are."""

    NONE = listed_number(HARDSHIP, 0)
    SOME = listed_number(HARDSHIP, 1)
    HARD = listed_number(HARDSHIP, 2)
    HARDEST = listed_number(HARDSHIP, 3)

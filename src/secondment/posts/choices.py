"""Code lists of host posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed, listed_number
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


class SensitiveWork(models.TextChoices):
    """Work that kin of a leader of the same organ may not do (公务员法 art. 74)."""

    ORGANISATION = listed(SENSITIVE_WORK, "organisation")
    PERSONNEL = listed(SENSITIVE_WORK, "personnel")
    DISCIPLINE = listed(SENSITIVE_WORK, "discipline")
    AUDIT = listed(SENSITIVE_WORK, "audit")
    FINANCE = listed(SENSITIVE_WORK, "finance")


class PostState(models.TextChoices):
    """Where a demand stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已审核")
    WITHDRAWN = "withdrawn", _("已撤回")


class Ability(models.TextChoices):
    """The five abilities a secondment trains; the same codes as in the growth record."""

    PARTY_BUILDING = listed(ABILITIES, "party_building")
    DEVELOPMENT = listed(ABILITIES, "development")
    INTERESTS = listed(ABILITIES, "interests")
    MASS_WORK = listed(ABILITIES, "mass_work")
    HARMONY_SAFETY = listed(ABILITIES, "harmony_safety")


class Specialty(models.TextChoices):
    """The specialty tags of `secondment.files.codes.specialties`, in words that can be translated."""

    PARTY_AFFAIRS = listed(SPECIALTIES, "party_affairs")
    ECONOMY_FINANCE = listed(SPECIALTIES, "economy_finance")
    ACCOUNTING_AUDIT = listed(SPECIALTIES, "accounting_audit")
    PLANNING_CONSTRUCTION = listed(SPECIALTIES, "planning_construction")
    AGRICULTURE = listed(SPECIALTIES, "agriculture")
    INDUSTRY_TECHNOLOGY = listed(SPECIALTIES, "industry_technology")
    INFORMATION_TECHNOLOGY = listed(SPECIALTIES, "information_technology")
    ENVIRONMENT = listed(SPECIALTIES, "environment")
    EDUCATION = listed(SPECIALTIES, "education")
    HEALTH = listed(SPECIALTIES, "health")
    CULTURE_TOURISM = listed(SPECIALTIES, "culture_tourism")
    POLITICS_LAW = listed(SPECIALTIES, "politics_law")
    EMERGENCY = listed(SPECIALTIES, "emergency")
    COMMERCE_FOREIGN = listed(SPECIALTIES, "commerce_foreign")
    OTHER = listed(SPECIALTIES, "other")


class LowestEducation(models.TextChoices):
    """What a post may ask for (GB/T 4658 groups)."""

    DOCTOR = listed(LOWEST_EDUCATION, "11")
    POSTGRADUATE = listed(LOWEST_EDUCATION, "10")
    UNDERGRADUATE = listed(LOWEST_EDUCATION, "20")
    COLLEGE = listed(LOWEST_EDUCATION, "30")


class LowestTitle(models.TextChoices):
    """Levels of professional titles (GB/T 12407)."""

    SENIOR = listed(RANKS, "411")
    ASSOCIATE_SENIOR = listed(RANKS, "412")
    INTERMEDIATE = listed(RANKS, "420")
    JUNIOR = listed(RANKS, "430")


class PostRank(models.TextChoices):
    """Leading ranks a host post may have (GB/T 12407)."""

    MINISTRY_DEPUTY = listed(RANKS, "112")
    BUREAU_HEAD = listed(RANKS, "121")
    BUREAU_DEPUTY = listed(RANKS, "122")
    COUNTY_HEAD = listed(RANKS, "131")
    COUNTY_DEPUTY = listed(RANKS, "132")
    TOWNSHIP_HEAD = listed(RANKS, "141")
    TOWNSHIP_DEPUTY = listed(RANKS, "142")
    STAFF = listed(RANKS, "150")


class Hardship(models.IntegerChoices):
    """How hard conditions at the place are."""

    NONE = listed_number(HARDSHIP, 0)
    SOME = listed_number(HARDSHIP, 1)
    HARD = listed_number(HARDSHIP, 2)
    HARDEST = listed_number(HARDSHIP, 3)

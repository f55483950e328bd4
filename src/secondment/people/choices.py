"""Code lists of persons that are ours; national code lists live in `secondment.files.codes`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed, listed_choices
from secondment.files.codes.abilities import ABILITIES, ABILITY_SOURCES
from secondment.files.codes.grades import GRADES
from secondment.files.codes.persons import CATEGORIES, WILLINGNESS
from secondment.files.codes.placements import PURPOSES
from secondment.files.codes.sex import SEX


class Sex(models.TextChoices):
    """GB/T 2261.1, the two values an appointment form holds."""

    MALE = listed(SEX, "1")
    FEMALE = listed(SEX, "2")


class Category(models.TextChoices):
    """Staff category: decides template and grade words."""

    PARTY_GOVERNMENT = listed(CATEGORIES, "party_government")
    SPECIALIST = listed(CATEGORIES, "specialist")
    ENTERPRISE = listed(CATEGORIES, "enterprise")


class Occupation(models.TextChoices):
    """Occupations that some programmes leave out."""

    OTHER = "other", _("其他")
    SCHOOL_TEACHER = "school_teacher", _("中小学教师")
    HOSPITAL_STAFF = "hospital_staff", _("县级医院医务人员")


class Grade(models.TextChoices):
    """Grades of the annual assessment; the words differ by staff category."""

    EXCELLENT = listed(GRADES, "excellent")
    COMPETENT = listed(GRADES, "competent")
    BASICALLY_COMPETENT = listed(GRADES, "basically_competent")
    INCOMPETENT = listed(GRADES, "incompetent")
    NONE = listed(GRADES, "none")


class PenaltyKind(models.TextChoices):
    """政务处分 with a period of 6, 12, 18 or 24 months (公职人员政务处分法)."""

    WARNING = "warning", _("警告")
    DEMERIT = "demerit", _("记过")
    MAJOR_DEMERIT = "major_demerit", _("记大过")
    DEMOTION = "demotion", _("降级")
    REMOVAL = "removal", _("撤职")


PENALTY_MONTHS = {
    PenaltyKind.WARNING: 6,
    PenaltyKind.DEMERIT: 12,
    PenaltyKind.MAJOR_DEMERIT: 18,
    PenaltyKind.DEMOTION: 24,
    PenaltyKind.REMOVAL: 24,
}


class Kinship(models.TextChoices):
    """Kinship classes of 公务员回避规定."""

    SPOUSE = "spouse", _("夫妻")
    LINEAL = "lineal", _("直系血亲")
    COLLATERAL = "collateral", _("三代以内旁系血亲")
    IN_LAW = "in_law", _("近姻亲")
    ADOPTIVE_OR_STEP = "adoptive_or_step", _("收养、继亲关系")
    OTHER = "other", _("其他关系")
    UNRECOGNISED = "unrecognised", _("未能识别")


Ability = listed_choices("Ability", ABILITIES)


class AbilitySource(models.TextChoices):
    """Where an ability value comes from; of one day, the first of these is believed."""

    ASSESSMENT = listed(ABILITY_SOURCES, "assessment")
    ORGANISATION = listed(ABILITY_SOURCES, "organisation")
    SELF = listed(ABILITY_SOURCES, "self")


TrainingPurpose = listed_choices("TrainingPurpose", PURPOSES)


class Willingness(models.TextChoices):
    """Whether the person has said they would go."""

    UNKNOWN = listed(WILLINGNESS, "unknown")
    WILLING = listed(WILLINGNESS, "willing")
    OBEDIENT = listed(WILLINGNESS, "obedient")
    UNWILLING = listed(WILLINGNESS, "unwilling")


class PersonState(models.TextChoices):
    """Whether the person can be sent at all."""

    ACTIVE = "active", _("在职")
    RETIRED = "retired", _("退休")
    LEFT = "left", _("调离")
    DIED = "died", _("已故")
    MERGED = "merged", _("已并入同一人")  # set by a merge alone


# What a clerk may choose.
CHOSEN_STATES = [choice for choice in PersonState.choices if choice[0] != PersonState.MERGED]


class Likeness(models.TextChoices):
    """Why two persons may be one."""

    NUMBER = "number", _("身份证号相同")
    NAME = "name", _("姓名、性别、出生年月相同")


class PairState(models.TextChoices):
    """What was decided about two persons who may be one."""

    OPEN = "open", _("待核实")
    DIFFERENT = "different", _("不是同一人")
    MERGED = "merged", _("已合并")


class ImportState(models.TextChoices):
    """State of a roster import."""

    CHECKING = "checking", _("核对中")
    ASKING = "asking", _("待选择列")
    CHECKED = "checked", _("待确认")
    IMPORTING = "importing", _("导入中")
    IMPORTED = "imported", _("已导入")
    FAILED = "failed", _("未导入")


class RowOutcome(models.TextChoices):
    """What an import would do to one person of the file."""

    CREATED = "created", _("新增")
    CHANGED = "changed", _("更新")
    UNCHANGED = "unchanged", _("无变化")
    REFUSED = "refused", _("有问题")

"""A person as the appointment form (干部任免审批表) holds them, plus what planning a secondment needs."""

import uuid
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import HalfOpen, Versioned
from secondment.common.protection import open_sealed
from secondment.documents.models import StoredFile
from secondment.people.choices import (
    Ability,
    AbilitySource,
    Category,
    Grade,
    Kinship,
    Occupation,
    PenaltyKind,
    PersonState,
    Sex,
    TrainingPurpose,
    Willingness,
)
from secondment.units.models import Region, Unit


class Person(Versioned):
    """An official (干部). Secondee is a role in a placement, not a kind of person.

    Identity number and health notes are sealed; `key` is part of their context, so a sealed value
    moved to another row does not open.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name=_("所在单位"))
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("账号"),
    )
    # From this day on every change of the record is kept; of the days before only dated facts are known.
    recorded_on = models.DateField(_("入库日期"), editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=PersonState, default=PersonState.ACTIVE)

    name = models.CharField(_("姓名"), max_length=40)
    name_key = models.CharField(max_length=80, editable=False, db_index=True)  # pinyin, for sorting
    name_initials = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    # both unknown of somebody who came in by a list of people in post, until the home unit fills them in
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    identity_sealed = models.BinaryField(null=True, editable=False)
    # Not unique: a user who may not see the other person must not learn that the number is known.
    identity_index = models.CharField(max_length=64, null=True, db_index=True, editable=False)  # noqa: DJ001 -- null: none known
    identity_masked = models.CharField(_("身份证号"), max_length=18, blank=True, editable=False)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    # in no list and no file; every look is on record
    emergency_name = models.CharField(_("紧急联系人"), max_length=40, blank=True)
    emergency_relation = models.CharField(_("与本人关系"), max_length=20, blank=True)
    emergency_phone = models.CharField(_("紧急联系人电话"), max_length=30, blank=True)
    ethnicity = models.CharField(_("民族"), max_length=2, blank=True, default="01")  # GB/T 3304
    native_place = models.CharField(_("籍贯"), max_length=60, blank=True)
    birth_place = models.CharField(_("出生地"), max_length=60, blank=True)
    native_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("籍贯区划")
    )
    growth_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("成长地区划")
    )
    political_status = models.CharField(_("政治面貌"), max_length=2, blank=True, default="13")  # GB/T 4762
    joined_party_on = models.DateField(_("入党时间"), null=True, blank=True)
    party_text = models.CharField(_("入党时间（表内文字）"), max_length=60, blank=True)
    started_work_on = models.DateField(_("参加工作时间"), null=True, blank=True)
    health = models.CharField(_("健康状况"), max_length=20, blank=True, default="健康")
    health_notes_sealed = models.BinaryField(null=True, editable=False)

    category = models.CharField(
        _("人员类别"), max_length=20, choices=Category, default=Category.PARTY_GOVERNMENT
    )
    occupation = models.CharField(
        _("职业限制类别"), max_length=20, choices=Occupation, default=Occupation.OTHER
    )
    post_title = models.CharField(_("现任职务"), max_length=200, blank=True)
    rank = models.CharField(_("职务层次"), max_length=3, blank=True, db_index=True)  # GB/T 12407
    grade_rank = models.CharField(_("职级"), max_length=20, blank=True)  # 一级巡视员 … 二级科员
    rank_since = models.DateField(_("任现职务层次时间"), null=True, blank=True)
    professional_title = models.CharField(_("专业技术职务"), max_length=60, blank=True)
    title_level = models.CharField(_("职称级别"), max_length=3, blank=True)  # GB/T 12407 group 4
    specialty_text = models.CharField(_("熟悉专业有何专长"), max_length=200, blank=True)
    languages = models.CharField(_("语言"), max_length=100, blank=True)

    full_time_education = models.CharField(_("全日制学历"), max_length=40, blank=True)
    full_time_degree = models.CharField(_("全日制学位"), max_length=40, blank=True)
    full_time_school = models.CharField(_("全日制毕业院校系及专业"), max_length=200, blank=True)
    full_time_degree_school = models.CharField(_("全日制学位院校系及专业"), max_length=200, blank=True)
    on_job_education = models.CharField(_("在职学历"), max_length=40, blank=True)
    on_job_degree = models.CharField(_("在职学位"), max_length=40, blank=True)
    on_job_school = models.CharField(_("在职毕业院校系及专业"), max_length=200, blank=True)
    on_job_degree_school = models.CharField(_("在职学位院校系及专业"), max_length=200, blank=True)
    education_code = models.CharField(_("最高学历"), max_length=2, blank=True, db_index=True)  # GB/T 4658
    degree_level = models.CharField(_("最高学位"), max_length=1, blank=True)  # GB/T 6864 first digit

    grassroots_years = models.DecimalField(_("基层工作年限"), max_digits=4, decimal_places=1, default=0)
    is_reserve = models.BooleanField(_("优秀年轻干部"), default=False)
    is_under_investigation = models.BooleanField(_("正被立案审查调查"), default=False)
    willingness = models.CharField(
        _("个人意愿"), max_length=10, choices=Willingness, default=Willingness.UNKNOWN
    )
    constraints_text = models.CharField(_("困难及需关照事项"), max_length=200, blank=True)
    training_purpose = models.CharField(_("培养目的"), max_length=12, choices=TrainingPurpose, blank=True)

    rewards_text = models.TextField(_("奖惩情况"), blank=True)
    annual_text = models.TextField(_("年度考核结果（表内文字）"), blank=True)
    proposed_post = models.CharField(_("拟任职务"), max_length=200, blank=True)
    removed_post = models.CharField(_("拟免职务"), max_length=200, blank=True)
    appointment_reason = models.CharField(_("任免理由"), max_length=200, blank=True)
    reporting_unit = models.CharField(_("呈报单位"), max_length=120, blank=True)
    age_on = models.CharField(_("计算年龄时间"), max_length=8, blank=True)
    filled_on = models.CharField(_("填表时间"), max_length=8, blank=True)
    filled_by = models.CharField(_("填表人"), max_length=40, blank=True)
    form_version = models.CharField(_("任免表版本"), max_length=20, blank=True)
    form_extras = models.JSONField(_("任免表其他项"), default=list, blank=True)
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("照片")
    )

    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["name_key", "id"]
        verbose_name = verbose_name_plural = _("干部")
        indexes = [
            # Count and order of the list are found in it alone.
            models.Index(fields=["unit", "name_key", "state"], name="person_unit_name_state"),
            models.Index(fields=["born_on"], name="person_born"),
        ]
        constraints = [
            # of two records that become one, either gives the contact whole
            models.CheckConstraint(
                condition=Q(emergency_name="", emergency_relation="", emergency_phone="")
                | ~(Q(emergency_name="") | Q(emergency_relation="") | Q(emergency_phone="")),
                name="person_emergency_contact_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def identity_number(self) -> str:
        """The identity number in clear: every caller must record the look in the audit trail."""
        if self.identity_sealed is None:
            return ""
        return open_sealed(self.identity_sealed, context=f"person.identity.{self.key}")

    @property
    def health_notes(self) -> str:
        """Health notes in clear: every caller must record the look in the audit trail."""
        if self.health_notes_sealed is None:
            return ""
        return open_sealed(self.health_notes_sealed, context=f"person.health.{self.key}")


class Specialty(models.Model):
    """One specialty tag of a person (several per person)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="specialties", verbose_name=_("干部"))
    tag = models.CharField(_("专业领域"), max_length=30)  # secondment.files.codes: specialty tags

    class Meta:
        ordering = ["person", "tag"]
        verbose_name = verbose_name_plural = _("专业领域")
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="specialty_once")]

    def __str__(self) -> str:
        return self.tag


class CareerEntry(models.Model):
    """One line of the career (简历): months are stored as first days; `ends_on` empty means until now."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="career", verbose_name=_("干部"))
    position = models.PositiveIntegerField(_("次序"))
    starts_on = models.DateField(_("起"), null=True, blank=True)
    ends_on = models.DateField(_("止"), null=True, blank=True)
    text = models.TextField(_("经历"))
    is_nested = models.BooleanField(_("其间"), default=False)
    is_grassroots = models.BooleanField(_("基层经历"), default=False)
    # What follows from words and months, set by `career_facts` whenever lines are written; blank: the line does not say.
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("所写单位")
    )
    rank = models.CharField(_("所写职务层次"), max_length=3, blank=True, editable=False)
    is_study = models.BooleanField(_("学习经历"), default=False, editable=False)
    # Of months that two lines share, the earlier one has them.
    grassroots_from = models.DateField(_("基层经历起算"), null=True, editable=False)

    class Meta:
        ordering = ["person", "position"]
        verbose_name = verbose_name_plural = _("简历")
        constraints = [models.UniqueConstraint(fields=["person", "position"], name="career_position_once")]

    def __str__(self) -> str:
        return self.text


class AnnualGrade(models.Model):
    """The grade of one annual assessment."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="annual_grades", verbose_name=_("干部"))
    year = models.PositiveIntegerField(_("年度"))
    grade = models.CharField(_("等次"), max_length=20, choices=Grade)

    class Meta:
        ordering = ["person", "-year"]
        verbose_name = verbose_name_plural = _("年度考核")
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="annual_grade_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_grade_display()}"


class Penalty(HalfOpen):
    """A penalty with its half-open period of effect."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="penalties", verbose_name=_("干部"))
    kind = models.CharField(_("处分种类"), max_length=20, choices=PenaltyKind)
    starts_on = models.DateField(_("影响期起"))
    ends_on = models.DateField(_("影响期止"))
    document = models.CharField(_("处分文号"), max_length=80, blank=True)

    class Meta:
        ordering = ["person", "-starts_on"]
        verbose_name = verbose_name_plural = _("处分")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="penalty_forwards")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"


class FamilyMember(models.Model):
    """A family member or important relation; kept for recusal and the appointment form only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="family", verbose_name=_("干部"))
    position = models.PositiveIntegerField(_("次序"))
    title = models.CharField(_("称谓"), max_length=40)
    kinship = models.CharField(_("亲属类别"), max_length=20, choices=Kinship, default=Kinship.OTHER)
    name = models.CharField(_("姓名"), max_length=40)
    born_text = models.CharField(_("出生年月"), max_length=20, blank=True)
    political_status = models.CharField(_("政治面貌"), max_length=20, blank=True)
    work_text = models.CharField(_("工作单位及职务"), max_length=400, blank=True)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("工作单位（系统内）")
    )
    is_leading = models.BooleanField(_("担任领导职务"), default=False)
    relative = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("系统内人员")
    )

    class Meta:
        ordering = ["person", "position"]
        verbose_name = verbose_name_plural = _("家庭成员")
        constraints = [models.UniqueConstraint(fields=["person", "position"], name="family_position_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.name}"


class FamilyFirm(models.Model):
    """A firm run by the spouse, a child or a child's spouse, with the industry that matters for recusal."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="firms", verbose_name=_("干部"))
    runner = models.CharField(_("经办亲属"), max_length=60)
    name = models.CharField(_("企业名称"), max_length=120)
    industry = models.CharField(_("行业"), max_length=30)  # secondment.files.codes: specialty tags
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在地")
    )

    class Meta:
        ordering = ["person", "name"]
        verbose_name = verbose_name_plural = _("亲属经商办企业")

    def __str__(self) -> str:
        return self.name


class AbilityValue(models.Model):
    """One of the five abilities, 0–100, with its source and day; values are added, never overwritten."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="abilities", verbose_name=_("干部"))
    ability = models.CharField(_("能力"), max_length=20, choices=Ability)
    value = models.PositiveSmallIntegerField(_("评分"))
    source = models.CharField(_("来源"), max_length=20, choices=AbilitySource)
    as_of = models.DateField(_("评价日期"))

    class Meta:
        ordering = ["person", "ability", "-as_of"]
        verbose_name = verbose_name_plural = _("能力评价")
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=100), name="ability_at_most_100"),
            models.UniqueConstraint(fields=["person", "ability", "source", "as_of"], name="ability_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ability} {self.value}"

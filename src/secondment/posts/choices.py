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


class Ability(models.TextChoices):
    """The five abilities a secondment trains; the same codes as in the growth record."""

    PARTY_BUILDING = "party_building", _("抓党建、带队伍")
    DEVELOPMENT = "development", _("推动经济社会发展")
    INTERESTS = "interests", _("协调重大利益关系")
    MASS_WORK = "mass_work", _("做群众工作")
    HARMONY_SAFETY = "harmony_safety", _("维护和谐安全稳定")


class Specialty(models.TextChoices):
    """The specialty tags of `secondment.tables.codes.specialties`, in words that can be translated."""

    PARTY_AFFAIRS = "party_affairs", _("党务组织")
    ECONOMY_FINANCE = "economy_finance", _("经济金融")
    ACCOUNTING_AUDIT = "accounting_audit", _("财会审计")
    PLANNING_CONSTRUCTION = "planning_construction", _("规划建设交通")
    AGRICULTURE = "agriculture", _("农林水")
    INDUSTRY_TECHNOLOGY = "industry_technology", _("工业科技")
    INFORMATION_TECHNOLOGY = "information_technology", _("信息化")
    ENVIRONMENT = "environment", _("生态环保")
    EDUCATION = "education", _("教育")
    HEALTH = "health", _("卫生")
    CULTURE_TOURISM = "culture_tourism", _("文旅宣传")
    POLITICS_LAW = "politics_law", _("政法")
    EMERGENCY = "emergency", _("应急")
    COMMERCE_FOREIGN = "commerce_foreign", _("商贸外事")
    OTHER = "other", _("其他")


class LowestEducation(models.TextChoices):
    """What a post may ask for (GB/T 4658 groups)."""

    DOCTOR = "11", _("博士研究生")
    POSTGRADUATE = "10", _("研究生")
    UNDERGRADUATE = "20", _("大学本科")
    COLLEGE = "30", _("大学专科")


class LowestTitle(models.TextChoices):
    """Levels of professional titles (GB/T 12407)."""

    SENIOR = "411", _("正高级")
    ASSOCIATE_SENIOR = "412", _("副高级")
    INTERMEDIATE = "420", _("中级")
    JUNIOR = "430", _("初级")


class PostRank(models.TextChoices):
    """Leading ranks a host post may have (GB/T 12407)."""

    MINISTRY_DEPUTY = "112", _("省部级副职")
    BUREAU_HEAD = "121", _("厅局级正职")
    BUREAU_DEPUTY = "122", _("厅局级副职")
    COUNTY_HEAD = "131", _("县处级正职")
    COUNTY_DEPUTY = "132", _("县处级副职")
    TOWNSHIP_HEAD = "141", _("乡科级正职")
    TOWNSHIP_DEPUTY = "142", _("乡科级副职")
    STAFF = "150", _("科员级")


class Hardship(models.IntegerChoices):
    """How hard conditions at the place are."""

    NONE = 0, _("一般")
    SOME = 1, _("较艰苦")
    HARD = 2, _("艰苦")
    HARDEST = 3, _("特别艰苦")

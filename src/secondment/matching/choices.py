"""Code lists of matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """State of a run."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("计算中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


class LockKind(models.TextChoices):
    """What a person has fixed before or after a run."""

    LOCK = "lock", _("锁定")
    FORBID = "forbid", _("排除")


class InterventionKind(models.TextChoices):
    """What a person did to a proposal by hand."""

    ASSIGN = "assign", _("安排")
    SWAP = "swap", _("对调")
    UNASSIGN = "unassign", _("调出")
    REARRANGE = "rearrange", _("安排并调整其余人选")
    FORBID = "forbid", _("排除")
    LOCK = "lock", _("锁定")
    CLEAR = "clear", _("解除锁定或排除")
    UNDO = "undo", _("撤销")


class PairQuestion(models.TextChoices):
    """What is asked about a person and a post."""

    WITH = "with", _("安排到此岗位")
    WITHOUT = "without", _("不安排在此岗位")


class UnplacedKind(models.TextChoices):
    """Why a person has no post."""

    RULES = "rules", _("资格审查未通过")
    NO_POST = "no_post", _("没有可安排的岗位")
    IMPOSSIBLE = "impossible", _("岗位均已锁定")
    CAP = "cap", _("派出上限已满")
    OUTSCORED = "outscored", _("有更合适的安排")
    FULL = "full", _("本单位派出人数已满")
    SIDE_RULES = "side_rules", _("附加规则下未安排")
    LESS_PREFERRED = "less_preferred", _("岗位有更优先的人选")
    MANUAL = "manual", _("人工调出")


class Principle(models.TextChoices):
    """What a proposal was made for."""

    BEST_TOTAL = "best_total", _("总匹配度最高")
    STABLE_PEOPLE = "stable_people", _("稳定，人选优先")
    STABLE_POSTS = "stable_posts", _("稳定，岗位优先")
    LARGEST_STABLE = "largest_stable", _("稳定，安排人数最多")


class GroupedBy(models.TextChoices):
    """By what people are compared in a proposal."""

    ALL = "all", _("全体")
    SEX = "sex", _("性别")
    AGE = "age", _("年龄")
    LEVEL = "level", _("派出单位层级")
    UNIT = "unit", _("派出单位")


class PersonChange(models.TextChoices):
    """What becomes of a person from one plan to another."""

    MOVED = "moved", _("换岗")
    IN = "in", _("进入")
    OUT = "out", _("退出")


class TieKind(models.TextChoices):
    """What decided a pair where other plans of the same total score have another."""

    NEAR = "near", _("并列，与上一方案保持一致")
    DRAWN = "drawn", _("并列，按固定次序确定")


class ChangeCause(models.TextChoices):
    """Which inputs of a run differ from those of the plan before it."""

    PEOPLE_IN = "people_in", _("新增人选")
    PEOPLE_OUT = "people_out", _("退出人选")
    POSTS_IN = "posts_in", _("新增岗位")
    POSTS_OUT = "posts_out", _("撤销岗位")
    PLACES = "places", _("岗位人数或优先级调整")
    LOCKS = "locks", _("锁定与排除变动")
    CAPS = "caps", _("派出上限调整")
    SIDE_RULES = "side_rules", _("附加规则变动")
    WEIGHTS = "weights", _("权重调整")
    SCORING = "scoring", _("计分办法变动（无法评定的按中性值计）")
    ELIGIBILITY = "eligibility", _("资格审查结果变动")
    PEOPLE_FACTS = "people_facts", _("人选资料或志愿变动")
    POSTS_FACTS = "posts_facts", _("岗位资料或接收意向变动")
    BY_HAND = "by_hand", _("上一方案有人工调整")


class SideRuleKind(models.TextChoices):
    """What a campaign requires of an entire plan."""

    WHOLE_TEAM = "whole_team", _("整组派出")
    TEAM_SKILL = "team_skill", _("组内专业")
    COUPLE_TOGETHER = "couple_together", _("夫妻同派")
    COUPLE_COUNTY = "couple_county", _("夫妻同县")
    COUPLE_VILLAGE = "couple_village", _("夫妻不同时驻村")
    REGION_COUNT = "region_count", _("地区人数")
    REGION_SHARE = "region_share", _("地区比例")
    BALANCE = "balance", _("地区均衡")
    PYRAMID = "pyramid", _("层次结构")
    GROUP_CAP = "group_cap", _("派出人数上限")
    FILLED = "filled", _("岗位配齐")
    OVERLAP = "overlap", _("压茬交接")


class Attribute(models.TextChoices):
    """By what people are counted in a region; a specialty is named in addition."""

    SPECIALTY = "specialty", _("有所列专业")
    PARTY_MEMBER = "party_member", _("中共党员")
    WOMAN = "woman", _("女干部")
    MINORITY = "minority", _("少数民族干部")
    YOUNG = "young", _("挂职开始时 35 周岁及以下")
    RESERVE = "reserve", _("优秀年轻干部")


class Measure(models.TextChoices):
    """What is compared between regions, besides people with an attribute."""

    EVERYBODY = "everybody", _("人选人数")
    GRASSROOTS_YEARS = "grassroots_years", _("基层工作年限合计")


class PeopleGroup(models.TextChoices):
    """Those who send people together."""

    UNIT = "unit", _("派出单位")
    PARENT = "parent", _("派出单位的上级单位")
    CITY = "city", _("市（州）")


class RegionSize(models.TextChoices):
    """Which regions are compared."""

    COUNTY = "county", _("县（市、区）")
    CITY = "city", _("市（州）")

"""The programmes every installation begins with; each is the catalogue's defaults with what its documents change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from secondment.campaigns.choices import AllowanceKind, AllowanceUnit, LeaveChain, Payer
from secondment.campaigns.eligibility_rules.rule import OWN_RULES, Value
from secondment.campaigns.parameters import (
    FEN,
    AllowanceRule,
    LeaveLevel,
    ProgrammeParameters,
    RuleParameters,
    default_rules,
)

NOTICE_2015 = "《关于做好选派机关优秀干部到村任第一书记工作的通知》（2015年）"
OPINION_2021 = "《关于向重点乡村持续选派驻村第一书记和工作队的意见》（2021年）"
GRADUATES_BASIS = "选调生工作有关规定：到村（社区）工作2年，期间不得借调"


@dataclass(frozen=True)
class RuleOverride:
    """What a preset sets differently in one rule; what is None stays as in the catalogue."""

    mode: str | None = None
    basis: str | None = None
    is_confirmed: bool | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Preset:
    """A programme to begin with."""

    code: str
    name: str
    summary: str
    parameters: ProgrammeParameters


def rules_with(changes: Mapping[str, RuleOverride]) -> dict[str, RuleParameters]:
    """The catalogue's rules with `changes` applied."""
    rules = default_rules()
    for code, change in changes.items():
        rule = rules[code]
        rules[code] = RuleParameters(
            mode=rule.mode if change.mode is None else change.mode,
            basis=rule.basis if change.basis is None else change.basis,
            is_confirmed=rule.is_confirmed if change.is_confirmed is None else change.is_confirmed,
            values={**rule.values, **change.values},
        )
    return rules


def term(shortest: int, longest: int, basis: str, *, is_confirmed: bool = True) -> RuleOverride:
    """H6 with the months of a programme."""
    return RuleOverride(None, basis, is_confirmed, {"shortest_months": shortest, "longest_months": longest})


def ages(bureau: int, county: int, township: int, basis: str = OWN_RULES) -> RuleOverride:
    """H9a with the ages of a programme; proposed until its owner confirms them."""
    values: dict[str, Value] = {
        "oldest_bureau": bureau,
        "oldest_county": county,
        "oldest_township": township,
    }
    return RuleOverride(None, basis, False, values)


ORDINARY = ProgrammeParameters(rules=rules_with({"H6": term(6, 24, OWN_RULES, is_confirmed=False)}))

FIRST_SECRETARY = ProgrammeParameters(
    term_months=24,
    rules=rules_with(
        {
            "H3b": RuleOverride("warn"),
            "H6": term(24, 36, OPINION_2021, is_confirmed=False),
            "H8": RuleOverride("warn"),
            "H9a": ages(45, 45, 45),
            "H11a": RuleOverride("block", OPINION_2021, False),
            "H11b": RuleOverride("block", NOTICE_2015),
            "H11c": RuleOverride("warn"),
            "H13": RuleOverride("warn", NOTICE_2015),
            "H15": RuleOverride(None, NOTICE_2015, None, {"assessing_party": "home"}),
            "H21": RuleOverride("warn"),
        }
    ),
    leave_levels=(
        LeaveLevel(5, gettext_noop("乡镇党委书记"), LeaveChain.HOST.value),
        LeaveLevel(None, gettext_noop("乡镇党委书记和县（区）委组织部"), LeaveChain.HOST_LOCAL.value),
    ),
    presence_days_year=200,
    work_fund_yuan=10_000,
    allowances=(
        AllowanceRule(
            AllowanceKind.LIVING.value,
            AllowanceUnit.DAY.value,
            100 * FEN,
            Payer.HOME.value,
            f"{NOTICE_2015}：派出单位给予生活补助，可参照差旅费伙食补助费标准",
            is_confirmed=False,
        ),
        AllowanceRule(
            AllowanceKind.TRANSPORT.value,
            AllowanceUnit.TRIP.value,
            80 * FEN,
            Payer.HOME.value,
            "驻村帮扶经费管理的做法：往返派出单位和驻村点，每月次数设上限",
            limit=4,
            is_confirmed=False,
        ),
        AllowanceRule(
            AllowanceKind.TOWNSHIP.value,
            AllowanceUnit.MONTH.value,
            300 * FEN,
            Payer.HOME.value,
            "乡镇机关事业单位工作人员实行乡镇工作补贴的规定，标准由各地确定",
            limit=10,
            is_confirmed=False,
        ),
    ),
    open_to_counties=(
        "leave_levels",
        "allowances",
        "presence_days_month",
        "cycles.contact_days",
        "cycles.visit_months",
    ),
)

AID = ProgrammeParameters(
    term_months=36,
    rules=rules_with(
        {
            "H6": term(
                12, 36, "援藏援疆援青干部选派通知：党政干部3年，专业技术干部1至1年半", is_confirmed=False
            ),
            "H9a": ages(50, 45, 40, "援派干部选派通知"),
        }
    ),
    directions=("across",),
)

DOCTORS = ProgrammeParameters(
    term_months=12,
    directions=("down", "across"),
    rules=rules_with(
        {
            "H6": term(12, 12, "博士服务团选派通知：期限1年", is_confirmed=False),
            "H9a": ages(40, 40, 40),
            "H9b": RuleOverride("block", OWN_RULES, False, {"least_education": "11"}),
            "H11b": RuleOverride("block", OWN_RULES, False, {"least_work_years": 1}),
        }
    ),
)

UPWARD = ProgrammeParameters(
    term_months=12,
    directions=("up",),
    rules=rules_with(
        {
            "H6": term(6, 12, OWN_RULES, is_confirmed=False),
            "H9a": ages(45, 40, 35),
        }
    ),
)

ACROSS = ProgrammeParameters(
    term_months=12,
    directions=("across",),
    rules=rules_with({"H6": term(6, 24, OWN_RULES, is_confirmed=False)}),
)

ENTERPRISE = ProgrammeParameters(
    term_months=12,
    directions=("enterprise",),
    rules=rules_with({"H6": term(6, 24, OWN_RULES, is_confirmed=False)}),
)

CAMPUS = ProgrammeParameters(
    term_months=12,
    directions=("down", "up", "across"),
    public_notification_workdays=3,
    rules=rules_with(
        {
            "H6": term(6, 12, OWN_RULES, is_confirmed=False),
            "H7": RuleOverride("off"),
            "H9a": ages(45, 45, 35),
            "R3": RuleOverride("block"),
        }
    ),
    leave_levels=(
        LeaveLevel(3, gettext_noop("接收部门"), LeaveChain.HOST.value),
        LeaveLevel(None, gettext_noop("接收部门和党委组织部"), LeaveChain.HOST_OWNER.value),
    ),
)

GRADUATES = ProgrammeParameters(
    term_months=24,
    mentors=1,
    no_borrow_months=24,
    rules=rules_with(
        {
            "H6": term(24, 24, GRADUATES_BASIS, is_confirmed=False),
            "H10": RuleOverride("off", GRADUATES_BASIS, False),
            "H16": RuleOverride(None, "《公务员考核规定》第二十五条：试用期内只写评语，不确定等次"),
        }
    ),
)

URGENT = ProgrammeParameters(
    term_months=6,
    directions=("down", "across"),
    report_within_days=3,
    duties_within_days=7,
    steps_after_days=15,
    minutes_days=3,
    rules=rules_with(
        {
            "H6": term(1, 12, "《公务员法》第七十二条；抗震救灾选派干部的做法（2008年）", is_confirmed=False),
        }
    ),
)

PRESETS = (
    Preset(
        "first_secretary",
        "驻村第一书记",
        "向重点乡村选派驻村第一书记和工作队，期满轮换、压茬交接",
        FIRST_SECRETARY,
    ),
    Preset("aid", "援派", "援藏、援疆、援青和对口支援", AID),
    Preset("doctors", "博士服务团", "选派博士到西部和基层服务一年", DOCTORS),
    Preset("down", "普通下挂", "上级机关干部到下级机关挂职锻炼", ORDINARY),
    Preset("up", "上挂", "基层干部到上级机关挂职锻炼，须有经批准的计划", UPWARD),
    Preset("across", "异地挂职", "到其他地区的机关挂职锻炼", ACROSS),
    Preset("enterprise", "企事业挂职", "机关与国有企业、事业单位之间挂职锻炼", ENTERPRISE),
    Preset(
        "graduates", "选调生（应届毕业生）到基层", "应届毕业生到村（社区）工作两年，期间不得借调", GRADUATES
    ),
    Preset(
        "urgent",
        "应急选派",
        "抢险救灾等急难险重任务第一时间选派；征求意见、谈话、公示在决定后补办",
        URGENT,
    ),
    Preset("campus", "校内挂职", "高校机关与院系之间挂职锻炼", CAMPUS),
)

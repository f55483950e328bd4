"""The parameters of a programme: everything that differs from programme to programme is data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.algorithms.eligibility import Mode, RuleSetting
from secondment.campaigns.choices import LeaveChain
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES, RULES
from secondment.campaigns.eligibility_rules.rule import Rule, Text, Value
from secondment.posts.choices import Direction

WEIGHT_LABELS: Mapping[str, Promise] = {
    "specialty": _("专业匹配"),
    "needed_abilities": _("岗位所需能力"),
    "growth": _("补足短板"),
    "rank": _("职级相当"),
    "experience": _("经历相关"),
    "person_preference": _("本人志愿"),
    "host_preference": _("接收单位意向"),
    "distance": _("就近照顾"),
    "continuity": _("接续稳定"),
}
DEFAULT_WEIGHTS = {
    "specialty": 25,
    "needed_abilities": 15,
    "growth": 15,
    "rank": 10,
    "experience": 10,
    "person_preference": 10,
    "host_preference": 5,
    "distance": 5,
    "continuity": 5,
}


def number(default: int, low: int, high: int, label: Text, unit: Text = "") -> Any:
    """A dataclass field for a whole number within bounds, with the words its form shows."""
    return field(default=default, metadata={"low": low, "high": high, "label": label, "unit": unit})


@dataclass(frozen=True)
class Cycles:
    """How often each party does what; every date the product asks for comes from here."""

    presence_day: int = number(5, 1, 28, _("每月在岗情况确认（只报例外），不晚于"), _("日"))
    host_report_months: int = number(3, 1, 12, _("接收单位情况报告，每"), _("个月"))
    home_notice_months: int = number(3, 1, 12, _("派出单位告知单，每"), _("个月"))
    report_day: int = number(10, 1, 28, _("情况报告和告知单，期满后次月不晚于"), _("日"))
    logistics_months: int = number(12, 1, 24, _("告知单写明后勤保障，至少每"), _("个月"))
    support_days: int = number(30, 1, 180, _("需支持事项办理，提出后"), _("天内"))
    urgent_hours: int = number(24, 1, 72, _("重要情况签收，报告后"), _("小时内"))
    contact_days: int = number(90, 7, 365, _("派出单位联系本人，间隔不超过"), _("天"))
    visit_months: int = number(6, 1, 24, _("派出单位走访，每"), _("个月"))
    arrival_talk_days: int = number(15, 1, 60, _("到岗谈话，报到后"), _("天内"))
    talk_months: int = number(6, 1, 24, _("谈心谈话，每"), _("个月"))
    midterm_days: int = number(30, 1, 180, _("中期谈话，任期过半后"), _("天内"))
    inspections_per_year: int = number(1, 0, 12, _("督查，每人每年至少"), _("次"))
    first_reminder_days: int = number(60, 1, 365, _("期满首次提醒，提前"), _("天"))
    second_reminder_days: int = number(30, 1, 365, _("期满再次提醒，提前"), _("天"))
    appraisal_days: int = number(30, 1, 180, _("期满鉴定，期满后"), _("天内"))
    escalation_days: int = number(10, 1, 90, _("逾期未办转主办组织部门，逾期满"), _("天"))
    suggestion_days: int = number(15, 1, 60, _("意见建议答复，收到后"), _("个工作日内"))
    insurance_days: int = number(30, 1, 180, _("人身意外伤害保险到期提醒，提前"), _("天"))
    check_months: int = number(12, 1, 36, _("健康体检，间隔不超过"), _("个月"))


@dataclass(frozen=True)
class Burden:
    """How much writing may be asked of a secondee in a year."""

    items: int = number(2, 1, 24, _("本人每年书面材料不超过"), _("份"))
    characters: int = number(500, 50, 3000, _("每份不超过"), _("字"))


@dataclass(frozen=True)
class LeaveLevel:
    """Who grants leave of at most `up_to_days` working days (None: any length): in the programme's words, and which offices.

    Versions of earlier days name no `chain`; it is then read out of the words.
    """

    up_to_days: int | None
    approver: str
    chain: str = ""

    @property
    def offices(self) -> LeaveChain:
        """The offices that decide, one after the other."""
        if self.chain:
            return LeaveChain(self.chain)
        if "组织部" not in self.approver:
            return LeaveChain.HOST
        if "县" in self.approver:
            return LeaveChain.HOST_LOCAL
        return LeaveChain.HOST_OWNER


FEN = 100  # in a yuan


@dataclass(frozen=True)
class AllowanceRule:
    """What is paid from a month on (`since`, such as 2026-03; "": always), by whom and on what basis; nothing by `amount_fen` 0.

    `limit` (0: none) bounds a month: so many days or trips at most; of a monthly amount, so many days away that it lapses.
    """

    kind: str
    unit: str
    amount_fen: int
    payer: str
    basis: str
    limit: int = 0
    since: str = ""
    is_confirmed: bool = True


@dataclass(frozen=True)
class RuleParameters:
    """One rule as a programme sets it; `is_confirmed` False is shown as 待确认."""

    mode: str
    basis: str
    is_confirmed: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)


def default_rule(definition: Rule) -> RuleParameters:
    """A rule as the catalogue has it."""
    values: dict[str, Value] = {
        one.name: list(one.default) if isinstance(one.default, tuple) else one.default
        for one in definition.parameters
    }
    return RuleParameters(definition.mode, definition.basis, definition.is_confirmed, values)


def default_rules() -> dict[str, RuleParameters]:
    """Every rule as the catalogue has it."""
    return {definition.code: default_rule(definition) for definition in RULES}


OPENABLE = (
    "leave_levels",
    "allowances",
    "presence_days_month",
    "presence_days_year",
    "cycles.presence_day",
    "cycles.contact_days",
    "cycles.visit_months",
    "cycles.arrival_talk_days",
    "cycles.talk_months",
)
"""What a programme may leave to the organisation departments of counties, for their own units."""
OPEN_BY_DEFAULT = ("leave_levels",)
NEVER_LEFT_OUT = ("H1", "H2", "H3", "H4", "H5", "H10")
"""Rules of eligibility that no programme with steps after the decision switches off."""


@dataclass(frozen=True)
class ProgrammeParameters:
    """Everything that differs from programme to programme."""

    directions: tuple[str, ...] = (Direction.DOWN.value,)
    term_months: int = number(24, 1, 60, _("一般期限"), _("个月"))
    most_preferences: int = number(5, 1, 20, _("每人最多填报志愿"), _("个"))
    public_notification_workdays: int = number(5, 0, 30, _("公示（0 为不公示）"), _("个工作日"))
    talks_before_decision: int = number(1, 0, 1, _("决定前任前谈话（0 为不要求）"), _("次"))
    report_within_days: int = number(15, 1, 90, _("报到期限，通知后"), _("天内"))
    duties_within_days: int = number(15, 1, 90, _("明确分工，报到后"), _("天内"))
    arrival_receipt_days: int = number(7, 1, 60, _("报到回执，报到期限后"), _("天内"))
    mentors: int = number(0, 0, 1, _("到岗时须明确带教导师（0 为不要求）"), _("名"))
    ability_raters: int = number(3, 3, 15, _("推荐时能力评议，评议人不少于"), _("名"))
    no_borrow_months: int = number(0, 0, 60, _("挂职开始后不得另派、借调（0 为不限）"), _("个月内"))
    steps_after_days: int = number(
        0, 0, 60, _("应急选派：征求意见、谈话、公示在决定后补办（0 为不得补办）"), _("天内")
    )
    minutes_days: int = number(0, 0, 3, _("应急选派：会议纪要，决定后（0 为不另行登记）"), _("天内"))
    presence_days_month: int = number(0, 0, 31, _("每月在岗不少于（0 为不规定）"), _("个工作日"))
    presence_days_year: int = number(0, 0, 366, _("每年在岗不少于（0 为不规定）"), _("个工作日"))
    work_fund_yuan: int = number(0, 0, 1_000_000, _("驻点工作经费，每年（0 为不规定）"), _("元"))
    rules: Mapping[str, RuleParameters] = field(default_factory=default_rules)
    cycles: Cycles = field(default_factory=Cycles)
    burden: Burden = field(default_factory=Burden)
    leave_levels: tuple[LeaveLevel, ...] = (
        LeaveLevel(3, gettext_noop("接收单位"), LeaveChain.HOST.value),
        LeaveLevel(7, gettext_noop("接收单位和县（区）组织部门"), LeaveChain.HOST_LOCAL.value),
        LeaveLevel(None, gettext_noop("上级组织部门"), LeaveChain.HOST_OWNER.value),
    )
    allowances: tuple[AllowanceRule, ...] = ()
    open_to_counties: tuple[str, ...] = OPEN_BY_DEFAULT
    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    # of rooms above, see `thresholds`: code → name → figure; what is missing has its usual value
    signs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def eligibility_rules(self) -> list[RuleSetting]:
        """The rules of the eligibility check as the programme sets them."""
        return [
            RuleSetting(rule.code, Mode(self.rules[rule.code].mode), rule.check, self.rules[rule.code].values)
            for rule in ELIGIBILITY_RULES
            if rule.check
        ]

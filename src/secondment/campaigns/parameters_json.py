"""The JSON form of a programme's parameters, with every fault named so that a clerk can correct it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from secondment.campaigns.choices import AllowanceKind, AllowanceUnit, LeaveChain, Payer, RuleMode
from secondment.campaigns.eligibility_rules import RULE_BY_CODE
from secondment.campaigns.eligibility_rules.rule import Choice, Figure, Rule, Value
from secondment.campaigns.parameters import (
    DEFAULT_WEIGHTS,
    NEVER_LEFT_OUT,
    OPENABLE,
    WEIGHT_LABELS,
    AllowanceRule,
    Burden,
    Cycles,
    LeaveLevel,
    ProgrammeParameters,
    RuleParameters,
    default_rule,
    default_rules,
)
from secondment.campaigns.thresholds import THRESHOLDS, Thresholds
from secondment.posts.choices import Direction

Section = TypeVar("Section", Cycles, Burden)
MOST_FEN = 10_000_00
MOST_A_MONTH = 31
MONTH = re.compile(r"(\d{4}-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class FieldProblem:
    """One fault in a set of parameters: which field, what was found, what to do."""

    field: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.field}：{self.found}，{self.remedy}"


class ParametersError(ValueError):
    """A set of parameters cannot be used; `problems` lists every fault."""

    def __init__(self, problems: list[FieldProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def to_json(parameters: ProgrammeParameters) -> dict[str, Any]:
    """Plain data for a JSON column; tuples become lists."""
    plain: dict[str, Any] = asdict(parameters)
    plain["directions"] = list(parameters.directions)
    plain["open_to_counties"] = list(parameters.open_to_counties)
    plain["leave_levels"] = [asdict(level) for level in parameters.leave_levels]
    plain["allowances"] = [asdict(one) for one in parameters.allowances]
    return plain


def from_json(data: Mapping[str, Any]) -> ProgrammeParameters:
    """Read plain data; what is missing takes its default, what is wrong or unknown raises `ParametersError`."""
    reader = _Reader()
    parameters = reader.parameters(data)
    if reader.problems:
        raise ParametersError(reader.problems)
    return parameters


class _Reader:
    """Reads plain data and collects every fault with the path of its field."""

    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []

    def parameters(self, data: Mapping[str, Any]) -> ProgrammeParameters:
        self._known("", data, {one.name for one in fields(ProgrammeParameters)})
        given: dict[str, Any] = self._numbers("", data, ProgrammeParameters)
        readers: dict[str, Callable[[Any], Any]] = {
            "directions": self._directions,
            "rules": self._rules,
            "cycles": lambda value: self._section("cycles", value, Cycles),
            "burden": lambda value: self._section("burden", value, Burden),
            "leave_levels": self._leave_levels,
            "allowances": self._allowances,
            "open_to_counties": self._open_to_counties,
            "weights": self._weights,
            "signs": self._signs,
        }
        given |= {name: read(data[name]) for name, read in readers.items() if name in data}
        parameters = ProgrammeParameters(**given)
        self._urgent(parameters)
        self._bands(parameters.rules["H26"].values)
        return parameters

    def _bands(self, values: Mapping[str, Any]) -> None:
        """Each band begins below the one above it."""
        for upper, lower in pairwise(("excellent_from", "competent_from", "basic_from")):
            if values[lower] >= values[upper]:
                found = _("不低于上一段的起点 %(points)d 分") % {"points": values[upper]}
                self._fault(f"rules.H26.values.{lower}", found, _("请由高到低填写"))

    def _urgent(self, parameters: ProgrammeParameters) -> None:
        """What may follow a decision; eligibility and the minutes of the decision may not be left out."""
        if not parameters.steps_after_days:
            return
        if not parameters.minutes_days:
            self._fault("minutes_days", _("应急选派须有会议纪要"), _("请填 1 到 3 天"))
        for code in NEVER_LEFT_OUT:
            if parameters.rules[code].mode == RuleMode.OFF:
                self._fault(f"rules.{code}.mode", _("应急选派不得停用资格规则"), _("请选否决或提示"))

    def _fault(self, path: str, found: str, remedy: str) -> None:
        self.problems.append(FieldProblem(path, found, remedy))

    def _known(self, path: str, data: Mapping[str, Any], names: set[str]) -> None:
        for name in sorted(set(data) - names):
            self._fault(f"{path}{name}", _("该参数不存在"), _("请删除或改正名称"))

    def _numbers(self, path: str, data: Mapping[str, Any], kind: type[Any]) -> dict[str, int]:
        bounds = {one.name: one.metadata for one in fields(kind) if "low" in one.metadata}
        return {
            name: self._number(f"{path}{name}", data[name], limits["low"], limits["high"])
            for name, limits in bounds.items()
            if name in data
        }

    def _number(self, path: str, value: Any, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            remedy = _("请填 %(low)d 到 %(high)d 的整数") % {"low": low, "high": high}
            self._fault(path, _("现为“%(value)s”") % {"value": value}, remedy)
            return low
        return value

    def _section(self, path: str, data: Any, kind: type[Section]) -> Section:
        if not isinstance(data, Mapping):
            self._fault(path, _("不是一组参数"), _("请恢复默认值"))
            return kind()
        self._known(f"{path}.", data, {one.name for one in fields(kind)})
        return kind(**self._numbers(f"{path}.", data, kind))

    def _directions(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or set(value) - set(Direction.values):
            self._fault("directions", _("挂职方向有误"), _("请从下挂、上挂、异地、企事业中至少选一项"))
            return ()
        return tuple(value)

    def _rules(self, data: Any) -> dict[str, RuleParameters]:
        rules = default_rules()
        if not isinstance(data, Mapping):
            self._fault("rules", _("不是一组规则"), _("请恢复默认值"))
            return rules
        self._known("rules.", data, set(RULE_BY_CODE))
        for code, given in data.items():
            if code in rules:
                rules[code] = self._rule(RULE_BY_CODE[code], given)
        return rules

    def _rule(self, definition: Rule, given: Any) -> RuleParameters:
        path, default = f"rules.{definition.code}.", default_rule(definition)
        if not isinstance(given, Mapping):
            self._fault(path[:-1], _("不是一条规则"), _("请恢复默认值"))
            return default
        self._known(path, given, {one.name for one in fields(RuleParameters)})
        mode = given.get("mode", default.mode)
        if mode not in RuleMode.values or (definition.is_fixed and mode != definition.mode):
            self._fault(
                f"{path}mode",
                _("不能设为“%(mode)s”") % {"mode": mode},
                _("请从否决、提示、停用中选择；系统内置规则不能更改"),
            )
        values = given.get("values", {})
        self._known(f"{path}values.", values, {one.name for one in definition.parameters})
        read = {
            one.name: self._value(path, one, values.get(one.name, default.values[one.name]))
            for one in definition.parameters
        }
        return RuleParameters(
            mode,
            self._text(f"{path}basis", given.get("basis", default.basis)),
            bool(given.get("is_confirmed", default.is_confirmed)),
            read,
        )

    def _value(self, path: str, parameter: Figure | Choice, value: Any) -> Value:
        place = f"{path}values.{parameter.name}"
        if isinstance(parameter, Figure):
            return self._number(place, value, parameter.low, parameter.high)
        allowed = {code for code, label in parameter.options}
        chosen = value if parameter.is_many else [value]
        if not isinstance(chosen, list) or not chosen or set(map(str, chosen)) - allowed:
            self._fault(place, _("现为“%(value)s”") % {"value": value}, _("请从所列选项中选择"))
        result: Value = value
        return result

    def _text(self, path: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > 200:
            self._fault(path, _("依据空缺或过长"), _("请写明法律条款或文件名称，不超过200字"))
            return ""
        return value.strip()

    def _leave_levels(self, value: Any) -> tuple[LeaveLevel, ...]:
        try:
            levels = tuple(
                LeaveLevel(one["up_to_days"], one["approver"], one.get("chain", "")) for one in value
            )
        except (TypeError, KeyError, AttributeError):
            levels = ()
        days = [level.up_to_days for level in levels]
        counted = [one for one in days[:-1] if isinstance(one, int)]
        is_sound = (
            bool(levels)
            and days[-1] is None
            and len(counted) == len(days) - 1
            and counted == sorted(set(counted))
            and all(one > 0 for one in counted)
            and all(isinstance(level.approver, str) and level.approver for level in levels)
            and {level.chain for level in levels} <= {"", *LeaveChain.values}
        )
        if not is_sound:
            self._fault(
                "leave_levels",
                _("请假审批层级有误"),
                _("天数须由小到大，最后一级不限天数，每级写明审批人"),
            )
        return levels

    def _signs(self, value: Any) -> dict[str, dict[str, int]]:
        if not isinstance(value, Mapping):
            self._fault("signs", _("不是一组阈值"), _("请恢复默认值"))
            return {}
        self._known("signs.", value, set(THRESHOLDS))
        known = {code: given for code, given in value.items() if code in THRESHOLDS}
        return {code: self._figures(THRESHOLDS[code], given) for code, given in known.items()}

    def _figures(self, definition: Thresholds, given: Any) -> dict[str, int]:
        path = f"signs.{definition.code}."
        if not isinstance(given, Mapping):
            self._fault(path[:-1], _("不是一组阈值"), _("请恢复默认值"))
            return {}
        self._known(path, given, {one.name for one in definition.figures})
        return {
            one.name: self._number(f"{path}{one.name}", given[one.name], one.low, one.high)
            for one in definition.figures
            if one.name in given
        }

    def _allowances(self, value: Any) -> tuple[AllowanceRule, ...]:
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            self._fault("allowances", _("不是一组补助标准"), _("请恢复默认值"))
            return ()
        rules = tuple(self._allowance(f"allowances.{n}.", one) for n, one in enumerate(value))
        known: set[tuple[str, str]] = set()
        for n, one in enumerate(rules):
            if (one.kind, one.since) in known:
                remedy = _("请改正起始月份，或删除一个")
                self._fault(f"allowances.{n}.since", _("同一补助从同一个月起有两个标准"), remedy)
            known.add((one.kind, one.since))
        return rules

    def _allowance(self, path: str, given: Mapping[str, Any]) -> AllowanceRule:
        self._known(path, given, {one.name for one in fields(AllowanceRule)})
        options = {"kind": AllowanceKind, "unit": AllowanceUnit, "payer": Payer}
        chosen = {name: str(given.get(name, "")) for name in options}
        for name, choices in options.items():
            if chosen[name] not in choices.values:
                found = _("现为“%(value)s”") % {"value": chosen[name]}
                self._fault(f"{path}{name}", found, _("请从所列选项中选择"))
        since = str(given.get("since", ""))
        if not MONTH.fullmatch(since):
            self._fault(f"{path}since", _("现为“%(value)s”") % {"value": since}, _("请填年月，例如 2026-03"))
        return AllowanceRule(
            **chosen,
            amount_fen=self._number(f"{path}amount_fen", given.get("amount_fen"), 0, MOST_FEN),
            basis=self._text(f"{path}basis", given.get("basis", "")),
            limit=self._number(f"{path}limit", given.get("limit", 0), 0, MOST_A_MONTH),
            since=since,
            is_confirmed=bool(given.get("is_confirmed", True)),
        )

    def _open_to_counties(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._fault("open_to_counties", _("不是一组参数"), _("请恢复默认值"))
            return ()
        for one in sorted(set(value) - set(OPENABLE)):
            self._fault("open_to_counties", _("“%(value)s”不能由县级另定") % {"value": one}, _("请删除"))
        return tuple(one for one in OPENABLE if one in value)

    def _weights(self, value: Any) -> dict[str, int]:
        if not isinstance(value, Mapping):
            self._fault("weights", _("不是一组权重"), _("请恢复默认值"))
            return dict(DEFAULT_WEIGHTS)
        self._known("weights.", value, set(WEIGHT_LABELS))
        weights = {
            name: self._number(f"weights.{name}", value.get(name, 0), 0, 100) for name in WEIGHT_LABELS
        }
        if not any(weights.values()):
            self._fault("weights", _("权重全为0"), _("至少一项大于0"))
        return weights

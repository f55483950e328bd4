"""A programme's parameters as lines of label and text: what a reader sees, and what differs between versions."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.choices import AllowanceKind, AllowanceUnit, Payer, RuleMode
from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.eligibility_rules.rule import Choice, Figure, Rule, Value
from secondment.campaigns.parameter_readers import is_read
from secondment.campaigns.parameters import (
    FEN,
    OPENABLE,
    WEIGHT_LABELS,
    AllowanceRule,
    LeaveLevel,
    ProgrammeParameters,
    RuleParameters,
)
from secondment.campaigns.thresholds import every_figure
from secondment.common.components import Difference
from secondment.common.sentences import joined_sentences, labelled, listed
from secondment.posts.choices import Direction

NAMED = {"leave_levels": gettext_lazy("请假审批"), "allowances": gettext_lazy("补助标准")}
"""What groups of parameters are called."""


class Line(NamedTuple):
    """One parameter as text; `path` names it as in JSON."""

    path: str
    label: str
    text: str

    @property
    def is_read(self) -> bool:
        """Whether the parameter is in use."""
        return is_read(self.path)


def differences(old: ProgrammeParameters, new: ProgrammeParameters) -> list[Difference]:
    """Every line that reads differently in `new`; both have the same lines."""
    pairs = zip(lines_of(old), lines_of(new), strict=True)
    return [Difference(line.label, before.text, line.text) for before, line in pairs if before != line]


def lines_of(parameters: ProgrammeParameters) -> Iterator[Line]:
    """Every parameter, in the order of the editor."""
    directions = listed(str(Direction(one).label) for one in parameters.directions)
    yield Line("directions", _("挂职方向"), directions)
    yield from number_lines("", parameters)
    for rule in RULES:
        text = rule_text(rule, parameters.rules[rule.code])
        yield Line(f"rules.{rule.code}", f"{rule.code} {rule.title}", text)
    yield from number_lines("cycles.", parameters.cycles)
    yield from number_lines("burden.", parameters.burden)
    levels = joined_sentences(leave_text(level) for level in parameters.leave_levels)
    yield Line("leave_levels", str(NAMED["leave_levels"]), levels)
    allowances = joined_sentences(allowance_text(one) for one in parameters.allowances)
    yield Line("allowances", str(NAMED["allowances"]), allowances or _("不规定"))
    labels = open_labels()
    opened = listed(labels[path] for path in parameters.open_to_counties)
    yield Line("open_to_counties", _("可由县级另定"), opened or _("无"))
    for name, label in WEIGHT_LABELS.items():
        yield Line(f"weights.{name}", _("权重：%(name)s") % {"name": label}, str(parameters.weights[name]))
    for thresholds, figure in every_figure():
        value = thresholds.values(parameters.signs)[figure.name]
        named = labelled(thresholds.title, figure.label)
        yield Line(f"signs.{thresholds.code}.{figure.name}", named, f"{value} {figure.unit}")


def open_labels() -> dict[str, str]:
    """What each parameter that can be left to counties is called."""
    usual = ProgrammeParameters()
    lines = [*number_lines("", usual), *number_lines("cycles.", usual.cycles)]
    named = {line.path: line.label for line in lines}
    return {path: named.get(path, "") or str(NAMED[path]) for path in OPENABLE}


def number_lines(place: str, section: Any) -> Iterator[Line]:
    """The plain numbers of a dataclass, with their units."""
    for one in fields(section):
        if "label" in one.metadata:
            text = f"{getattr(section, one.name)} {one.metadata['unit']}"
            yield Line(f"{place}{one.name}", str(one.metadata["label"]), text)


def rule_text(definition: Rule, rule: RuleParameters) -> str:
    """Mode, figures and basis of a rule in one line."""
    parts = [str(RuleMode(rule.mode).label)]
    parts += [f"{label} {text}" for label, text in value_lines(definition, rule.values)]
    parts.append(_("依据：%(basis)s") % {"basis": rule.basis})
    if not rule.is_confirmed:
        parts.append(_("待确认"))
    return joined_sentences(parts)


def value_lines(definition: Rule, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """(label, text) of each figure of a rule."""
    for parameter in definition.parameters:
        yield str(parameter.label), _value_text(parameter, values[parameter.name])


def leave_text(level: LeaveLevel) -> str:
    """Who grants leave up to how many days."""
    # the words of presets are known, others stay as they were typed
    approver = _("%(approver)s（%(offices)s）") % {
        "approver": _(level.approver),
        "offices": level.offices.label,
    }
    if level.up_to_days is None:
        return _("更长：%(approver)s") % {"approver": approver}
    return _("%(days)d 天以内：%(approver)s") % {"days": level.up_to_days, "approver": approver}


def allowance_text(rule: AllowanceRule) -> str:
    """What is paid by whom, from when on, within which limit, on what basis."""
    parts = [
        _("%(kind)s%(amount)s 元（%(unit)s），%(payer)s承担")
        % {
            "kind": AllowanceKind(rule.kind).label,
            "amount": f"{rule.amount_fen / FEN:.2f}",
            "unit": AllowanceUnit(rule.unit).label,
            "payer": Payer(rule.payer).label,
        }
    ]
    if rule.since:
        parts.append(_("从 %(month)s 起") % {"month": rule.since})
    if rule.limit:
        parts.append(limit_text(rule))
    parts.append(_("依据：%(basis)s") % {"basis": rule.basis})
    if not rule.is_confirmed:
        parts.append(_("待确认"))
    return joined_sentences(parts)


def limit_text(rule: AllowanceRule) -> str:
    """What bounds a month."""
    words = {
        AllowanceUnit.DAY.value: _("每月最多 %(n)s 天"),
        AllowanceUnit.MONTH.value: _("当月不在岗超过 %(n)s 个工作日的停发"),
        AllowanceUnit.TRIP.value: _("每月最多 %(n)s 次"),
    }
    return words[rule.unit] % {"n": rule.limit}


def _value_text(parameter: Figure | Choice, value: Value) -> str:
    if isinstance(parameter, Figure):
        return f"{value} {parameter.unit}"
    labels = dict(parameter.options)
    chosen = value if isinstance(value, list) else [str(value)]
    return listed(str(labels[one]) for one in chosen)

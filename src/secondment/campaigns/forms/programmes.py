"""The editor of a programme: one field for every parameter, named by its path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import RuleMode
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES, RULES
from secondment.campaigns.eligibility_rules.later import LATER_RULES
from secondment.campaigns.eligibility_rules.rule import Choice, Figure, Rule, Text
from secondment.campaigns.forms.allowances import (
    add_allowances,
    allowance_rows,
    check_allowances,
    plain_allowances,
)
from secondment.campaigns.forms.leave_levels import add_leave_fields, leave_rows, plain_levels
from secondment.campaigns.parameter_lines import open_labels
from secondment.campaigns.parameter_readers import is_read, is_rule_in_use
from secondment.campaigns.parameters import (
    WEIGHT_LABELS,
    Burden,
    Cycles,
    ProgrammeParameters,
    RuleParameters,
)
from secondment.campaigns.parameters_json import ParametersError, from_json
from secondment.campaigns.thresholds import THRESHOLDS, Thresholds, every_figure
from secondment.common.sentences import labelled
from secondment.posts.choices import Direction

NOT_IN_USE = _("尚未启用")


@dataclass(frozen=True)
class RuleRow:
    """One rule as the editor shows it."""

    definition: Rule
    mode: BoundField
    basis: BoundField
    is_confirmed: BoundField
    values: list[BoundField]
    is_in_use: bool


class ProgrammeForm(forms.Form):
    """Everything a programme sets; `parameters` holds the result once the form is valid."""

    directions = forms.MultipleChoiceField(
        label=_("挂职方向"), choices=Direction.choices, widget=forms.CheckboxSelectMultiple
    )
    open_to_counties = forms.MultipleChoiceField(
        label=_("可由县级另定"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "县级组织部门可以对本县接收单位另行规定所选各项，写明依据；未选的各项按项目执行，各县一致。"
        ),
    )
    note = forms.CharField(label=_("修订说明"), max_length=200, help_text=_("写明修订内容和所依据的文件。"))
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, current: ProgrammeParameters, **kwargs: Any) -> None:
        chosen = {
            "directions": list(current.directions),
            "open_to_counties": list(current.open_to_counties),
        }
        kwargs["initial"] = {**chosen, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        opened: Any = self.fields["open_to_counties"]
        opened.choices = list(open_labels().items())
        self._add_numbers("", current)
        self._add_numbers("cycles.", current.cycles)
        self._add_numbers("burden.", current.burden)
        for definition in RULES:
            self._add_rule(definition, current.rules[definition.code])
        for name, label in WEIGHT_LABELS.items():
            self.fields[f"weights.{name}"] = _number(label, current.weights[name], 0, 100)
        self._add_thresholds(current)
        add_allowances(self, current.allowances)
        add_leave_fields(self, current.leave_levels)
        self.parameters = current

    def clean(self) -> dict[str, Any]:
        """Read the form as parameters; a fault is shown at its field."""
        data: dict[str, Any] = super().clean() or {}
        check_allowances(self, data)
        if not self.errors:
            try:
                self.parameters = from_json(self._plain(data))
            except ParametersError as error:
                for problem in error.problems:
                    place = problem.field if problem.field in self.fields else None
                    self.add_error(place, f"{problem.found}，{problem.remedy}")
        return data

    def general_fields(self) -> list[BoundField]:
        """Plain numbers of the programme."""
        return [self[name] for name in _number_names(ProgrammeParameters)]

    def cycle_fields(self) -> list[BoundField]:
        """Cycles and the burden budget."""
        return [
            *(self[f"cycles.{name}"] for name in _number_names(Cycles)),
            *(self[f"burden.{name}"] for name in _number_names(Burden)),
        ]

    def weight_fields(self) -> list[BoundField]:
        """Default weights of the fit."""
        return [self[f"weights.{name}"] for name in WEIGHT_LABELS]

    def threshold_fields(self) -> list[BoundField]:
        """Thresholds that rooms above declare."""
        return [self[_place(thresholds, figure)] for thresholds, figure in every_figure()]

    @property
    def are_leave_levels_read(self) -> bool:
        """Whether they are in use."""
        return is_read("leave_levels")

    def leave_rows(self) -> list[tuple[BoundField, ...]]:
        """Days, approver and offices of each leave level."""
        return leave_rows(self)

    def allowance_rows(self) -> list[list[BoundField]]:
        """What is paid, an allowance a row."""
        return allowance_rows(self)

    def eligibility_rows(self) -> Iterator[RuleRow]:
        """Rules carried out at the eligibility check."""
        return (self._row(one) for one in ELIGIBILITY_RULES)

    def later_rows(self) -> Iterator[RuleRow]:
        """Rules carried out in daily management and assessment."""
        return (self._row(one) for one in LATER_RULES)

    def _row(self, definition: Rule) -> RuleRow:
        place = f"rules.{definition.code}."
        return RuleRow(
            definition,
            self[f"{place}mode"],
            self[f"{place}basis"],
            self[f"{place}is_confirmed"],
            [self[f"{place}values.{one.name}"] for one in definition.parameters],
            is_rule_in_use(definition),
        )

    def _add_numbers(self, place: str, section: Any) -> None:
        for one in fields(section):
            if "low" in one.metadata:
                limits = one.metadata
                field = _number(
                    limits["label"], getattr(section, one.name), limits["low"], limits["high"], limits["unit"]
                )
                field.help_text = "" if is_read(f"{place}{one.name}") else NOT_IN_USE
                self.fields[f"{place}{one.name}"] = field

    def _add_rule(self, definition: Rule, rule: RuleParameters) -> None:
        place = f"rules.{definition.code}."
        modes = [(rule.mode, RuleMode(rule.mode).label)] if definition.is_fixed else RuleMode.choices
        self.fields[f"{place}mode"] = forms.ChoiceField(
            label=_("处理方式"),
            choices=modes,
            initial=rule.mode,
            widget=forms.Select(attrs={"class": "form-select w-auto", "aria-label": _("处理方式")}),
        )
        self.fields[f"{place}basis"] = forms.CharField(
            label=_("依据"),
            max_length=200,
            initial=rule.basis,
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control", "aria-label": _("依据")}),
        )
        self.fields[f"{place}is_confirmed"] = forms.BooleanField(
            label=_("依据已核实"),
            required=False,
            initial=rule.is_confirmed,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )
        for parameter in definition.parameters:
            value = rule.values[parameter.name]
            self.fields[f"{place}values.{parameter.name}"] = _value_field(parameter, value)

    def _add_thresholds(self, current: ProgrammeParameters) -> None:
        for thresholds, figure in every_figure():
            label = labelled(thresholds.title, figure.label)
            value = thresholds.values(current.signs)[figure.name]
            number = _number(label, value, figure.low, figure.high, figure.unit)
            self.fields[_place(thresholds, figure)] = number

    def _plain(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "directions": data["directions"],
            **{name: data[name] for name in _number_names(ProgrammeParameters)},
            "cycles": {name: data[f"cycles.{name}"] for name in _number_names(Cycles)},
            "burden": {name: data[f"burden.{name}"] for name in _number_names(Burden)},
            "rules": {one.code: self._plain_rule(one, data) for one in RULES},
            "weights": {name: data[f"weights.{name}"] for name in WEIGHT_LABELS},
            "signs": {
                code: {one.name: data[_place(thresholds, one)] for one in thresholds.figures}
                for code, thresholds in THRESHOLDS.items()
            },
            "allowances": plain_allowances(data),
            "leave_levels": plain_levels(data),
            "open_to_counties": data["open_to_counties"],
        }

    @staticmethod
    def _plain_rule(definition: Rule, data: Mapping[str, Any]) -> dict[str, Any]:
        place = f"rules.{definition.code}."
        return {
            "mode": data[f"{place}mode"],
            "basis": data[f"{place}basis"],
            "is_confirmed": data[f"{place}is_confirmed"],
            "values": {one.name: data[f"{place}values.{one.name}"] for one in definition.parameters},
        }


def _number_names(section: Any) -> list[str]:
    return [one.name for one in fields(section) if "low" in one.metadata]


def _number(label: Text, initial: int, low: int, high: int, unit: Text = "") -> forms.IntegerField:
    text = _("%(label)s（%(unit)s）") % {"label": label, "unit": unit} if unit else str(label)
    return forms.IntegerField(label=text, initial=initial, min_value=low, max_value=high)


def _value_field(parameter: Figure | Choice, value: Any) -> forms.Field:
    if isinstance(parameter, Figure):
        return _number(parameter.label, value, parameter.low, parameter.high, parameter.unit)
    if parameter.is_many:
        return forms.MultipleChoiceField(
            label=str(parameter.label),
            choices=parameter.options,
            initial=value,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(label=str(parameter.label), choices=parameter.options, initial=value)


def _place(thresholds: Thresholds, figure: Figure) -> str:
    return f"signs.{thresholds.code}.{figure.name}"

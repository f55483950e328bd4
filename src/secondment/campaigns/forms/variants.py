"""What a county sets differently: a field for each parameter that the programme leaves open; empty follows the programme."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.forms.allowances import (
    add_allowances,
    allowance_rows,
    check_allowances,
    plain_allowances,
)
from secondment.campaigns.forms.leave_levels import add_leave_fields, leave_rows, plain_levels
from secondment.campaigns.models import ProgrammeVariant, ProgrammeVersion
from secondment.campaigns.parameter_lines import open_labels
from secondment.campaigns.parameter_readers import is_open
from secondment.campaigns.parameters import AllowanceRule, LeaveLevel
from secondment.campaigns.services.variants import Own
from secondment.campaigns.variant_lines import upper_texts
from secondment.common.days import DayField

LEAVE, ALLOWANCES = "leave_levels", "allowances"


@dataclass(frozen=True)
class VariantRow:
    """One parameter: how the programme has it, the county's fields, and the basis."""

    label: str
    upper: str
    fields: Sequence[Sequence[BoundField]]
    basis: BoundField


class VariantForm(forms.Form):
    """One version of a county; `settings` holds what is set once the form is valid."""

    since = DayField(label=_("施行日期"), help_text=_("不早于今天；已经产生的事项不受影响。"))
    note = forms.CharField(label=_("修订说明"), max_length=200, help_text=_("写明修订内容。"))
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, version: ProgrammeVersion, current: ProgrammeVariant | None, **kwargs: Any
    ) -> None:
        number = current.number if current else 0
        kwargs["initial"] = {"based_on": number, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.upper = upper_texts(version)
        self.labels = {path: label for path, label in open_labels().items() if is_open(version, path)}
        own = current.own if current else {}
        for path in self.labels:
            known = own.get(path, {})
            if path == LEAVE:
                add_leave_fields(self, [LeaveLevel(**one) for one in known.get("value", [])])
            elif path == ALLOWANCES:
                add_allowances(self, tuple(AllowanceRule(**one) for one in known.get("value", [])))
            else:
                self.fields[path] = forms.IntegerField(
                    label=self.labels[path], required=False, initial=known.get("value")
                )
            self.fields[f"{path}.basis"] = forms.CharField(
                label=_("依据"), required=False, max_length=200, initial=known.get("basis", "")
            )
        self.settings: dict[str, Own] = {}

    def rows(self) -> Iterator[VariantRow]:
        """Every parameter that is open."""
        for path, label in self.labels.items():
            yield VariantRow(label, self.upper[path], self._fields(path), self[f"{path}.basis"])

    def clean(self) -> dict[str, Any]:
        """What is filled in is set; a basis without a value is a slip of the pen."""
        data: dict[str, Any] = super().clean() or {}
        if ALLOWANCES in self.labels:
            check_allowances(self, data)
        if self.errors:
            return data
        for path in self.labels:
            value = self._value(path, data)
            basis = data[f"{path}.basis"]
            if value not in (None, []):
                self.settings[path] = Own(value, basis)
            elif basis:
                self.add_error(f"{path}.basis", _t("写了依据，没有写本县的规定。"))
        return data

    def _fields(self, path: str) -> Sequence[Sequence[BoundField]]:
        if path == LEAVE:
            return leave_rows(self)
        return allowance_rows(self) if path == ALLOWANCES else [[self[path]]]

    @staticmethod
    def _value(path: str, data: Mapping[str, Any]) -> Any:
        if path == LEAVE:
            return plain_levels(data)
        return plain_allowances(data) if path == ALLOWANCES else data[path]

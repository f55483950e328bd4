"""What a clerk types about quantitative indicators, gates and vetoes: one small form a person and indicator."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.assessments.composite.choices import Backing
from secondment.assessments.composite.drafts import faults_of_statement, faults_of_value
from secondment.assessments.composite.models import QuantityMark, StatedFact
from secondment.assessments.composite.proposals import Proposal
from secondment.assessments.composite.services import Counted, Stated
from secondment.assessments.composite.words import plain_number
from secondment.assessments.models import Evaluation
from secondment.common.file_faults import told_whole
from secondment.files.columns.quantity import LARGEST, LONGEST
from secondment.standards.choices import IndicatorKind
from secondment.standards.models import Indicator

YES, NO = "yes", "no"


class QuantityForm(forms.Form):
    """The value of one indicator of one person."""

    value = forms.DecimalField(
        label=gettext_lazy("实际值"), max_value=LARGEST, decimal_places=2, required=False
    )
    backing = forms.ChoiceField(
        label=gettext_lazy("核实程度"), required=False, choices=[("", "—"), *Backing.choices]
    )
    evidence = forms.CharField(label=gettext_lazy("依据"), max_length=LONGEST, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        evaluation: Evaluation,
        indicator: Indicator,
        mark: QuantityMark | None,
        proposal: Proposal | None,
    ) -> None:
        """`proposal` stands in the fields where nothing is kept yet."""
        super().__init__(data, prefix=f"q{evaluation.pk}-{indicator.code}")
        self.evaluation, self.indicator = evaluation, indicator
        self.initial = {"version": mark.version if mark else 0}
        if mark is not None:
            self.initial |= {
                "value": plain_number(mark.value),
                "backing": mark.backing,
                "evidence": mark.evidence,
            }
        elif proposal is not None:
            self.initial |= {
                "value": plain_number(proposal.value),
                "backing": proposal.backing,
                "evidence": proposal.reason,
            }
        name_fields(self, f"{evaluation.person.name} {indicator.title}")
        self.fields["value"].widget = forms.TextInput(
            attrs=self.fields["value"].widget.attrs | {"inputmode": "decimal", "size": 8}
        )

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            content = (cleaned["value"], cleaned["backing"], cleaned["evidence"])
            for field, fault in faults_of_value(self.indicator, *content):
                self.add_error(field, told_whole(fault))
        return cleaned

    def said(self) -> Counted:
        """What the service needs."""
        data = self.cleaned_data
        content = (data["value"], data["backing"], data["evidence"])
        return Counted(self.evaluation.pk, self.indicator.code, *content, version=data["version"])


class QuantityCorrectionForm(forms.Form):
    """Another value than the one that was counted, and why."""

    value = forms.DecimalField(label=gettext_lazy("更正后的值"), max_value=LARGEST, decimal_places=2)
    backing = forms.ChoiceField(label=gettext_lazy("核实程度"), choices=Backing.choices)
    evidence = forms.CharField(label=gettext_lazy("依据"), max_length=LONGEST, required=False)
    reason = forms.CharField(
        label=gettext_lazy("更正理由"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, mark: QuantityMark, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {
            "value": plain_number(mark.value),
            "backing": mark.backing,
            "evidence": mark.evidence,
            "version": mark.version,
        }


class StatementForm(forms.Form):
    """What is stated about one gate or veto of one person."""

    is_adverse = forms.ChoiceField(label=gettext_lazy("认定"), required=False)
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=LONGEST, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        evaluation: Evaluation,
        indicator: Indicator,
        fact: StatedFact | None,
    ) -> None:
        super().__init__(data, prefix=f"s{evaluation.pk}-{indicator.code}")
        self.evaluation, self.indicator = evaluation, indicator
        self.fields["is_adverse"].choices = [("", _("未认定")), *answers_of(indicator.kind).items()]  # type: ignore[attr-defined]
        self.initial = {"version": fact.version if fact else 0}
        if fact is not None:
            self.initial |= {"is_adverse": YES if fact.is_adverse else NO, "basis": fact.basis}
        name_fields(self, f"{evaluation.person.name} {indicator.title}")

    def clean(self) -> dict[str, Any]:
        """Whatever is adverse has its basis."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for field, fault in faults_of_statement(self._answer(), cleaned["basis"]):
                self.add_error(field, told_whole(fault))
        return cleaned

    def said(self) -> Stated:
        """What the service needs."""
        data = self.cleaned_data
        content = (self._answer(), data["basis"])
        return Stated(self.evaluation.pk, self.indicator.code, *content, version=data["version"])

    def _answer(self) -> bool | None:
        answer = self.cleaned_data["is_adverse"]
        return answer == YES if answer else None


def answers_of(kind: str) -> dict[str, str]:
    """Both answers about a gate or a veto, in words."""
    if kind == IndicatorKind.GATE:
        return {NO: _("通过"), YES: _("未通过")}
    return {NO: _("无此情形"), YES: _("有此情形")}


def name_fields(form: forms.Form, whose: str) -> None:
    """Labels and looks of fields that stand in the cells of a table."""
    for name, field in form.fields.items():
        if name != "version":
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs |= {"class": kind, "aria-label": f"{whose} {field.label}"}

"""What is chosen and typed at the committee's table."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.assessments.composite.choices import Basis
from secondment.assessments.models import Evaluation

USUAL_SURE = 0.8


class BasisForm(forms.Form):
    """On which votes the table stands."""

    basis = forms.ChoiceField(choices=Basis)


class SureForm(forms.Form):
    """How sure the figures must be before two people are put into different tiers."""

    sure = forms.FloatField(min_value=0.5, max_value=0.95, required=False)

    @property
    def value(self) -> float:
        """What was chosen, else the usual figure."""
        found = self.cleaned_data["sure"] if self.is_valid() else None
        return USUAL_SURE if found is None else found


class HoldForm(forms.Form):
    """Why a table holds although its inputs have changed."""

    reason = forms.CharField(
        label=_("仍然适用的理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300})
    )
    digest = forms.CharField(widget=forms.HiddenInput)


class ComparisonForm(forms.Form):
    """Whom of two a member of the committee prefers."""

    judge = forms.CharField(label=_("评议委员"), max_length=40)
    better = forms.ChoiceField(label=_("更优的一方"))
    other = forms.ChoiceField(label=_("另一方"))

    def __init__(self, *args: Any, people: Sequence[Evaluation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        choices = [("", "—"), *((key, one.person.name) for key, one in self.people.items())]
        for name in ("better", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def pair(self) -> tuple[Evaluation, Evaluation]:
        """Both, the preferred one first."""
        return self.people[self.cleaned_data["better"]], self.people[self.cleaned_data["other"]]

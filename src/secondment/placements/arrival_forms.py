"""The receipts of several people as one table; only the lines that are ticked are given."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.placements.models import Placement
from secondment.placements.services import Arrival
from secondment.placements.services.arrivals import Receipt
from secondment.placements.services.errors import ReceiptRefusedError

# name, label, most characters
TEXTS: tuple[tuple[str, Promise, int], ...] = (
    ("contact_leader", _("联系领导"), 40),
    ("mentor", _("带教导师"), 40),
    ("party_branch", _("组织关系所在支部"), 80),
    ("duties", _("分工"), 500),
)


class ArrivalsForm(forms.Form):
    """A line for each person who is on the way; what the post or an earlier receipt says is filled in."""

    def __init__(self, data: Any = None, *, placements: Sequence[Placement], on: dt.date) -> None:
        super().__init__(data)
        self.placements = placements
        for one in placements:
            self._add_line(one, on)

    def _add_line(self, one: Placement, on: dt.date) -> None:
        self.fields[f"take-{one.pk}"] = forms.BooleanField(
            label=one.person.name,
            required=False,
            widget=forms.CheckboxInput(
                attrs={"class": "form-check-input", "data-select-row": True, "aria-label": one.person.name}
            ),
        )
        self.fields[f"version-{one.pk}"] = forms.IntegerField(
            initial=one.version, widget=forms.HiddenInput, required=False
        )
        self.fields[f"reported_on-{one.pk}"] = DayField(
            label=_("%(name)s的报到日期") % {"name": one.person.name},
            initial=one.reported_on or on,
            required=False,
        )
        self.fields[f"reported_on-{one.pk}"].widget.attrs["class"] = "form-control"
        for name, label, most in TEXTS:
            proposed = getattr(one, name) or getattr(one.post, name, "")
            attributes = {"class": "form-control", "data-column": name, "aria-label": label}
            self.fields[f"{name}-{one.pk}"] = forms.CharField(
                label=_("%(name)s的%(field)s") % {"name": one.person.name, "field": label},
                max_length=most,
                required=False,
                initial="" if name == "duties" and not one.duties else proposed,
                widget=forms.TextInput(attrs=attributes),
            )

    def lines(self) -> Iterator[tuple[Placement, Any, Any, Any, list[Any]]]:
        """(who, tick, version, day, texts) for each line of the page."""
        for one in self.placements:
            texts = [(label, self[f"{name}-{one.pk}"]) for name, label, _most in TEXTS]
            yield one, self[f"take-{one.pk}"], self[f"version-{one.pk}"], self[f"reported_on-{one.pk}"], texts

    @property
    def labels(self) -> list[tuple[str, Promise]]:
        """Names and heads of the columns that are typed."""
        return [(name, label) for name, label, _most in TEXTS]

    def clean(self) -> dict[str, Any]:
        """Somebody is ticked, and whoever is has a day."""
        data: dict[str, Any] = self.cleaned_data
        taken = [one for one in self.placements if data.get(f"take-{one.pk}")]
        if not taken:
            self.add_error(None, gettext("请勾选已经报到的人员。"))
        for one in taken:
            name = f"reported_on-{one.pk}"
            if name not in self.errors and not data.get(name):
                self.add_error(name, gettext("请填写报到日期。"))
        return data

    def receipts(self) -> list[Receipt]:
        """What the service takes."""
        return [self._receipt(one) for one in self.placements if self.cleaned_data[f"take-{one.pk}"]]

    def refuse(self, error: ReceiptRefusedError) -> None:
        """Show a refusal of the service in the line that it is about."""
        self.add_error(f"reported_on-{error.placement_id}", str(error))

    def _receipt(self, one: Placement) -> Receipt:
        data = self.cleaned_data
        arrival = Arrival(
            reported_on=data[f"reported_on-{one.pk}"],
            **{name: data[f"{name}-{one.pk}"] for name, _label, _most in TEXTS},
            # what the table does not show stays as it is
            lodging_arranged=one.lodging_arranged,
            insurance_number=one.insurance_number,
        )
        return Receipt(one, arrival, data[f"version-{one.pk}"] or one.version)

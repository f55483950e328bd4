"""What users type about allowances."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.allowances.drafts import MOST_TRIPS, Insured, Spending
from secondment.allowances.models import NAME_LENGTH, NUMBER_LENGTH, WORDS_LENGTH
from secondment.allowances.view_models import period_key
from secondment.campaigns.parameters import FEN
from secondment.common.days import DayField, LastDayField, MonthField
from secondment.obligations.periods import Period
from secondment.units.models import Unit


class InsuranceForm(forms.Form):
    """An insurance."""

    insurer = forms.CharField(label=_("保险公司"), max_length=NAME_LENGTH)
    number = forms.CharField(
        label=_("保险单号"), max_length=NUMBER_LENGTH, help_text=_("团体保险各人填同一单号。")
    )
    starts_on = DayField(label=_("保险开始"))
    last_on = LastDayField(label=_("保险最后一天"))

    @property
    def new(self) -> Insured:
        """What was typed."""
        data = self.cleaned_data
        return Insured(data["insurer"], data["number"], data["starts_on"], data["last_on"])


class CheckForm(forms.Form):
    """A medical check."""

    checked_on = DayField(label=_("体检日期"), help_text=_("只登记日期，不登记结果。"))


class TripsForm(forms.Form):
    """Trips of a month."""

    month = MonthField(label=_("往返月份"))
    n = forms.IntegerField(label=_("往返次数"), min_value=0, max_value=MOST_TRIPS)


class FundForm(forms.Form):
    """The work fund of a year."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    amount = forms.DecimalField(label=_("金额（元）"), min_value=0, max_value=10_000_000, decimal_places=2)

    @property
    def amount_fen(self) -> int:
        """What was typed."""
        return int(self.cleaned_data["amount"] * FEN)


class SpendingForm(forms.Form):
    """What of the work fund was spent."""

    spent_on = DayField(label=_("支出日期"))
    what = forms.CharField(label=_("用途"), max_length=WORDS_LENGTH)
    spent = forms.DecimalField(label=_("金额（元）"), min_value=0, max_value=10_000_000, decimal_places=2)

    @property
    def new(self) -> Spending:
        """What was typed."""
        data = self.cleaned_data
        return Spending(data["spent_on"], data["what"], int(data["spent"] * FEN))


class VoidForm(forms.Form):
    """Why a record is void."""

    words = forms.CharField(label=_("理由"), required=False, max_length=WORDS_LENGTH)


class PayListForm(forms.Form):
    """For which office and period; `seen` is what the sender has been shown."""

    unit = forms.ChoiceField(label=_("承担单位"))
    period = forms.ChoiceField(label=_("期间"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[Unit], periods: Sequence[Period], **options: Any) -> None:
        super().__init__(*args, **options)
        self._units = {f"{one.pk}": one for one in units}
        self._periods = {period_key(one): one for one in periods}
        unit: Any = self.fields["unit"]
        unit.choices = [(key, one.name) for key, one in self._units.items()]
        unit.widget.attrs["data-searchable"] = ""
        period: Any = self.fields["period"]
        period.choices = [(key, one.label) for key, one in self._periods.items()]

    @property
    def chosen(self) -> tuple[Unit, Period]:
        """What was chosen."""
        return self._units[self.cleaned_data["unit"]], self._periods[self.cleaned_data["period"]]

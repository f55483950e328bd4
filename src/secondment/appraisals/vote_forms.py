"""Forms around the vote: how many slips, why slips are replaced, and ballots on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.appraisals.choices import SlipLoss


class SlipsForm(forms.Form):
    """How many slips to print."""

    n = forms.IntegerField(label=_("张数"), min_value=1, max_value=5_000)


class ReplacementForm(forms.Form):
    """Why slips are replaced; the code only where it can still be read."""

    kind = forms.ChoiceField(label=_("情形"), choices=SlipLoss, widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("票面上的投票码"),
        required=False,
        max_length=40,
        help_text=_("仅票面污损时填写，也可以扫描二维码。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=200)


class PaperCodeForm(forms.Form):
    """The slip that is fastened to a ballot on paper."""

    code = forms.CharField(
        label=_("投票码"),
        max_length=200,
        help_text=_("扫描二维码或手工输入。"),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )

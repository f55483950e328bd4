"""Forms of obligations."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 200


class ExcuseForm(forms.Form):
    """Why nobody owes it."""

    reason = forms.CharField(
        label=_("免办理由"),
        max_length=REASON_LENGTH,
        help_text=_("责任单位、接收单位和派出单位均可看到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

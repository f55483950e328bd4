"""Forms of messages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """Where the office reads its mail; left empty, none is sent."""

    address = forms.EmailField(
        label=_("单位邮箱"), required=False, help_text=_("每周提示和紧急事项发到这里；留空则只在系统内提示。")
    )


class TrialForm(forms.Form):
    """Where a test message goes by mail."""

    address = forms.EmailField(
        label=_("测试邮箱"), required=False, help_text=_("只用于本次测试；未设邮件服务器时不填。")
    )

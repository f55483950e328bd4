"""What a form says when nobody wrote words of its own: what is wrong, and what to do."""

from typing import Any

from django import forms
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.utils.translation import gettext_lazy as _

NOT_OFFERED = _("这一项不在可选范围内，请从列出的各项中选择。")


def speak_plainly() -> None:
    """Replace the words of the framework; called before any form is made."""
    forms.Field.default_error_messages["required"] = _("这一项必填，请填写。")
    MaxLengthValidator.message = _("有%(show_value)d个字，请缩短到%(limit_value)d个字以内。")
    MinValueValidator.message = _("数值太小，请填写不小于%(limit_value)s的数。")
    MaxValueValidator.message = _("数值太大，请填写不大于%(limit_value)s的数。")
    too_exact: Any = _("小数位数太多，请保留到%(max)s位以内。")  # Django's types know of no lazy text here
    DecimalValidator.messages["max_decimal_places"] = too_exact
    for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField):
        kind.default_error_messages["invalid_choice"] = NOT_OFFERED
    forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"] = NOT_OFFERED

"""What users type about early signs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.signals.choices import AnswerKind, UseKind
from secondment.signals.models import WORDS_LENGTH

LINES = {"rows": 3}


class AnswerForm(forms.Form):
    """What the office says."""

    kind = forms.ChoiceField(label=_("说明结论"), choices=AnswerKind)
    words = forms.CharField(
        label=_("情况"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("一两句话即可，不需要附材料。"),
    )


class OwnForm(forms.Form):
    """What the person says."""

    words = forms.CharField(
        label=_("本人说明"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("可以不写。写了的，使用这条提示的人必须看到。"),
    )


class ShowForm(forms.Form):
    """How somebody without an account was told."""

    words = forms.CharField(label=_("由谁、怎样告知本人"), required=False, max_length=100)


class UseForm(forms.Form):
    """What a sign is used in."""

    kind = forms.ChoiceField(label=_("用途"), choices=UseKind)
    words = forms.CharField(label=_("用在哪里、为什么需要"), required=False, max_length=WORDS_LENGTH)


class CloseForm(forms.Form):
    """Why nothing more is asked."""

    words = forms.CharField(label=_("了结意见"), required=False, max_length=WORDS_LENGTH)

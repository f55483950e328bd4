"""What users type into letters and answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.sentences import labelled
from secondment.talks.choices import SuggestionCategory
from secondment.talks.desks import Desk
from secondment.talks.models import LETTER_LENGTH


class SuggestionForm(forms.Form):
    """A letter to a named office."""

    desk = forms.ChoiceField(label=_("受理单位"))
    category = forms.ChoiceField(label=_("类别"), choices=SuggestionCategory)
    text = forms.CharField(
        label=_("意见建议"), max_length=LETTER_LENGTH, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, desks: Sequence[Desk], **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = {one.code: one for one in desks}
        field: Any = self.fields["desk"]
        field.choices = [(key, desk_words(one)) for key, one in self.desks.items()]

    @property
    def chosen(self) -> Desk:
        """The office."""
        return self.desks[self.cleaned_data["desk"]]


class AnonymousForm(SuggestionForm):
    """The same without a name; the form carries the receipt code that is shown once it is in the box."""

    receipt = forms.CharField(widget=forms.HiddenInput, required=False)


class AnswerForm(forms.Form):
    """What the office answers."""

    text = forms.CharField(
        label=_("答复"), required=False, max_length=LETTER_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )


class CodeForm(forms.Form):
    """A receipt code."""

    code = forms.CharField(
        label=_("回执码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def desk_words(desk: Desk) -> str:
    """An office as a form names it."""
    role = _("纪检机关") if desk.role == Role.INSPECTOR else desk.role.label
    return labelled(desk.unit.name, role)

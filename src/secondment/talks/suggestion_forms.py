"""What users type into letters and answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.sentences import labelled
from secondment.placements.models import Placement
from secondment.talks.choices import Finding, SuggestionCategory
from secondment.talks.desks import Desk
from secondment.talks.models import LETTER_LENGTH, Suggestion


def _about() -> forms.ModelChoiceField:  # type: ignore[type-arg]  # generic in the stubs alone
    return forms.ModelChoiceField(
        label=_("涉及的挂职干部"),
        queryset=Placement.objects.none(),
        required=False,
        empty_label=_("不涉及具体人员"),
        help_text=_("涉及的本人看不到内容和提出人。"),
    )


def _offer(form: forms.Form, people: QuerySet[Placement]) -> None:
    """Offer these people; where there is nobody, nothing is asked."""
    field: Any = form.fields["about"]
    if not people.exists():
        del form.fields["about"]
        return
    field.queryset = people
    field.label_from_instance = lambda one: labelled(one.person.name, one.host_unit.name)
    field.widget.attrs["data-searchable"] = ""


class LetterForm(forms.Form):
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


class SuggestionForm(LetterForm):
    """A letter under one's name; whoever sees people in post may name the one it is about."""

    about = _about()
    field_order = ("desk", "category", "about", "text")

    def __init__(self, *args: Any, people: QuerySet[Placement], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, people)


class AnonymousForm(LetterForm):
    """The same without a name, and without naming anybody: whom the writer sees would say who writes. The form carries
    the receipt code that is shown once it is in the box."""

    receipt = forms.CharField(widget=forms.HiddenInput, required=False)


class AnswerForm(forms.Form):
    """What the office answers, what it found of a complaint about conduct, and whom a letter without a name is about."""

    finding = forms.ChoiceField(
        label=_("核实结果"),
        choices=[("", _("请选择")), *Finding.choices],
        error_messages={"required": _("反映干部行为的，请选择核实结果。")},
    )
    about = _about()
    text = forms.CharField(
        label=_("答复"),
        max_length=LETTER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写答复内容；不能办理的，说明原因。")},
    )

    def __init__(self, *args: Any, letter: Suggestion, people: QuerySet[Placement], **options: Any) -> None:
        super().__init__(*args, **options)
        if not letter.is_about_conduct:
            del self.fields["finding"]
        offered = people.exclude(person__account=letter.sent_by) if letter.sent_by else people
        _offer(self, offered.none() if letter.about_id else offered)


class CodeForm(forms.Form):
    """A receipt code."""

    code = forms.CharField(
        label=_("回执码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def desk_words(desk: Desk) -> str:
    """An office as a form names it."""
    role = _("纪检机关") if desk.role == Role.INSPECTOR else desk.role.label
    return labelled(desk.unit.name, role)

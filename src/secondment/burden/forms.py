"""What users type about the burden of forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of
from secondment.burden.choices import ROLES, Addressed, Verdict
from secondment.burden.models import (
    MOST_CHARACTERS,
    MOST_FIELDS,
    TITLE_LENGTH,
    WORDS_LENGTH,
    Request,
)
from secondment.burden.services.requesting import Draft
from secondment.common.days import DayField
from secondment.units.models import Unit

MOST_MINUTES = 600


class RequestForm(forms.Form):
    """A request outside of the register, before it is issued; the leader only where it breaks a budget."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("提出单位"), empty_label=None)
    title = forms.CharField(label=_("事项"), max_length=TITLE_LENGTH, help_text=_("一句话写明要什么。"))
    role = forms.ChoiceField(
        label=_("要求谁报"), choices=Addressed, help_text=_("不向挂职干部本人要材料；本人一年只写一份总结。")
    )
    n_fields = forms.IntegerField(
        label=_("项数"), min_value=0, max_value=MOST_FIELDS, help_text=_("要填几项。")
    )
    characters = forms.IntegerField(
        label=_("字数上限"),
        min_value=1,
        max_value=MOST_CHARACTERS,
        help_text=_("答复超过字数不能提交。"),
    )
    due_on = DayField(label=_("截止日期"))
    readers = forms.CharField(
        label=_("谁看"), max_length=WORDS_LENGTH, help_text=_("写明由谁看、用来做什么。")
    )
    basis = forms.CharField(label=_("依据"), max_length=WORDS_LENGTH)
    replaces = forms.CharField(label=_("代替什么"), max_length=WORDS_LENGTH, required=False)
    leader = forms.CharField(
        label=_("同意的领导"), max_length=40, required=False, help_text=_("超出预算时必填：姓名和职务。")
    )
    leader_reason = forms.CharField(
        label=_("超预算理由"), max_length=WORDS_LENGTH, required=False, help_text=_("超出预算时必填。")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Unit.objects.filter(path__in=paths_of(user, Role.ORGANISATION_DEPARTMENT)).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("unit", units.first())

    def draft(self) -> Draft:
        """What the service needs."""
        data = self.cleaned_data
        return Draft(**{name: data[name] for name in Draft.__dataclass_fields__})


class AnswerForm(forms.Form):
    """The answer of an office."""

    text = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 6}), required=False)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["maxlength"] = request.characters
        self.fields["text"].help_text = _("不超过 %(n)d 字。") % {"n": request.characters}


class BudgetForm(forms.Form):
    """The budget of a role."""

    minutes = forms.IntegerField(label=_("每年分钟数"), min_value=1, max_value=MOST_MINUTES)
    basis = forms.CharField(label=_("依据"), max_length=WORDS_LENGTH)


class LetThroughForm(forms.Form):
    """Who lets a programme ask for more than the budget, of whom, for how many minutes, and why."""

    role = forms.ChoiceField(label=_("角色"), choices=[(one.value, one.label) for one in ROLES])
    minutes = forms.IntegerField(label=_("同意的每年分钟数"), min_value=1, max_value=MOST_MINUTES)
    leader = forms.CharField(label=_("同意的领导"), max_length=40, help_text=_("姓名和职务。"))
    reason = forms.CharField(label=_("理由"), max_length=WORDS_LENGTH)


class ReviewForm(forms.Form):
    """What somebody decided about a form."""

    verdict = forms.ChoiceField(label=_("决定"), choices=Verdict, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=WORDS_LENGTH)

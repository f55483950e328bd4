"""Small forms: reasons, uploads, one value of an ability, finding by identity number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.days import DayField
from secondment.people.choices import Ability, AbilitySource
from secondment.people.models import Person, SuspectedPair
from secondment.people.queries import clerk_units
from secondment.people.sections import EMERGENCY_CONTACT
from secondment.units.fields import UnitChoiceField
from secondment.units.models import Unit


class ReasonForm(forms.Form):
    """Why protected data are looked at."""

    reason = forms.CharField(
        label=_("事由"),
        max_length=200,
        min_length=4,
        help_text=_("事由将记入审计记录，例如：办理挂职任免手续。"),
    )


class OwnContactsForm(forms.ModelForm[Person]):
    """What a person corrects about the own contacts."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = ("phone", *EMERGENCY_CONTACT)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The instance stays as it is: the service changes a locked row, not this copy."""


class MergeForm(forms.Form):
    """Which of two records is kept, whose identity number is a mistake, and why they are one person."""

    kept_key = forms.TypedChoiceField(label=_("保留的记录"), coerce=int, widget=forms.RadioSelect)
    wrong_key = forms.ChoiceField(
        label=_("身份证号有误的是"),
        required=False,
        help_text=_("两人身份证号不同时必选；另一份的号码为准。"),
    )
    reason = forms.CharField(
        label=_("认定依据"),
        max_length=200,
        min_length=4,
        help_text=_("记入审计记录，例如：已核对人事档案和户口簿。"),
    )

    def __init__(self, *args: Any, pair: SuspectedPair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in (pair.first, pair.second)}
        choices = [
            (key, f"{one.name} · {one.unit.name} · {one.identity_masked or '—'} · {key}")
            for key, one in self.people.items()
        ]
        self.fields["kept_key"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["wrong_key"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]  # a choice field

    @property
    def kept(self) -> Person:
        """The person who is kept."""
        return self.people[self.cleaned_data["kept_key"]]

    @property
    def wrong(self) -> Person | None:
        """The person whose number is a mistake."""
        return self.people.get(int(self.cleaned_data["wrong_key"] or 0))


class IdentityForm(forms.Form):
    """A complete identity number."""

    number = forms.CharField(label=_("身份证号"), max_length=30)


class AbilityForm(forms.Form):
    """One value of one ability."""

    ability = forms.ChoiceField(label=_("能力"), choices=Ability.choices)
    value = forms.IntegerField(label=_("评分（0—100）"), min_value=0, max_value=100)
    source = forms.ChoiceField(label=_("来源"), choices=AbilitySource.choices)
    as_of = DayField(label=_("评价日期"))


class UploadForm(forms.Form):
    """A roster or appointment forms, and the unit they go to."""

    unit = UnitChoiceField(
        label=_("导入到单位"),
        queryset=Unit.objects.none(),
        help_text=_("名册中的“所在单位”须是该单位或它的下级单位；没有写所在单位的人员归入该单位。"),
    )
    file = forms.FileField(
        label=_("文件"),
        help_text=_(".xlsx、.xls、.csv、.txt 名册，.lrmx、.lrm 任免表，或装有任免表的 .zip；不超过 200 MB。"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = clerk_units(user).select_related("parent")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice
        first = units.first()
        self.fields["unit"].initial = first.pk if first else None

"""Small forms: reasons, uploads, one value of an ability, finding by identity number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.days import DayField
from secondment.people.choices import Ability, AbilitySource
from secondment.people.queries import clerk_units
from secondment.units.fields import UnitChoiceField
from secondment.units.models import Unit


class ReasonForm(forms.Form):
    """Why protected data are looked at."""

    reason = forms.CharField(
        label=_("事由"),
        max_length=200,
        min_length=4,
        help_text=_("事由会记入审计记录，例如：办理挂职任免手续。"),
    )


class IdentityForm(forms.Form):
    """A whole identity number."""

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
        help_text=_("名册中的“所在单位”须是这个单位或它的下级单位；没有写所在单位的人员归入这个单位。"),
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

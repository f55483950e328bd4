"""What a computation and a forecast are asked with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.measurement.choices import Model
from secondment.measurement.queries import measurable

HIERARCHICAL_HELP = _("分层模型同时估计单位宽严和个人宽严，一般选用；评分超过 50 万项的，选多面模型。")


class RunForm(forms.Form):
    """Which appraisals, and by which method."""

    scope = forms.ChoiceField(label=_("年度和测评标准"))
    model = forms.ChoiceField(
        label=_("计算方法"), choices=Model.choices, initial=Model.HIERARCHICAL, help_text=HIERARCHICAL_HELP
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = measurable(user)
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (
                str(place),
                _("%(year)d 年度 · %(standard)s · %(unit)s")
                % {"year": year, "standard": standard, "unit": unit},
            )
            for place, (unit, year, standard) in enumerate(self.offered)
        ]

    @property
    def chosen(self) -> Any:
        """Department, year and standard."""
        return self.offered[int(self.cleaned_data["scope"])]


class PlanForm(forms.Form):
    """Who is to rate whom; begins with what the papers say."""

    people = forms.IntegerField(label=_("测评对象人数"), min_value=1, max_value=5000)
    host_raters = forms.IntegerField(
        label=_("每人评议人数"),
        min_value=1,
        max_value=100,
        help_text=_("领导、同事、群众和派出单位中，平均有多少人评价每名测评对象。"),
    )
    members = forms.IntegerField(label=_("考核组人数"), min_value=0, max_value=200)
    members_each = forms.IntegerField(
        label=_("每人由几名考核组成员评分"),
        min_value=0,
        max_value=20,
        help_text=_("考核组成员到过的单位不同，正是他们把各单位连起来。"),
    )
    items = forms.IntegerField(label=_("评议指标数"), min_value=2, max_value=40)
    levels = forms.IntegerField(label=_("评价档次数"), min_value=2, max_value=10)

    def clean(self) -> dict[str, Any]:
        """Nobody can be seen by more members than there are."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"members", "members_each"} <= cleaned.keys() and cleaned["members_each"] > cleaned["members"]:
            self.add_error(
                "members_each", _("每人由几名成员评分，不能多于考核组人数。请改小或增加考核组人数。")
            )
        return cleaned

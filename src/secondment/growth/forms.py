"""What users type into a review of abilities."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Programme
from secondment.common.days import DayField
from secondment.growth.drafts import MOST_RATERS, Rater
from secondment.growth.scale import Scale
from secondment.people.choices import Ability, Category
from secondment.placements.models import Placement

SPARE = 2
"""Empty rows beyond those that must be filled in."""


class ReviewForm(forms.Form):
    """When it was, and why it is corrected."""

    rated_on = DayField(label=_("评议日期"), help_text=_("评议人签名的日期；结果按这一天写入干部信息。"))
    correction = forms.CharField(label=_("更正理由"), max_length=200)
    raters = forms.CharField(required=False, widget=forms.HiddenInput)  # where faults of the rows are shown

    def __init__(self, *args: Any, is_correction: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_correction:
            del self.fields["correction"]


class RaterForm(forms.Form):
    """One rater, and a level for each ability; an empty row is nobody."""

    name = forms.CharField(label=_("评议人"), max_length=40, required=False)
    duty = forms.CharField(label=_("单位职务"), max_length=80, required=False)

    def __init__(self, *args: Any, scale: Scale, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [("", "—"), *((place, name) for place, name in reversed(list(enumerate(scale.names, 1))))]
        for key, label in Ability.choices:
            self.fields[key] = forms.TypedChoiceField(
                label=label, choices=levels, coerce=int, empty_value=None, required=False
            )
        who = self.prefix or ""
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": f"{who.partition('-')[2]} {field.label}", "data-row": name}

    @property
    def levels(self) -> list[forms.BoundField]:
        """The five fields of levels."""
        return [self[key] for key in Ability.values]

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed into the row."""
        return any(self.cleaned_data.values())

    def rater(self) -> Rater:
        """What the row says."""
        data = self.cleaned_data
        return Rater(data["name"], data["duty"], {key: data[key] or 0 for key in Ability.values})


def rater_forms(data: Any, scale: Scale, known: Sequence[Rater], *, least: int) -> list[RaterForm]:
    """Rows for those who have rated, for as many as are asked for at least, and a few more."""
    n_rows = min(MOST_RATERS, max(len(known), least) + SPARE)
    return [
        RaterForm(
            data,
            prefix=f"rater-{place + 1}",
            scale=scale,
            initial={"name": one.name, "duty": one.duty, **one.levels} if one else None,
        )
        for place, one in enumerate([*known, *([None] * (n_rows - len(known)))])
    ]


class GroupForm(forms.Form):
    """Whose changes are averaged."""

    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"), label=_("挂职项目"), required=False, empty_label=_("全部项目")
    )
    category = forms.ChoiceField(
        label=_("人员类别"), choices=[("", _("全部")), *Category.choices], required=False
    )

    def narrowed(self, rows: QuerySet[Placement]) -> QuerySet[Placement]:
        """The placements that were asked for."""
        data = self.cleaned_data
        if data["programme"]:
            rows = rows.filter(programme_version__programme=data["programme"])
        return rows.filter(person__category=data["category"]) if data["category"] else rows

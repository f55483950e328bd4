"""Rows below a person as forms in a table: career, annual grades, penalties, family, firms."""

import datetime as dt
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField, LastDayField, MonthField
from secondment.common.file_faults import told
from secondment.files.codes.specialties import SPECIALTIES
from secondment.people.choices import PENALTY_MONTHS, Grade, Kinship, PenaltyKind
from secondment.people.files.appointment_forms.family import UnknownKinshipError, kinship_of
from secondment.people.files.appointment_forms.months import digits_of
from secondment.people.forms.fields import NameField, RegionField
from secondment.people.labels import choices_of, specialty_label
from secondment.people.models import Person
from secondment.people.services.changes import rows_of

MOST_ROWS = 60
BLANK_ROWS, MORE_ROWS = 1, 3


class RowForm(forms.Form):
    """One row; `columns` are the names of its stored values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            is_box = isinstance(widget, forms.CheckboxInput)
            css = (
                "form-check-input"
                if is_box
                else "form-select"
                if isinstance(widget, forms.Select)
                else "form-control"
            )
            widget.attrs |= {"class": css, "aria-label": str(field.label)}

    def row(self) -> dict[str, Any]:
        """The values to store."""
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class CareerForm(RowForm):
    """One period of the career."""

    starts_on = MonthField(label=_("起"))
    ends_on = MonthField(label=_("止"), required=False)
    text = forms.CharField(label=_("单位和职务"), max_length=2000)
    is_nested = forms.BooleanField(label=_("其间"), required=False)
    is_grassroots = forms.BooleanField(label=_("基层"), required=False)

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("结束早于开始。"))
        return data


class GradeForm(RowForm):
    """The grade of one year."""

    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    grade = forms.ChoiceField(label=_("等次"), choices=[("", "—"), *Grade.choices])


class PenaltyForm(RowForm):
    """A penalty; the end of its effect follows from its kind unless it is given."""

    kind = forms.ChoiceField(label=_("处分种类"), choices=[("", "—"), *PenaltyKind.choices])
    starts_on = DayField(label=_("影响期起"))
    ends_on = LastDayField(label=_("影响期止"), required=False)
    document = forms.CharField(label=_("处分文号"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Fill in the end; it must come after the beginning."""
        data: dict[str, Any] = self.cleaned_data
        starts_on, kind = data.get("starts_on"), data.get("kind")
        if starts_on and kind and not data.get("ends_on"):
            data["ends_on"] = months_later(starts_on, PENALTY_MONTHS[PenaltyKind(kind)])
        if starts_on and data.get("ends_on") and data["ends_on"] <= starts_on:
            self.add_error("ends_on", _("影响期止不能早于影响期起。"))
        return data


class FamilyForm(RowForm):
    """A family member or important relation."""

    title = forms.CharField(label=_("称谓"), max_length=40)
    kinship = forms.ChoiceField(
        label=_("亲属类别"), choices=[("", _("按称谓判断")), *Kinship.choices], required=False
    )
    name = NameField(label=_("姓名"), max_length=40)
    born_text = forms.CharField(label=_("出生年月"), max_length=20, required=False)
    political_status = forms.CharField(label=_("政治面貌"), max_length=20, required=False)
    work_text = forms.CharField(label=_("工作单位及职务"), max_length=400, required=False)
    is_leading = forms.BooleanField(label=_("领导职务"), required=False)
    unit_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    relative_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """The class of kinship follows from the title; an unclear title needs a choice."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("title") and not data.get("kinship"):
            try:
                data["kinship"] = kinship_of(data["title"]).value
            except UnknownKinshipError as error:
                self.add_error("kinship", "，".join(told(error.fault)) + "，" + _("或直接选择亲属类别。"))
        if text := data.get("born_text"):
            data["born_text"] = digits_of(text)
        return data


class FirmForm(RowForm):
    """A firm run by the spouse, a child or a child's spouse."""

    runner = forms.CharField(label=_("经办亲属"), max_length=60)
    name = forms.CharField(label=_("企业名称"), max_length=120)
    industry = forms.ChoiceField(
        label=_("行业"), choices=[("", "—"), *choices_of(SPECIALTIES, specialty_label)]
    )
    region_id = RegionField(label=_("所在地"), required=False)

    def row(self) -> dict[str, Any]:
        """The region is stored by its code."""
        region = self.cleaned_data["region_id"]
        return {**super().row(), "region_id": region.pk if region else None}


FORMS: dict[str, tuple[type[RowForm], Promise]] = {
    "career": (CareerForm, _("简历")),
    "annual_grades": (GradeForm, _("年度考核")),
    "penalties": (PenaltyForm, _("处分")),
    "family": (FamilyForm, _("家庭主要成员及重要社会关系")),
    "firms": (FirmForm, _("亲属经商办企业")),
}


class RowFormSet(BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """All rows of one kind, with empty ones to fill in."""

    kind = ""
    title: Promise

    def add_fields(self, form: Any, index: int | None) -> None:
        """The box that deletes a row looks like the others."""
        super().add_fields(form, index)
        form.fields["DELETE"].widget.attrs |= {"class": "form-check-input", "aria-label": str(_("删除"))}

    def rows(self) -> list[dict[str, Any]]:
        """The values of all rows that are kept, careers in the order of time."""
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        rows: list[dict[str, Any]] = [form.row() for form in kept]
        if self.kind == "career":
            rows.sort(key=lambda row: (row["starts_on"], row["is_nested"]))
        return rows

    def clean(self) -> None:
        """One grade a year."""
        if self.kind != "annual_grades" or any(self.errors):
            return
        years = [row["year"] for row in self.rows()]
        if len(years) != len(set(years)):
            raise forms.ValidationError(_("同一年度只能有一个等次。"))


def row_formset(kind: str, person: Person, data: QueryDict | None) -> RowFormSet:
    """The rows of one kind, filled from the person or from what was sent."""
    form, title = FORMS[kind]
    made: Any = formset_factory(
        form, formset=RowFormSet, extra=BLANK_ROWS, max_num=MOST_ROWS, can_delete=True
    )
    formset: RowFormSet = made(data, prefix=kind, initial=None if data else rows_of(person, kind))
    formset.kind, formset.title = kind, title
    return formset


def with_more_rows(data: QueryDict, kind: str) -> QueryDict:
    """What was sent, with room for more rows of one kind."""
    more = data.copy()
    total = data.get(f"{kind}-TOTAL_FORMS", "0")
    if total.isascii() and total.isdigit() and len(total) < 4:
        more[f"{kind}-TOTAL_FORMS"] = str(min(MOST_ROWS, int(total) + MORE_ROWS))
    return more


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where the month is shorter."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))

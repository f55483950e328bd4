"""What is typed about trainings and meetings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.documents.forms import DocumentField
from secondment.talks.choices import GatheringKind
from secondment.talks.gathering_drafts import NewGathering, of_row
from secondment.talks.models import (
    AGENDA_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    SHORT_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Gathering,
    Invitation,
)
from secondment.talks.sides import SIDE_OF
from secondment.units.models import Unit


class GatheringForm(forms.Form):
    """What, when and where."""

    kind = forms.ChoiceField(label=_("活动类型"), choices=GatheringKind)
    title = forms.CharField(label=_("活动名称"), max_length=TITLE_LENGTH)
    starts_on = DayField(label=_("开始日期"))
    last_day = DayField(label=_("结束日期"), required=False, help_text=_("只有一天的不填。"))
    hours = forms.CharField(
        label=_("时间"), max_length=SHORT_LENGTH, required=False, help_text=_("如：上午9:00报到。")
    )
    place = forms.CharField(label=_("地点"), max_length=PLACE_LENGTH)
    contact = forms.CharField(
        label=_("联系人"), max_length=SHORT_LENGTH, required=False, help_text=_("姓名和电话。")
    )
    agenda = forms.CharField(
        label=_("内容安排"),
        max_length=AGENDA_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": AGENDA_LENGTH}),
    )

    @property
    def new(self) -> NewGathering:
        """What was typed."""
        given = dict(self.cleaned_data)
        names = ("kind", "title", "starts_on", "place", "hours", "contact", "agenda")
        last_day = given["last_day"] or given["starts_on"]
        return NewGathering(**{name: given[name] for name in names}, last_day=last_day)


class PlanForm(GatheringForm):
    """The same, by one of the account's offices."""

    office = forms.ChoiceField(label=_("主办单位"))
    field_order = ("kind", "title", "office", "starts_on", "last_day")

    def __init__(self, *args: Any, offices: Sequence[tuple[Unit, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offices = {f"{unit.pk}-{SIDE_OF[role]}": (unit, SIDE_OF[role]) for unit, role in offices}
        office: Any = self.fields["office"]
        office.choices = [(key, unit.name) for key, (unit, _side) in self.offices.items()]
        self.initial.setdefault("office", next(iter(self.offices), ""))

    @property
    def organiser(self) -> tuple[Unit, str]:
        """The office, and which side of placements it is."""
        return self.offices[self.cleaned_data["office"]]


class ChangeForm(GatheringForm):
    """The same of one that is planned."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(gathering: Gathering) -> dict[str, Any]:
        """What the form begins with."""
        told = of_row(gathering)
        one_day = told.last_day == told.starts_on
        return {**vars(told), "last_day": None if one_day else told.last_day, "version": gathering.version}


class CancelForm(forms.Form):
    """Why it is called off."""

    words = forms.CharField(label=_("取消原因"), required=False, max_length=TEXT_LENGTH)


class MaterialForm(forms.Form):
    """A file for those who are invited."""

    file = DocumentField(label=_("材料"))


class AttendanceForm(forms.Form):
    """A reason for each who did not come; whoever has none came."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: Sequence[Invitation], proposed: Mapping[int, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.people = people
        for one in people:
            self.fields[f"absence-{one.pk}"] = forms.CharField(
                label=_("未到会原因"),
                required=False,
                max_length=REASON_LENGTH,
                initial=one.absence or proposed.get(one.pk, ""),
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )

    def rows(self) -> Iterator[tuple[Invitation, Any]]:
        """(Invitation, its field)."""
        for one in self.people:
            yield one, self[f"absence-{one.pk}"]

    def absences(self) -> dict[int, str]:
        """Invitation → why, of those who did not come."""
        found = {one.pk: self.cleaned_data[f"absence-{one.pk}"] for one in self.people}
        return {key: words for key, words in found.items() if words}

"""What is typed between the yearly assessments."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.assessments.interim.choices import MidtermSide, Proposal, RoutineGradeCode
from secondment.assessments.interim.models import NAME_LENGTH, TEXT_LENGTH, WORDS_LENGTH, RoutineGrade
from secondment.assessments.interim.services import MidtermSaid, RoutineLine
from secondment.assessments.interim.services.routine import faults_of
from secondment.common.days import DayField
from secondment.common.file_faults import told_whole
from secondment.obligations.periods import Period
from secondment.placements.models import Placement
from secondment.units.models import Unit


class RoutineForm(forms.Form):
    """One line for each secondee of a host unit: a grade and, where it is low, a few words."""

    def __init__(
        self,
        *args: Any,
        placements: Sequence[Placement],
        standing: dict[int, RoutineGrade],
        quarter: Period,
        on: dt.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.placements, self.standing, self.quarter, self.on = placements, standing, quarter, on
        for one in placements:
            self._add(one)

    def _add(self, placement: Placement) -> None:
        known = self.standing.get(placement.pk)
        self.fields[_name("grade", placement)] = forms.ChoiceField(
            label=_("平时考核等次"), choices=[("", "—"), *RoutineGradeCode.choices], required=False
        )
        typed = forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "off", "maxlength": WORDS_LENGTH}
        )
        self.fields[_name("words", placement)] = forms.CharField(
            label=_("简要说明"), required=False, max_length=WORDS_LENGTH, widget=typed
        )
        self.fields[_name("seen", placement)] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        values = {
            _name("grade", placement): known.grade if known else "",
            _name("words", placement): known.words if known else "",
            _name("seen", placement): known.pk if known else 0,
        }
        self.initial.update(values)

    def rows(self) -> Iterator[tuple[Placement, RoutineGrade | None, Any, Any, Any]]:
        """(placement, what stands, its three fields) of each row."""
        for one in self.placements:
            yield (
                one,
                self.standing.get(one.pk),
                self[_name("grade", one)],
                self[_name("words", one)],
                self[_name("seen", one)],
            )

    def lines(self) -> list[RoutineLine]:
        """The rows in which a grade was chosen."""
        data = self.cleaned_data
        return [
            RoutineLine(
                one,
                data[_name("grade", one)],
                data.get(_name("words", one), ""),
                data.get(_name("seen", one)) or 0,
            )
            for one in self.placements
            if data.get(_name("grade", one))
        ]

    def clean(self) -> dict[str, Any]:
        """Put what is wrong with a row where it was typed; words without a grade are not lost silently."""
        for one in self.placements:
            grade = self.cleaned_data.get(_name("grade", one))
            words = self.cleaned_data.get(_name("words", one), "")
            if not grade and (words or one.pk in self.standing):
                self.add_error(_name("grade", one), _("请选择等次。"))
        for line in self.lines():
            for field, fault in faults_of(line, line.placement, self.quarter, self.on):
                words = told_whole(fault)
                self.add_error(_name(field or "grade", line.placement), words)
        return self.cleaned_data


class MidtermForm(forms.Form):
    """What a side proposes at half term."""

    side = forms.ChoiceField(label=_("评估方"), choices=MidtermSide)
    proposal = forms.ChoiceField(label=_("评估建议"), choices=Proposal)
    text = forms.CharField(
        label=_("理由"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH}),
        help_text=_("写明任务进展和建议的理由，不超过300字。只是建议，调整、召回另按程序办理。"),
    )
    signer = forms.CharField(label=_("署名人"), max_length=NAME_LENGTH)

    def __init__(self, *args: Any, sides: Sequence[MidtermSide], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["side"].choices = [(one.value, one.label) for one in sides]  # type: ignore[attr-defined]

    @property
    def said(self) -> MidtermSaid:
        """What the service needs."""
        data = self.cleaned_data
        return MidtermSaid(data["proposal"], data["text"], data["signer"])


class SpecialForm(forms.Form):
    """Why a special assessment is ordered, of whom, by whom, by when."""

    owner = forms.ModelChoiceField(label=_("主办组织部门"), queryset=Unit.objects.none(), empty_label=None)
    title = forms.CharField(label=_("名称"), max_length=60)
    reason = forms.CharField(
        label=_("考核事由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
        help_text=_("急难险重任务、重大突发事件中的表现等，写明为什么考核。"),
    )
    assessors = forms.CharField(
        label=_("考核人员"), max_length=200, help_text=_("不少于2人，姓名之间用顿号隔开。")
    )
    due_on = DayField(label=_("完成期限"))
    placements = forms.ModelMultipleChoiceField(
        label=_("考核对象"),
        queryset=Placement.objects.none(),
        error_messages={"required": _("请至少选择一名考核对象。")},
    )

    def __init__(
        self, *args: Any, owners: QuerySet[Unit], people: QuerySet[Placement], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = owners
        field: Any = self.fields["placements"]
        field.queryset = people
        field.label_from_instance = lambda one: f"{one.person.name}（{one.host_unit.name}）"
        field.widget.attrs["data-searchable"] = ""


def _name(field: str, placement: Placement) -> str:
    return f"{field}_{placement.pk}"

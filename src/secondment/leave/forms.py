"""What users type about leave."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.days import DayField, LastDayField
from secondment.common.file_faults import told_whole
from secondment.leave.choices import LeaveType
from secondment.leave.drafts import Draft, faults_of
from secondment.leave.models import REASON_LENGTH, WORDS_LENGTH
from secondment.leave.queries import standing_of
from secondment.leave.spans import HalfDay, Span
from secondment.placements.models import Placement

AM, PM = "am", "pm"
HALVES = [(AM, _("上午")), (PM, _("下午"))]


def labelled_by(name: str, what: str) -> str:
    """A name and what tells it from others."""
    return gettext("%(name)s（%(what)s）") % {"name": name, "what": what}


class LeaveForm(forms.Form):
    """Form F7: from which half-day to which, for what, and who does the work meanwhile."""

    legal_basis = {"reason": _("病假、婚产假的事由加密保存，查看留痕")}
    placement = forms.ModelChoiceField(
        label=_("挂职干部"), queryset=Placement.objects.none(), empty_label=_("请选择")
    )
    type = forms.ChoiceField(label=_("假别"), choices=LeaveType)
    starts_on = DayField(label=_("开始日期"))
    starts_half = forms.ChoiceField(label=_("从"), choices=HALVES, initial=AM)
    last_on = DayField(label=_("结束日期"))
    last_half = forms.ChoiceField(label=_("到"), choices=HALVES, initial=PM)
    reason = forms.CharField(
        label=_("事由"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("几个字即可；事假必填。病假、婚产假不必写病情。"),
    )
    destination = forms.CharField(
        label=_("去往"), required=False, max_length=40, help_text=_("需要时写到市、县，不记录位置。")
    )
    deputy_name = forms.CharField(label=_("代行工作人"), required=False, max_length=40)
    deputy_contact = forms.CharField(label=_("代行工作人电话"), required=False, max_length=40)
    # what the person has seen of the days and of who decides
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, placements: QuerySet[Placement], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["placement"]
        field.queryset = placements
        field.label_from_instance = lambda one: labelled_by(one.person.name, one.host_unit.name)
        field.widget.attrs["data-searchable"] = ""
        self.draft: Draft | None = None

    @classmethod
    def for_own(cls, *args: Any, placement: Placement, **options: Any) -> "LeaveForm":
        """The form of the person: there is one placement and nothing to choose."""
        form = cls(*args, placements=Placement.objects.filter(pk=placement.pk), **options)
        form.fields["placement"].widget = forms.HiddenInput()
        form.initial["placement"] = placement.pk
        return form

    def clean(self) -> dict[str, Any]:
        """Put what is wrong where it was typed."""
        given = super().clean() or {}
        if self.errors:
            return given
        starts = HalfDay(given["starts_on"], given["starts_half"] == PM)
        last = HalfDay(given["last_on"], given["last_half"] == PM)
        self.draft = Draft(
            placement=given["placement"],
            type=given["type"],
            span=Span(starts, last.after(1)),
            **{name: given[name] for name in ("reason", "destination", "deputy_name", "deputy_contact")},
        )
        standing = list(standing_of([self.draft.placement.pk]))
        if not any(self.draft.is_in(one) for one in standing):
            for field, fault in faults_of(self.draft, standing):
                self.add_error(field, told_whole(fault))
        return given


class DecideForm(forms.Form):
    """Words of an office that decides."""

    words = forms.CharField(label=_("意见"), required=False, max_length=WORDS_LENGTH)
    decided_for = forms.CharField(
        label=_("作决定的人"),
        required=False,
        max_length=40,
        help_text=_("该单位没有账号，由您代为登记。"),
    )


class WordsForm(forms.Form):
    """A written reason."""

    words = forms.CharField(label=_("理由"), required=False, max_length=WORDS_LENGTH)


class ReturnForm(forms.Form):
    """The first half-day back in post."""

    back_on = DayField(label=_("返岗日期"))
    back_half = forms.ChoiceField(label=_("从"), choices=HALVES, initial=AM)

    @property
    def back(self) -> HalfDay:
        """What was typed."""
        return HalfDay(self.cleaned_data["back_on"], self.cleaned_data["back_half"] == PM)


class StandInForm(forms.Form):
    """Somebody who decides for an office for some days."""

    office = forms.ChoiceField(label=_("审批单位"))
    deputy = forms.ModelChoiceField(label=_("代批人"), queryset=User.objects.none(), empty_label=_("请选择"))
    starts_on = DayField(label=_("开始日期"))
    last_on = LastDayField(label=_("结束日期"))

    def __init__(
        self, *args: Any, offices: list[tuple[str, str]], accounts: QuerySet[User], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        office: Any = self.fields["office"]
        office.choices = offices
        deputy: Any = self.fields["deputy"]
        deputy.queryset = accounts
        deputy.label_from_instance = lambda one: (
            labelled_by(one.name, one.unit.name) if one.unit else one.name
        )


class ReviewForm(forms.Form):
    """What the department has found about an alert."""

    alert = forms.CharField(widget=forms.HiddenInput)
    year = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("核实情况和处理意见"), required=False, max_length=WORDS_LENGTH)

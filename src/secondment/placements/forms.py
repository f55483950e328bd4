"""What users type about placements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext_lazy as _

from secondment.common.days import ONE_DAY, DayField, LastDayField
from secondment.placements.choices import Destination, EndIntention, TermChangeKind
from secondment.placements.models import Placement
from secondment.placements.services import Arrival, Change, Closing, Issue
from secondment.placements.statistics import Period

SERIES_HELP = _("文号为“文号字〔年份〕序号”，序号由系统按年接续，不会重复。")

JOINT, SINGLE = "joint", "single"


class IssueForm(forms.Form):
    """How the notices go out."""

    series = forms.CharField(label=_("文号字"), max_length=40, help_text=SERIES_HELP)
    report_by = DayField(label=_("报到期限"))
    copies = forms.CharField(
        label=_("抄送"), max_length=200, required=False, help_text=_("多个单位之间用顿号隔开，可不填。")
    )
    copies_above = forms.BooleanField(
        label=_("抄送接收单位的上级组织部门、乡镇"),
        required=False,
        initial=True,
        help_text=_("每人一份的，抄送该接收单位的上级；一份通知的，抄送全部。"),
    )
    way = forms.ChoiceField(
        label=_("印发方式"),
        choices=[(JOINT, _("一份通知，名单作附件")), (SINGLE, _("每人一份通知"))],
        widget=forms.RadioSelect,
        initial=JOINT,
    )

    def __init__(self, *args: Any, n_people: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if n_people == 1:
            del self.fields["way"]

    def issue(self) -> Issue:
        """What the service needs."""
        data = self.cleaned_data
        return Issue(
            data["series"],
            data["report_by"],
            data["copies"],
            is_joint=data.get("way") == JOINT,
            copies_above=data["copies_above"],
        )


class NoticeWithdrawalForm(forms.Form):
    """Why a number becomes void."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


class NoticeCorrectionForm(forms.Form):
    """What of a notice is not read from the placements, and why it is corrected."""

    report_by = DayField(label=_("报到期限"))
    copies = forms.CharField(label=_("抄送"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("更正事由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("写进更正后的通知，例如：挂任职务名称有误。"),
    )


class TermForm(forms.Form):
    """One placement's own term; the last day is typed, the first day back is stored."""

    starts_on = DayField(label=_("挂职开始"))
    last_day = DayField(label=_("挂职结束"), help_text=_("挂职的最后一天；次日返回原单位。"))
    reason = forms.CharField(
        label=_("期限调整理由"),
        max_length=300,
        required=False,
        help_text=_("与批次期限不同的必填，留存于挂职记录。"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(placement: Placement) -> dict[str, Any]:
        """The current term."""
        return {
            "starts_on": placement.starts_on,
            "last_day": placement.last_day,
            "reason": placement.term_reason,
            "version": placement.version,
        }

    def term(self) -> dict[str, Any]:
        """What the service needs."""
        data = dict(self.cleaned_data)
        data["ends_on"] = data.pop("last_day") + ONE_DAY
        return data


class ArrivalForm(forms.ModelForm[Placement]):
    """The receipt of arrival (报到回执)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reported_on = DayField(label=_("报到日期"))

    class Meta:
        model = Placement
        fields = (
            "reported_on",
            "contact_leader",
            "mentor",
            "party_branch",
            "insurance_number",
            "duties",
            "lodging_arranged",
        )
        widgets = {"duties": forms.Textarea(attrs={"rows": 4, "maxlength": 500})}

    legal_basis = {"duties": _("报到后规定期限内明确；可先交回执，以后补填。")}

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version
        self.initial["reported_on"] = self.instance.reported_on or on
        post = self.instance.post
        for name, proposed in (("contact_leader", post.contact_leader), ("mentor", post.mentor)):
            self.initial[name] = self.initial.get(name) or proposed

    def arrival(self) -> Arrival:
        """What the service needs."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Arrival(**data)


class FormalityForm(forms.ModelForm[Placement]):
    """Membership and appointment; each party is shown its own part."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    legal_basis = {"lapses_at_end": _("挂职期满自然免除的，不另办免职手续。")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The instance stays as it is: the service changes a locked row, not this copy."""


def formality_form(data: Any, placement: Placement, names: Sequence[str]) -> FormalityForm:
    """The form of the fields that a party fills in."""
    days = {name: DayField for name in names if name.endswith("_on")}
    made: Any = modelform_factory(Placement, FormalityForm, fields=list(names), field_classes=days)
    form: FormalityForm = made(data, instance=placement)
    return form


class CancelForm(forms.Form):
    """Why a placement is cancelled."""

    reason = forms.CharField(
        label=_("取消理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 300})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ClosingForm(forms.Form):
    """How a term is closed."""

    destination = forms.ChoiceField(
        label=_("去向"), choices=Destination, widget=forms.RadioSelect, initial=Destination.RETURNED
    )
    destination_text = forms.CharField(
        label=_("去向说明"),
        max_length=100,
        required=False,
        help_text=_("留任、交流或提拔的，写明单位和职务。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def closing(self) -> Closing:
        """What the service needs."""
        return Closing(self.cleaned_data["destination"], self.cleaned_data["destination_text"])


class EndPlanForm(forms.Form):
    """What is intended for the end of a term."""

    intention = forms.ChoiceField(
        label=_("期满安排"), choices=EndIntention, widget=forms.RadioSelect, initial=EndIntention.RETURN
    )
    note = forms.CharField(
        label=_("简要说明"),
        max_length=100,
        required=False,
        help_text=_("不按期返回的必填：延期到何时、留任或交流到哪里。派出单位可以看到，本人看不到。"),
    )


class ChangeForm(forms.Form):
    """Form F16: an extension, an early end, a recall or a replacement."""

    kind = forms.ChoiceField(label=_("办理事项"), choices=TermChangeKind, widget=forms.RadioSelect)
    ends_on = LastDayField(label=_("变更后的最后一天"), help_text=_("挂职的最后一天；次日返回原单位。"))
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )
    decided_on = DayField(label=_("审批日期"))
    number = forms.CharField(label=_("审批文号"), max_length=60, required=False)
    own_opinion = forms.CharField(label=_("本人意见"), max_length=200, required=False)
    home_opinion = forms.CharField(label=_("派出单位意见"), max_length=200, required=False)
    host_opinion = forms.CharField(label=_("接收单位意见"), max_length=200, required=False)
    destination = forms.ChoiceField(
        label=_("去向"),
        choices=[("", _("暂不办结")), *Destination.choices],
        required=False,
        help_text=_("提前结束且最后一天已到的，填写去向即同时办结；不填的列入期满待办结。"),
    )
    destination_text = forms.CharField(label=_("去向说明"), max_length=100, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    legal_basis = {
        "kind": _("延期须接收单位需要、派出单位和本人同意，并经批准；提前结束须有特殊理由，事先报组织部门。")
    }

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_draft:  # the form on paper is what is to be approved
            self.fields["decided_on"].required = False

    def change(self, *, decided_on: dt.date | None = None) -> Change:
        """What the service needs."""
        given = {one.name: self.cleaned_data[one.name] for one in fields(Change)}
        return Change(**given | ({"decided_on": decided_on} if decided_on else {}))

    def closing(self) -> Closing | None:
        """What becomes of the person, where that is said already."""
        data = self.cleaned_data
        return Closing(data["destination"], data["destination_text"]) if data["destination"] else None


class ReopenForm(forms.Form):
    """Why an end is taken back."""

    reason = forms.CharField(
        label=_("撤销理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PeriodForm(forms.Form):
    """The first and the last day of a period, both in it."""

    first = DayField(label=_("统计起始日期"))
    last = DayField(label=_("统计截止日期"))

    def clean(self) -> dict[str, Any]:
        """A period runs forwards."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("截止日期不能早于起始日期。"))
        return cleaned

    def period(self) -> Period:
        """What the statistics need."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


class UpperFormForm(forms.Form):
    """The upper level's form."""

    file = forms.FileField(
        label=_("上级表样"),
        max_length=200,
        help_text=_(".xlsx，不含宏。要填数的单元格用“可用的名称”命名，其余内容原样保留。"),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )

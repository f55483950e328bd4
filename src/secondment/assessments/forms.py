"""What users type about yearly assessments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of
from secondment.assessments.choices import OpinionSource, PoolKind, QuotaBasis, Side
from secondment.assessments.labels import grade_choices
from secondment.assessments.models import Evaluation, Opinion, Pool, Summary
from secondment.assessments.pools import bases_of
from secondment.assessments.proposing import proposals_of
from secondment.assessments.services.deciding import Choice, Meeting
from secondment.assessments.services.opinions import Said
from secondment.campaigns.models import Programme
from secondment.common.days import DayField
from secondment.files.columns.evaluation import LONGEST
from secondment.people.choices import Category
from secondment.units.models import Unit


def lines(label: Any, longest: int, **options: Any) -> forms.CharField:
    """A text of a few lines."""
    widget = forms.Textarea(attrs={"rows": 3, "maxlength": longest})
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


class RegisterForm(forms.Form):
    """A year to be opened."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("主办组织部门"), empty_label=None)
    year = forms.IntegerField(label=_("考核年度"), min_value=2000, max_value=2100)
    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"),
        label=_("挂职项目"),
        required=False,
        empty_label=_("全部项目"),
        help_text=_("各项目分别组织考核的，选择项目；一人一年只列入一个名册。"),
    )
    opinions_by = DayField(label=_("意见报送期限"))

    def __init__(self, *args: Any, user: User, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Unit.objects.filter(path__in=paths_of(user, Role.ORGANISATION_DEPARTMENT)).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial = {
            "unit": units.first(),
            "year": on.year if on.month > 6 else on.year - 1,
            "opinions_by": on + dt.timedelta(days=20),
            **self.initial,
        }


class OpinionForm(forms.Form):
    """The opinion of one side, about one person or several."""

    text = lines(_("意见"), LONGEST, help_text=_("写明主要成绩和不足，不超过 300 字。"))
    grade = forms.ChoiceField(label=_("建议等次"))
    leave_workdays = forms.IntegerField(
        label=_("病事假工作日"),
        min_value=0,
        max_value=366,
        required=False,
        help_text=_("当年病假、事假累计工作日；超过规定期限的不定等次。没有的填 0。"),
    )
    signed_on = DayField(label=_("签署日期"), help_text=_("纸质意见的签署日期。"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    legal_basis = {"grade": _("《公务员考核规定》第二十六条第二款：挂职期间的考核听取另一方意见")}

    def __init__(
        self,
        *args: Any,
        side: Side,
        source: OpinionSource,
        category: str = Category.PARTY_GOVERNMENT,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = grade_choices(category)  # type: ignore[attr-defined]
        if side == Side.HOME:
            del self.fields["leave_workdays"]
        if source == OpinionSource.ACCOUNT:
            del self.fields["signed_on"]

    @staticmethod
    def initial_of(evaluation: Evaluation, opinion: Opinion | None) -> dict[str, Any]:
        """What was said before."""
        initial: dict[str, Any] = {"version": evaluation.version, "leave_workdays": evaluation.leave_workdays}
        if opinion is not None:
            initial |= {"text": opinion.text, "grade": opinion.grade, "signed_on": opinion.signed_on}
        return initial

    def said(self) -> Said:
        """What the service needs."""
        data = self.cleaned_data
        return Said(data["text"], data["grade"], data.get("signed_on"), data.get("leave_workdays"))


class SideForm(forms.Form):
    """Whose opinion is written down for the chosen people."""

    side = forms.ChoiceField(label=_("意见单位"), choices=Side)


class MeetingForm(forms.Form):
    """Who decided, where, when and under which number."""

    meeting = forms.CharField(label=_("会议"), max_length=100)
    deciders = forms.CharField(
        label=_("参加决定的人员"),
        max_length=200,
        help_text=_("考核委员会或会议的参加人员，用顿号隔开；被考核人的亲属应当回避。"),
    )
    number = forms.CharField(label=_("决定文号"), max_length=60)
    decided_on = DayField(label=_("决定日期"))
    is_namesake = forms.BooleanField(
        label=_("已核实：参加决定的人员中，与被考核人或其亲属同名的是另一人"), required=False
    )

    def answer(self) -> Meeting:
        """What the service needs."""
        return Meeting(
            self.cleaned_data["meeting"],
            *(self.cleaned_data[name] for name in ("deciders", "number", "decided_on", "is_namesake")),
        )


class GradeForm(forms.Form):
    """The grade decided for one person; as proposed unless somebody says otherwise, none while it is left to another meeting."""

    grade = forms.ChoiceField(label=_("决定等次"), required=False)
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, evaluation: Evaluation, proposed: str) -> None:
        super().__init__(data, prefix=f"e{evaluation.pk}")
        self.evaluation = evaluation
        for name, kind in (("grade", "form-select"), ("reason", "form-control")):
            label = f"{evaluation.person.name} {self.fields[name].label}"
            self.fields[name].widget.attrs |= {"class": kind, "aria-label": label}
        self.fields["grade"].choices = grade_choices(evaluation.person.category, first=str(_("暂不决定")))  # type: ignore[attr-defined]
        self.initial.setdefault("grade", proposed)

    def clean(self) -> dict[str, Any]:
        """A reason belongs to a grade."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") and not cleaned.get("grade"):
            self.add_error("reason", _("暂不决定的不写理由。请选择等次，或者清空理由。"))
        return cleaned

    @property
    def is_decided(self) -> bool:
        """Whether the meeting decided about this person."""
        return bool(self.cleaned_data["grade"])

    def choice(self) -> Choice:
        """What the service needs."""
        return Choice(self.evaluation.pk, self.cleaned_data["grade"], self.cleaned_data["reason"])


def grade_forms(data: Mapping[str, Any] | None, evaluations: Iterable[Evaluation]) -> list[GradeForm]:
    """One form a person."""
    people = list(evaluations)
    proposals = proposals_of(people)
    return [GradeForm(data, evaluation=one, proposed=proposals[one.pk].grade) for one in people]


class CorrectionForm(MeetingForm):
    """Another grade than the one in force, or none; a decision like the first."""

    grade = forms.ChoiceField(label=_("更正后的等次"), required=False)
    reason = lines(_("理由"), 300)

    field_order = ("grade", "reason", "meeting", "deciders", "number", "decided_on")

    def __init__(self, *args: Any, category: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = grade_choices(category, first=str(_("撤销等次")))  # type: ignore[attr-defined]


class PostingForm(forms.Form):
    """From when 优秀 is posted."""

    starts_on = DayField(label=_("公示开始"))
    late_reason = forms.CharField(
        label=_("补录说明"),
        max_length=200,
        required=False,
        help_text=_("公示已经张贴、现在补录的，写明何时何地张贴。"),
    )


class ReasonForm(forms.Form):
    """Why something is taken back, taken out or left as it is."""

    reason = lines(_("理由"), 300)


class SettleForm(ReasonForm):
    """What was found when changed facts were looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PoolForm(forms.Form):
    """Among whom the chosen people are counted."""

    kind = forms.ChoiceField(
        label=_("名额分组"),
        choices=PoolKind,
        widget=forms.RadioSelect,
        help_text=_("由派出单位在本单位名额内评定的，选“占派出单位名额”，不占本名册的名额。"),
    )


class BasisForm(forms.Form):
    """Which share holds for a pool."""

    basis = forms.ChoiceField(label=_("比例依据"), widget=forms.RadioSelect)
    document = forms.CharField(
        label=_("批准文号"), max_length=60, required=False, help_text=_("不按一般比例的必填。")
    )

    def __init__(self, *args: Any, pool: Pool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["basis"].choices = [(one.value, one.label) for one in bases_of(pool.kind)]  # type: ignore[attr-defined]
        self.initial = {"basis": pool.basis, "document": pool.document, **self.initial}

    def answer(self) -> tuple[QuotaBasis, str]:
        """What the service needs."""
        return QuotaBasis(self.cleaned_data["basis"]), self.cleaned_data["document"]


class SummaryForm(forms.Form):
    """The text of a year."""

    text = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,  # the service says what is missing, as it does to a workbook
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, most: int, before: Summary | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["text"]
        field.help_text = _(
            "主要工作、不足和打算，不超过 %(n)d 字。任务、请假、在岗天数系统已有，不用写。"
        ) % {"n": most}
        field.widget.attrs["maxlength"] = most
        if before is not None:
            self.initial = {"text": before.text, "version": before.version, **self.initial}

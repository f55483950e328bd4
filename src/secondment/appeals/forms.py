"""What users type about reviews and appeals."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.appeals.choices import Outcome, RecomputationKind
from secondment.appeals.explained import Explained
from secondment.appeals.services import Verdict
from secondment.appraisals.models import BallotPaper
from secondment.assessments.labels import grade_choices
from secondment.common.days import DayField
from secondment.measurement.models import Run
from secondment.standards.choices import RaterGroup

LONGEST = 1_000


def _lines(label: Any, longest: int, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


class FilingForm(forms.Form):
    """What is asked for and why; of a paper its day, and the reason that excuses one that came late."""

    filed_on = DayField(label=_("提出日期"), help_text=_("书面申请上的日期。"))
    late_reason = forms.CharField(
        label=_("逾期的正当理由"),
        max_length=200,
        required=False,
        help_text=_("超过法定期限的才填，如不可抗力。"),
    )
    text = _lines(
        _("请求和理由"),
        LONGEST,
        8,
        help_text=_("写明不服的事项、要求和理由，不超过 1000 字；只写事实，不需要证明评议人是谁。"),
    )

    def __init__(self, *args: Any, is_own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_own:
            del self.fields["filed_on"], self.fields["late_reason"]

    def filed(self, on: dt.date) -> dict[str, Any]:
        """What the service takes."""
        return {"filed_on": on, **self.cleaned_data}


class ExtensionForm(forms.Form):
    """How much longer, and why."""

    days = forms.IntegerField(label=_("延长天数"), min_value=1)
    reason = forms.CharField(label=_("延长理由"), max_length=200)


class OutcomeForm(forms.Form):
    """What was decided by whom, when and why."""

    outcome = forms.ChoiceField(label=_("决定"), choices=Outcome, widget=forms.RadioSelect)
    grade = forms.ChoiceField(label=_("更正后的等次"), required=False, help_text=_("更正等次的才选。"))
    reason = _lines(_("决定理由"), 500, help_text=_("写明查明的事实和依据，书面告知本人。"))
    deciders = forms.CharField(
        label=_("参加决定的人员"),
        max_length=200,
        help_text=_("用顿号隔开；参加过原决定的人员应当回避。"),
    )
    number = forms.CharField(label=_("决定文号"), max_length=60)
    decided_on = DayField(label=_("决定日期"))

    def __init__(self, *args: Any, category: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = grade_choices(category)  # type: ignore[attr-defined]

    def verdict(self) -> Verdict:
        """What the service takes."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"])
        grade = data["grade"] if outcome == Outcome.CORRECTED else ""
        others = {name: data[name] for name in ("reason", "deciders", "number", "decided_on")}
        return Verdict(outcome=outcome, grade=grade, **others)


class ReceiptForm(forms.Form):
    """When the decision was signed for on paper."""

    received_on = DayField(label=_("签收日期"))


class RecomputationForm(forms.Form):
    """On the same inputs, or on corrected ones, and why."""

    kind = forms.ChoiceField(
        label=_("输入"), choices=RecomputationKind, widget=forms.RadioSelect, initial=RecomputationKind.SAME
    )
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("如复核提出的事项、文号。"))
    excluded = forms.ModelMultipleChoiceField(
        label=_("名单有误、整体剔除的票种"),
        queryset=BallotPaper.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只能整体剔除，不能剔除单张票。"),
    )

    def __init__(self, *args: Any, explained: Explained, **options: Any) -> None:
        super().__init__(*args, **options)
        papers: Any = self.fields["excluded"]
        papers.queryset = explained.candidate.papers.select_related("unit").order_by("group", "pk")
        self.groups = [one for one in RaterGroup if one.value in explained.standard.group_weights]
        for one in self.groups:
            self.fields[f"weight_{one.value}"] = forms.IntegerField(
                label=_("%(group)s权重（%%）") % {"group": one.label},
                min_value=0,
                max_value=100,
                initial=explained.standard.group_weights[one.value],
            )

    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "kind": RecomputationKind(data["kind"]),
            "reason": data["reason"],
            "group_weights": {one.value: data[f"weight_{one.value}"] for one in self.groups},
            "excluded": [one.pk for one in data["excluded"]],
        }


class ProofForm(forms.Form):
    """Which computation is laid open to whom, and for what."""

    run = forms.ModelChoiceField(Run.objects.none(), label=_("测评计算"))
    purpose = forms.CharField(label=_("用途"), max_length=200, help_text=_("如某件申诉的核查，写明文号。"))
    recipient = forms.CharField(label=_("接收人"), max_length=100, help_text=_("单位和姓名。"))

    def __init__(self, *args: Any, runs: QuerySet[Run], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["run"].queryset = runs  # type: ignore[attr-defined]

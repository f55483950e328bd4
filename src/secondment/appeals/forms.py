"""What users type about reviews and appeals."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.appeals.choices import Outcome, RecomputationKind
from secondment.appeals.composites import Working
from secondment.appeals.explained import Explained
from secondment.appeals.models import Recomputation
from secondment.appeals.services import Corrected, Verdict
from secondment.assessments.composite.choices import Backing
from secondment.assessments.composite.forms import NO, YES, answers_of
from secondment.assessments.labels import grade_choices
from secondment.common.days import DayField
from secondment.files.columns.quantity import LARGEST
from secondment.files.columns.quantity import LONGEST as LONGEST_BASIS
from secondment.measurement.models import Run
from secondment.standards.choices import RaterGroup
from secondment.standards.models import Indicator

LONGEST = 1_000


def _lines(label: Any, longest: int, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


class VersionField(forms.ModelChoiceField[Recomputation]):
    """A result computed again, known by its day and reason."""

    def label_from_instance(self, obj: Any) -> str:
        """As the list of recomputations names it."""
        return f"{timezone.localtime(obj.requested_at):%Y-%m-%d %H:%M} {obj.reason}"


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
        help_text=_("用顿号隔开；参加过原决定的人员、本人的亲属应当回避。"),
    )
    is_namesake = forms.BooleanField(
        label=_("已核实：与本人或其亲属同名的是另一人"),
        required=False,
    )
    number = forms.CharField(label=_("决定文号"), max_length=60)
    decided_on = DayField(label=_("决定日期"))
    version = VersionField(
        Recomputation.objects.none(),
        label=_("据以更正得分的重新计算"),
        required=False,
        empty_label=_("不更正得分"),
        help_text=_("选中的，得分随这一决定更正并书面告知本人；原来的得分仍可查看。"),
    )

    def __init__(self, *args: Any, category: str, versions: QuerySet[Recomputation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = grade_choices(category)  # type: ignore[attr-defined]
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        if not versions:
            del self.fields["version"]

    def verdict(self) -> Verdict:
        """What the service takes."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"])
        grade = data["grade"] if outcome == Outcome.CORRECTED else ""
        others = {name: data[name] for name in ("reason", "deciders", "number", "decided_on", "is_namesake")}
        return Verdict(outcome=outcome, grade=grade, version=data.get("version"), **others)


class ReceiptForm(forms.Form):
    """When the decision was signed for on paper."""

    received_on = DayField(label=_("签收日期"))


class RecomputationForm(forms.Form):
    """On the same inputs, or on corrected ones, and why: weights, rosters, values and statements as they are, to be corrected."""

    kind = forms.ChoiceField(
        label=_("输入"), choices=RecomputationKind, widget=forms.RadioSelect, initial=RecomputationKind.SAME
    )
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("如复核提出的事项、文号。"))

    def __init__(
        self, *args: Any, explained: Explained | None, working: Working | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.working = working
        self.groups: list[RaterGroup] = []
        self.counted: list[Indicator] = []
        self.stated: list[Indicator] = []
        if explained is not None:
            self._ask_votes(explained)
        if working is not None:
            self._ask_working(working)

    def _ask_votes(self, explained: Explained) -> None:
        papers = explained.candidate.papers.select_related("unit").order_by("group", "pk")
        if papers:
            self.fields["excluded"] = forms.ModelMultipleChoiceField(
                label=_("名单有误、整体剔除的票种"),
                queryset=papers,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("只能整体剔除，不能剔除单张票。"),
            )
        self.groups = [one for one in RaterGroup if one.value in explained.standard.group_weights]
        for one in self.groups:
            self.fields[f"weight_{one.value}"] = forms.IntegerField(
                label=_("%(group)s权重（%%）") % {"group": one.label},
                min_value=0,
                max_value=100,
                initial=explained.standard.group_weights[one.value],
            )

    def _ask_working(self, working: Working) -> None:
        """What is known can be corrected; what was never recorded is no part of the result."""
        known = working.inputs["values"]
        self.counted = [one for one in working.scheme.quantitative if one.code in known]
        self.stated = list(working.scheme.stated)
        for one in self.counted:
            value, backing = known[one.code]
            about = {"title": one.title, "unit": one.unit_of_measure}
            self.fields[f"value_{one.code}"] = forms.DecimalField(
                label=_("%(title)s实际值（%(unit)s）") % about,
                max_value=LARGEST,
                decimal_places=2,
                initial=f"{value:g}",
            )
            self.fields[f"backing_{one.code}"] = forms.ChoiceField(
                label=_("%(title)s核实程度") % about, choices=Backing, initial=backing
            )
            self.fields[f"evidence_{one.code}"] = forms.CharField(
                label=_("%(title)s依据") % about,
                max_length=LONGEST_BASIS,
                required=False,
                initial=working.evidence.get(one.code, ""),
            )
        for one in self.stated:
            is_adverse, basis = working.facts.get(one.code, (None, ""))
            answer = "" if is_adverse is None else YES if is_adverse else NO
            self.fields[f"fact_{one.code}"] = forms.ChoiceField(
                label=one.title,
                required=False,
                choices=[("", _("未认定")), *answers_of(one.kind).items()],
                initial=answer,
            )
            self.fields[f"basis_{one.code}"] = forms.CharField(
                label=_("%(title)s依据") % {"title": one.title},
                max_length=LONGEST_BASIS,
                required=False,
                initial=basis,
            )

    @property
    def sections(self) -> list[tuple[Any, str]]:
        """Headings with the names of their fields, as the page lays them out."""
        votes = [
            *(["excluded"] if "excluded" in self.fields else []),
            *(f"weight_{one}" for one in self.groups),
        ]
        counted = [f"{name}_{one.code}" for one in self.counted for name in ("value", "backing", "evidence")]
        stated = [f"{name}_{one.code}" for one in self.stated for name in ("fact", "basis")]
        found = (
            (_("更正民主测评"), votes),
            (_("更正量化指标值"), counted),
            (_("更正门槛和否决事项的认定"), stated),
        )
        return [(title, " ".join(names)) for title, names in found if names]

    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        corrected = Corrected(
            group_weights={one.value: data[f"weight_{one.value}"] for one in self.groups},
            excluded=[one.pk for one in data.get("excluded", ())],
            values={
                one.code: (
                    data[f"value_{one.code}"],
                    data[f"backing_{one.code}"],
                    data[f"evidence_{one.code}"],
                )
                for one in self.counted
            },
            facts={
                one.code: (data[f"fact_{one.code}"] == YES, data[f"basis_{one.code}"])
                for one in self.stated
                if data[f"fact_{one.code}"]
            },
        )
        return {
            "kind": RecomputationKind(data["kind"]),
            "reason": data["reason"],
            "corrected": corrected,
        }


class ProofForm(forms.Form):
    """Which computation is laid open to whom, and for what."""

    run = forms.ModelChoiceField(Run.objects.none(), label=_("测评计算"))
    purpose = forms.CharField(label=_("用途"), max_length=200, help_text=_("如某件申诉的核查，写明文号。"))
    recipient = forms.CharField(label=_("接收人"), max_length=100, help_text=_("单位和姓名。"))

    def __init__(self, *args: Any, runs: QuerySet[Run], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["run"].queryset = runs  # type: ignore[attr-defined]

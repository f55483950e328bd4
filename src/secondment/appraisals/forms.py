"""What is typed about appraisals."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from secondment.appraisals.choices import Occasion
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate
from secondment.appraisals.raters import NewRater, parse_lines
from secondment.appraisals.services import Member, NewAppraisal, NewPaper
from secondment.common.days import DayField
from secondment.standards.choices import ANONYMOUS_GROUPS, RaterGroup
from secondment.units.models import Unit

LINES = {"rows": 8, "maxlength": 60_000, "spellcheck": "false"}
REASON_LENGTH = 200


class AppraisalForm(forms.Form):
    """What it is called, of which year, and when."""

    name = forms.CharField(label=_("名称"), max_length=80)
    occasion = forms.ChoiceField(label=_("类型"), choices=Occasion)
    year = forms.IntegerField(
        label=_("考核年度"),
        min_value=2000,
        max_value=2100,
        help_text=_("被测评的年度；次年一月补测上一年度的，填上一年度。"),
    )
    held_on = DayField(label=_("测评日期"))
    closes_on = DayField(label=_("截止日期"), help_text=_("当天结束后封存票箱。"))

    @property
    def new(self) -> NewAppraisal:
        """What was typed."""
        given = self.cleaned_data
        return NewAppraisal(
            **{name: given[name] for name in ("name", "occasion", "year", "held_on", "closes_on")}
        )


class NewAppraisalForm(AppraisalForm):
    """The same, by one of the account's departments."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("主办组织部门"), empty_label=None)
    field_order = ("unit", "name", "occasion", "year")

    def __init__(self, *args: Any, units: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]
        year = on.year if on.month > 6 else on.year - 1
        words = _now("%(year)d 年度民主测评") % {"year": year}
        self.initial = {"unit": units.first(), "year": year, "name": words, **self.initial}


class ChangeAppraisalForm(AppraisalForm):
    """The same of one in preparation."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(appraisal: Appraisal) -> dict[str, Any]:
        """What the form begins with."""
        names = ("name", "occasion", "year", "held_on", "closes_on", "version")
        return {name: getattr(appraisal, name) for name in names}


class AskForm(forms.Form):
    """Until when units hand their lists in."""

    until = DayField(label=_("名单报送期限"))


class VoidForm(forms.Form):
    """Why it is voided."""

    reason = forms.CharField(label=_("作废理由"), required=False, max_length=300)


class ReplaceForm(forms.Form):
    """Why somebody does not vote after all."""

    reason = forms.CharField(
        label=_("退出理由"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("如：调离、长期病假、须回避。理由记入变动记录。"),
    )


class FreezeForm(forms.Form):
    """The seed, and the digest of the lists as the page showed it."""

    seed = forms.CharField(
        label=_("抽取种子"),
        required=False,
        max_length=100,
        help_text=_("名单摘要公布以后才产生、任何人不能控制的数，如指定期次的福利彩票开奖号码。"),
    )
    digest = forms.CharField(widget=forms.HiddenInput)


class RatersForm(forms.Form):
    """A list as it is typed or pasted."""

    text = forms.CharField(
        label=_("参评人员"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("每行一人：姓名，空格，单位职务或身份。可从 Excel 整列粘贴。"),
    )
    is_namesake = forms.BooleanField(label=_("已核实：与测评对象或其亲属同名，不是同一人"), required=False)
    is_another = forms.BooleanField(label=_("已核实：与名单中同名的人不是同一人"), required=False)

    def __init__(self, *args: Any, may_vouch: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_vouch:
            del self.fields["is_namesake"]

    @property
    def raters(self) -> list[NewRater]:
        """Who was typed."""
        vouched = bool(self.cleaned_data.get("is_namesake"))
        rows = parse_lines(self.cleaned_data["text"])
        is_another = self.cleaned_data["is_another"]
        return [NewRater(one.name, one.duty, vouched, is_another) for one in rows]


class PaperForm(forms.Form):
    """Whom a paper is about, and how many vote."""

    candidates = forms.ModelMultipleChoiceField(
        Candidate.objects.none(),
        label=_("测评对象"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("同一种票上的测评对象由同一批人评议，结果才可以相互比较。"),
    )
    n_wanted = forms.IntegerField(
        label=_("应抽取人数"),
        required=False,
        min_value=0,
        max_value=2000,
        help_text=_("留空：名单上的人全部参评。"),
    )

    def __init__(self, *args: Any, appraisal: Appraisal, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = appraisal.candidates.select_related("placement__person", "placement__host_unit")
        field: Any = self.fields["candidates"]
        field.queryset = rows
        field.label_from_instance = lambda one: (
            f"{one.placement.person.name} · {one.placement.host_unit.name}"
        )

    @property
    def chosen(self) -> list[Candidate]:
        """The candidates."""
        return list(self.cleaned_data["candidates"])


class NewPaperForm(PaperForm):
    """The same with group and unit."""

    group = forms.ChoiceField(
        label=_("评议主体"), choices=[(one.value, one.label) for one in ANONYMOUS_GROUPS]
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("参评单位"))
    field_order = ("group", "unit", "n_wanted", "candidates")

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]

    @property
    def new(self) -> NewPaper:
        """The paper that was typed."""
        given = self.cleaned_data
        return NewPaper(RaterGroup(given["group"]), given["unit"], self.chosen, given["n_wanted"])


def initial_of_paper(paper: BallotPaper) -> dict[str, Any]:
    """What the form of a known paper begins with."""
    return {"candidates": list(paper.candidates.values_list("pk", flat=True)), "n_wanted": paper.n_wanted}


class TeamForm(forms.Form):
    """The organisation group."""

    members = forms.CharField(
        label=_("考核组成员"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={**LINES, "rows": 5, "maxlength": 4_000}),
        help_text=_("每行一人：姓名，空格，职务。评分按姓名署名。"),
    )

    @property
    def team(self) -> list[Member]:
        """Who was typed."""
        return [Member(one.name, one.duty) for one in parse_lines(self.cleaned_data["members"])]

    @staticmethod
    def initial_of(appraisal: Appraisal) -> dict[str, str]:
        """The group as it would be typed."""
        lines: Sequence[str] = [f"{one['name']} {one['duty']}".strip() for one in appraisal.team]
        return {"members": "\n".join(lines)}

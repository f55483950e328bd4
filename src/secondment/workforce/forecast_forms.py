"""What a reader asks of a forecast besides whom it is about."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.algorithms.workforce.stays import ELSEWHERE
from secondment.files.structure.dimensions import RANK
from secondment.people.labels import specialty_label
from secondment.workforce.balance import BalanceAsked
from secondment.workforce.force import TAGS, Force
from secondment.workforce.forecast_cells import KINDS
from secondment.workforce.forecasts import Asked
from secondment.workforce.trials import MOST_FIRST, MOST_TERM, Recruits, TrialAsked, chosen
from secondment.workforce.words import name_of

CLERK = next(at for at, bucket in enumerate(RANK.buckets) if bucket.key == "clerk")


class ForecastForm(forms.Form):
    """Years ahead, the age that counts as young, the floor of every cell; what is left empty has its usual value."""

    years = forms.IntegerField(label=_("推算年数"), min_value=1, max_value=10, required=False)
    age_to = forms.IntegerField(
        label=_("年轻干部年龄上限"), min_value=25, max_value=60, required=False, help_text=_("含本数，按周岁")
    )
    floor = forms.IntegerField(
        label=_("各类人员下限"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("少于此数时列入将要出现的空缺"),
    )

    def __init__(self, data: Any) -> None:
        usual = {"years": 10, "age_to": 40, "floor": 1}
        filled = data.copy()
        for name, value in usual.items():
            if not filled.get(name):
                filled[name] = str(value)
        super().__init__(filled)

    def asked(self) -> Asked:
        """What is asked; the usual where something was not understood, which the form says."""
        if not self.is_valid():
            return Asked()
        return Asked(self.cleaned_data["years"], self.cleaned_data["age_to"], self.cleaned_data["floor"])


class KindForm(forms.Form):
    """By what the structure is counted."""

    kind = forms.ChoiceField(choices=list(KINDS.items()), required=False)


class BalanceForm(forms.Form):
    """Which rank, which share, how long people are away; rates that the clerk knows better than the records."""

    of_rank = forms.ChoiceField(label=_("职务职级层次"), required=False)
    share = forms.IntegerField(label=_("要求比例（%）"), min_value=1, max_value=100, required=False)
    years_away = forms.IntegerField(label=_("一次派出年数"), min_value=1, max_value=5, required=False)
    within = forms.IntegerField(label=_("几年内达到"), min_value=1, max_value=10, required=False)
    leaving = forms.DecimalField(
        label=_("年退出率（%）"),
        min_value=0,
        max_value=95,
        required=False,
        help_text=_("退休以外；不填按近三年升任情况计算"),
    )
    entering = forms.DecimalField(
        label=_("新进人员已有基层经历的比例（%）"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("不填按近三年新进人员计算"),
    )

    def __init__(self, data: Any, *, ranks: Sequence[int]) -> None:
        present = Counter(rank for rank in ranks if 0 <= rank < len(RANK.buckets) - 1)
        usual = {"share": "60", "years_away": "2", "within": "5"}
        if present:
            usual["of_rank"] = str(present.most_common(1)[0][0])
        filled = data.copy()
        for name, value in usual.items():
            if not filled.get(name):
                filled[name] = value
        super().__init__(filled)
        choice: Any = self.fields["of_rank"]
        choice.choices = [
            (rank, f"{name_of(RANK.buckets[rank])} · {present[rank]}") for rank in sorted(present)
        ]

    def asked(self) -> BalanceAsked | None:
        """What is asked; None where there is no rank or something was not understood, which the form says."""
        if not self.is_valid() or not self.cleaned_data["of_rank"]:
            return None
        values = self.cleaned_data
        return BalanceAsked(
            int(values["of_rank"]),
            values["share"] / 100,
            values["years_away"],
            values["within"],
            _share(values["leaving"]),
            _share(values["entering"]),
        )


class TrialForm(forms.Form):
    """A plan to try: people by name from the scope, or so many who meet conditions; people to take back; recruits."""

    sent = forms.MultipleChoiceField(label=_("派出人员"), required=False)
    n_sent = forms.IntegerField(
        label=_("或按条件派出人数"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_("按名册顺序取在岗人员，名单在结果中列出"),
    )
    sent_tag = forms.TypedChoiceField(
        label=_("派出条件：专业领域"), coerce=int, empty_value=None, required=False
    )
    sent_rank = forms.TypedChoiceField(
        label=_("派出条件：职务职级层次"), coerce=int, empty_value=None, required=False
    )
    sent_age = forms.IntegerField(label=_("派出条件：年龄上限"), min_value=20, max_value=60, required=False)
    host = forms.TypedChoiceField(label=_("接收单位"), coerce=int, empty_value=None, required=False)
    first = forms.IntegerField(label=_("几个月后派出"), min_value=1, max_value=MOST_FIRST, required=False)
    months = forms.IntegerField(label=_("期限（月）"), min_value=1, max_value=MOST_TERM, required=False)
    taken_back = forms.MultipleChoiceField(label=_("提前收回人员"), required=False)
    back_from = forms.IntegerField(label=_("几个月后收回"), min_value=1, max_value=MOST_FIRST, required=False)
    n_recruits = forms.IntegerField(label=_("招录人数"), min_value=0, max_value=50, required=False)
    recruit_sex = forms.TypedChoiceField(
        label=_("招录性别"),
        coerce=int,
        choices=[(0, _("男")), (1, _("女"))],
        empty_value=None,
        required=False,
    )
    recruit_age = forms.IntegerField(label=_("招录年龄"), min_value=18, max_value=45, required=False)
    recruit_tag = forms.TypedChoiceField(
        label=_("招录专业领域"), coerce=int, empty_value=None, required=False
    )
    recruit_rank = forms.TypedChoiceField(
        label=_("招录职务职级层次"), coerce=int, empty_value=None, required=False
    )
    recruit_unit = forms.TypedChoiceField(label=_("招录单位"), coerce=int, empty_value=None, required=False)
    joined = forms.IntegerField(label=_("几个月后到岗"), min_value=1, max_value=MOST_FIRST, required=False)
    floor = forms.IntegerField(label=_("各类人员下限"), min_value=1, max_value=50, required=False)

    def __init__(self, data: Any, *, force: Force) -> None:
        usual = {
            "first": "1",
            "months": "24",
            "back_from": "1",
            "recruit_age": "25",
            "joined": "1",
            "recruit_rank": str(CLERK),
            "floor": "1",
        }
        filled = data.copy()
        for name, value in usual.items():
            if not filled.get(name):
                filled[name] = value
        super().__init__(filled)
        self._force = force
        self._places = {str(one.pk): at for at, one in enumerate(force.officials)}
        out = set(force.terms.person.tolist())
        own = range(force.n_own)
        tags = [(at, specialty_label(code)) for at, code in enumerate(TAGS)]
        ranks = [(at, name_of(bucket)) for at, bucket in enumerate(RANK.buckets)]
        units = [(at, name) for at, (_key, name) in enumerate(force.units)]
        anything = [("", _("不限"))]
        self._offer("sent", [self._line(at) for at in own if at not in out])
        self._offer("taken_back", [self._line(at) for at in sorted(out)])
        self._offer("sent_tag", [*anything, *tags])
        self._offer("sent_rank", [*anything, *ranks])
        self._offer("host", [("", _("所选范围以外的单位")), *units])
        self._offer("recruit_tag", tags)
        self._offer("recruit_rank", ranks)
        self._offer("recruit_unit", units)

    def asked(self) -> TrialAsked | None:
        """What is to be tried; None where nothing is, or something was not understood, which the form says."""
        if not self.is_valid():
            return None
        values = self.cleaned_data
        named = [self._places[key] for key in values["sent"]]
        more = chosen(
            self._force, values["sent_tag"], values["sent_rank"], values["sent_age"], values["n_sent"] or 0
        )
        sent = tuple(dict.fromkeys([*named, *more]))
        taken_back = tuple(self._places[key] for key in values["taken_back"])
        recruits = self._recruits()
        if not (sent or taken_back or recruits):
            return None
        return TrialAsked(
            sent,
            _or(values["host"], ELSEWHERE),
            values["first"],
            values["months"],
            taken_back,
            values["back_from"],
            recruits,
            values["floor"],
        )

    def _recruits(self) -> Recruits | None:
        values = self.cleaned_data
        if not values["n_recruits"] or not self._force.units:
            return None
        return Recruits(
            values["n_recruits"],
            _or(values["recruit_sex"], 0),
            values["recruit_age"],
            _or(values["recruit_tag"], 0),
            _or(values["recruit_rank"], CLERK),
            _or(values["recruit_unit"], 0),
            values["joined"],
        )

    def _line(self, at: int) -> tuple[str, str]:
        one = self._force.officials[at]
        return str(one.pk), f"{one.name}　{one.unit}"

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _or(value: int | None, usual: int) -> int:
    return usual if value is None else value


def _share(value: Decimal | None) -> float | None:
    return None if value is None else float(value) / 100

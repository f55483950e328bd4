"""What is typed about standards."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.models import Programme
from secondment.people.choices import Ability, Category
from secondment.standards.choices import Effect, IndicatorKind, Part, RaterGroup
from secondment.standards.content import (
    FULL,
    LONGEST_ANCHOR,
    LONGEST_FOR_MASSES,
    MOST_LEVELS,
    is_scored,
)
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.points import read_points, write_points
from secondment.standards.presets import TEMPLATES
from secondment.standards.services import Beginning, Comparison
from secondment.standards.services.weighing import TIMES, judgement_words, name_of
from secondment.standards.sources import BASIS, SOURCES_OF
from secondment.units.models import Unit

NOTHING, TEMPLATE, VERSION = "nothing", "template", "version"
TEXT_LENGTH = 200
GROUP = "group_%s"
SCALE = (*reversed(TIMES), *(-times for times in TIMES[1:]))


def _percent(label: Any, **given: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"min": 0, "max": FULL, "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=FULL, required=False, widget=widget, **given
    )


class StandardForm(forms.Form):
    """A new standard, and what it begins with."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    owner = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("制定单位"))
    category = forms.ChoiceField(label=gettext_lazy("人员类别"), choices=Category)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=gettext_lazy("挂职项目"),
        required=False,
        empty_label=gettext_lazy("全部项目"),
        help_text=gettext_lazy("只用于某一项目的，请选择；该项目的标准优先于全部项目的标准。"),
    )
    beginning = forms.ChoiceField(
        label=gettext_lazy("以此为起点"), help_text=gettext_lazy("内容复制过来后均可修改，原标准不受影响。")
    )

    def __init__(
        self,
        *args: Any,
        owners: QuerySet[Unit],
        programmes: QuerySet[Programme],
        versions: Iterable[StandardVersion],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.versions = {str(one.pk): one for one in versions}
        self.fields["beginning"].choices = [  # type: ignore[attr-defined]
            *((f"{TEMPLATE}:{one.code}", _("预置：%(name)s") % {"name": one.label}) for one in TEMPLATES),
            *((f"{VERSION}:{key}", str(one)) for key, one in self.versions.items()),
            (NOTHING, _("空白")),
        ]

    def beginning_chosen(self) -> Beginning:
        """What the standard begins with."""
        kind, _colon, key = self.cleaned_data["beginning"].partition(":")
        if kind == TEMPLATE:
            return Beginning(template=next(one for one in TEMPLATES if one.code == key))
        return Beginning(version=self.versions[key]) if kind == VERSION else Beginning()


class IndicatorForm(forms.Form):
    """One indicator; which fields it has follows from its kind."""

    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=IndicatorKind)
    part = forms.ChoiceField(label=gettext_lazy("部分"), choices=Part)
    title = forms.CharField(label=gettext_lazy("指标"), max_length=LONGEST_FOR_MASSES)
    source = forms.ChoiceField(label=gettext_lazy("依据来源"))
    weight = _percent(gettext_lazy("权重"), help_text=gettext_lazy("百分数；可以先空着，最后一起填。"))
    ability = forms.ChoiceField(
        label=gettext_lazy("对应能力"),
        choices=[("", gettext_lazy("无")), *Ability.choices],
        required=False,
        help_text=gettext_lazy("对应五项能力的，用于比较挂职前后的成长。"),
    )
    for_masses = forms.BooleanField(label=gettext_lazy("列入群众票"), required=False)
    masses_title = forms.CharField(
        label=gettext_lazy("群众票措辞"),
        max_length=LONGEST_FOR_MASSES,
        required=False,
        help_text=gettext_lazy("用群众听得懂的话；不填的用指标名称。"),
    )
    points = forms.CharField(
        label=gettext_lazy("计分规则"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("数值:得分，用分号隔开，其间按比例，例如 60:0；80:60；95:100"),
    )
    unit_of_measure = forms.CharField(label=gettext_lazy("计量单位"), max_length=12, required=False)
    effect = forms.ChoiceField(
        label=gettext_lazy("影响"), choices=[("", "—"), *Effect.choices], required=False
    )
    word_reason = forms.CharField(label=gettext_lazy("确认理由"), max_length=TEXT_LENGTH, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    legal_basis = {"word_reason": BASIS}
    OF_KIND = {
        IndicatorKind.RATED: ("weight", "ability", "for_masses", "masses_title"),
        IndicatorKind.QUANTITATIVE: ("weight", "points", "unit_of_measure"),
        IndicatorKind.GATE: ("effect",),
        IndicatorKind.VETO: ("effect",),
    }

    def __init__(self, *args: Any, kind: str, level_names: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.level_names = level_names
        self.fields["source"].choices = [(one.value, one.label) for one in SOURCES_OF[kind]]  # type: ignore[attr-defined]
        self.own_names = self.OF_KIND[IndicatorKind(kind)]
        special = {name for names in self.OF_KIND.values() for name in names}
        for name in special - set(self.own_names):
            del self.fields[name]
        self.anchor_names = []
        if kind == IndicatorKind.RATED:
            for place in reversed(range(len(level_names))):
                name = f"anchor_{place}"
                self.anchor_names.append(name)
                self.fields[name] = forms.CharField(
                    label=level_names[place],
                    max_length=LONGEST_ANCHOR,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_ANCHOR}),
                )

    @property
    def anchor_fields(self) -> list[forms.BoundField]:
        """What each level means, the highest first."""
        return [self[name] for name in self.anchor_names]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of this kind."""
        return [self[name] for name in self.own_names]

    @property
    def asks_reason(self) -> bool:
        """Whether the reason for a word is asked for, or was given."""
        return bool(self.errors.get("word_reason") or self["word_reason"].value())

    def clean_points(self) -> list[list[float]]:
        """The scoring rule that was typed."""
        try:
            return read_points(self.cleaned_data["points"])
        except ValueError as error:
            text = _("“%(text)s”不是“数值:得分”。请写成 60:0；80:60 这样的形式。")
            raise ValidationError(text % {"text": error}) from error

    def indicator(self, code: str) -> Indicator:
        """The indicator that was typed."""
        data = self.cleaned_data
        names = ("kind", "part", "title", "source", "word_reason")
        return Indicator(
            code=code,
            anchors=[data.get(f"anchor_{place}", "") for place in range(len(self.level_names))],
            weight=data.get("weight") or 0,
            for_masses=data.get("for_masses", False),
            points=data.get("points", []),
            **{name: data[name] for name in names},
            **{name: data.get(name, "") for name in ("ability", "masses_title", "unit_of_measure", "effect")},
        )


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """What the form of an indicator begins with."""
    names = [name for name in IndicatorForm.base_fields if name not in {"points", "version"}]
    values = {name: getattr(indicator, name) for name in names}
    anchors = {f"anchor_{place}": text for place, text in enumerate(indicator.anchors)}
    return {**values, **anchors, "points": write_points(indicator.points)}


class WeightsForm(forms.Form):
    """The weights of all scored indicators."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, indicators: Iterable[Indicator], form_id: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.codes = [one.code for one in indicators if is_scored(one)]
        for one in indicators:
            if is_scored(one):
                field = _percent(one.title, initial=one.weight or None)
                field.widget.attrs |= {"form": form_id, "aria-label": one.title}
                self.fields[f"w_{one.code}"] = field
        self.fields["version"].widget.attrs["form"] = form_id

    def weights(self) -> dict[str, int]:
        """By code of the indicator."""
        return {code: self.cleaned_data.get(f"w_{code}") or 0 for code in self.codes}


class LevelsForm(forms.Form):
    """Names and scores of levels, from the lowest; rows that are left empty do not count."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(MOST_LEVELS):
            label = _("第 %(n)s 档") % {"n": place + 1}
            self.fields[f"name_{place}"] = forms.CharField(label=label, max_length=8, required=False)
            self.fields[f"score_{place}"] = _percent(_("分值"))

    def levels(self) -> tuple[list[str], list[int]]:
        """The rows that were filled in."""
        rows = [
            (self.cleaned_data[f"name_{place}"], self.cleaned_data[f"score_{place}"])
            for place in range(MOST_LEVELS)
        ]
        filled = [(name, score) for name, score in rows if name or score is not None]
        return [name for name, _score in filled], [score or 0 for _name, score in filled]


class GroupsForm(forms.Form):
    """How much each group of raters counts."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for group in RaterGroup:
            self.fields[GROUP % group] = _percent(group.label)
        self.fields["group_basis"] = forms.CharField(
            label=_("权重依据"),
            max_length=TEXT_LENGTH,
            required=False,
            help_text=_("文件名称或理由；签批人和被考核人都看得到。"),
        )

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        """One for each group."""
        return [self[GROUP % group] for group in RaterGroup]

    def weights(self) -> dict[str, int]:
        """By code of the group."""
        return {group.value: self.cleaned_data.get(GROUP % group) or 0 for group in RaterGroup}


class ComparisonForm(forms.Form):
    """Pairs, one by one: which matters more, and how many times."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        groups: Sequence[tuple[str, tuple[str, ...]]],
        indicators: Sequence[Indicator],
        known: dict[tuple[str, str], int],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.groups = groups
        for of, items in groups:
            for place, (first, second) in enumerate(Comparison(of, items, ()).pairs):
                names = name_of(first, indicators), name_of(second, indicators)
                value = known.get((first, second), 1)
                self.fields[f"{of}_{place}"] = forms.TypedChoiceField(
                    label=_("%(first)s 与 %(second)s") % {"first": names[0], "second": names[1]},
                    choices=[(one, judgement_words(*names, one)) for one in SCALE],
                    coerce=int,
                    initial=value,
                )

    def fields_of(self, of: str) -> list[forms.BoundField]:
        """The pairs of one comparison."""
        items = dict(self.groups)[of]
        return [self[f"{of}_{place}"] for place in range(len(Comparison(of, items, ()).pairs))]

    def comparisons(self) -> list[Comparison]:
        """What was judged; before anything was sent, what the form begins with."""
        given = self.cleaned_data if self.is_bound else {one.name: one.initial for one in self}
        return [
            Comparison(of, items, tuple(given[one.name] for one in self.fields_of(of)))
            for of, items in self.groups
        ]


class ReasonForm(forms.Form):
    """Why; read by the colleagues of the department."""

    reason = forms.CharField(
        max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text

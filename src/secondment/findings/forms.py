"""What is typed and ticked about a finding."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.findings.choices import Side, Theme
from secondment.findings.models import NAME_LENGTH, TEXT_LENGTH, WORDS_LENGTH, Finding
from secondment.findings.services import NewFinding, fact_id
from secondment.placements.evidence import EvidenceKind, Fact, by_kind
from secondment.placements.models import Placement


class FindingForm(forms.Form):
    """A finding: text, theme, its facts by ticking, what speaks against it, and who signs."""

    side = forms.ChoiceField(label=_("评价方"), choices=Side.choices)
    theme = forms.ChoiceField(label=_("方面"), choices=Theme.choices)
    text = forms.CharField(
        label=_("评语"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH}),
        help_text=_("写具体，不超过300字；优点和不足分开写。"),
    )
    facts = forms.MultipleChoiceField(
        label=_("事实依据"), error_messages={"required": _("没有勾选事实依据。请至少勾选一项。")}
    )
    contrary = forms.MultipleChoiceField(label=_("相反情况的事实"), required=False)
    contrary_words = forms.CharField(
        label=_("相反情况"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": TEXT_LENGTH}),
        help_text=_("与评语不一致的情况，如实写明；没有的不填。"),
    )
    signer = forms.CharField(
        label=_("署名人"), max_length=NAME_LENGTH, help_text=_("对这条评语负责的人，不写单位名称。")
    )
    signed_on = DayField(label=_("署名日期"))

    def __init__(
        self,
        *args: Any,
        placement: Placement,
        year: int,
        sides: Sequence[Side],
        available: Sequence[Fact],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.placement, self.year, self.available = placement, year, available
        self.fields["side"].choices = [(one.value, one.label) for one in sides]  # type: ignore[attr-defined]
        if len(sides) == 1:
            self.fields["side"].widget = forms.HiddenInput()
            self.initial.setdefault("side", sides[0].value)
        choices = [(fact_id(one), str(one.label)) for one in available]
        for name in ("facts", "contrary"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # choice fields

    @staticmethod
    def initial_of(finding: Finding) -> dict[str, Any]:
        """What the form begins with when a finding is corrected."""
        names = ("side", "theme", "text", "contrary_words", "signer")
        citations = list(finding.citations.all())
        return {
            **{name: getattr(finding, name) for name in names},
            "facts": [fact_id(one) for one in citations if not one.is_contrary],
            "contrary": [fact_id(one) for one in citations if one.is_contrary],
        }

    def rows(self) -> list[tuple[EvidenceKind, list[tuple[str, Fact, bool, bool]]]]:
        """Facts under their kinds, each with its name and whether it is ticked for or against."""
        for_it, against = self["facts"].value() or (), self["contrary"].value() or ()
        return [
            (kind, [(key := fact_id(one), one, key in for_it, key in against) for one in facts])
            for kind, facts in by_kind(self.available)
        ]

    def lost(self) -> int:
        """How many facts that were cited cannot be ticked any more."""
        known = {fact_id(one) for one in self.available}
        return sum(one not in known for name in ("facts", "contrary") for one in self.initial.get(name, ()))

    @property
    def new(self) -> NewFinding:
        """What the service needs."""
        return NewFinding(placement=self.placement, year=self.year, **self.cleaned_data)


class WithdrawForm(forms.Form):
    """Why a finding is taken back."""

    words = forms.CharField(label=_("撤回理由"), max_length=WORDS_LENGTH)

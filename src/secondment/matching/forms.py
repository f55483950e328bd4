"""Forms of matching."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.choices import PairQuestion, Principle
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.weights import FORMULAS


class WeightsForm(forms.Form):
    """One integer from 0 to 100 for each component."""

    def __init__(self, *args: Any, last: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last or {}
        for name, label in WEIGHT_LABELS.items():
            self.fields[name] = forms.IntegerField(
                label=str(label),
                min_value=0,
                max_value=100,
                help_text=str(FORMULAS[name]),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def rows(self) -> list[tuple[forms.BoundField, Any]]:
        """Each field with the weight of the last run; None before the first."""
        return [(self[name], self.last.get(name, 0) if self.last else None) for name in WEIGHT_LABELS]

    def total(self) -> int:
        """The sum of what is filled in now, faulty fields left out."""
        values = (self[name].value() for name in WEIGHT_LABELS)
        return sum(int(one) for one in values if str(one).isascii() and str(one).isdigit())

    def clean(self) -> dict[str, Any]:
        """At least one weight counts."""
        weights = super().clean() or {}
        if not self.errors and not any(weights.values()):
            raise forms.ValidationError(_("至少有一项权重要大于 0。"))
        return weights


class ReplayForm(WeightsForm):
    """The weights to try, each beside that of the run."""

    def __init__(self, *args: Any, run: MatchingRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            one.help_text = _("本次计算 %(n)d") % {"n": run.weights.get(name, 0)}


class PrincipleForm(forms.Form):
    """Which of the plans of a run, and why."""

    principle = forms.ChoiceField(label=gettext_lazy("安排原则"), choices=Principle.choices)
    reason = forms.CharField(label=gettext_lazy("选用理由"), max_length=200)


class VersionForm(forms.Form):
    """The version of the proposal that the page was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangeForm(VersionForm):
    """A change by hand: whom, to which post, and who gives way."""

    nomination = forms.ModelChoiceField(Nomination.objects.none(), widget=forms.HiddenInput)
    campaign_post = forms.ModelChoiceField(
        CampaignPost.objects.none(), required=False, widget=forms.HiddenInput
    )
    other = forms.ModelChoiceField(Nomination.objects.none(), required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("理由"), required=False)  # the service asks for it

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = proposal.run.campaign_id
        people = Nomination.objects.filter(campaign=campaign).select_related("person", "home_unit")
        posts = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")
        fields: dict[str, Any] = self.fields
        fields["nomination"].queryset = fields["other"].queryset = people
        fields["campaign_post"].queryset = posts


class QuestionForm(forms.Form):
    """Whom and which post an exact cost is asked of, and whether with or without the pair."""

    nomination = forms.ModelChoiceField(Nomination.objects.none())
    campaign_post = forms.ModelChoiceField(CampaignPost.objects.none())
    question = forms.ChoiceField(choices=PairQuestion.choices)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = proposal.run.campaign_id
        fields: dict[str, Any] = self.fields
        fields["nomination"].queryset = Nomination.objects.filter(campaign=campaign)
        fields["campaign_post"].queryset = CampaignPost.objects.filter(campaign=campaign)


class CopyForm(forms.Form):
    """The name of a copy."""

    name = forms.CharField(label=gettext_lazy("方案名称"), max_length=60)

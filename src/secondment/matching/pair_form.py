"""The form of one pair that is decided by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.campaigns.queries import live_nominations
from secondment.matching.services.interventions import MOST_REASON
from secondment.matching.side_rules.forms import SideRuleForm


class PairForm(SideRuleForm):
    """One person and one post, decided by hand."""

    nomination = forms.ModelChoiceField(label=_("人选"), queryset=Nomination.objects.none())
    post = forms.ModelChoiceField(label=_("岗位"), queryset=CampaignPost.objects.none())
    reason = forms.CharField(
        label=_("理由"),
        max_length=MOST_REASON,
        help_text=_("列入方案、决定材料。"),
        widget=forms.Textarea({"rows": 2}),
    )

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:
        """Fill in the choices that the campaign gives."""
        people = live_nominations(campaign).select_related("person", "home_unit", "campaign__owner_unit")
        fields["nomination"].queryset = people.order_by("person__name_key", "pk")
        fields["nomination"].label_from_instance = lambda one: f"{one} · {one.home_unit}"
        posts = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")
        fields["post"].queryset = posts.order_by("post__host_unit__path", "pk")

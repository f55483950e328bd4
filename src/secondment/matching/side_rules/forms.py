"""Forms of side rules: each kind asks only for what it needs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Campaign, CampaignPost
from secondment.matching.choices import Attribute, SideRuleKind
from secondment.matching.models import SideRule
from secondment.matching.side_rules.reading import COUNTY_DIGITS
from secondment.posts.choices import Specialty
from secondment.units.models import Region

MOST_PEOPLE = 10_000
PER_CENT = 100
LEVELS = (2, 4, COUNTY_DIGITS)


def whole_number(label: Any, most: int, *, help_text: Any = "") -> forms.IntegerField:
    """A figure that may be left out."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=most, required=False, widget=widget, help_text=help_text
    )


class SideRuleForm(forms.Form):
    """Nothing to fill in: the kind has no parameters."""

    def values(self) -> dict[str, Any]:
        """What is stored; nothing that was left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class TeamSkillForm(SideRuleForm):
    """How many people of a specialty each team needs."""

    specialty = forms.ChoiceField(label=_("专业"), choices=())
    least = forms.IntegerField(label=_("每组至少（人）"), min_value=1, max_value=MOST_PEOPLE, initial=1)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:  # noqa: ARG002 -- one signature for all kinds
        super().__init__(*args, **kwargs)
        self.fields["specialty"].choices = specialty_choices()  # type: ignore[attr-defined]  # a choice field


class RegionCountForm(SideRuleForm):
    """How many people with an attribute a region receives."""

    region = forms.ChoiceField(label=_("地区"), required=False, choices=())
    attribute = forms.ChoiceField(label=_("计人范围"), choices=Attribute.choices)
    specialty = forms.ChoiceField(
        label=_("专业"), required=False, choices=(), help_text=_("计人范围选“有所列专业”时填写。")
    )
    least = whole_number(_("不少于（人）"), MOST_PEOPLE)
    most = whole_number(_("不多于（人）"), MOST_PEOPLE, help_text=_("不限可不填。"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["region"].choices = [("", _("每个县（市、区）分别计算")), *region_choices(campaign)]
        fields["specialty"].choices = [("", _("不按专业")), *specialty_choices()]

    def values(self) -> dict[str, Any]:
        """A specialty counts only where people are counted by it."""
        values = super().values()
        if values["attribute"] != Attribute.SPECIALTY:
            values.pop("specialty", None)
        return values


class RegionShareForm(RegionCountForm):
    """Which share of a region's people have an attribute."""

    least = whole_number(_("不低于（%）"), PER_CENT, help_text=_("占派到该地区人数的比例。"))
    most = whole_number(_("不高于（%）"), PER_CENT, help_text=_("不限可不填。"))


FORMS: Mapping[SideRuleKind, type[TeamSkillForm | RegionCountForm]] = {
    SideRuleKind.TEAM_SKILL: TeamSkillForm,
    SideRuleKind.REGION_COUNT: RegionCountForm,
    SideRuleKind.REGION_SHARE: RegionShareForm,
}


def form_for(
    kind: SideRuleKind, campaign: Campaign, data: Any = None, rule: SideRule | None = None
) -> SideRuleForm:
    """The form of a kind, filled from a rule that is being changed."""
    made = FORMS.get(kind)
    if made is None:
        return SideRuleForm(data)
    return made(data, initial=rule.values if rule else None, campaign=campaign)


def specialty_choices() -> list[tuple[str, str]]:
    """The fifteen specialties."""
    return [(one.value, str(one.label)) for one in Specialty]


def region_choices(campaign: Campaign) -> list[tuple[str, str]]:
    """Provinces, cities and counties of the posts offered."""
    rows = CampaignPost.objects.filter(campaign=campaign).order_by()
    pairs = rows.values_list("post__region", "post__host_unit__region").distinct()
    codes = {own or hosts for own, hosts in pairs if own or hosts}
    wanted = {code[:digits] for code in codes for digits in LEVELS if len(code) >= digits}
    return list(Region.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "full_name"))

"""Forms of side rules: each kind asks only for what it needs."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.forms.campaigns import MOST_HANDOVER
from secondment.campaigns.lists import PRIORITIES
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.matching.choices import Attribute, Measure, PeopleGroup, RegionSize, SideRuleKind
from secondment.matching.models import SideRule
from secondment.matching.side_rules.reading import COUNTY_DIGITS
from secondment.posts.choices import Specialty
from secondment.units.models import Region

MOST_PEOPLE = 10_000
PER_CENT = 100
MOST_RATIO = 1000
LEVELS = (2, 4, COUNTY_DIGITS)


def whole_number(label: Any, most: int, *, help_text: Any = "") -> forms.IntegerField:
    """A figure that may be left out."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=most, required=False, widget=widget, help_text=help_text
    )


class SideRuleForm(forms.Form):
    """Nothing to fill in: the kind has no parameters."""

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(campaign, self.fields)

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:
        """Fill in the choices that the campaign gives."""

    def values(self) -> dict[str, Any]:
        """What is stored; nothing that was left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class TeamSkillForm(SideRuleForm):
    """How many people of a specialty each team needs."""

    specialty = forms.ChoiceField(label=_("专业"), choices=())
    least = forms.IntegerField(label=_("每组至少（人）"), min_value=1, max_value=MOST_PEOPLE, initial=1)

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:  # noqa: ARG002 -- one signature for all kinds
        """Fill in the choices that the campaign gives."""
        fields["specialty"].choices = specialty_choices()


class RegionCountForm(SideRuleForm):
    """How many people with an attribute a region receives."""

    region = forms.ChoiceField(label=_("地区"), required=False, choices=())
    attribute = forms.ChoiceField(label=_("计人范围"), choices=Attribute.choices)
    specialty = forms.ChoiceField(
        label=_("专业"), required=False, choices=(), help_text=_("计人范围选“有所列专业”时填写。")
    )
    least = whole_number(_("不少于（人）"), MOST_PEOPLE)
    most = whole_number(_("不多于（人）"), MOST_PEOPLE, help_text=_("不限可不填。"))

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:
        """Fill in the choices that the campaign gives."""
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


class GroupCapForm(SideRuleForm):
    """How many people each unit or city may send."""

    group = forms.ChoiceField(
        label=_("按什么计算"),
        choices=PeopleGroup.choices,
        help_text=_("按市（州）计算的，没有行政区划的省级单位不受限。"),
    )
    most = forms.IntegerField(label=_("不多于（人）"), min_value=0, max_value=MOST_PEOPLE)


class FilledForm(SideRuleForm):
    """Which posts must not stay empty."""

    post = forms.ChoiceField(label=_("岗位"), required=False, choices=())
    region = forms.ChoiceField(label=_("地区"), required=False, choices=())
    priority = forms.TypedChoiceField(
        label=_("优先级"), required=False, choices=(), coerce=int, empty_value=None
    )

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:
        """Fill in the choices that the campaign gives."""
        fields["post"].choices = [("", _("不指定，按地区和优先级")), *post_choices(campaign)]
        fields["region"].choices = [("", _("全部地区")), *region_choices(campaign)]
        fields["priority"].choices = [("", _("全部优先级")), *PRIORITIES.items()]

    def values(self) -> dict[str, Any]:
        """A named post needs neither region nor priority."""
        values = super().values()
        return {"post": int(values["post"])} if "post" in values else values


class BalanceForm(SideRuleForm):
    """What may differ between regions, and by how much."""

    size = forms.ChoiceField(label=_("比较范围"), choices=RegionSize.choices)
    measure = forms.ChoiceField(label=_("比较内容"), choices=[*Measure.choices, *Attribute.choices])
    specialty = forms.ChoiceField(
        label=_("专业"), required=False, choices=(), help_text=_("比较内容选“有所列专业”时填写。")
    )
    width = forms.IntegerField(label=_("相差不超过（人或年）"), min_value=0, max_value=MOST_PEOPLE)

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:  # noqa: ARG002 -- one signature for all kinds
        """Fill in the choices that the campaign gives."""
        fields["specialty"].choices = [("", _("不按专业")), *specialty_choices()]

    def values(self) -> dict[str, Any]:
        """A specialty counts only where people are counted by it."""
        values = super().values()
        if values["measure"] != Attribute.SPECIALTY:
            values.pop("specialty", None)
        return values


class PyramidForm(SideRuleForm):
    """How many people of a rank the rank below may carry."""

    region = forms.ChoiceField(label=_("地区"), required=False, choices=())
    ratio = forms.IntegerField(
        label=_("不超过下一层次人数的（%）"),
        min_value=1,
        max_value=MOST_RATIO,
        initial=PER_CENT,
        help_text=_("100% 即上一层次不多于下一层次。层次依据职务层次或职级；未填的按最低一层计算。"),
    )

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:
        """Fill in the choices that the campaign gives."""
        fields["region"].choices = [("", _("每个县（市、区）分别计算")), *region_choices(campaign)]


class OverlapForm(SideRuleForm):
    """How long the successor and the predecessor are both there."""

    days = forms.IntegerField(
        label=_("两人同时在岗不少于（天）"),
        min_value=1,
        max_value=MOST_HANDOVER,
        help_text=_("接任人选到岗之日至前任最后一天；不得多于批次的“交接重叠天数”。"),
    )
    least = forms.IntegerField(
        label=_("占有前任岗位的比例不低于（%）"), min_value=1, max_value=PER_CENT, initial=PER_CENT
    )

    def offer(self, campaign: Campaign, fields: dict[str, Any]) -> None:
        """Fill in the choices that the campaign gives."""
        fields["days"].initial = campaign.handover_days or None


FORMS: Mapping[SideRuleKind, Callable[..., SideRuleForm]] = {
    SideRuleKind.TEAM_SKILL: TeamSkillForm,
    SideRuleKind.REGION_COUNT: RegionCountForm,
    SideRuleKind.REGION_SHARE: RegionShareForm,
    SideRuleKind.BALANCE: BalanceForm,
    SideRuleKind.PYRAMID: PyramidForm,
    SideRuleKind.GROUP_CAP: GroupCapForm,
    SideRuleKind.FILLED: FilledForm,
    SideRuleKind.OVERLAP: OverlapForm,
}


def form_for(
    kind: SideRuleKind, campaign: Campaign, data: Any = None, rule: SideRule | None = None
) -> SideRuleForm:
    """The form of a kind, filled from a rule that is being changed."""
    made = FORMS.get(kind)
    if made is None:
        return SideRuleForm(data, campaign=campaign)
    return made(data, initial=rule.values if rule else None, campaign=campaign)


def post_choices(campaign: Campaign) -> list[tuple[str, str]]:
    """The posts offered, by host unit."""
    rows = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")
    return [(str(one.pk), str(one)) for one in rows.order_by("post__host_unit__path", "pk")]


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

"""Forms of campaigns, quotas and exceptions."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.campaigns.choices import Purpose
from secondment.campaigns.models import Campaign, Exemption, Programme
from secondment.campaigns.queries import owner_units_for
from secondment.campaigns.services.campaigns import CampaignDraft
from secondment.campaigns.services.copying import draft_of
from secondment.common.days import ONE_DAY, DayField
from secondment.documents.forms import LIST_ENDINGS
from secondment.units.fields import UnitChoiceField
from secondment.units.models import Unit

LARGEST_UPLOAD = 5_000_000
MOST_HANDOVER = 90


class CampaignForm(forms.Form):
    """A campaign; the last day is typed, the first day back is stored."""

    name = forms.CharField(label=_("批次名称"), max_length=100)
    plan_number = forms.CharField(
        label=_("选派计划文号"),
        max_length=60,
        required=False,
        help_text=_("从县级及以下单位上挂的，必须填写经批准的计划文号。"),
    )
    purpose = forms.ChoiceField(label=_("目的"), choices=Purpose.choices)
    purpose_text = forms.CharField(label=_("目的说明"), max_length=200, required=False)
    nominations_from = DayField(label=_("推荐开始"))
    nominations_until = DayField(label=_("推荐截止"))
    starts_on = DayField(label=_("挂职开始"))
    last_day = DayField(label=_("挂职结束"), help_text=_("挂职的最后一天；次日返回原单位。"))
    handover_days = forms.IntegerField(
        label=_("交接重叠天数"),
        initial=0,
        min_value=0,
        max_value=MOST_HANDOVER,
        help_text=_("前任期满前，允许接任人员到同一岗位交接的天数；0 为不允许重叠。"),
    )

    legal_basis = {
        "purpose": _("《公务员法》第七十二条：挂职用于重大工程、重大项目、重点任务或者其他专项工作"),
        "plan_number": _("《整治形式主义为基层减负若干规定》：原则上不得从县及以下单位借调干部"),
    }

    def clean(self) -> dict[str, Any]:
        """Dates run forwards."""
        data: dict[str, Any] = super().clean() or {}
        for first, last, text in (
            ("nominations_from", "nominations_until", _("推荐截止日期不能早于推荐开始日期。")),
            ("starts_on", "last_day", _("挂职结束日期不能早于开始日期。")),
        ):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, text)
        return data

    def draft(self) -> CampaignDraft:
        """What the service takes."""
        data = dict(self.cleaned_data)
        names = ("name", "purpose", "purpose_text", "plan_number", "handover_days")
        days = ("nominations_from", "nominations_until", "starts_on")
        return CampaignDraft(
            **{name: data[name] for name in (*names, *days)}, ends_on=data["last_day"] + ONE_DAY
        )


class NewCampaignForm(CampaignForm):
    """A new campaign also names its programme and the unit that runs it."""

    programme = forms.ModelChoiceField(label=_("挂职项目"), queryset=Programme.objects.none())
    owner_unit = UnitChoiceField(label=_("主办组织部门"), queryset=Unit.objects.none())
    field_order = ["programme", "owner_unit"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Programme.objects.filter(is_active=True, versions__isnull=False).distinct()
        self._offer("programme", active)
        self._offer("owner_unit", owner_units_for(user).select_related("parent"))

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
            field.empty_label = None if name == "owner_unit" else field.empty_label


class EditCampaignForm(CampaignForm):
    """An existing campaign carries the version it was read from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(campaign: Campaign) -> dict[str, Any]:
        """What the form shows first."""
        names = ("name", "plan_number", "purpose", "purpose_text", "handover_days", "version")
        days = ("nominations_from", "nominations_until", "starts_on")
        initial = {name: getattr(campaign, name) for name in (*names, *days)}
        return {**initial, "last_day": campaign.last_day}


class CopyCampaignForm(CampaignForm):
    """A campaign as another one was, a year later; programme and owner stay."""

    @staticmethod
    def initial_of(source: Campaign) -> dict[str, Any]:
        """What the form shows first."""
        draft = asdict(draft_of(source))
        return {**draft, "last_day": draft.pop("ends_on") - ONE_DAY}


class ReasonForm(forms.Form):
    """Why something is called off."""

    reason = forms.CharField(
        label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200})
    )


class UploadForm(forms.Form):
    """A table file."""

    file = forms.FileField(
        label=_("Excel 或 CSV 文件"), help_text=_("支持 .xlsx、.xls、.csv、.txt，不超过 5 MB。")
    )
    leaves_out_others = forms.BooleanField(
        label=_("忽略其他列"), required=False, help_text=_("文件中有模板以外的列时勾选，这些列不读取。")
    )

    def clean_file(self) -> Any:
        """Refuse what cannot be a table before anything reads it."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(LIST_ENDINGS):
            raise forms.ValidationError(_("只能上传 .xlsx、.xls、.csv 或 .txt 文件，请另存后再上传。"))
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("文件超过 5 MB，请拆分后上传。"))
        return file


class QuotaUploadForm(UploadForm):
    """A list that replaces all quotas as they were when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ExemptionForm(forms.ModelForm[Exemption]):
    """An approved exception: document, who approved it, why."""

    class Meta:
        model = Exemption
        fields = ("document_number", "approved_by", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}

    legal_basis = {"document_number": _("须有批准文件；例外只对本人本次有效")}


class PreferencesForm(forms.Form):
    """Wishes of a nominee; the posts come in the order of the page."""

    posts = forms.TypedMultipleChoiceField(label=_("志愿"), coerce=int, required=False)
    hardship_text = forms.CharField(
        label=_("困难及需关照事项"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text=_("如家庭、照护等方面的困难。仅派出单位和主办组织部门可以查看。"),
    )
    prefers_near = forms.BooleanField(label=_("希望就近安排"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = self.fields["posts"]
        if isinstance(posts, forms.TypedMultipleChoiceField):
            posts.choices = offered

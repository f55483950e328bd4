"""Forms of the directory."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.common.file_faults import told_whole
from secondment.files.identity import IdentityNumberError, parse_credit_code
from secondment.units.fields import RegionField, UnitField
from secondment.units.models import Unit


class UnitForm(forms.ModelForm[Unit]):
    """Name and facts of a unit."""

    region = RegionField(label=_("所在区划"), required=False)
    reason = forms.CharField(
        label=_("更名事由"),
        max_length=200,
        required=False,
        help_text=_("只在更名时填写，例如机构改革文件的文号。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    legal_basis = {"credit_code": _("GB 32100 法人和其他组织统一社会信用代码编码规则")}

    class Meta:
        model = Unit
        fields = [
            "name",
            "short_name",
            "official_name",
            "kind",
            "level",
            "region",
            "credit_code",
            "position",
            "is_external",
        ]
        help_texts = {
            "official_name": _(
                "通知、公示的发文机关标志和落款，例如“中共示例市委组织部”。不填的，由系统按名称和上级单位推定。"
            ),
            "position": _("同级单位中的排列次序，数字小的在前。"),
            "is_external": _("外省、中央单位、企业等；不需要账号，意见由主办组织部门按纸质材料登记。"),
        }

    def __init__(self, *args: Any, parent: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        self.old_name = self.instance.name
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["reason"]

    def clean_name(self) -> str:
        """A name that can be written with its parent before it, once below the same parent."""
        name: str = self.cleaned_data["name"].strip()
        if "/" in name:
            raise forms.ValidationError(_("单位名称不能含斜线。"))
        if Unit.objects.filter(parent=self.parent, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("同一上级单位下已有同名单位。"))
        return name

    def clean_credit_code(self) -> str:
        """A sound code that no other unit has."""
        text: str = self.cleaned_data["credit_code"]
        if not text:
            return ""
        try:
            code = parse_credit_code(text).text
        except IdentityNumberError as error:
            raise forms.ValidationError(told_whole(error.fault)) from error
        if Unit.objects.filter(credit_code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("已有单位使用该代码。"))
        return code

    def clean(self) -> dict[str, Any]:
        """A new name needs a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = cleaned.get("name")
        if self.instance.pk and name and name != self.old_name and not cleaned.get("reason"):
            self.add_error("reason", _("更名须写明事由。"))
        return cleaned


class MoveForm(forms.Form):
    """Where a unit goes and why."""

    parent = UnitField(label=_("新的上级单位"))
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("例如机构改革文件的文号。"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].among = units  # type: ignore[attr-defined]

"""The demand form (F1), its tasks, and the small forms around it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory, model_to_dict
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField, LastDayField
from secondment.documents.forms import ListField
from secondment.posts.choices import (
    Ability,
    Hardship,
    LowestEducation,
    LowestTitle,
    PostRank,
    SensitiveWork,
    Specialty,
)
from secondment.posts.models import Post, PostTask
from secondment.units.fields import RegionField, UnitField
from secondment.units.models import Unit

MOST_TASKS = 5
ROWS_SHOWN = 3
TASK_FIELDS = ["name", "measure", "target", "measure_unit", "due_on"]
EMPTY = ("", _("不限"))


class PostForm(forms.ModelForm[Post]):
    """What a host unit needs, in sections; sensible values are filled in from the unit."""

    host_unit = UnitField(label=_("接收单位"))
    region = RegionField(label=_("工作地点"), required=False)
    rank = forms.ChoiceField(
        label=_("职务层次"), choices=[("", _("未定")), *PostRank.choices], required=False
    )
    hardship = forms.TypedChoiceField(label=_("艰苦程度"), choices=Hardship.choices, coerce=int)
    education_code = forms.ChoiceField(
        label=_("最低学历"), choices=[EMPTY, *LowestEducation.choices], required=False
    )
    title_level = forms.ChoiceField(
        label=_("最低职称级别"), choices=[EMPTY, *LowestTitle.choices], required=False
    )
    specialties = forms.MultipleChoiceField(
        label=_("专业方向"),
        choices=Specialty.choices,
        required=False,
        help_text=_("可选多个，符合其一即可；不选为不限。"),
    )
    abilities = forms.MultipleChoiceField(
        label=_("需要的能力"), choices=Ability.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    sensitive_work = forms.MultipleChoiceField(
        label=_("涉及的回避岗位工作"),
        choices=SensitiveWork.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    industries = forms.MultipleChoiceField(
        label=_("主管的行业"),
        choices=Specialty.choices,
        required=False,
        help_text=_("有审批、监管权限的行业。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    legal_basis = {
        "direction": _(
            "上挂须有批准的选派计划文号，文号在批次中填写（2024年中央一号文件；整治形式主义为基层减负若干规定）"
        ),
        "is_principal": _("正职按公务员法第七十五条核查地域回避"),
        "sensitive_work": _("公务员法第七十四条：有亲属在本机关任领导职务的，不得从事这些工作"),
        "industries": _("公务员法第七十四条：近亲属经营的企业不得在其主管的行业内"),
    }

    class Meta:
        model = Post
        fields = [
            "host_unit", "code", "title", "direction", "rank", "duties", "headcount", "starts_on", "ends_on",
            "region", "hardship", "education_code", "title_level", "specialties", "abilities", "oldest_age",
            "grassroots_years", "requires_party_member", "experience", "is_principal", "organ_kind",
            "sensitive_work", "industries", "lodging", "contact_leader", "mentor", "contact_name", "contact_phone",
        ]  # fmt: skip
        widgets = {
            "duties": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
            "contact_phone": forms.TelInput,
        }
        field_classes = {"starts_on": DayField, "ends_on": LastDayField}
        labels = {
            "starts_on": _("到岗日期"),
            "ends_on": _("挂职结束"),
            "headcount": _("人数（人）"),
            "oldest_age": _("年龄上限（周岁）"),
        }
        help_texts = {
            "code": _("本单位内不重复，例如P01；用Excel再次导入时据此对应。"),
            "ends_on": _("挂职的最后一天；次日返回原单位。"),
            "oldest_age": _("不限则留空。"),
        }

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host_unit"].among = units  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        for name in ("headcount", "grassroots_years", "oldest_age"):
            self.fields[name].widget.attrs["min"] = 1 if name == "headcount" else 0

    def clean_headcount(self) -> int:
        """At least one person."""
        headcount: int = self.cleaned_data["headcount"]
        if headcount < 1:
            raise forms.ValidationError(_("人数至少为1。不再需要该岗位时，请撤回需求。"))
        return headcount

    def clean(self) -> dict[str, Any]:
        """The term runs forwards and the number is not used twice in the unit."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("挂职结束日期不能早于到岗日期。"))
        unit, code = cleaned.get("host_unit"), cleaned.get("code")
        if unit and code and self._twins(unit, code).exists():
            self.add_error("code", _("本单位已有该编号的岗位，请更换编号。"))
        return cleaned

    def _twins(self, unit: Unit, code: str) -> QuerySet[Post]:
        return Post.objects.filter(host_unit=unit, code=code).exclude(pk=self.instance.pk)


class PostTaskForm(forms.ModelForm[PostTask]):
    """One task that can be measured."""

    class Meta:
        model = PostTask
        fields = TASK_FIELDS
        labels = {"name": _("任务名称"), "measure_unit": _("计量单位")}
        field_classes = {"due_on": DayField}
        widgets = {
            "name": forms.TextInput(attrs={"placeholder": _("例如：土地流转")}),
            "measure": forms.TextInput(attrs={"placeholder": _("例如：新增流转面积")}),
            "target": forms.NumberInput(attrs={"step": "any"}),
            "measure_unit": forms.TextInput(attrs={"placeholder": _("例如：亩")}),
        }


class BasePostTaskFormSet(BaseFormSet[PostTaskForm]):
    """Tasks in the order shown; the service writes them."""

    def add_fields(self, form: PostTaskForm, index: int | None) -> None:
        """Say in our words what the box for removal does."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("移除这一项")

    def tasks(self) -> list[PostTask]:
        """The tasks that were filled in and not removed."""
        return [
            form.instance
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]


PostTaskFormSet = formset_factory(
    PostTaskForm,
    formset=BasePostTaskFormSet,
    extra=0,
    max_num=MOST_TASKS,
    absolute_max=MOST_TASKS,
    validate_max=True,
    can_delete=True,
)


def task_formset(data: Any = None, *, tasks: Sequence[PostTask] = ()) -> Any:
    """The task rows of a demand: what is there, filled up to three."""
    formset = PostTaskFormSet(
        data, prefix="tasks", initial=[model_to_dict(task, TASK_FIELDS) for task in tasks]
    )
    formset.extra = max(0, ROWS_SHOWN - len(tasks))
    return formset


class ReturnForm(forms.Form):
    """Why a demand goes back."""

    opinion = forms.CharField(
        label=_("退回意见"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
        help_text=_("写明需要修改的内容，退回意见将送达接收单位。"),
    )


class VillagesForm(forms.Form):
    """A list of townships and villages, pasted or uploaded."""

    places = forms.CharField(
        label=_("乡镇和村的名单"),
        required=False,
        strip=True,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("每行一个：村名，或“乡镇 村名”，或“9位区划代码 村名”。可以从Excel中直接复制粘贴。"),
    )
    file = ListField(
        label=_("或上传名单文件"),
        required=False,
        help_text=_("各列按“乡镇、村”的次序，可以有表头。"),
    )

    def clean(self) -> dict[str, Any]:
        """Something must be there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("places") and not cleaned.get("file"):
            self.add_error("places", _("请粘贴名单，或上传名单文件。"))
        return cleaned


class VillagesConfirmForm(forms.Form):
    """What is agreed to when the posts are made."""

    places = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    agrees_new_units = forms.BooleanField(label=_("同意新建以上单位"), required=False)
    submits = forms.BooleanField(label=_("建立后直接提交审核"), required=False, initial=True)

"""Forms of the first run."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.forms import USERNAME
from secondment.onboarding.ports import presets
from secondment.onboarding.services.beginning import FirstFacts
from secondment.onboarding.services.first_run import PendingKey, half_name
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.fields import RegionField
from secondment.units.models import Region

DUTIES: dict[Role, Any] = {
    Role.SYSTEM_ADMINISTRATOR: _("维护单位目录，开设账号；不能授予角色，不能查看审计记录。"),
    Role.SECURITY_ADMINISTRATOR: _("授予角色和管理范围，确认账号申请；不能开设账号。"),
    Role.AUDIT_ADMINISTRATOR: _("查看审计记录并校验完整性；不办理业务。"),
}
# A township or village is never the top of a tree that sends and receives.
ROOT_KINDS = [one for one in UnitKind if one not in {UnitKind.TOWNSHIP, UnitKind.VILLAGE}]


class CodeForm(forms.Form):
    """The code that the start printed."""

    code = forms.CharField(
        label=_("开始码"),
        max_length=40,
        help_text=_("启动系统的终端窗口中打印的 12 位字符，不区分大小写。"),
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True}),
    )


class FactsForm(forms.Form):
    """What an installation begins with."""

    organisation = forms.CharField(
        label=_("本单位名称"), max_length=120, help_text=_("单位目录最上面的一级，如“示例市”“示例大学”。")
    )
    kind = forms.ChoiceField(
        label=_("单位类别"), choices=[(one.value, one.label) for one in ROOT_KINDS], initial=UnitKind.REGION
    )
    level = forms.ChoiceField(
        label=_("单位层级"),
        choices=[one for one in UnitLevel.choices if one[0] != UnitLevel.VILLAGE],
        initial=UnitLevel.PREFECTURAL,
    )
    region = RegionField(
        label=_("所在区划"),
        required=False,
        widget=forms.TextInput,
        help_text=_("填写地名全称或区划代码，如“某省某市”，可以不填。"),
    )
    department = forms.CharField(
        label=_("组织部门名称"),
        max_length=120,
        required=False,
        help_text=_("主管挂职工作的组织（人事）部门，如“示例市委组织部”。本单位就是组织部门的，不填。"),
    )
    programmes = forms.MultipleChoiceField(
        label=_("挂职项目"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "选择本单位开展的项目，参数都有依据，可以修订；其余的以后可用 secondment load-presets 补入。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = presets().choices()
        self.fields["programmes"].choices = offered  # type: ignore[attr-defined]
        self.fields["programmes"].initial = [code for code, _name in offered]
        self.fault_labels: dict[str, str] = {}
        for role in ADMINISTRATOR_ROLES:
            self.fields[f"{role}_name"] = forms.CharField(label=_("姓名"), max_length=60)
            self.fields[f"{role}_username"] = forms.CharField(
                label=_("账号"), max_length=60, help_text=DUTIES[role]
            )
            for part in ("name", "username"):
                name = f"{role}_{part}"
                self.fault_labels[name] = f"{role.label} {self.fields[name].label}"

    def administrators(self) -> list[tuple[str, str]]:
        """Label and names of the fields of each of the three."""
        return [(str(role.label), f"{role}_name {role}_username") for role in ADMINISTRATOR_ROLES]

    def clean(self) -> dict[str, Any]:
        """Three people are three accounts, and a tree has an organisation department."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_department(cleaned)
        seen: dict[str, set[str]] = {"name": set(), "username": set()}
        for role in ADMINISTRATOR_ROLES:
            username = str(cleaned.get(f"{role}_username", "")).strip().lower()
            if username:
                self._check_username(role, username)
            for part, value in (("name", cleaned.get(f"{role}_name", "")), ("username", username)):
                if value and value in seen[part]:
                    self.add_error(f"{role}_{part}", _("三员须是三个不同的人，各用各的账号。"))
                seen[part].add(value)
        return cleaned

    def facts(self) -> FirstFacts:
        """What was filled in."""
        given = self.cleaned_data
        region: Region | None = given["region"]
        return FirstFacts(
            organisation=given["organisation"],
            people=[
                (given[f"{role}_username"].strip().lower(), given[f"{role}_name"])
                for role in ADMINISTRATOR_ROLES
            ],
            kind=given["kind"],
            level=given["level"],
            region=region.pk if region else None,
            department="" if given["kind"] == UnitKind.ORGANISATION_DEPARTMENT else given["department"],
            programmes=given["programmes"],
        )

    def _check_username(self, role: Role, username: str) -> None:
        try:
            USERNAME(username)
        except forms.ValidationError as error:
            self.add_error(f"{role}_username", error)

    def _check_department(self, cleaned: dict[str, Any]) -> None:
        name = cleaned.get("department", "")
        if cleaned.get("kind") == UnitKind.ORGANISATION_DEPARTMENT:
            if name:
                self.add_error("department", _("本单位就是组织部门，此项请留空；不是的，请更正单位类别。"))
        elif not name:
            self.add_error(
                "department", _("请填写组织部门名称；本单位就是组织部门的，请把单位类别选为组织部门。")
            )


class RowsForm(forms.Form):
    """One row of each half, typed from the paper."""

    def __init__(self, *args: Any, key: PendingKey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in key.asked:
            label = _("%(half)s第 %(n)s 行") % {"half": half_name(asked.side), "n": asked.n + 1}
            self.fields[f"row_{asked.side}"] = forms.CharField(
                label=label, max_length=60, widget=forms.TextInput({"autocomplete": "off"})
            )

    def typed(self) -> Sequence[str]:
        """In the order that was asked for."""
        return [self.cleaned_data[name] for name in self.fields]


def initial_of(facts: FirstFacts) -> dict[str, Any]:
    """The draft as the form shows it."""
    people = {
        f"{role}_{part}": value
        for role, (username, name) in zip(ADMINISTRATOR_ROLES, facts.pairs, strict=True)
        for part, value in (("name", name), ("username", username))
    }
    return {
        "organisation": facts.organisation,
        "kind": facts.kind,
        "level": facts.level,
        "region": facts.region,
        "department": facts.department,
        "programmes": facts.programmes,
        **people,
    }

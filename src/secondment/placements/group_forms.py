"""What is typed about groups of placements."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.days import DayField
from secondment.placements.choices import GroupKind, GroupPosition
from secondment.placements.groups import groups_managed_by
from secondment.placements.models import GroupMember, PlacementGroup
from secondment.placements.services.groups import Roles


class GroupForm(forms.Form):
    """A new group."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(
        label=_("类别"), choices=GroupKind, widget=forms.RadioSelect, initial=GroupKind.TEAM
    )
    founded_on = DayField(label=_("成立日期"))


class MessageForm(forms.Form):
    """What is written to the members."""

    title = forms.CharField(label=_("标题"), max_length=40)
    text = forms.CharField(label=_("内容"), max_length=500, widget=forms.Textarea)


class JoinForm(forms.Form):
    """A group for the chosen people: one there is, or a new one."""

    group = forms.ChoiceField(label=_("编入"), required=False)
    name = forms.CharField(
        label=_("新工作队名称"), max_length=60, required=False, help_text=_("选“新成立”的填写。")
    )
    kind = forms.ChoiceField(
        label=_("类别"), choices=GroupKind, widget=forms.RadioSelect, initial=GroupKind.TEAM
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = {f"{one.pk}": one for one in groups_managed_by(user)}
        choices = [("", _("新成立")), *((key, one.name) for key, one in self.groups.items())]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A new group needs a name."""
        data = super().clean() or self.cleaned_data
        if not data.get("group") and not data.get("name") and "group" not in self.errors:
            self.add_error("name", _("请填写新工作队的名称，或选择已有的工作队。"))
        return data

    @property
    def chosen(self) -> PlacementGroup | None:
        """The group that was chosen; none for a new one."""
        return self.groups.get(self.cleaned_data["group"])


class GroupChangeForm(forms.Form):
    """Name, kind, who leads, who stands in, who leaves."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=GroupKind, widget=forms.RadioSelect)
    leader = forms.TypedChoiceField(label=_("负责人"), coerce=int, empty_value=None, required=False)
    deputies = forms.TypedMultipleChoiceField(
        label=_("副职"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    leaving = forms.TypedMultipleChoiceField(
        label=_("移出"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: PlacementGroup, **options: Any) -> None:
        members = list(group.members.select_related("placement__person", "placement__host_unit"))
        by_position = {
            position: [one.placement_id for one in members if one.position == position]
            for position in GroupPosition
        }
        super().__init__(*args, **options)
        self.initial = {
            "name": group.name,
            "kind": group.kind,
            "version": group.version,
            "leader": next(iter(by_position[GroupPosition.LEADER]), None),
            "deputies": by_position[GroupPosition.DEPUTY],
        }
        choices = [(one.placement_id, _label(one)) for one in members]
        self.fields["leader"].choices = [("", _("暂缺")), *choices]  # type: ignore[attr-defined]
        for name in ("deputies", "leaving"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def roles(self) -> Roles:
        """What the service needs."""
        data = self.cleaned_data
        return Roles(data["leader"], data["deputies"], data["leaving"])


class DissolveForm(forms.Form):
    """The day with which a group ends."""

    dissolved_on = DayField(label=_("撤销日期"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: PlacementGroup, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"dissolved_on": on, "version": group.version}


def _label(member: GroupMember) -> str:
    return f"{member.placement.person.name} · {member.placement.host_unit.name}"

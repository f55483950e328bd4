"""What users type about talks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.common.sentences import labelled
from secondment.placements.models import Placement
from secondment.talks.choices import Owner, TalkKind
from secondment.talks.drafts import NewFollowUp, NewTalk
from secondment.talks.models import NAME_LENGTH, POINTS_LENGTH, TEXT_LENGTH
from secondment.talks.sides import SIDE_OF
from secondment.units.models import Unit


class TalkForm(forms.Form):
    """Form F10: who talked with whom, when; one item that follows may be given at once."""

    placements = forms.ModelMultipleChoiceField(
        label=_("谈话对象"), queryset=Placement.objects.none(), help_text=_("可选多人，集体谈话只登记一次。")
    )
    held_on = DayField(label=_("谈话日期"))
    kind = forms.ChoiceField(label=_("谈话类型"), choices=TalkKind)
    office = forms.ChoiceField(label=_("谈话单位"))
    talker = forms.CharField(label=_("谈话人"), max_length=NAME_LENGTH, help_text=_("姓名，可加职务。"))
    points = forms.CharField(
        label=_("谈话要点"),
        required=False,
        max_length=POINTS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("可以不写。只有谈话单位和组织部门可以看到，加密保存。"),
    )
    text = forms.CharField(
        label=_("跟进事项"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("谈话中答应办理的事，没有的不填。本人可以看到。"),
    )
    owner = forms.ChoiceField(label=_("负责单位"), choices=Owner, required=False)
    due_on = DayField(label=_("办结期限"), required=False)

    def __init__(
        self,
        *args: Any,
        placements: QuerySet[Placement],
        offices: Sequence[tuple[Unit, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        people: Any = self.fields["placements"]
        people.queryset = placements
        people.label_from_instance = lambda one: labelled(one.person.name, one.host_unit.name)
        people.widget.attrs["data-searchable"] = ""
        self.offices = {f"{unit.pk}-{SIDE_OF[role]}": (unit, SIDE_OF[role]) for unit, role in offices}
        office: Any = self.fields["office"]
        office.choices = [(key, unit.name) for key, (unit, _side) in self.offices.items()]
        self.initial.setdefault("office", next(iter(self.offices), ""))

    def clean(self) -> dict[str, Any]:
        """An item is told in full or not at all."""
        given = super().clean() or {}
        if given.get("text") and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _t("请写跟进事项的办结期限。"))
        if given.get("due_on") and not given.get("text"):
            self.add_error("text", _t("写了办结期限，没有写跟进事项。"))
        return given

    @property
    def new(self) -> NewTalk:
        """What was typed."""
        given = self.cleaned_data
        unit, side = self.offices[given["office"]]
        items = (
            [NewFollowUp(given["text"], given["owner"] or Owner.OWN, given["due_on"])]
            if given["text"]
            else []
        )
        return NewTalk(
            held_on=given["held_on"],
            kind=given["kind"],
            unit=unit,
            side=side,
            talker=given["talker"],
            placements=list(given["placements"]),
            points=given["points"],
            items=items,
        )


class FollowUpForm(forms.Form):
    """One item more."""

    text = forms.CharField(label=_("跟进事项"), max_length=TEXT_LENGTH)
    placement = forms.ChoiceField(label=_("涉及人员"), required=False)
    owner = forms.ChoiceField(label=_("负责单位"), choices=Owner)
    due_on = DayField(label=_("办结期限"))

    def __init__(self, *args: Any, placements: Sequence[Placement], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in placements}
        field: Any = self.fields["placement"]
        named = [(key, one.person.name) for key, one in self.people.items()]
        field.choices = [("", _t("全体谈话对象")), *named]

    @property
    def new(self) -> NewFollowUp:
        """What was typed."""
        given = self.cleaned_data
        return NewFollowUp(
            given["text"], given["owner"], given["due_on"], self.people.get(given["placement"])
        )


class WordsForm(forms.Form):
    """A few words."""

    words = forms.CharField(label=_("说明"), required=False, max_length=TEXT_LENGTH)


class ClosingForm(WordsForm):
    """What became of an item."""

    words = forms.CharField(
        label=_("办理情况"), required=False, max_length=TEXT_LENGTH, help_text=_("无法办理的写明原因。")
    )

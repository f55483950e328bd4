"""What is typed about places and handovers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.documents.forms import DocumentField
from secondment.placements.models import Placement
from secondment.placements.ports import OpenItem
from secondment.places.choices import Category, Heading, Settlement
from secondment.places.models import TEXT_LENGTH, PlaceText
from secondment.places.services import Settling

HELP = {
    Heading.PEOPLE: _("人口、干部、能人、困难群众。"),
    Heading.LAND: _("区位、土地、产业基地。"),
    Heading.THINGS: _("资产、设施、项目。"),
    Heading.EVENTS: _("大事、难事、正在办的事。"),
    Heading.SITUATION: _("民情、社情、历史和习俗。"),
    Heading.SCENERY: _("风貌、景点、可以发展的资源。"),
}


class TextsForm(forms.Form):
    """The six headings; whatever is known."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in Heading:
            self.fields[one.value] = forms.CharField(
                label=one.label,
                required=False,
                max_length=TEXT_LENGTH,
                help_text=HELP[one],
                widget=forms.Textarea(attrs={"rows": 4, "maxlength": TEXT_LENGTH}),
            )

    def texts(self) -> dict[str, str]:
        """What stands under each heading."""
        return {one.value: self.cleaned_data[one.value] for one in Heading}

    @staticmethod
    def initial_of(texts: Sequence[PlaceText]) -> dict[str, str]:
        """What the form begins with."""
        return {one.heading: one.text for one in texts}


class SurveyForm(forms.Form):
    """A survey as it exists."""

    file = DocumentField(
        label=_("村情或单位概况"), help_text=_("PDF、Word或WPS等，不超过10MB；以前的仍可查看。")
    )


class ContactForm(forms.Form):
    """Somebody to ask."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.CharField(label=_("职务或身份"), max_length=60)
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False, widget=forms.TelInput)
    matter = forms.CharField(label=_("什么事找他"), max_length=100, required=False)


class CategoryForm(forms.Form):
    """Listed from a day, by a document."""

    kind = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    entered_on = DayField(label=_("列入日期"))
    document = forms.CharField(label=_("列入文件"), max_length=100, help_text=_("文号或文件名称。"))


class ExitForm(forms.Form):
    """Off the list from a day, by a document."""

    left_on = DayField(label=_("退出日期"))
    document = forms.CharField(label=_("退出文件"), max_length=100, help_text=_("文号或文件名称。"))


class PromiseForm(forms.Form):
    """What was promised, to whom."""

    text = forms.CharField(
        label=_("承诺事项"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})
    )
    to_whom = forms.CharField(label=_("对谁承诺"), max_length=60)
    due_on = DayField(label=_("完成时限"), required=False)


class OutcomeForm(forms.Form):
    """What became of a promise."""

    outcome = forms.CharField(
        label=_("办理结果"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})
    )


class HandoverForm(forms.Form):
    """One row for each open item; a row left open stays open."""

    successor = forms.ChoiceField(
        label=_("接任者"),
        required=False,
        help_text=_(
            "选了接任者的，接手的任务作为任务建议、承诺和联系人直接转到接任者名下；另写了别人姓名的不转。"
        ),
    )

    def __init__(
        self, *args: Any, items: Sequence[OpenItem], successors: Sequence[Placement], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.items = items
        self.placements = {f"{one.pk}": one for one in successors}
        choices = [("", _("没有接任者")), *((key, one.person.name) for key, one in self.placements.items())]
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for one in items:
            self._add_row(one)

    def _add_row(self, item: OpenItem) -> None:
        key = row_of(item)
        self.fields[f"settlement-{key}"] = forms.ChoiceField(
            label=_("交接结果"), choices=[("", _("暂不办理")), *Settlement.choices], required=False
        )
        for name, label, most in (("name", _("接手人或了结人"), 40), ("reason", _("说明"), 200)):
            self.fields[f"{name}-{key}"] = forms.CharField(label=label, max_length=most, required=False)

    def rows(self) -> Iterator[tuple[OpenItem, Any, Any, Any]]:
        """(item, result, name, reason) of each row."""
        for one in self.items:
            key = row_of(one)
            yield one, self[f"settlement-{key}"], self[f"name-{key}"], self[f"reason-{key}"]

    def settlings(self) -> list[Settling]:
        """The rows in which something was decided."""
        data = self.cleaned_data
        return [
            Settling(
                one.kind,
                one.key,
                data[f"settlement-{row_of(one)}"],
                data[f"name-{row_of(one)}"],
                data[f"reason-{row_of(one)}"],
            )
            for one in self.items
            if data[f"settlement-{row_of(one)}"]
        ]

    @property
    def successor_chosen(self) -> Placement | None:
        """Who comes next; none where nobody was chosen."""
        return self.placements.get(self.cleaned_data["successor"])


def row_of(item: OpenItem) -> str:
    """What names the fields of an item."""
    return f"{item.kind}-{item.key}"

"""Form fields for a unit or a region: typed text with suggestions, because lists of thousands are unusable."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.file_faults import told_whole
from secondment.files.faults import CellError
from secondment.units.models import Region, Unit
from secondment.units.queries import find_region, find_unit, picker_label, unit_label


class SuggestInput(forms.TextInput):
    """A text input whose suggestions come from `url_name` while one types; works without script as well."""

    template_name = "units/suggest.html"

    def __init__(self, url_name: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url_name = url_name

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the suggestions."""
        return {**super().get_context(name, value, attrs), "suggest_url": reverse(self.url_name)}


class UnitField(forms.CharField):
    """A unit among `among`; shows “名称 · 上级”."""

    def __init__(self, *, among: QuerySet[Unit] | None = None, **options: Any) -> None:
        options.setdefault("widget", SuggestInput("directory:unit_names"))
        options.setdefault("help_text", _("输入名称关键字，从提示中选择。"))
        super().__init__(**options)
        self.among = among if among is not None else Unit.objects.none()

    def prepare_value(self, value: Any) -> Any:
        """Show a unit, or its key, by its label."""
        if isinstance(value, int):
            value = Unit.objects.filter(pk=value).select_related("parent").first()
        return picker_label(value) if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Any:
        """The unit the text names."""
        text = super().clean(value)
        return _found(lambda: find_unit(text, self.among)) if text else None


class RegionField(forms.CharField):
    """A region by name or code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", SuggestInput("directory:region_names"))
        options.setdefault("help_text", _("输入地名或区划代码，从提示中选择，可到乡镇街道。"))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show a region, or its code, by its full name."""
        if isinstance(value, str) and value.isdigit():
            value = Region.objects.filter(pk=value).first() or value
        return value.written if isinstance(value, Region) else value

    def clean(self, value: Any) -> Any:
        """The region the text names."""
        text = super().clean(value)
        return _found(lambda: find_region(text)) if text else None


class UnitChoiceField(forms.ModelChoiceField[Unit]):
    """A unit from a short list, shown with the unit above it: namesakes are common."""

    def label_from_instance(self, obj: Any) -> str:
        """“上级/名称”."""
        return unit_label(obj)


class UnitMultipleChoiceField(forms.ModelMultipleChoiceField[Unit]):
    """Several units from a list, shown as `UnitChoiceField` shows them."""

    label_from_instance = UnitChoiceField.label_from_instance


def _found(find: Any) -> Any:
    try:
        return find()
    except CellError as error:
        raise forms.ValidationError(told_whole(error.fault)) from error

"""Forms of obligations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 200


class ExcuseForm(forms.Form):
    """Why nobody owes it."""

    reason = forms.CharField(
        label=_("免办理由"),
        max_length=REASON_LENGTH,
        help_text=_("责任单位、接收单位和派出单位均可看到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


LARGEST_YEAR = 40_000


class HolidayForm(forms.Form):
    """A year as a file, or as the text of the file that was shown before."""

    file = forms.FileField(
        label=_("放假安排（JSON）"),
        required=False,
        help_text=_(
            "holiday-cn 格式（github.com/NateScarlet/holiday-cn 每年提供），每年一个文件，如 2027.json。"
        ),
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )
    text = forms.CharField(required=False, max_length=LARGEST_YEAR, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The text, wherever it comes from."""
        data = super().clean() or {}
        file = data.get("file")
        if file is None and not data.get("text"):
            self.add_error("file", _("请选择文件。"))
        elif file is not None and file.size > LARGEST_YEAR:
            self.add_error("file", _("文件过大，一个年份的放假安排不超过 40KB。"))
        elif file is not None:
            data["text"] = file.read().decode("utf-8-sig", errors="replace")
        return data

"""What may be uploaded as a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_LIST = 5_000_000
LIST_ENDINGS = (".xlsx", ".csv")


class ListField(forms.FileField):
    """An Excel or CSV file of a size a desk works with."""

    widget = forms.FileInput(attrs={"accept": ",".join(LIST_ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refused by ending and size before it is read."""
        file = super().clean(data, initial)
        if file and not file.name.lower().endswith(LIST_ENDINGS):
            raise forms.ValidationError(_("只能上传 .xlsx 或 .csv 文件。"))
        if file and file.size > LARGEST_LIST:
            raise forms.ValidationError(_("文件超过5MB，请拆分后上传。"))
        return file


class ListUploadForm(forms.Form):
    """A list to be imported after a dry run."""

    file = ListField(
        label=_("Excel或CSV文件"),
        help_text=_("文件加密保存，写入后即删；没有确认写入的，24 小时后自动删除。"),
    )

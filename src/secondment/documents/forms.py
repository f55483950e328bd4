"""What may be uploaded as a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.files.table import Questions

LARGEST_LIST = 5_000_000
LIST_ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv")
LEFT_OUT = "-"


class ListField(forms.FileField):
    """An Excel or CSV file of a size a desk works with."""

    widget = forms.FileInput(attrs={"accept": ",".join(LIST_ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refused by ending and size before it is read."""
        file = super().clean(data, initial)
        if file and not file.name.lower().endswith(LIST_ENDINGS):
            raise forms.ValidationError(_("只能上传 .xlsx、.xls、.csv 或 .txt 文件。"))
        if file and file.size > LARGEST_LIST:
            raise forms.ValidationError(_("文件超过5MB，请拆分后上传。"))
        return file


class ListUploadForm(forms.Form):
    """A list to be imported after a dry run."""

    file = ListField(
        label=_("Excel或CSV文件"),
        help_text=_("文件加密保存，写入后即删除；未确认写入的，24 小时后自动删除。"),
    )


class LayoutForm(forms.Form):
    """Which sheet is meant, and what each unknown column means; `titles` are the columns still free."""

    def __init__(
        self,
        *args: Any,
        questions: Questions,
        titles: Sequence[str],
        chosen: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = {f"column_{at}": header for at, (header, _texts) in enumerate(questions.columns)}
        if questions.sheets:
            sheets = [
                (name, _("%(name)s（有内容的 %(n)d 行）") % {"name": name, "n": n})
                for name, n in questions.sheets
            ]
            self.fields["sheet"] = forms.ChoiceField(
                label=_("要导入的工作表"), choices=[("", _("请选择")), *sheets]
            )
        meanings = [(title, _("对应到“%s”") % title) for title in titles]
        for name, (header, texts) in zip(self.headers, questions.columns, strict=True):
            initial = chosen.get(header)
            self.fields[name] = forms.ChoiceField(
                label=header,
                help_text=_("内容如：%s") % "、".join(texts) if texts else "",
                choices=[("", _("请选择")), (LEFT_OUT, _("忽略")), *meanings],
                initial=LEFT_OUT if initial == "" else initial,
            )

    def clean(self) -> None:
        """No two columns may mean the same."""
        meant = [self.cleaned_data.get(name) for name in self.headers]
        for name in self.headers:
            value = self.cleaned_data.get(name)
            if value and value != LEFT_OUT and meant.count(value) > 1:
                self.add_error(name, _("有两列都对应到“%s”，请只保留一列。") % value)

    def columns(self) -> dict[str, str]:
        """Header → known header, "" for one that is left out."""
        chosen = {header: self.cleaned_data[name] for name, header in self.headers.items()}
        return {header: "" if value == LEFT_OUT else value for header, value in chosen.items()}

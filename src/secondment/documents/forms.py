"""What may be uploaded as a list."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.documents.papers.services import Scan
from secondment.files.picture_parts import without_metadata
from secondment.files.table import Questions

LARGEST_LIST = 5_000_000
LIST_ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv")
LEFT_OUT = "-"
LARGEST_SCAN = 10_000_000
PDF = "application/pdf"
SCAN_TYPES = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LARGEST_DOCUMENT = 10 * 1024 * 1024
OLD_OFFICE, NEW_OFFICE = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENT_TYPES = {
    ".pdf": (b"%PDF", PDF),
    ".docx": (NEW_OFFICE, f"{OFFICE}wordprocessingml.document"),
    ".xlsx": (NEW_OFFICE, f"{OFFICE}spreadsheetml.sheet"),
    ".pptx": (NEW_OFFICE, f"{OFFICE}presentationml.presentation"),
    ".doc": (OLD_OFFICE, "application/msword"),
    ".xls": (OLD_OFFICE, "application/vnd.ms-excel"),
    ".ppt": (OLD_OFFICE, "application/vnd.ms-powerpoint"),
    ".wps": (OLD_OFFICE, "application/vnd.ms-works"),
}
"""Ending → how such a file begins, and its type."""
SCAN_MARKS = {b"%PDF-": PDF, b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


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


class ScanField(forms.FileField):
    """A scanned page: what it is is told by its content, and a picture is freed of place and device."""

    widget = forms.FileInput(attrs={"accept": ",".join(SCAN_TYPES.values())})

    def clean(self, data: Any, initial: Any = None) -> Scan | None:
        """Refused by size and content."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_SCAN:
            raise forms.ValidationError(_("文件超过10MB，请降低扫描分辨率后上传。"))
        content = file.read()
        kind = next((kind for mark, kind in SCAN_MARKS.items() if content.startswith(mark)), "")
        if not kind:
            raise forms.ValidationError(_("只能上传PDF、JPG或PNG格式的扫描件。"))
        try:
            cleaned = content if kind == PDF else without_metadata(content)
        except ValueError as error:
            raise forms.ValidationError(_("图片不完整，不能打开。请重新扫描后上传。")) from error
        return Scan(PurePath(file.name).stem + SCAN_TYPES[kind], cleaned, kind)


class DocumentField(forms.FileField):
    """A document as an office wrote it; what it is is told by its ending and its content. Nothing of it is opened."""

    widget = forms.FileInput(attrs={"accept": ",".join(DOCUMENT_TYPES)})

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("PDF、Word、Excel、PPT或WPS，不超过10MB；加密保存，系统不改动。"))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refused by size and content."""
        file = super().clean(data, initial)
        if not file:
            return file
        if file.size > LARGEST_DOCUMENT:
            raise forms.ValidationError(_("文件超过10MB，请压缩图片后上传。"))
        mark, kind = DOCUMENT_TYPES.get(PurePath(file.name).suffix.lower(), (b"", ""))
        if not kind or not file.read(len(mark)).startswith(mark):
            raise forms.ValidationError(
                _("只能上传PDF、Word、Excel、PPT或WPS文件。请另存为这几种格式后上传。")
            )
        file.seek(0)
        file.content_type = kind
        return file


class FilingForm(forms.Form):
    """The stamped copy of a form, or where the paper is kept."""

    scan = ScanField(
        label=_("盖章扫描件"), required=False, help_text=_("PDF、JPG或PNG，不超过10MB；加密保存。")
    )
    place = forms.CharField(
        label=_("纸质存放处"),
        max_length=100,
        required=False,
        help_text=_("如：组织部档案柜三，2026年挂职卷第5页。"),
    )
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlaceForm(forms.Form):
    """One place for many papers."""

    place = forms.CharField(label=_("纸质存放处"), max_length=100)


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

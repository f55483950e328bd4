"""Writes a list to Excel: one sheet, ready to print on A4, in which no text can act as a formula."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.common.downloads import download
from secondment.files.writing import Workbook


def export_response(title: str, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download named after the list."""
    return download(export_workbook(title, labels, rows), f"{title}.xlsx")


def export_workbook(title: str, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The bytes of a workbook with a header row and one row per item."""
    book = Workbook(streams=True)
    widths = [max(10, min(40, 2 * len(label) + 4)) for label in labels]
    sheet = book.sheet(title, widths=widths)
    sheet.page.set_header(f"&C{title.replace('&', '&&')}")
    sheet.head(labels)
    sheet.rows([_shown(value) for value in row] for row in rows)
    return book.content()


def _shown(value: object) -> object:
    """A value as readers of the page see it: yes or no in their language, instants by their clock."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value

"""Writes a list to Excel: one sheet, ready to print on A4, in which no text can act as a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 -- the full-width signs count as formulas in some programs


def export_response(title: str, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download named after the list."""
    return HttpResponse(
        export_workbook(title, labels, rows),
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(True, f"{title}.xlsx")},
    )


def export_workbook(title: str, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The bytes of a workbook with a header row and one row per item."""
    content = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        sheet = workbook.add_worksheet(_sheet_name(title))
        _lay_out(sheet, title)
        writer = _CellWriter(workbook, sheet)
        for column, label in enumerate(labels):
            sheet.set_column(column, column, max(10, min(40, 2 * len(label) + 4)))
            sheet.write_string(0, column, label, writer.head)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                writer.write(at, column, value)
    return content.getvalue()


class _CellWriter:
    """Writes each value with its own type; text that begins like a formula is marked as text for good."""

    def __init__(self, workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.head: Format = workbook.add_format(
            {"bold": True, "bg_color": "#EEF1F5", "border": 1, "valign": "vcenter"}
        )
        self.plain: Format = workbook.add_format({"valign": "top"})
        self.quoted: Format = workbook.add_format({"valign": "top", "quote_prefix": True})
        self.day: Format = workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self.instant: Format = workbook.add_format(
            {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"}
        )

    def write(self, row: int, column: int, value: object) -> None:
        """Write one cell; nothing is written for nothing."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_string(row, column, _("是") if value else _("否"), self.plain)
        elif isinstance(value, int | float | Decimal):
            self.sheet.write_number(row, column, value, self.plain)
        elif isinstance(value, datetime):
            local = timezone.make_naive(value) if timezone.is_aware(value) else value
            self.sheet.write_datetime(row, column, local, self.instant)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.day)
        else:
            text = str(value)
            style = self.quoted if text.startswith(FORMULA_STARTS) else self.plain
            self.sheet.write_string(row, column, text, style)


def _lay_out(sheet: Worksheet, title: str) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_header(f"&C{title.replace('&', '&&')}")
    sheet.set_footer("&C&P / &N")
    sheet.set_row(0, 22)


def _sheet_name(title: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\ and no apostrophe at its ends."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip("' ") or "Sheet1"

"""An issued list as an Excel sheet and as a Word document to sign and stamp; official tables, whoever makes them."""

import io
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from secondment.allowances.models import PayList
from secondment.allowances.queries import rows_of
from secondment.allowances.view_models import ListRow, issued_rows
from secondment.allowances.words import money, yuan
from secondment.documents.official import chinese_date
from secondment.files.writing import Workbook

TITLE = "补助发放明细"
HEADS = ("序号", "姓名", "派出单位", "接收单位", "月份", "补助", "计算", "在岗情况", "金额（元）")
WIDTHS = (6, 10, 20, 20, 10, 14, 42, 36, 12)
SHORT_HEADS = ("序号", "姓名", "月份", "补助", "计算", "在岗情况", "金额（元）")
SHORT_WIDTHS = (12, 22, 20, 30, 74, 59, 26)  # millimetres of a page laid across
NOTE = "本表由系统按请假台账和补助标准计算，系统不支付。以后请假有更正的，在下一次明细中补发或扣回。"
POINTS = 12


def file_name(pay_list: PayList, ending: str) -> str:
    """What the file is called."""
    with override(settings.LANGUAGE_CODE):
        return f"{TITLE}（{pay_list.payer_unit.name} {pay_list.period.label}）.{ending}"


def as_workbook(pay_list: PayList) -> bytes:
    """The list with amounts as numbers."""
    with override(settings.LANGUAGE_CODE):
        rows, label = issued_rows(rows_of(pay_list)), str(pay_list.period.label)
    book = Workbook()
    sheet = book.sheet(TITLE, widths=WIDTHS, frozen=(3, 2))
    sheet.write(0, 0, f"{label}{TITLE}", "title")
    sheet.write(1, 0, f"承担单位：{pay_list.payer_unit.name}　出具：{_issued(pay_list)}", "note")
    for column, head in enumerate(HEADS):
        sheet.write(2, column, head, "head")
    for line, one in enumerate(rows, start=3):
        for column, value in enumerate(_cells(one)):
            sheet.write(line, column, value, "ruled")
    foot = 3 + len(rows)
    for column, value in enumerate(("", "合计", *[""] * 6, yuan(pay_list.total_fen))):
        sheet.write(foot, column, value, "ruled")
    sheet.write(foot + 1, 0, NOTE, "note")
    return book.content()


def as_document(pay_list: PayList) -> bytes:
    """The list to sign."""
    # Word is loaded by whoever first needs it.
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    from secondment.documents.official.page import TITLE_FONT, TWO, add_line, new_page
    from secondment.documents.official.sheets import add_roster

    with override(settings.LANGUAGE_CODE):
        rows, label = issued_rows(rows_of(pay_list)), str(pay_list.period.label)
    document = new_page()
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin = section.bottom_margin = Mm(25)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    add_line(document, f"{label}{TITLE}", font=TITLE_FONT, points=TWO, alignment=centre)
    add_line(document, f"承担单位：{pay_list.payer_unit.name}", points=POINTS)
    add_line(document, f"出具：{_issued(pay_list)}", points=POINTS)
    total = ("", "合计", "", "", "", "", money(pay_list.total_fen))
    add_roster(document, SHORT_HEADS, [*map(_short, rows), total], SHORT_WIDTHS)
    add_line(document, NOTE, points=POINTS)
    add_line(document, "经办人：　　　　　　　审核人：　　　　　　　单位负责人：", points=POINTS)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _issued(pay_list: PayList) -> str:
    when = timezone.localtime(pay_list.issued_at).date()
    return f"{pay_list.issued_by.name}　{chinese_date(when)}"


def _cells(row: ListRow) -> Sequence[object]:
    placement = row.placement
    names = (placement.person.name, placement.home_unit.name, placement.host_unit.name)
    return (row.number, *names, f"{row.month:%Y-%m}", row.kind, row.sum, row.why, yuan(row.amount_fen))


def _short(row: ListRow) -> Sequence[str]:
    name = row.placement.person.name
    return (f"{row.number}", name, f"{row.month:%Y-%m}", row.kind, row.sum, row.why, row.amount)

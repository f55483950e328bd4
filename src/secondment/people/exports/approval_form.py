"""干部任免审批表 on A4 as a Word file: two pages, the cells of the paper form."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from PIL import Image

from secondment.people.appointment_forms.form import AppointmentForm
from secondment.people.exports.appointment import form_of
from secondment.people.models import Person
from secondment.people.queries import age_on
from secondment.people.sections import Section

# Seven columns, in millimetres; 171 mm fit between the margins.
WIDTHS = (19, 23, 21, 23, 23, 27, 35)
FAMILY_ROWS = 10
TITLE, BODY, SMALL = 20, 11, 10


def approval_form(person: Person, readable: frozenset[Section], *, on: dt.date) -> bytes:
    """The Word file of one person for a reader of these sections; `on` is the day ages are counted on."""
    from docx import Document

    form = form_of(person, readable)
    document: Any = Document()
    _page(document)
    _title(document, "干 部 任 免 审 批 表")
    _first_page(document, form, person, on)
    document.add_page_break()
    _second_page(document, form, on)
    _sign(document, form)
    content = io.BytesIO()
    document.core_properties.author = str(settings.PRODUCT_NAME)
    document.core_properties.title = f"干部任免审批表 {form.name}"
    document.save(content)
    return content.getvalue()


def _page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(19)
    section.top_margin, section.bottom_margin = Mm(16), Mm(14)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _title(document: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(8)
    run = line.add_run(text)
    run.bold, run.font.size = True, Pt(TITLE)


class _Grid:
    """A bordered table of the form's seven columns, filled cell by cell."""

    def __init__(self, document: Any, heights: Sequence[float]) -> None:
        from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        self.table = document.add_table(rows=len(heights), cols=len(WIDTHS))
        self.table.style = "Table Grid"
        self.table.autofit = False
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(self.table.columns, WIDTHS, strict=True):
            column.width = Mm(width)
        for row, height in zip(self.table.rows, heights, strict=True):
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            for cell, width in zip(row.cells, WIDTHS, strict=True):
                cell.width = Mm(width)

    def put(self, row: int, first: int, last: int, text: str, *, down: int = 0, is_left: bool = False) -> Any:
        """Write a text into a cell that spans columns `first` to `last` and `down` more rows."""
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        cell = self.table.cell(row, first).merge(self.table.cell(row + down, last))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        lines = text.split("\n")
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_left else WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(line)
            run.font.size = Pt(SMALL if is_left and len(lines) > 12 else BODY)
        return cell


def _first_page(document: Any, form: AppointmentForm, person: Person, on: dt.date) -> None:
    grid = _Grid(document, [11, 11, 11, 12, 10, 10, 10, 10, 11, 11, 11, 118])
    born = f"{_dotted(form.born)}\n（{age_on(person.born_on, on)}岁）"
    rows = (
        (("姓　名", form.name), ("性　别", form.sex), ("出生年月\n（岁）", born)),
        (("民　族", form.ethnic_group), ("籍　贯", form.ancestral_home), ("出 生 地", form.birthplace)),
        (
            ("入　党\n时　间", _dotted(form.joined_party)),
            ("参加工\n作时间", _dotted(form.started_work)),
            ("健康状况", form.health),
        ),
    )
    for at, pairs in enumerate(rows):
        for place, (label, text) in enumerate(pairs):
            grid.put(at, 2 * place, 2 * place, label)
            grid.put(at, 2 * place + 1, 2 * place + 1, text)
    _photo(grid.put(0, 6, 6, "", down=3), form.photo)
    grid.put(3, 0, 0, "专业技\n术职务")
    grid.put(3, 1, 2, form.professional_title)
    grid.put(3, 3, 3, "熟悉专业\n有何专长")
    grid.put(3, 4, 5, form.specialty)
    _education(grid, form)
    for at, label, text in (
        (8, "现任职务", form.current_post),
        (9, "拟任职务", form.proposed_post),
        (10, "拟免职务", form.post_to_leave),
    ):
        grid.put(at, 0, 1, label)
        grid.put(at, 2, 6, text, is_left=True)
    grid.put(11, 0, 0, "简\n\n历")
    grid.put(11, 1, 6, form.career, is_left=True)


def _education(grid: _Grid, form: AppointmentForm) -> None:
    grid.put(4, 0, 0, "学　历\n学　位", down=3)
    rows = (
        ("全日制\n教　育", form.full_time_education, form.full_time_education_school),
        ("", form.full_time_degree, form.full_time_degree_school),
        ("在　职\n教　育", form.on_the_job_education, form.on_the_job_education_school),
        ("", form.on_the_job_degree, form.on_the_job_degree_school),
    )
    for at, (label, text, school) in enumerate(rows, start=4):
        if label:
            grid.put(at, 1, 1, label, down=1)
            grid.put(at, 4, 4, "毕业院校\n系及专业", down=1)
        grid.put(at, 2, 3, text)
        grid.put(at, 5, 6, school, is_left=True)


def _second_page(document: Any, form: AppointmentForm, on: dt.date) -> None:
    n_family = max(FAMILY_ROWS, len(form.family))
    grid = _Grid(document, [24, 18, 16, 10, *([9] * n_family), 16, 32, 32])
    for at, label, text in (
        (0, "奖惩情况", form.rewards_and_penalties),
        (1, "年度考\n核结果", form.annual_grades),
        (2, "任免理由", form.reason),
    ):
        grid.put(at, 0, 0, label)
        grid.put(at, 1, 6, text, is_left=True)
    grid.put(3, 0, 0, "家庭\n主要\n成员\n及重\n要社\n会关\n系", down=n_family)
    for first, last, label in (
        (1, 1, "称谓"),
        (2, 2, "姓名"),
        (3, 3, "年龄"),
        (4, 4, "政治面貌"),
        (5, 6, "工作单位及职务"),
    ):
        grid.put(3, first, last, label)
    for at in range(n_family):
        member = form.family[at] if at < len(form.family) else None
        grid.put(4 + at, 1, 1, member.relation if member else "")
        grid.put(4 + at, 2, 2, member.name if member else "")
        grid.put(4 + at, 3, 3, _age(member.born, on) if member else "")
        grid.put(4 + at, 4, 4, member.political_status if member else "")
        grid.put(4 + at, 5, 6, member.unit_and_post if member else "", is_left=True)
    end = 4 + n_family
    grid.put(end, 0, 0, "呈　报\n单　位")
    grid.put(end, 1, 6, form.reporting_unit, is_left=True)
    stamp = "\n\n\n（盖章）　　　　年　　月　　日"
    grid.put(end + 1, 0, 0, "审　批\n机　关\n意　见")
    grid.put(end + 1, 1, 6, stamp)
    grid.put(end + 2, 0, 0, "行政机\n关任免\n意　见")
    grid.put(end + 2, 1, 6, stamp)


def _sign(document: Any, form: AppointmentForm) -> None:
    document.add_paragraph(
        f"填表人：{form.filled_in_by}　　　　　　填表时间：{form.filled_in_on}　　　　　　计算年龄时间：{form.age_counted_on}"
    )


def _photo(cell: Any, photo: bytes) -> None:
    """The photo, scaled into its cell and converted, so that every Word can show it."""
    from docx.shared import Mm

    if not photo:
        cell.paragraphs[0].add_run("照\n\n片")
        return
    with Image.open(io.BytesIO(photo)) as picture:
        converted = io.BytesIO()
        picture.convert("RGB").save(converted, "PNG")
        is_wide = picture.width * 42 > picture.height * 31
    converted.seek(0)
    run = cell.paragraphs[0].add_run()
    run.add_picture(converted, **({"width": Mm(31)} if is_wide else {"height": Mm(42)}))


def _dotted(text: str) -> str:
    """198503 → 1985.03; whatever else it says stays."""
    is_month = len(text) == len("198503") and text.isdigit()
    return f"{text[:4]}.{text[4:]}" if is_month else text


def _age(born: str, on: dt.date) -> str:
    """The age of a relative in full years, counted by months; nothing when the month is unknown."""
    if len(born) != len("198503") or not born.isdigit():
        return ""
    return str((on.year * 12 + on.month - int(born[:4]) * 12 - int(born[4:])) // 12)

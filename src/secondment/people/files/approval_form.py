"""干部任免审批表 on A4 as a Word file: two pages, the cells of the paper form.

A text that is long for its cell is set smaller; what the smallest size cannot hold is printed in full on an extra sheet (另附).
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from PIL import Image

from secondment.algorithms.periods import full_years
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember
from secondment.people.files.filled_form import form_of
from secondment.people.files.fitting import CUT, PITCH, SIZES, fitted, height_of
from secondment.people.models import Person
from secondment.people.sections import Section

# Seven columns, in millimetres; 171 mm fit between the margins.
WIDTHS = (19, 23, 21, 23, 23, 27, 35)
FAMILY_ROWS = 10
FAMILY_HEIGHT, LOWEST_ROW = 90.0, 5.0
FAMILY_HEADS = ("称谓", "姓名", "年龄", "政治面貌", "工作单位及职务")
FAMILY_CELLS = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 6))
TITLE, BODY = 20, SIZES[0]
_PERIOD = re.compile(r"(?<=\d{4}\.\d{2})--")
Appendix = list[tuple[str, str]]


def approval_form(person: Person, readable: frozenset[Section], *, on: dt.date) -> bytes:
    """The Word file of one person for a reader of these sections; `on` is the day ages are counted on."""
    return approval_forms([(person, form_of(person, readable))], on=on)


def approval_forms(forms: Iterable[tuple[Person, AppointmentForm]], *, on: dt.date) -> bytes:
    """One Word file of many people, each beginning on a page of its own."""
    from docx import Document

    document: Any = Document()
    _page(document)
    names: list[str] = []
    for person, form in forms:
        if names:
            _break_page(document)
        names.append(form.name)
        _add_form(document, person, form, on)
    content = io.BytesIO()
    document.core_properties.author = str(settings.PRODUCT_NAME)
    document.core_properties.title = f"干部任免审批表 {names[0]}" + (f"等{len(names)}人" if names[1:] else "")
    document.save(content)
    return content.getvalue()


def _add_form(document: Any, person: Person, form: AppointmentForm, on: dt.date) -> None:
    appendix: Appendix = []
    _title(document, "干 部 任 免 审 批 表")
    _first_page(document, form, person, on, appendix)
    _break_page(document)
    _second_page(document, form, on, appendix)
    _sign(document, form)
    if appendix:
        _add_appendix(document, form, appendix)


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


def _break_page(document: Any) -> None:
    """A new page; the paragraph that carries the break is too low to need one itself."""
    from docx.enum.text import WD_BREAK

    line = document.add_paragraph()
    _set_size(line, line.add_run(), 1)
    line.runs[0].add_break(WD_BREAK.PAGE)


def _run(paragraph: Any, line: str) -> Any:
    """A line as one run in which no break parts the two months of a period."""
    from docx.oxml import OxmlElement

    first, *others = _PERIOD.split(line)
    run = paragraph.add_run(first)
    for text in others:
        for _mark in range(2):
            run._r.append(OxmlElement("w:noBreakHyphen"))  # noqa: SLF001 -- the library has no other way
        run.add_text(text)
    return run


def _set_size(paragraph: Any, run: Any, size: float) -> None:
    """Size of the letters and an exact height of the line, whatever fonts the reader's machine has."""
    from docx.shared import Pt

    run.font.size = Pt(size)
    paragraph.paragraph_format.line_spacing = Pt(size * PITCH)


class _Grid:
    """A bordered table of the form's seven columns, filled cell by cell; `appendix` takes what a cell cannot hold."""

    def __init__(self, document: Any, heights: Sequence[float], appendix: Appendix) -> None:
        from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        self.heights, self.appendix = heights, appendix
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

    def put(
        self,
        row: int,
        first: int,
        last: int,
        text: str,
        *,
        down: int = 0,
        is_left: bool = False,
        name: str = "",
        size: float = BODY,
    ) -> Any:
        """Write a text into a cell that spans columns `first` to `last` and `down` more rows.

        A text with the `name` of its cell is fitted into it.
        """
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        if name:
            shown = fitted(text, sum(WIDTHS[first : last + 1]), sum(self.heights[row : row + down + 1]) - 1)
            if shown.is_cut:
                self.appendix.append((name, text))
            text, size = shown.text, shown.size
        cell = self.table.cell(row, first).merge(self.table.cell(row + down, last))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for at, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_left else WD_ALIGN_PARAGRAPH.CENTER
            _set_size(paragraph, _run(paragraph, line), size)
        return cell


def _first_page(
    document: Any, form: AppointmentForm, person: Person, on: dt.date, appendix: Appendix
) -> None:
    grid = _Grid(document, [11, 11, 11, 12, 10, 10, 10, 10, 11, 11, 11, 118], appendix)
    age = f"\n（{full_years(person.born_on, on)}岁）" if person.born_on else ""
    born = f"{_dotted(form.born)}{age}"
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
            grid.put(at, 2 * place + 1, 2 * place + 1, text, name=_plain(label))
    _photo(grid.put(0, 6, 6, "", down=3), form.photo)
    grid.put(3, 0, 0, "专业技\n术职务")
    grid.put(3, 1, 2, form.professional_title, name="专业技术职务")
    grid.put(3, 3, 3, "熟悉专业\n有何专长")
    grid.put(3, 4, 5, form.specialty, name="熟悉专业有何专长")
    _education(grid, form)
    for at, label, text in (
        (8, "现任职务", form.current_post),
        (9, "拟任职务", form.proposed_post),
        (10, "拟免职务", form.post_to_leave),
    ):
        grid.put(at, 0, 1, label)
        grid.put(at, 2, 6, text, is_left=True, name=label)
    grid.put(11, 0, 0, "简\n\n历")
    grid.put(11, 1, 6, form.career, is_left=True, name="简历")


def _education(grid: _Grid, form: AppointmentForm) -> None:
    grid.put(4, 0, 0, "学　历\n学　位", down=3)
    rows = (
        ("全日制\n教　育", "全日制学历", form.full_time_education, form.full_time_education_school),
        ("", "全日制学位", form.full_time_degree, form.full_time_degree_school),
        ("在　职\n教　育", "在职学历", form.on_the_job_education, form.on_the_job_education_school),
        ("", "在职学位", form.on_the_job_degree, form.on_the_job_degree_school),
    )
    for at, (label, name, text, school) in enumerate(rows, start=4):
        if label:
            grid.put(at, 1, 1, label, down=1)
            grid.put(at, 4, 4, "毕业院校\n系及专业", down=1)
        grid.put(at, 2, 3, text, name=name)
        grid.put(at, 5, 6, school, is_left=True, name=f"{name}毕业院校系及专业")


def _second_page(document: Any, form: AppointmentForm, on: dt.date, appendix: Appendix) -> None:
    family, heights, size = _family_rows(form.family, on, appendix)
    n_family = len(heights)
    grid = _Grid(document, [24, 18, 16, 10, *heights, 16, 32, 32], appendix)
    for at, label, text in (
        (0, "奖惩\n情况", form.rewards_and_penalties),
        (1, "年度考\n核结果", form.annual_grades),
        (2, "任免\n理由", form.reason),
    ):
        grid.put(at, 0, 0, label)
        grid.put(at, 1, 6, text, is_left=True, name=_plain(label))
    grid.put(3, 0, 0, "家庭\n主要\n成员\n及重\n要社\n会关\n系", down=n_family)
    for (first, last), label in zip(FAMILY_CELLS, FAMILY_HEADS, strict=True):
        grid.put(3, first, last, label)
    for at, row in enumerate(family, start=4):
        for (first, last), text in zip(FAMILY_CELLS, row, strict=True):
            grid.put(at, first, last, text, is_left=last == 6, size=size)
    end = 4 + n_family
    grid.put(end, 0, 0, "呈　报\n单　位")
    grid.put(end, 1, 6, form.reporting_unit, is_left=True, name="呈报单位")
    stamp = "\n\n\n（盖章）　　　　年　　月　　日"
    grid.put(end + 1, 0, 0, "审　批\n机　关\n意　见")
    grid.put(end + 1, 1, 6, stamp)
    grid.put(end + 2, 0, 0, "行政机\n关任免\n意　见")
    grid.put(end + 2, 1, 6, stamp)


FamilyRow = tuple[str, str, str, str, str]
_EMPTY_ROW: FamilyRow = ("", "", "", "", "")


def _family_rows(
    family: Sequence[FamilyMember], on: dt.date, appendix: Appendix
) -> tuple[list[FamilyRow], list[float], float]:
    """The rows on the form, empty ones included, their size and the height of each."""
    rows = [
        (one.relation, one.name, _age(one.born, on), one.political_status, one.unit_and_post)
        for one in family
    ]
    for size in SIZES:
        heights = [_row_height(row, size) for row in rows]
        if sum(heights) <= FAMILY_HEIGHT:
            return (*_with_empty_rows(rows, heights), size)
    room, n_kept = FAMILY_HEIGHT - LOWEST_ROW, 0
    while heights[n_kept] <= room:
        room, n_kept = room - heights[n_kept], n_kept + 1
    appendix.append(("家庭主要成员及重要社会关系", "\n".join("　".join(filter(None, row)) for row in rows)))
    kept = [*rows[:n_kept], ("", "", "", "", CUT)]
    return (*_with_empty_rows(kept, [*heights[:n_kept], LOWEST_ROW]), size)


def _row_height(row: FamilyRow, size: float) -> float:
    """Millimetres of a row, a little air included."""
    widths = (sum(WIDTHS[first : last + 1]) for first, last in FAMILY_CELLS)
    needed = (height_of(text, width, size) + 1 for text, width in zip(row, widths, strict=True))
    return max(LOWEST_ROW, *needed)


def _with_empty_rows(
    rows: Sequence[FamilyRow], heights: Sequence[float]
) -> tuple[list[FamilyRow], list[float]]:
    """Rows and heights that fill the place of the family: empty rows up to the usual number, then air for all."""
    usual = FAMILY_HEIGHT / FAMILY_ROWS
    high = [max(one, usual) for one in heights]
    n_empty = max(0, min(FAMILY_ROWS - len(rows), int((FAMILY_HEIGHT - sum(high)) / usual)))
    all_heights = [*(high if sum(high) <= FAMILY_HEIGHT else heights), *[usual] * n_empty]
    air = (FAMILY_HEIGHT - sum(all_heights)) / len(all_heights)
    return [*rows, *[_EMPTY_ROW] * n_empty], [round(one + air, 2) for one in all_heights]


def _sign(document: Any, form: AppointmentForm) -> None:
    text = (
        f"填表人：{form.filled_in_by}　　　填表时间：{_dotted(form.filled_in_on)}"
        f"　　　计算年龄时间：{_dotted(form.age_counted_on)}"
    )
    line = document.add_paragraph()
    shown = fitted(text, sum(WIDTHS), SIZES[0] * PITCH / 2.8)
    _set_size(line, line.add_run(text), shown.size)


def _add_appendix(document: Any, form: AppointmentForm, appendix: Appendix) -> None:
    """What no cell could hold, in full, on an extra sheet."""
    _break_page(document)
    _title(document, "干部任免审批表（另附）")
    document.add_paragraph(f"姓名：{form.name}")
    for name, text in appendix:
        head = document.add_paragraph()
        head.paragraph_format.keep_with_next = True
        head.add_run(f"\n{name}").bold = True
        for line in text.split("\n"):
            document.add_paragraph(line)


def _plain(label: str) -> str:
    """A label without the spaces and breaks that spread it over its cell."""
    return label.split("\n（", maxsplit=1)[0].replace("\n", "").replace("　", "").replace(" ", "")


def _photo(cell: Any, photo: bytes) -> None:
    """The photo, scaled into its cell and converted, so that every Word can show it."""
    from docx.shared import Mm

    if not photo:
        cell.paragraphs[0].add_run("照\n\n片")
        return
    with Image.open(io.BytesIO(photo)) as picture:
        converted = io.BytesIO()
        picture.convert("RGB").save(converted, "PNG")
        is_wide = picture.width * 40 > picture.height * 29
    converted.seek(0)
    cell.paragraphs[0].paragraph_format.line_spacing = 1.0  # an exact height would cut the picture
    run = cell.paragraphs[0].add_run()
    run.add_picture(converted, **({"width": Mm(29)} if is_wide else {"height": Mm(40)}))


def _dotted(text: str) -> str:
    """198503 → 1985.03, 20261129 → 2026.11.29; any other text stays."""
    if not text.isdigit() or len(text) not in (6, 8):
        return text
    return ".".join(filter(None, (text[:4], text[4:6], text[6:])))


def _age(born: str, on: dt.date) -> str:
    """The age of a relative in full years, counted by months; nothing when the month is unknown."""
    if len(born) != len("198503") or not born.isdigit():
        return ""
    return str((on.year * 12 + on.month - int(born[:4]) * 12 - int(born[4:])) // 12)

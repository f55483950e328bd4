"""Word forms: a template is filled with what its dataclass has, and refused when it names anything else."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

import secondment
from secondment.documents.word_forms import WORD_FORMS, TemplateError, fill
from secondment.documents.word_forms.filling import check
from secondment.documents.word_forms.names import faults_of


@dataclass(frozen=True)
class Task:
    name: str
    is_done: bool = False


@dataclass(frozen=True)
class Report:
    name: str
    on: dt.date = dt.date(2026, 1, 5)
    is_urgent: bool = False
    tasks: tuple[Task, ...] = ()
    items: tuple[str, ...] = ()


def template(*lines: str, in_table: bool = False, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for line in lines:
        if in_table:
            document.add_table(1, 1).cell(0, 0).text = line
        else:
            document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for at, texts in enumerate(rows):
            for place, text in enumerate(texts):
                table.cell(at, place).text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def lines_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def cells_of(content: bytes) -> list[list[str]]:
    tables = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def faults(*lines: str, fields: type = Report) -> tuple[str, ...]:
    with pytest.raises(TemplateError) as refused:
        fill(template(*lines), fields("甲"))
    return refused.value.faults


def test_texts_and_days_are_filled_in_as_documents_write_them() -> None:
    filled = fill(
        template("{{ name }}", "{{ on }}", "{% if is_urgent %}急{% else %}缓{% endif %}"), Report("甲")
    )
    assert lines_of(filled) == ["甲", "2026年1月5日", "缓"]


def test_what_is_typed_stays_text() -> None:
    typed = "a<b>&c {{ on }} {% x %}\n第二行\x0b\x07\f"
    assert lines_of(fill(template("{{ name }}"), Report(typed))) == ["a<b>&c {{ on }} {% x %}\n第二行"]


def test_rows_become_rows_of_the_table() -> None:
    rows = (
        ("任务", "完成"),
        ("{%tr for task in tasks %}", ""),
        ("{{ loop.index }}.{{ task.name }}", "{% if task.is_done %}是{% endif %}"),
        ("{%tr endfor %}", ""),
    )
    report = Report("甲", tasks=(Task("修路", is_done=True), Task("种树")))
    assert cells_of(fill(template(rows=rows), report)) == [["任务", "完成"], ["1.修路", "是"], ["2.种树", ""]]
    assert cells_of(fill(template(rows=rows), Report("甲"))) == [["任务", "完成"]]


def test_a_field_named_like_a_method_and_rows_of_texts() -> None:
    line = "{% for item in items %}{{ item }}{% if not loop.last %}、{% endif %}{% endfor %}"
    assert lines_of(fill(template(line), Report("甲", items=("一", "二")))) == ["一、二"]


@pytest.mark.parametrize("in_table", [False, True])
def test_each_sheet_begins_a_page(in_table) -> None:
    filled = fill(template("{{ name }}", in_table=in_table), Report("甲"), Report("乙"), Report("丙"))
    document = Document(io.BytesIO(filled))
    assert [one.text for one in document.element.body.iter(qn("w:t"))] == ["甲", "乙", "丙"]
    assert len(list(document.element.body.iter(qn("w:pageBreakBefore")))) == 2
    assert document.element.body[-1].tag == qn("w:sectPr")
    assert len(document.sections) == 1


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{{ nmae }}", "nmae: unknown"),
        ("{% if nmae %}x{% endif %}", "nmae: unknown"),
        ("{% if is_urgent %}{% else %}{{ nmae }}{% endif %}", "nmae: unknown"),
        ("{{ name.upper }}", "name.upper: unknown"),
        ("{{ name.__class__ }}", "name.__class__: unknown"),
        ("{{ name.upper() }}", "Call: not allowed"),
        ("{{ name|length }}", "Filter: not allowed"),
        ("{{ items[0] }}", "Getitem: not allowed"),
        ("{% for one in name.split() %}x{% endfor %}", "Call: not allowed"),
        ("{% set name = 1 %}", "Assign: not allowed"),
        ("{{ tasks }}", "tasks: rows, to be looped over"),
        ("{% for task in tasks %}{{ task.nmae }}{% endfor %}", "task.nmae: unknown"),
        ("{% for task in tasks if nmae %}{{ task.name }}{% endfor %}", "nmae: unknown"),
        ("{% for task in tasks %}{% else %}{{ nmae }}{% endfor %}", "nmae: unknown"),
        ("{% for task in tasks %}{{ loop.nmae }}{% endfor %}", "loop.nmae: unknown"),
        ("{% for one in name %}x{% endfor %}", "name: no rows"),
        ("{% for one in nmae %}x{% endfor %}", "nmae: unknown"),
        ("{{ name }", "not readable: unexpected '}'"),
    ],
)
def test_what_the_form_does_not_have_is_named(line, fault) -> None:
    assert faults(line) == (fault,)


def test_all_faults_are_named_once() -> None:
    assert faults("{{ one }}{{ two.x }}", "{{ one }}") == ("one: unknown", "two.x: unknown")


def test_constants_may_be_joined() -> None:
    assert faults_of("{{ '是' }}{% if is_urgent and not name or 1 %}{% endif %}", Report) == []


@pytest.mark.parametrize("part", ["header", "even_page_footer"])
def test_head_and_foot_name_nothing(part) -> None:
    document = Document()
    getattr(document.sections[0], part).paragraphs[0].text = "{{ name }}"
    content = io.BytesIO()
    document.save(content)
    with pytest.raises(TemplateError, match="header or footer: names belong into the body"):
        fill(content.getvalue(), Report("甲"))


@pytest.mark.parametrize("content", [b"", b"not a file", b"PK\x05\x06" + bytes(18)])
def test_other_files_are_refused(content) -> None:
    with pytest.raises(TemplateError, match=r"not a Word file \(\.docx\)"):
        fill(content, Report("甲"))


def test_every_template_of_the_product_names_only_what_its_form_has() -> None:
    shipped = set(Path(secondment.__file__).parent.glob("*/word_forms/*.docx"))
    assert shipped == {form.template for form in WORD_FORMS}
    for form in WORD_FORMS:
        check(form.template.read_bytes(), form.fields)


@pytest.mark.parametrize("form", WORD_FORMS, ids=lambda form: form.template.stem)
def test_templates_are_a4_in_the_fonts_of_documents(form) -> None:
    document = Document(str(form.template))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fonts = {fonts.get(qn("w:eastAsia")) for fonts in document.element.body.iter(qn("w:rFonts"))}
    assert fonts <= {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}

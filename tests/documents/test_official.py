"""Letters read back with python-docx: paper, fonts, sizes, lines, words."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from secondment.documents.official import Annex, Imprint, Letter, chinese_date, letter_bytes
from secondment.documents.official.words import balanced, width

LETTER = Letter(
    title="关于张示例同志挂职的通知",
    number="示组挂〔2026〕1号",
    addressee="示例厅，示例村",
    paragraphs=("经研究决定，选派张示例同志挂职 & <示例>。", "请按期报到。"),
    closing="特此通知。",
    signer="示例组织部",
    signed_on=dt.date(2026, 11, 23),
    imprint=Imprint("示例县委", "示例组织部", dt.date(2026, 11, 23)),
)
ANNEX = Annex("挂职干部名单", ("序号", "姓名"), [("1", "张示例"), ("2", "李示例")], (20, 60))


def read(letter: Letter):
    return Document(io.BytesIO(letter_bytes(letter)))


def line(document, text: str):
    return next(one for one in document.paragraphs if one.text == text)


def fonts_of(paragraph) -> set[tuple[str, float]]:
    return {(run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for run in paragraph.runs if run.text}


def test_paper_is_a4_with_the_margins_of_the_standard() -> None:
    section = read(LETTER).sections[0]
    in_mm = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ]
    assert in_mm == [210, 297, 37, 35, 28, 26]


def test_letter_reads_in_the_order_of_the_standard() -> None:
    texts = [one.text for one in read(LETTER).paragraphs if one.text]
    assert texts == [
        "示例组织部文件",
        "示组挂〔2026〕1号",
        "关于张示例同志挂职的通知",
        "示例厅，示例村：",
        "经研究决定，选派张示例同志挂职 & <示例>。",
        "请按期报到。",
        "特此通知。",
        "示例组织部",
        "2026年11月23日",
    ]


def test_title_and_body_have_their_fonts_and_sizes() -> None:
    document = read(LETTER)
    assert fonts_of(line(document, LETTER.title)) == {("方正小标宋简体", 22.0)}
    assert fonts_of(line(document, LETTER.paragraphs[0])) == {("仿宋_GB2312", 16.0)}
    assert fonts_of(line(document, LETTER.number)) == {("仿宋_GB2312", 16.0)}
    normal = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(28)
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_head_is_red_and_fits_the_type_area() -> None:
    head = line(read(LETTER), "示例组织部文件")
    assert head.runs[0].font.color.rgb == RGBColor(0xE6, 0x00, 0x12)
    assert head.runs[0].font.size == Pt(48)
    long = line(
        read(replace(LETTER, signer="示例省示例自治州人力资源和社会保障局干部管理处")),
        "示例省示例自治州人力资源和社会保障局干部管理处文件",
    )
    assert long.runs[0].font.size.pt * width(long.text) <= Mm(156).pt


def test_body_is_indented_by_two_characters_and_number_stands_over_a_red_rule() -> None:
    document = read(LETTER)
    indent = line(document, "请按期报到。")._p.pPr.ind
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")
    rule = line(document, LETTER.number)._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (rule.get(qn("w:color")), rule.get(qn("w:sz"))) == ("E60012", "16")


def test_date_stands_four_characters_from_the_edge_and_signer_is_centred_above() -> None:
    document = read(LETTER)
    date, signer = line(document, "2026年11月23日"), line(document, "示例组织部")
    assert date.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert date._p.pPr.ind.get(qn("w:rightChars")) == "400"
    # date 7 characters wide, signer 5: one character further from the edge
    assert signer._p.pPr.ind.get(qn("w:rightChars")) == "500"


def test_long_signer_pulls_the_date_along() -> None:
    document = read(replace(LETTER, signer="中共示例省示例市委组织部和示例市人力资源局"))
    signer = line(document, "中共示例省示例市委组织部和示例市人力资源局")
    assert signer._p.pPr.ind.get(qn("w:rightChars")) == "0"
    assert line(document, "2026年11月23日")._p.pPr.ind.get(qn("w:rightChars")) == "700"


def test_signature_never_stands_alone_on_a_page() -> None:
    document = read(LETTER)
    for text in ("请按期报到。", "特此通知。", "示例组织部"):
        assert line(document, text).paragraph_format.keep_with_next is True


def test_page_numbers_stand_outside_on_both_sides() -> None:
    document = read(LETTER)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    assert odd.text == "—  —"
    assert odd._p.findall(".//" + qn("w:instrText"))[0].text == "PAGE"


def test_imprint_names_copies_printer_and_date() -> None:
    rows = read(LETTER).tables[-1].rows
    assert rows[0].cells[0].text == "抄送：示例县委。"
    assert [cell.text for cell in rows[1].cells] == ["示例组织部", "2026年11月23日印发"]
    without = read(replace(LETTER, imprint=Imprint("", "示例组织部", dt.date(2026, 11, 23)))).tables[-1]
    assert len(without.rows) == 1


def test_annex_begins_a_page_and_repeats_its_head() -> None:
    document = read(replace(LETTER, annex=ANNEX, imprint=None))
    mark = line(document, "附件")
    assert mark.paragraph_format.page_break_before is True
    assert fonts_of(mark) == {("黑体", 16.0)}
    assert line(document, "附件：挂职干部名单").paragraph_format.keep_with_next is True
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "姓名"],
        ["1", "张示例"],
        ["2", "李示例"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [round(column.width.mm) for column in table.columns] == [20, 60]


def test_notification_without_number_has_no_head() -> None:
    document = read(replace(LETTER, number="", addressee="", closing="", imprint=None))
    assert next(one.text for one in document.paragraphs if one.text) == LETTER.title
    assert document.tables == []


@pytest.mark.parametrize(
    ("day", "text"), [(dt.date(2026, 11, 23), "2026年11月23日"), (dt.date(2027, 3, 1), "2027年3月1日")]
)
def test_dates_have_no_leading_zeros(day: dt.date, text: str) -> None:
    assert chinese_date(day) == text


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("关于张示例同志挂职的通知", 19, ["关于张示例同志挂职的通知"]),
        (
            "关于做好2027年低收入村和后进村第一书记选派工作的通知",
            19,
            ["关于做好2027年低收入村和", "后进村第一书记选派工作的通知"],
        ),
        ("甲乙丙丁", 2, ["甲乙", "丙丁"]),
        ("甲乙的丁", 2, ["甲乙的", "丁"]),
        ("甲2026年丙丁", 3, ["甲2026年", "丙丁"]),
        ("", 19, [""]),
    ],
)
def test_titles_break_into_lines_of_about_one_length(text: str, most: float, lines: list[str]) -> None:
    assert balanced(text, most) == lines


def test_a_long_title_is_several_centred_paragraphs() -> None:
    document = read(replace(LETTER, title="关于做好2027年低收入村和后进村第一书记选派工作的通知"))
    for text in ("关于做好2027年低收入村和", "后进村第一书记选派工作的通知"):
        assert fonts_of(line(document, text)) == {("方正小标宋简体", 22.0)}
        assert line(document, text).alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_a_roster_of_many_columns_is_set_smaller() -> None:
    labels = tuple("一二三四五六七")
    annex = Annex("名单", labels, [labels], [20.0] * 7)
    (table,) = read(replace(LETTER, annex=annex, imprint=None)).tables
    (few,) = read(replace(LETTER, annex=ANNEX, imprint=None)).tables
    assert [fonts_of(one.rows[1].cells[0].paragraphs[0]) for one in (table, few)] == [
        {("仿宋_GB2312", 10.5)},
        {("仿宋_GB2312", 12.0)},
    ]

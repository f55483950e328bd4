"""Write a structure report as a Word document, charts as pictures."""

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from secondment.algorithms.structure.comparison import CrossComparison
from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import NOT_STATED_LABEL
from secondment.algorithms.structure.distribution import Distribution
from secondment.algorithms.structure.diversity import FORMULA
from secondment.algorithms.structure.retirement import SOURCE, Category, Forecast
from secondment.files.structure.charts import distribution_chart, pyramid, retirement_chart
from secondment.files.structure.report import (
    RETIREMENT_NOTES,
    RETIREMENT_RULE,
    SHARE_RULE,
    StructureReport,
    gap_labels,
    women_rule,
)

BODY_FONT, HEAD_FONT = "仿宋_GB2312", "黑体"
PICTURE_WIDTH = Cm(15)
MOST_ROWS = 200


def report_docx(report: StructureReport) -> bytes:
    """The document: a paragraph of facts, then one section per question asked."""
    document = _document()
    document.add_heading(report.title, 0)
    mean = report.analysis.mean_age
    age = "" if mean is None else f"，平均年龄{mean:.1f}岁"
    document.add_paragraph(f"共{report.analysis.n_people}人{age}。{SHARE_RULE}。")
    for note in report.notes:
        document.add_paragraph(note.chinese)
    document.add_heading("一、结构", 1)
    for counted in report.analysis.distributions:
        _distribution(document, counted)
    document.add_paragraph(f"多样性指数：{FORMULA}。")
    for cross in report.analysis.crosses:
        _cross(document, cross)
    if report.comparisons:
        _comparisons(document, report)
    if report.gaps:
        _gaps(document, report)
    if report.analysis.retirement is not None:
        _retirement(document, report.analysis.retirement, report.women)
    content = io.BytesIO()
    document.save(content)
    return _without_clock(content.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same archive with one date on every part: same report, same bytes."""
    undated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as dated, zipfile.ZipFile(undated, "w") as archive:
        for part in dated.infolist():
            info = zipfile.ZipInfo(part.filename)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, dated.read(part))
    return undated.getvalue()


def chart_png(svg: str) -> bytes:
    """An SVG chart as a picture of 192 dots per inch, drawn with the fonts of this machine."""
    import typst

    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return typst.compile(page.encode(), format="png", ppi=192.0, sys_inputs={"svg": svg})


def _document() -> DocumentType:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for name, font, size in (
        ("Normal", BODY_FONT, 12),
        ("Title", HEAD_FONT, 18),
        ("Heading 1", HEAD_FONT, 14),
        ("Heading 2", HEAD_FONT, 12),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return document


def _distribution(document: DocumentType, counted: Distribution) -> None:
    dimension, indices = counted.dimension, counted.diversity
    document.add_heading(dimension.label, 2)
    document.add_paragraph(
        f"口径：{dimension.rule}。已填{counted.n_stated}人，未填{counted.n_not_stated}人。"
    )
    if (svg := distribution_chart(counted)) is not None:
        _picture(document, svg)
    rows = [
        [bucket.label, str(n_people), _share(counted.share_of(bucket.key)), bucket.bounds]
        for bucket, n_people in zip(dimension.buckets, counted.counts, strict=True)
    ]
    if len(rows) > MOST_ROWS:
        document.add_paragraph(f"共{len(rows)}类{_shortened(len(rows))}")
    _table(document, ["类别", "人数", "占比", "口径"], rows[:MOST_ROWS])
    values = (("香农指数", indices.shannon), ("均匀度", indices.evenness), ("布劳指数", indices.blau))
    document.add_paragraph(
        "，".join(f"{name}{'—' if value is None else f'{value:.3f}'}" for name, value in values)
    )


def _cross(document: DocumentType, cross: CrossTable) -> None:
    document.add_heading(" × ".join(dimension.label for dimension in cross.dimensions), 1)
    if (svg := pyramid(cross)) is not None:
        _picture(document, svg)
    labels = [[bucket.label for bucket in item.buckets] + [NOT_STATED_LABEL] for item in cross.dimensions]
    filled = list(zip(*cross.counts.nonzero(), strict=True))
    document.add_paragraph(f"只列有人的组合，共{len(filled)}项" + _shortened(len(filled)))
    rows = [
        [*(names[int(index)] for names, index in zip(labels, place, strict=True)), str(cross.counts[place])]
        for place in filled[:MOST_ROWS]
    ]
    _table(document, [*(dimension.label for dimension in cross.dimensions), "人数"], rows)


def _shortened(n_rows: int) -> str:
    return "。" if n_rows <= MOST_ROWS else f"，此处列前{MOST_ROWS}项，全表见Excel文件。"


def _comparisons(document: DocumentType, report: StructureReport) -> None:
    document.add_heading(f"与 {report.compared_with} 对比", 1)
    document.add_paragraph("占比变化为对比方减本方，单位为百分点；差异度=½Σ|占比之差|。")
    for item in report.comparisons:
        distance = "" if item.distance is None else f"（差异度{item.distance:.3f}）"
        document.add_heading(f"{item.label}{distance}", 2)
        rows = [
            [
                bucket.label, str(bucket.n_first), str(bucket.n_second), _share(bucket.share_first),
                _share(bucket.share_second),
                "—" if bucket.share_change is None else f"{bucket.share_change * 100:+.1f}",
            ]
            for bucket in item.buckets
        ]  # fmt: skip
        _table(document, ["类别", "本方人数", "对比人数", "本方占比", "对比占比", "变化"], rows)
    for cross in report.cross_comparisons:
        _cross_comparison(document, cross)


def _cross_comparison(document: DocumentType, cross: CrossComparison) -> None:
    distance = "" if cross.distance is None else f"（差异度{cross.distance:.3f}）"
    document.add_heading(f"{' × '.join(cross.labels)}{distance}", 2)
    document.add_paragraph(f"只列有人的组合，共{len(cross.cells)}项" + _shortened(len(cross.cells)))
    rows = [
        [
            *cell.labels, str(cell.n_first), str(cell.n_second), _share(cell.share_first), _share(cell.share_second),
            "—" if cell.share_change is None else f"{cell.share_change * 100:+.1f}",
        ]
        for cell in cross.cells[:MOST_ROWS]
    ]  # fmt: skip
    _table(document, [*cross.labels, "本方人数", "对比人数", "本方占比", "对比占比", "变化"], rows)


def _gaps(document: DocumentType, report: StructureReport) -> None:
    document.add_heading("与目标结构的差距", 1)
    document.add_paragraph("按占比的目标以总人数不变推算应增减人数。")
    rows = []
    for gap in report.gaps:
        target = gap.target
        low, high = (_bound(bound, is_share=target.is_share) for bound in (target.at_least, target.at_most))
        numbers = [str(gap.n_people), low, high, str(gap.n_needed), str(gap.n_surplus)]
        rows.append([*gap_labels(gap, report), *numbers, target.basis])
    _table(document, ["维度", "类别", "现有", "下限", "上限", "尚缺", "超出", "依据"], rows)


def _retirement(document: DocumentType, forecast: Forecast, women: Category) -> None:
    document.add_heading("退休预测", 1)
    document.add_paragraph(f"{RETIREMENT_RULE}。{women_rule(women)}。依据：{SOURCE}。")
    for note in RETIREMENT_NOTES:
        document.add_paragraph(f"{note}。")
    _picture(document, retirement_chart(forecast))
    rest = [
        ("已达法定年龄", forecast.n_already_due),
        ("此后", forecast.n_later),
        ("未填性别或出生年月", forecast.n_not_stated),
    ]
    document.add_paragraph("；".join(f"{name}{n_people}人" for name, n_people in rest) + "。")


def _picture(document: DocumentType, svg: str) -> None:
    document.add_picture(io.BytesIO(chart_png(svg)), width=PICTURE_WIDTH)


def _table(document: DocumentType, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _bound(bound: object, *, is_share: bool) -> str:
    if bound is None:
        return "—"
    return f"{float(bound):.1%}" if is_share else str(bound)  # type: ignore[arg-type]  # a Fraction

"""Write a structure report as an Excel workbook with native charts."""

import datetime as dt
import io
from itertools import product

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from secondment.algorithms.structure.comparison import CrossComparison
from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import NOT_STATED_LABEL
from secondment.algorithms.structure.diversity import FORMULA
from secondment.algorithms.structure.retirement import SOURCE, Category, Forecast, minimum_contribution_months
from secondment.files.structure.report import (
    CATEGORY_LABELS,
    RETIREMENT_NOTES,
    RETIREMENT_RULE,
    SHARE_RULE,
    StructureReport,
    gap_labels,
    women_rule,
)

FONT = "微软雅黑"
LARGEST_CHART = 20


class _Book:
    """A workbook in memory and its formats."""

    def __init__(self, as_of: dt.date) -> None:
        self.content = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self.content, {"in_memory": True, "strings_to_formulas": False})
        # The day of the figures, not of the writing: the same input gives the same bytes.
        self.workbook.set_properties({"created": dt.datetime.combine(as_of, dt.time())})
        self.title = self._format(bold=True, font_size=14)
        self.head = self._format(bold=True, bg_color="#e8eef6", border=1, text_wrap=True)
        self.cell = self._format(border=1)
        self.share = self._format(border=1, num_format="0.0%")
        self.index = self._format(border=1, num_format="0.000")
        self.note = self._format(font_color="#5b6673")

    def _format(self, **properties: object) -> Format:
        return self.workbook.add_format({"font_name": FONT, "font_size": 10, **properties})

    def sheet(self, name: str, *widths: int) -> Worksheet:
        """A sheet ready for A4 landscape, one page wide."""
        page = self.workbook.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        return page


def report_xlsx(report: StructureReport) -> bytes:
    """The workbook: distributions, crosses, comparison, gaps, retirement."""
    book = _Book(report.analysis.as_of)
    _distributions(book, report)
    for number, cross in enumerate(report.analysis.crosses, start=1):
        _cross(book, cross, f"交叉表{number}")
    if report.comparisons:
        _comparisons(book, report)
    for number, changed in enumerate(report.cross_comparisons, start=1):
        _cross_comparison(book, changed, f"交叉表{number}对比")
    if report.gaps:
        _gaps(book, report)
    if report.analysis.retirement is not None:
        _retirement(book, report.analysis.retirement, report.women)
    book.workbook.close()
    return book.content.getvalue()


def _distributions(book: _Book, report: StructureReport) -> None:
    page = book.sheet("结构", 30, 10, 10, 46)
    page.write(0, 0, report.title, book.title)
    mean = report.analysis.mean_age
    age = "" if mean is None else f"，平均年龄{mean:.1f}岁"
    page.write(1, 0, f"共{report.analysis.n_people}人{age}。{SHARE_RULE}。{FORMULA}。", book.note)
    for row, note in enumerate(report.notes, start=2):
        page.write_string(row, 0, note.chinese, book.note)
    row = 3 + len(report.notes)
    for counted in report.analysis.distributions:
        _row(page, row, [counted.dimension.label, "人数", "占比", "口径"], book.head)
        page.write_string(row, 4, counted.dimension.rule, book.note)
        first = row + 1
        for bucket, n_people in zip(counted.dimension.buckets, counted.counts, strict=True):
            row += 1
            page.write_string(row, 0, bucket.label, book.cell)
            page.write_number(row, 1, n_people, book.cell)
            _number(page, row, 2, counted.share_of(bucket.key), book.share)
            page.write_string(row, 3, bucket.bounds, book.cell)
        _bar(book, page, counted.dimension.label, (first, row))
        indices = counted.diversity
        row += 1
        _row(page, row, [NOT_STATED_LABEL, counted.n_not_stated], book.cell)
        for label, value in (
            ("香农指数", indices.shannon),
            ("均匀度", indices.evenness),
            ("布劳指数", indices.blau),
        ):
            row += 1
            page.write_string(row, 0, label, book.cell)
            _number(page, row, 1, value, book.index)
        row = max(row, first + 13) + 2


def _bar(book: _Book, page: Worksheet, label: str, rows: tuple[int, int]) -> None:
    first, last = rows
    if last - first >= LARGEST_CHART:
        return
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": label,
            "categories": ["结构", first, 0, last, 0],
            "values": ["结构", first, 1, last, 1],
            "fill": {"color": "#1f5aa6"},
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": label, "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 480, "height": 260})
    page.insert_chart(first, 5, chart)


def _cross(book: _Book, cross: CrossTable, name: str) -> None:
    """The last dimension across, the others down; margins are left to the reader's pivot."""
    page = book.sheet(name, 22, 22)
    *down, across = cross.dimensions
    page.write(0, 0, " × ".join(dimension.label for dimension in cross.dimensions), book.title)
    across_labels = [bucket.label for bucket in across.buckets] + [NOT_STATED_LABEL]
    _row(page, 2, [*(dimension.label for dimension in down), *across_labels], book.head)
    labels = [[bucket.label for bucket in dimension.buckets] + [NOT_STATED_LABEL] for dimension in down]
    for row, place in enumerate(product(*(range(len(names)) for names in labels)), start=3):
        words = [names[index] for names, index in zip(labels, place, strict=True)]
        _row(page, row, [*words, *(int(count) for count in cross.counts[place])], book.cell)
    page.freeze_panes(3, len(down))


def _comparisons(book: _Book, report: StructureReport) -> None:
    page = book.sheet("对比", 22, 26, 10, 10, 10, 10, 12)
    page.write_string(0, 0, f"与 {report.compared_with} 对比", book.title)
    page.write_string(
        1, 0, "占比变化=对比方占比−本方占比；差异度=½Σ|占比之差|，0为相同、1为完全不同", book.note
    )
    _row(
        page,
        2,
        ["维度", "类别", "本方人数", "对比人数", "本方占比", "对比占比", "占比变化", "差异度"],
        book.head,
    )
    row = 3
    for item in report.comparisons:
        for bucket in item.buckets:
            _row(page, row, [item.label, bucket.label, bucket.n_first, bucket.n_second], book.cell)
            for column, share in enumerate(
                (bucket.share_first, bucket.share_second, bucket.share_change), start=4
            ):
                _number(page, row, column, share, book.share)
            _number(page, row, 7, item.distance, book.index)
            row += 1


def _cross_comparison(book: _Book, cross: CrossComparison, name: str) -> None:
    page = book.sheet(name, *[22] * len(cross.labels), 10, 10, 10, 10, 10)
    page.write_string(0, 0, " × ".join(cross.labels), book.title)
    page.write_string(1, 0, "差异度", book.cell)
    _number(page, 1, 1, cross.distance, book.index)
    _row(page, 2, [*cross.labels, "本方人数", "对比人数", "本方占比", "对比占比", "占比变化"], book.head)
    for row, cell in enumerate(cross.cells, start=3):
        _row(page, row, [*cell.labels, cell.n_first, cell.n_second], book.cell)
        for column, share in enumerate(
            (cell.share_first, cell.share_second, cell.share_change), start=len(cell.labels) + 2
        ):
            _number(page, row, column, share, book.share)
    page.freeze_panes(3, len(cross.labels))


def _gaps(book: _Book, report: StructureReport) -> None:
    page = book.sheet("缺口", 22, 30, 10, 10, 10, 10, 10, 30)
    _row(page, 0, ["维度", "类别", "现有", "下限", "上限", "尚缺", "超出", "依据"], book.head)
    for row, gap in enumerate(report.gaps, start=1):
        target = gap.target
        bound = book.share if target.is_share else book.cell
        _row(page, row, [*gap_labels(gap, report), gap.n_people], book.cell)
        for column, value in ((3, target.at_least), (4, target.at_most)):
            _number(page, row, column, None if value is None else float(value), bound)
        page.write_number(row, 5, gap.n_needed, book.cell)
        page.write_number(row, 6, gap.n_surplus, book.cell)
        page.write_string(row, 7, target.basis, book.cell)


def _retirement(book: _Book, forecast: Forecast, women: Category) -> None:
    page = book.sheet("退休预测", 16, 12, 14, 14, 14, 16)
    page.write_string(0, 0, f"{RETIREMENT_RULE}。{women_rule(women)}。依据：{SOURCE}", book.note)
    page.write_string(1, 0, "；".join(RETIREMENT_NOTES), book.note)
    labels = [CATEGORY_LABELS[category] for category in Category]
    _row(page, 2, ["年份", "合计", *labels, "最低缴费年限（月）"], book.head)
    _row(page, 3, ["已达法定年龄", forecast.n_already_due], book.cell)
    for row, year in enumerate(forecast.years, start=4):
        _row(page, row, [str(year.year), year.n_people, *year.n_by_category.values()], book.cell)
        page.write_number(row, 5, minimum_contribution_months(year.year), book.cell)
    last = 3 + len(forecast.years)
    _row(page, last + 1, ["此后", forecast.n_later], book.cell)
    _row(page, last + 2, ["未填性别或出生年月", forecast.n_not_stated], book.cell)
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for column, category in enumerate(Category, start=2):
        chart.add_series(
            {
                "name": CATEGORY_LABELS[category],
                "categories": ["退休预测", 4, 0, last, 0],
                "values": ["退休预测", 4, column, last, column],
            }
        )
    chart.set_title({"name": "分年度达到法定退休年龄人数", "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 320})
    page.insert_chart(2, 7, chart)


def _row(page: Worksheet, row: int, values: list[str | int], style: Format) -> None:
    for column, value in enumerate(values):
        if isinstance(value, str):
            page.write_string(row, column, value, style)
        else:
            page.write_number(row, column, value, style)


def _number(page: Worksheet, row: int, column: int, value: float | None, style: Format) -> None:
    if value is None:
        page.write_string(row, column, "—", style)
    else:
        page.write_number(row, column, value, style)

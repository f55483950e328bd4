"""Write a structure report as an Excel workbook with native charts."""

from itertools import product

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
from secondment.files.writing import Sheet, Workbook

LARGEST_CHART = 20


def report_xlsx(report: StructureReport) -> bytes:
    """The workbook: distributions, crosses, comparison, gaps, retirement."""
    book = Workbook()
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
    return book.content()


def _distributions(book: Workbook, report: StructureReport) -> None:
    sheet = book.sheet("结构", widths=(30, 10, 10, 46), frozen=(0, 0))
    sheet.write(0, 0, report.title, "title")
    mean = report.analysis.mean_age
    age = "" if mean is None else f"，平均年龄{mean:.1f}岁"
    sheet.write(1, 0, f"共{report.analysis.n_people}人{age}。{SHARE_RULE}。{FORMULA}。", "note")
    sheet.rows(([note.chinese] for note in report.notes), first=2, look="note")
    row = 3 + len(report.notes)
    for counted in report.analysis.distributions:
        dimension, indices = counted.dimension, counted.diversity
        sheet.rows([[dimension.label, "人数", "占比", "口径"]], first=row, look="head")
        sheet.write(row, 4, dimension.rule, "note")
        first = row + 1
        for bucket, n_people in zip(dimension.buckets, counted.counts, strict=True):
            row += 1
            sheet.rows([[bucket.label, n_people]], first=row, look="ruled")
            _figures(sheet, row, 2, "share", counted.share_of(bucket.key))
            sheet.write(row, 3, bucket.bounds, "ruled")
        _bar(book, sheet, dimension.label, (first, row))
        row += 1
        sheet.rows([[NOT_STATED_LABEL, counted.n_not_stated]], first=row, look="ruled")
        measures = {"香农指数": indices.shannon, "均匀度": indices.evenness, "布劳指数": indices.blau}
        for label, value in measures.items():
            row += 1
            sheet.write(row, 0, label, "ruled")
            _figures(sheet, row, 1, "index", value)
        row = max(row, first + 13) + 2


def _bar(book: Workbook, sheet: Sheet, label: str, rows: tuple[int, int]) -> None:
    first, last = rows
    if last - first >= LARGEST_CHART:
        return
    chart = book.chart({"type": "bar"})
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
    sheet.page.insert_chart(first, 5, chart)


def _cross(book: Workbook, cross: CrossTable, name: str) -> None:
    """The last dimension across, the others down; margins are left to the reader's pivot."""
    *down, _across = cross.dimensions
    sheet = book.sheet(name, widths=(22, 22), frozen=(3, len(down)))
    sheet.write(0, 0, " × ".join(dimension.label for dimension in cross.dimensions), "title")
    labels = [[*(bucket.label for bucket in one.buckets), NOT_STATED_LABEL] for one in cross.dimensions]
    sheet.rows([[*(dimension.label for dimension in down), *labels[-1]]], first=2, look="head")
    rows = (
        [*words, *(int(count) for count in counts)]
        for words, counts in zip(
            product(*labels[:-1]), cross.counts.reshape(-1, len(labels[-1])), strict=True
        )
    )
    sheet.rows(rows, first=3, look="ruled")


def _comparisons(book: Workbook, report: StructureReport) -> None:
    sheet = book.sheet("对比", widths=(22, 26, 10, 10, 10, 10, 12), frozen=(0, 0))
    sheet.write(0, 0, f"与 {report.compared_with} 对比", "title")
    sheet.write(1, 0, "占比变化=对比方占比−本方占比；差异度=½Σ|占比之差|，0为相同、1为完全不同", "note")
    head = ["维度", "类别", "本方人数", "对比人数", "本方占比", "对比占比", "占比变化", "差异度"]
    sheet.rows([head], first=2, look="head")
    compared = [(item, bucket) for item in report.comparisons for bucket in item.buckets]
    for row, (item, bucket) in enumerate(compared, start=3):
        sheet.rows([[item.label, bucket.label, bucket.n_first, bucket.n_second]], first=row, look="ruled")
        _figures(sheet, row, 4, "share", bucket.share_first, bucket.share_second, bucket.share_change)
        _figures(sheet, row, 7, "index", item.distance)


def _cross_comparison(book: Workbook, cross: CrossComparison, name: str) -> None:
    n_down = len(cross.labels)
    sheet = book.sheet(name, widths=[*[22] * n_down, *[10] * 5], frozen=(3, n_down))
    sheet.write(0, 0, " × ".join(cross.labels), "title")
    sheet.write(1, 0, "差异度", "ruled")
    _figures(sheet, 1, 1, "index", cross.distance)
    head = [*cross.labels, "本方人数", "对比人数", "本方占比", "对比占比", "占比变化"]
    sheet.rows([head], first=2, look="head")
    for row, cell in enumerate(cross.cells, start=3):
        sheet.rows([[*cell.labels, cell.n_first, cell.n_second]], first=row, look="ruled")
        _figures(sheet, row, n_down + 2, "share", cell.share_first, cell.share_second, cell.share_change)


def _gaps(book: Workbook, report: StructureReport) -> None:
    sheet = book.sheet("缺口", widths=(22, 30, 10, 10, 10, 10, 10, 30), frozen=(0, 0))
    sheet.head(["维度", "类别", "现有", "下限", "上限", "尚缺", "超出", "依据"])
    for row, gap in enumerate(report.gaps, start=1):
        target = gap.target
        cells = [*gap_labels(gap, report), gap.n_people, "", "", gap.n_needed, gap.n_surplus, target.basis]
        sheet.rows([cells], first=row, look="ruled")
        bounds = (None if bound is None else float(bound) for bound in (target.at_least, target.at_most))
        _figures(sheet, row, 3, "share" if target.is_share else "ruled", *bounds)


def _retirement(book: Workbook, forecast: Forecast, women: Category) -> None:
    sheet = book.sheet("退休预测", widths=(16, 12, 14, 14, 14, 16), frozen=(0, 0))
    sheet.write(0, 0, f"{RETIREMENT_RULE}。{women_rule(women)}。依据：{SOURCE}", "note")
    sheet.write(1, 0, "；".join(RETIREMENT_NOTES), "note")
    labels = [CATEGORY_LABELS[category] for category in Category]
    sheet.rows([["年份", "合计", *labels, "最低缴费年限（月）"]], first=2, look="head")
    years = [
        [str(one.year), one.n_people, *one.n_by_category.values(), minimum_contribution_months(one.year)]
        for one in forecast.years
    ]
    others = [["此后", forecast.n_later], ["未填性别或出生年月", forecast.n_not_stated]]
    sheet.rows([["已达法定年龄", forecast.n_already_due], *years, *others], first=3, look="ruled")
    last = 3 + len(years)
    chart = book.chart({"type": "column", "subtype": "stacked"})
    for column, label in enumerate(labels, start=2):
        chart.add_series(
            {
                "name": label,
                "categories": ["退休预测", 4, 0, last, 0],
                "values": ["退休预测", 4, column, last, column],
            }
        )
    chart.set_title({"name": "分年度达到法定退休年龄人数", "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 320})
    sheet.page.insert_chart(2, 7, chart)


def _figures(sheet: Sheet, row: int, column: int, look: str, *values: float | None) -> None:
    """Figures side by side; a dash stands for one that nobody knows."""
    for place, value in enumerate(values, start=column):
        sheet.write(row, place, "—" if value is None else value, look)

"""The charts of a structure report as SVG, by file name."""

from secondment.algorithms.charts import Series, bar_chart, pyramid_chart, stacked_bar_chart
from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.distribution import Distribution
from secondment.algorithms.structure.retirement import Category, Forecast
from secondment.files.structure.report import CATEGORY_LABELS, StructureReport

LARGEST_CHART = 20


def report_charts(report: StructureReport) -> dict[str, str]:
    """Every chart of the report: one per dimension, the age pyramid, the retirements."""
    analysis = report.analysis
    charts = {
        counted.dimension.key: svg
        for counted in analysis.distributions
        if (svg := distribution_chart(counted)) is not None
    }
    for cross in analysis.crosses:
        if (svg := pyramid(cross)) is not None:
            charts["age_pyramid"] = svg
    if analysis.retirement is not None:
        charts["retirement"] = retirement_chart(analysis.retirement)
    return charts


def distribution_chart(counted: Distribution) -> str | None:
    """Bars of one dimension; None when it has no bucket or too many to draw."""
    labels = [bucket.label for bucket in counted.dimension.buckets]
    if not 0 < len(labels) <= LARGEST_CHART:
        return None
    return bar_chart(f"{counted.dimension.label}（人数）", labels, counted.counts)


def pyramid(cross: CrossTable) -> str | None:
    """Men and women by age; None for any other cross."""
    if [dimension.key for dimension in cross.dimensions] != ["age", "sex"]:
        return None
    labels = [bucket.label for bucket in cross.dimensions[0].buckets]
    men, women = (
        Series(name, [int(count) for count in cross.counts[:-1, column]])
        for column, name in enumerate(("男", "女"))
    )
    return pyramid_chart("年龄与性别（人数）", labels, men, women)


def retirement_chart(forecast: Forecast) -> str:
    """Retirements by year and category; empty categories are left out."""
    labels = [str(year.year) for year in forecast.years]
    series = [
        Series(CATEGORY_LABELS[category], [year.n_by_category[category] for year in forecast.years])
        for category in Category
    ]
    used = [one for one in series if any(one.values)] or series[:1]
    return stacked_bar_chart("分年度达到法定退休年龄人数", labels, used)

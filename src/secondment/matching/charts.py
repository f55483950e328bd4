"""Figures of a proposal as charts."""

from django.utils.translation import gettext as _

from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.common.charts import Chart, ChartSeries
from secondment.matching.figures import DECIMALS
from secondment.matching.queries import BANDS, Summary


def component_chart(summary: Summary, *others: tuple[str, Summary], name: str = "") -> Chart:
    """Average points by component, for one or several proposals."""
    shown = [(name or _("平均得分"), summary), *others]
    return Chart(
        kind="horizontal_bar",
        title=_("各分项平均得分"),
        categories=list(WEIGHT_LABELS.values()),
        series=[
            ChartSeries(
                label,
                [
                    None if (mean := one.means[key]) is None else round(mean, DECIMALS)
                    for key in WEIGHT_LABELS
                ],
            )
            for label, one in shown
        ],
        unit=_("分"),
        decimals=DECIMALS,
        maximum=100,
        height="normal" if len(shown) == 1 else "tall",
    )


def band_chart(summary: Summary) -> Chart:
    """How many pairs fall into each band of ten points."""
    width = 100 // BANDS
    return Chart(
        kind="bar",
        title=_("匹配度分布"),
        categories=[f"{at * width}–{(at + 1) * width}" for at in range(BANDS)],
        series=[ChartSeries(_("岗位数"), list(summary.bands))],
        unit=_("个"),
        height="low",
    )

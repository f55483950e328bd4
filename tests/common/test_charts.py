"""Figures refuse data that does not fit, and their table says what the drawing says."""

import pytest
from django.template.loader import render_to_string

from secondment.common.charts import Chart, ChartSeries


def make_chart(**fields) -> Chart:
    fields = {
        "kind": "bar",
        "title": "年龄",
        "categories": ["≤30", "≥31"],
        "series": [ChartSeries("人数", [3, None], ["/a", ""])],
    } | fields
    return Chart(**fields)


def test_chart_table_holds_every_value_and_address() -> None:
    assert make_chart().as_rows() == [("≤30", [(3, "/a")]), ("≥31", [(None, "")])]


def test_chart_without_addresses_has_empty_ones() -> None:
    assert make_chart(series=[ChartSeries("人数", [3, 4])]).as_rows()[0] == ("≤30", [(3, "")])


def test_chart_data_is_plain() -> None:
    data = make_chart(unit="人", decimals=1).as_data()
    assert data["series"] == [{"name": "人数", "values": [3, None], "urls": ["/a", ""], "points": False}]
    assert (data["kind"], data["unit"], data["decimals"], data["maximum"]) == ("bar", "人", 1, None)


@pytest.mark.parametrize("series", [ChartSeries("短", [1]), ChartSeries("址", [1, 2], ["/a"])])
def test_chart_refuses_series_that_do_not_fit(series: ChartSeries) -> None:
    with pytest.raises(ValueError, match="expected 2 values"):
        make_chart(series=[series])


def test_pyramid_needs_two_sides() -> None:
    with pytest.raises(ValueError, match="two series, not 1"):
        make_chart(kind="pyramid")


def test_plain_bars_are_drawn_by_the_server() -> None:
    chart = make_chart(kind="horizontal_bar")
    assert chart.is_plain_bars
    assert [(one.label, one.value, one.length, one.url) for one in chart.bars()] == [
        ("≤30", 3, "100.0%", "/a"),
        ("≥31", None, "0.0%", ""),
    ]
    html = render_to_string("common/components/_chart.html", {"chart": chart, "key": "x"})
    assert '<rect width="100.0%" height="100%">' in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("fields", "lengths"),
    [({"maximum": 4}, ["75.0%", "25.0%"]), ({}, ["100.0%", "33.3%"])],
)
def test_bars_are_measured_by_the_maximum_or_the_greatest(fields, lengths) -> None:
    chart = make_chart(kind="horizontal_bar", series=[ChartSeries("人数", [3, 1])], **fields)
    assert [one.length for one in chart.bars()] == lengths
    assert [one.url for one in chart.bars()] == ["", ""]


def test_bars_of_nothing_have_no_length() -> None:
    chart = make_chart(kind="horizontal_bar", series=[ChartSeries("人数", [0, None])])
    assert [one.length for one in chart.bars()] == ["0.0%", "0.0%"]


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": "horizontal_bar", "series": [ChartSeries("甲", [1, 2]), ChartSeries("乙", [3, 4])]}],
)
def test_other_figures_are_drawn_by_the_browser(fields) -> None:
    chart = make_chart(**fields)
    assert not chart.is_plain_bars
    assert "charts.js" in render_to_string("common/components/_chart.html", {"chart": chart, "key": "x"})


def test_figures_are_written_to_the_decimals_of_the_chart() -> None:
    chart = make_chart(kind="horizontal_bar", series=[ChartSeries("得分", [70, None])], decimals=2)
    text = render_to_string("common/components/_chart.html", {"chart": chart, "key": "x"})
    assert "70.00" in text
    assert "—" in text
    table = make_chart(series=[ChartSeries("得分", [70, 2.5])], decimals=2)
    text = render_to_string("common/components/_chart.html", {"chart": table, "key": "x"})
    assert "70.00" in text
    assert "2.50" in text

"""Figures refuse data that does not fit, and their table says what the drawing says."""

import pytest

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
    assert data["series"] == [{"name": "人数", "values": [3, None], "urls": ["/a", ""]}]
    assert (data["kind"], data["unit"], data["decimals"], data["maximum"]) == ("bar", "人", 1, None)


@pytest.mark.parametrize("series", [ChartSeries("短", [1]), ChartSeries("址", [1, 2], ["/a"])])
def test_chart_refuses_series_that_do_not_fit(series: ChartSeries) -> None:
    with pytest.raises(ValueError, match="expected 2 values"):
        make_chart(series=[series])


def test_pyramid_needs_two_sides() -> None:
    with pytest.raises(ValueError, match="two series, not 1"):
        make_chart(kind="pyramid")

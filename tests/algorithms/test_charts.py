"""Charts: well-formed, every value legible without a pointer, lengths true to the values."""

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.charts import (
    Series,
    bar_chart,
    pyramid_chart,
    stacked_bar_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def widths(svg: str) -> list[float]:
    return [float(node.attrib["width"]) for node in ElementTree.fromstring(svg).iter(f"{SVG}rect")]


@settings(max_examples=40)
@given(VALUES)
def test_bars_are_proportional_and_labelled(values: list[int]) -> None:
    svg = bar_chart("图", [f"类{place}" for place in range(len(values))], values)
    longest = max(widths(svg))
    for value, width in zip(values, widths(svg), strict=True):
        assert width == pytest.approx(longest * value / (max(values) or 1), abs=0.11)
        assert f"{value:,}" in texts(svg)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 3)), min_size=1, max_size=8)
)
def test_every_stacked_piece_and_total_is_written(rows: list[tuple[int, int, int]]) -> None:
    series = [Series(name, [row[place] for row in rows]) for place, name in enumerate(("甲", "乙", "丙"))]
    written = " ".join(texts(stacked_bar_chart("图", [str(row) for row in range(len(rows))], series)))
    for row in rows:
        for value in (*row, sum(row)):
            assert f"{value:,}" in written or value == 0


def test_narrow_piece_is_named_beside_the_total() -> None:
    svg = stacked_bar_chart("图", ["2026"], [Series("男", [1000]), Series("女", [2])])
    assert "1,002（女2）" in texts(svg)


def test_long_legend_wraps() -> None:
    series = [Series(f"一个很长的系列名称第{place}号", [1]) for place in range(9)]
    root = ElementTree.fromstring(stacked_bar_chart("图", ["a"], series))
    right = max(float(node.attrib["x"]) for node in root.iter(f"{SVG}text"))
    assert right < 640


def test_pyramid_puts_the_first_label_at_the_bottom() -> None:
    svg = pyramid_chart("图", ["年轻", "年长"], Series("男", [3, 1]), Series("女", [2, 4]))
    shown = [text for text in texts(svg) if text in {"年轻", "年长"}]
    assert shown == ["年长", "年轻"]
    assert {"1", "2", "3", "4"} <= set(texts(svg))


def test_text_is_escaped_and_an_overlong_label_is_cut_but_kept_in_the_tip() -> None:
    label = "示例<市>&" * 12
    svg = bar_chart('标题"&<>', [label], [1])
    tips = [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}title")]
    assert tips == ['标题"&<>', f"{label} 1"]
    assert any(text.endswith("…") for text in texts(svg))


@pytest.mark.parametrize(
    ("labels", "values", "message"),
    [
        ([], [], "at least one label"),
        (["a"], [1, 2], "2 values for 1 labels"),
        (["a"], [-1], "negative or no number"),
        (["a"], [float("nan")], "negative or no number"),
    ],
)
def test_what_cannot_be_drawn_is_refused(labels: list[str], values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bar_chart("图", labels, values)

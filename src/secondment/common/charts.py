"""Figures in our own vocabulary; the browser draws them, a table next to them gives the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

ChartKind = Literal["bar", "stacked_bar", "horizontal_bar", "line", "pyramid"]
Text = str | Promise


@dataclass(frozen=True)
class ChartSeries:
    """One row of figures, one value per category; `urls` lead from a bar to the list behind it.

    `is_points`: on a line chart, points that no line joins.
    """

    name: Text
    values: Sequence[float | None]
    urls: Sequence[str] = ()
    is_points: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar of a plain figure; `length` as SVG takes it."""

    label: Text
    value: float | None
    length: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure; raises `ValueError` when a series does not fit the categories.

    A pyramid takes exactly two series, drawn to the left and to the right.
    """

    kind: ChartKind
    title: Text
    categories: Sequence[Text]
    series: Sequence[ChartSeries]
    unit: Text = ""
    decimals: int = 0
    labels: bool = True
    height: Literal["low", "normal", "tall"] = "normal"
    maximum: float | None = None

    def __post_init__(self) -> None:
        n = len(self.categories)
        for series in self.series:
            if len(series.values) != n or len(series.urls) not in (0, n):
                raise ValueError(f"series {series.name!s}: expected {n} values, one per category")
        if self.kind == "pyramid" and len(self.series) != 2:
            raise ValueError(f"a pyramid has two series, not {len(self.series)}")

    @property
    def is_plain_bars(self) -> bool:
        """Whether the server draws it: one bar a category, side by side with its words, needs no script."""
        return self.kind == "horizontal_bar" and len(self.series) == 1

    def bars(self) -> list[Bar]:
        """The bars of a plain figure, as long as their share of the greatest value or of `maximum`."""
        (series,) = self.series
        most = self.maximum or max((value or 0 for value in series.values), default=0) or 1
        urls = series.urls or [""] * len(self.categories)
        return [
            Bar(label, value, f"{100 * (value or 0) / most:.1f}%", url)
            for label, value, url in zip(self.categories, series.values, urls, strict=True)
        ]

    def as_data(self) -> dict[str, Any]:
        """The data block read by the drawing script."""
        return {
            "kind": self.kind,
            "title": str(self.title),
            "categories": [str(label) for label in self.categories],
            "unit": str(self.unit),
            "decimals": self.decimals,
            "labels": self.labels,
            "maximum": self.maximum,
            "series": [
                {
                    "name": str(one.name),
                    "values": list(one.values),
                    "urls": list(one.urls),
                    "points": one.is_points,
                }
                for one in self.series
            ],
        }

    def as_rows(self) -> list[tuple[Text, list[tuple[float | None, str]]]]:
        """One row per category: its label, then (value, address) per series."""
        return [
            (label, [(one.values[at], one.urls[at] if one.urls else "") for one in self.series])
            for at, label in enumerate(self.categories)
        ]

"""Small charts as SVG text: every value is written next to its mark, so that it can be read on paper.

Widths and positions are in CSS pixels; text is set in the Chinese fonts every desk has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

FONTS = (
    "-apple-system, 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans SC', "
    "'Noto Sans CJK SC', sans-serif"
)
COLOURS = ("#1f5aa6", "#7fa8d9", "#c58b2b", "#8a9199", "#3f7f5f", "#a6483f", "#6b5b95", "#b8bfc6")
INK, FAINT = "#1d2733", "#5b6673"
WIDTH = 640
ROW = 26
BAR = 16
TOP = 40
SIDE = 12
FONT_SIZE = 13


@dataclass(frozen=True)
class Series:
    """One named row of values, one value per label of the chart."""

    name: str
    values: Sequence[float]


def bar_chart(title: str, labels: Sequence[str], values: Sequence[float]) -> str:
    """Horizontal bars, one per label, with the value at the end of each.

    Raises
    ------
    ValueError
        No labels, unequal lengths, or a value that is negative or no number (all charts).
    """
    _check(labels, [Series(title, values)])
    left = _label_width(labels)
    room = WIDTH - left - SIDE - 70
    scale = room / (max(values) or 1)
    parts = []
    for row, (label, value) in enumerate(zip(labels, values, strict=True)):
        y = TOP + row * ROW
        parts += [
            _text(left - 8, y + 13, _fitted(label), anchor="end"),
            _rectangle(left, y, value * scale, COLOURS[0], f"{label} {_value(value)}"),
            _text(left + value * scale + 6, y + 13, _value(value)),
        ]
    return _svg(title, TOP + len(labels) * ROW + SIDE, [*parts, _axis(left, len(labels))])


def stacked_bar_chart(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Horizontal bars cut into series; values are written in the pieces wide enough for them, totals at the end.

    A piece too narrow for its number is named in full next to the total.
    """
    _check(labels, series)
    left = _label_width(labels)
    totals = [sum(one.values[row] for one in series) for row in range(len(labels))]
    scale = (WIDTH - left - SIDE - 170) / (max(totals) or 1)
    legend, top = _legend(series)
    parts = []
    for row, label in enumerate(labels):
        y, x, narrow = top + row * ROW, float(left), []
        parts.append(_text(left - 8, y + 13, _fitted(label), anchor="end"))
        for place, one in enumerate(series):
            width, value = one.values[row] * scale, _value(one.values[row])
            parts.append(_rectangle(x, y, width, _colour(place), f"{label} {one.name} {value}"))
            if width >= _text_width(value) + 4:
                parts.append(_text(x + width / 2, y + 13, value, anchor="middle", colour=_on(place)))
            elif one.values[row] > 0:
                narrow.append(f"{one.name}{value}")
            x += width
        note = f"（{'、'.join(narrow)}）" if narrow else ""
        parts.append(_text(x + 6, y + 13, f"{_value(totals[row])}{note}"))
    axis = _axis(left, len(labels), top)
    return _svg(title, top + len(labels) * ROW + SIDE, [*legend, *parts, axis])


def pyramid_chart(title: str, labels: Sequence[str], left: Series, right: Series) -> str:
    """Two series back to back, first label at the bottom, as a population pyramid is drawn."""
    _check(labels, [left, right])
    middle, gap = WIDTH / 2, _label_width(labels) / 2
    scale = (middle - gap - 60) / (max(*left.values, *right.values) or 1)
    parts = [
        _text(middle - gap, TOP + 10, left.name, anchor="end", colour=COLOURS[0]),
        _text(middle + gap, TOP + 10, right.name, colour=COLOURS[2]),
    ]
    for row, label in enumerate(reversed(labels)):
        y = TOP + 20 + row * ROW
        n_left, n_right = left.values[len(labels) - 1 - row], right.values[len(labels) - 1 - row]
        parts += [
            _text(middle, y + 13, label, anchor="middle"),
            _rectangle(middle - gap - n_left * scale, y, n_left * scale, COLOURS[0], f"{label} {left.name}"),
            _text(middle - gap - n_left * scale - 6, y + 13, _value(n_left), anchor="end"),
            _rectangle(middle + gap, y, n_right * scale, COLOURS[2], f"{label} {right.name}"),
            _text(middle + gap + n_right * scale + 6, y + 13, _value(n_right)),
        ]
    return _svg(title, TOP + 20 + len(labels) * ROW + SIDE, parts)


def _check(labels: Sequence[str], series: Sequence[Series]) -> None:
    if not labels or not series:
        raise ValueError("a chart needs at least one label and one series")
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(f"{one.name} has {len(one.values)} values for {len(labels)} labels")
        if any(not 0 <= value < float("inf") for value in one.values):
            raise ValueError(f"{one.name} has a value that is negative or no number")


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_number(height)}" width="{WIDTH}" '
        f'height="{_number(height)}" role="img" aria-label={quoteattr(title)} font-family="{FONTS}" '
        f'font-size="{FONT_SIZE}" fill="{INK}">'
    )
    heading = f'<text x="{SIDE}" y="22" font-size="15" font-weight="600">{escape(title)}</text>'
    return "\n".join([head, f"<title>{escape(title)}</title>", heading, *parts, "</svg>"])


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}"'
    return f'<text {place} font-size="{FONT_SIZE}" fill="{colour}">{escape(text)}</text>'


def _rectangle(x: float, y: float, width: float, colour: str, tip: str) -> str:
    shape = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{BAR}" fill="{colour}"'
    return f"<rect {shape}><title>{escape(tip)}</title></rect>"


def _axis(left: float, n_rows: int, top: float = TOP) -> str:
    x, bottom = _number(left), _number(top + n_rows * ROW - (ROW - BAR))
    return f'<line x1="{x}" y1="{_number(top)}" x2="{x}" y2="{bottom}" stroke="{FAINT}"/>'


def _legend(series: Sequence[Series]) -> tuple[list[str], float]:
    """The colour key, wrapped to the width, and the height at which the bars may begin."""
    parts, x, y = [], float(SIDE), TOP
    for place, one in enumerate(series):
        width = 16 + _text_width(one.name) + 18
        if x + width > WIDTH and x > SIDE:
            x, y = SIDE, y + 20
        parts += [
            f'<rect x="{_number(x)}" y="{y - 6}" width="11" height="11" fill="{_colour(place)}"/>',
            _text(x + 16, y + 4, one.name),
        ]
        x += width
    return parts, y + 20


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def _on(place: int) -> str:
    """Ink that stays readable on the colour of this place."""
    return "#ffffff" if _colour(place) in {"#1f5aa6", "#3f7f5f", "#a6483f", "#6b5b95"} else INK


def _label_width(labels: Sequence[str]) -> float:
    return min(max(_text_width(label) for label in labels) + 24, WIDTH / 2)


def _text_width(text: str) -> float:
    """Width in pixels, near enough to lay out: a Chinese character is as wide as the font is high."""
    return sum(FONT_SIZE if ord(character) > 0x2E7F else FONT_SIZE * 0.6 for character in text)


def _fitted(label: str) -> str:
    """The label, cut where it would leave the picture; the full label is in the tooltip of its bar."""
    if _text_width(label) + 24 <= WIDTH / 2:
        return label
    while _text_width(label) + 24 + FONT_SIZE > WIDTH / 2:
        label = label[:-1]
    return label + "…"


def _value(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

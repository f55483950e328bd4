"""Forecasts in words and figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.measurement.choices import RunState
from secondment.measurement.models import Forecast, Run

GOOD, FAIR = 0.8, 0.6


def _percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def _decimal(value: float) -> str:
    return f"{value:.2f}"


def _whole(value: float) -> str:
    return f"{value:.0f}"


FIGURES: tuple[tuple[str, Any, Callable[[float], str]], ...] = (
    ("reliability", gettext_lazy("可靠性（1 为毫无误差）"), _decimal),
    ("hit", gettext_lazy("真正的前两成中被找到的比例"), _percent),
    ("grey_zone", gettext_lazy("难以判定是否进入前两成的人数"), _whole),
    ("kendall", gettext_lazy("名次与真实名次的一致程度"), _decimal),
)


@dataclass(frozen=True)
class ForecastLine:
    """One figure under the three designs."""

    label: Any
    now: str
    rater: str
    items: str


def forecast_lines(made: Forecast | None) -> list[ForecastLine]:
    """Figures as planned, with one more common rater, with two more items."""
    if made is None or made.state != RunState.DONE:
        return []
    now, rater, items = (made.result[name] for name in ("now", "rater", "items"))
    return [
        ForecastLine(label, shown(now[key]), shown(rater[key]), shown(items[key]))
        for key, label, shown in FIGURES
    ]


def forecast_words(made: Forecast | None) -> str:
    """What the plan is worth, in one sentence."""
    if made is None or made.state != RunState.DONE:
        return ""
    if not made.plan["members_each"]:
        return _("没有考核组成员把各单位连起来，各单位之间的结果将不可比。请至少安排每人由一名成员评分。")
    reliability = made.result["now"]["reliability"]
    if reliability >= GOOD:
        return _("按此安排，结果足以区分大多数人；名次相近的仍须人工判断。")
    if reliability >= FAIR:
        return _("按此安排，能区分明显的高低，中间一段须人工判断；增加考核组成员最有效。")
    return _("按此安排，结果误差较大，不宜据以排序。请增加考核组成员或评议人。")


def came_out(made: Forecast | None, run: Run | None) -> list[tuple[Any, str, str]]:
    """Label, forecast and outcome, once there is an outcome."""
    if run is None or "reliability" not in run.results:
        return []
    expected = made.result["now"] if made is not None and made.state == RunState.DONE else None
    return [
        (
            _("可靠性（1 为毫无误差）"),
            _decimal(expected["reliability"]) if expected else "",
            _decimal(run.results["reliability"]),
        )
    ]

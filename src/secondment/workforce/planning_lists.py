"""The way to a share, year by year; and both sides of a plan."""

from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from secondment.common.listing.listing import Column, Listing
from secondment.workforce.trials import SideRow


def _number(key: str, label: object) -> Column:
    return Column(
        key,
        label,  # type: ignore[arg-type]  # a lazy text
        value=lambda row: round(getattr(row.figures, key), 1),
        align="end",
        decimals=1,
        phone="line",
    )


PATH = Listing(
    key="balance-path",
    title=gettext_lazy("逐年推算"),
    columns=(
        Column("calendar_year", gettext_lazy("年末"), sort="year", phone="title", is_short=True),
        _number("sent", gettext_lazy("派出")),
        _number("returned", gettext_lazy("期满返回")),
        _number("retired", gettext_lazy("法定退休")),
        _number("left", gettext_lazy("其他退出")),
        _number("entered", gettext_lazy("新进")),
        _number("experienced", gettext_lazy("有基层经历")),
        Column(
            "share",
            gettext_lazy("比例（%）"),
            value=lambda row: round(100 * row.figures.share, 1),
            align="end",
            decimals=1,
            phone="aside",
        ),
    ),
    default_sort="calendar_year",
    empty_title=gettext_lazy("请选择职务职级层次"),
    empty_text=gettext_lazy("选定层次后，在此显示逐年派出、返回和达到的比例。"),
)


POINTS = (
    gettext_lazy("派出当月"),
    gettext_lazy("期中"),
    gettext_lazy("期满前一月"),
    gettext_lazy("期满当月"),
)


def _side(at: int, *, planned: bool) -> Callable[[SideRow], int]:
    return lambda row: (row.planned if planned else row.without)[at]


SIDES = Listing(
    key="trial-sides",
    title=gettext_lazy("调整前后对照"),
    columns=(
        Column("unit", gettext_lazy("单位"), sort="order", is_heading=True, phone="line"),
        Column("label", gettext_lazy("在岗人员"), phone="title"),
        *(
            Column(
                f"{side}_{at}",
                format_lazy("{point}{side}", point=point, side=words),
                value=_side(at, planned=side == "planned"),
                align="end",
                phone="line",
            )
            for at, point in enumerate(POINTS)
            for side, words in (("without", gettext_lazy("：原")), ("planned", gettext_lazy("：调整后")))
        ),
    ),
    default_sort="unit",
    empty_title=gettext_lazy("请选择要调整的人员"),
    empty_text=gettext_lazy(
        "选定派出、收回或者招录的人员后，在此逐项对照各单位在岗人数。只作试算，不改动任何记录。"
    ),
)

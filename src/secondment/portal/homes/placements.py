"""Panels about people in post, shared by several roles."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.common.charts import Chart, ChartSeries
from secondment.placements.choices import OVERDUE, UNDER_WAY, PlacementState
from secondment.placements.lists import STATUS
from secondment.placements.models import Placement
from secondment.placements.queries import ending_between, in_post, with_county
from secondment.portal.homes.view_models import SHOWN, Cell, Figure, Panel
from secondment.portal.links import link
from secondment.units.queries import regions_named

ENDING_DAYS = 60
BARS = 8


def ending(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Placement]:
    """Terms under way that end within 60 days."""
    return ending_between(placements, on, on + dt.timedelta(days=ENDING_DAYS)).order_by("ends_on", "pk")


def last_day_of_ending(on: dt.date) -> dt.date:
    """The latest last day in post of those that `ending` names, as the list's filter takes it."""
    return on + dt.timedelta(days=ENDING_DAYS - 1)


def placement_figures(placements: QuerySet[Placement], on: dt.date) -> list[Figure]:
    """In post, about to report for duty, ending within 60 days, over but not closed; one query."""
    soon = on + dt.timedelta(days=ENDING_DAYS)
    under_way = Q(state=PlacementState.IN_POST, ends_on__gt=on)
    counts = placements.aggregate(
        n=Count("pk", filter=under_way),
        n_coming=Count("pk", filter=Q(state=PlacementState.APPOINTED)),
        n_ending=Count("pk", filter=under_way & Q(ends_on__lte=soon)),
        n_overdue=Count("pk", filter=Q(state=PlacementState.IN_POST, ends_on__lte=on)),
    )
    people = pgettext("figure", "人")
    return [
        Figure(
            _("在挂干部"),
            counts["n"],
            link("placements:placement_list", state=PlacementState.IN_POST),
            people,
        ),
        Figure(
            _("待报到"),
            counts["n_coming"],
            link("placements:placement_list", state=PlacementState.APPOINTED),
            people,
        ),
        Figure(
            _("60 日内期满"),
            counts["n_ending"],
            link(
                "placements:placement_list", state=PlacementState.IN_POST, ends_before=last_day_of_ending(on)
            ),
            people,
            note=_("请提前安排期满考核") if counts["n_ending"] else "",
            note_kind="warn" if counts["n_ending"] else "",
        ),
        *([_overdue_figure(counts["n_overdue"])] if counts["n_overdue"] else []),
    ]


def _overdue_figure(n: int) -> Figure:
    return Figure(
        _("期满待办结"),
        n,
        link("placements:placement_list", state=OVERDUE),
        pgettext("figure", "人"),
        note=_("最后一天已过，请办结或延期"),
        note_kind="bad",
    )


def ending_panel(placements: QuerySet[Placement], on: dt.date, *, span: int = 12) -> Panel:
    """Who comes back within 60 days, the first first."""
    names = ("person__name", "home_unit__name", "host_unit__name")
    rows = ending(placements, on).select_related("person", "home_unit", "host_unit")
    return Panel(
        key="ending",
        title=_("60 日内期满"),
        heads=(_("姓名"), _("派出单位"), _("接收单位"), _("期满日期"), _("剩余")),
        rows=[
            [
                person_cell(one),
                Cell(one.home_unit.name, phone="line"),
                Cell(one.host_unit.name, phone="line"),
                Cell(one.last_day, phone="line"),
                Cell(days_left(one, on), status="bad" if one.ends_on <= on else "warn", phone="aside"),
            ]
            for one in rows.only("ends_on", *names)[:SHOWN]
        ],
        url=link(
            "placements:placement_list",
            state=PlacementState.IN_POST,
            ends_before=last_day_of_ending(on),
        ),
        span=span,
        empty_title=_("60 日内没有期满的干部"),
        empty_text=_("挂职期满前 60 天，名单在此显示，以便安排考核和去向。"),
        icon="calendar-event",
    )


def under_way_panel(
    placements: QuerySet[Placement], on: dt.date, *, title: str, key: str, other: str
) -> Panel:
    """People out or expected, with the unit on the `other` side ("home_unit" or "host_unit")."""
    heads = {"home_unit": _("派出单位"), "host_unit": _("接收单位")}
    rows = (
        placements.filter(state__in=UNDER_WAY)
        .select_related("person", "post", other)
        .order_by("ends_on", "pk")
    )
    return Panel(
        key=key,
        title=title,
        heads=(_("姓名"), heads[other], _("挂任职务"), _("期满日期"), _("状态")),
        rows=[
            [
                person_cell(one),
                Cell(getattr(one, other).name, phone="line"),
                Cell(one.post.title, phone="line"),
                Cell(one.last_day, phone="line"),
                Cell(one.stage_label(on), status=STATUS[one.stage(on)], phone="aside"),
            ]
            for one in rows[:SHOWN]
        ],
        url=link("placements:placement_list"),
        empty_title=_("目前没有挂职干部"),
        empty_text=_("批次作出决定、派任之后，名单在此显示。"),
        icon="users",
    )


def person_cell(placement: Placement) -> Cell:
    """The name, leading to the secondment, or to the person where there is no such page."""
    url = link("placements:placement_detail", placement.pk) or link(
        "people:person_detail", placement.person_id
    )
    return Cell(placement.person.name, url, phone="title")


def days_left(placement: Placement, on: dt.date) -> str:
    """How long the term still runs, in words."""
    left = (placement.last_day - on).days
    if left == 0:
        return _("今天期满")
    return _("还有 %(n)s 天") % {"n": left} if left > 0 else _("已期满")


def by_programme(placements: QuerySet[Placement], on: dt.date, *, fill_url: str = "") -> Panel:
    """People in post by programme; an office that has none yet is led to the list that it keeps in Excel."""
    key, name = "programme_version__programme", "programme_version__programme__name"
    rows = (
        in_post(placements, on).order_by().values_list(key, name).annotate(n=Count("pk")).order_by("-n", name)
    )
    bars = [_Bar(label, n, _list(programme=programme)) for programme, label, n in rows]
    panel = _bars("programmes", _("在挂人数：按项目"), bars)
    if fill_url:
        text = _("现在就有在挂干部的，用一张 Excel 名单一次导入。")
        return replace(panel, empty_text=text, empty_url=fill_url, empty_action=_("导入在挂名册"))
    return panel


def by_place(placements: QuerySet[Placement], on: dt.date) -> Panel:
    """People in post by county of the host unit."""
    rows = list(
        with_county(in_post(placements, on))
        .order_by()
        .values_list("county")
        .annotate(n=Count("pk"))
        .order_by("-n", "county")
    )
    names = regions_named(code for code, _n in rows[:BARS])
    bars = [
        _Bar(names[code].full_name, n, _list(region=code)) if code in names else _Bar(_("未填地区"), n)
        for code, n in rows
    ]
    return _bars("places", _("在挂人数：按地区"), bars)


@dataclass(frozen=True)
class _Bar:
    """What a bar counts, and the list behind it."""

    label: str
    n: int
    url: str = ""


def _list(**query: object) -> str:
    """The people in post that a bar counts."""
    return link("placements:placement_list", state=PlacementState.IN_POST, **query)


def _bars(key: str, title: str, bars: list[_Bar]) -> Panel:
    shown, rest = bars[:BARS], bars[BARS:]
    if rest:
        shown = [*shown, _Bar(_("其他"), sum(bar.n for bar in rest))]
    chart = Chart(
        kind="horizontal_bar",
        title=title,
        categories=[bar.label for bar in shown],
        series=[ChartSeries(_("在挂干部"), [bar.n for bar in shown], [bar.url for bar in shown])],
        unit=pgettext("figure", "人"),
        height="low" if len(shown) <= BARS // 2 else "normal",
    )
    return Panel(
        key=key,
        title=title,
        chart=chart if bars else None,
        url=link("placements:placement_list", state=PlacementState.IN_POST),
        span=6,
        empty_title=_("暂无在挂干部"),
        empty_text=_("干部报到之后，在此显示分布。"),
        icon="chart-bar",
    )

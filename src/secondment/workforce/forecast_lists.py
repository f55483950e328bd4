"""Lists of the forecast: months, cells by year, what becomes empty, the ladder, and the people behind each number."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.files.structure import dimensions as defined
from secondment.workforce.force import Official
from secondment.workforce.forecasts import CellRow
from secondment.workforce.words import name_of

N_YEARS = 10


def _figure(key: str, label: Any) -> Column:
    """A number of a month with its list."""
    return Column(key, label, align="end", url=lambda row: row.urls[key], phone="line")


def _at(year: int) -> Callable[[CellRow], int | None]:
    return lambda row: row.counts[year] if year < len(row.counts) else None


def _url_at(year: int) -> Callable[[CellRow], str]:
    return lambda row: row.urls[year] if year < len(row.urls) else ""


def month_text(month: int | None) -> str:
    """A month (yyyymm) as it is written; empty for none."""
    return "" if month is None else f"{month // 100}-{month % 100:02d}"


def person_url(official: Official) -> str:
    """The file of a person whose files the reader reads; of people received from elsewhere the name alone is shown."""
    return reverse("people:person_detail", args=[official.pk]) if official.is_of_scope else ""


def rank_text(official: Official) -> str:
    """The rank in words; empty where it is not stated or not the reader's to read."""
    is_shown = official.is_of_scope and official.rank >= 0
    return name_of(defined.RANK.buckets[official.rank]) if is_shown else ""


def born_text(official: Official) -> str:
    """Year and month of birth."""
    return f"{official.born_on:%Y-%m}" if official.is_of_scope and official.born_on else ""


def retires_text(official: Official) -> str:
    """The statutory month."""
    return month_text(official.retires) if official.is_of_scope else ""


MONTHS = Listing(
    key="forecast-months",
    title=gettext_lazy("逐月推算"),
    columns=(
        Column("month", gettext_lazy("月末"), sort="ahead", phone="title", is_short=True),
        _figure("books", gettext_lazy("在册人数")),
        _figure("retire", gettext_lazy("当月到龄退休")),
        _figure("going", gettext_lazy("当月派出")),
        _figure("returning", gettext_lazy("当月期满返回")),
        _figure("work", gettext_lazy("在岗人数")),
        Column("low", gettext_lazy("在册下限（90%）"), align="end", phone="line"),
        Column("middle", gettext_lazy("中位"), align="end", phone="hidden"),
        Column("high", gettext_lazy("在册上限（90%）"), align="end", phone="line"),
    ),
    default_sort="month",
)

CELLS = Listing(
    key="forecast-cells",
    title=gettext_lazy("逐年结构"),
    columns=(
        Column("label", gettext_lazy("类别"), phone="title", is_short=True),
        Column(
            "today",
            gettext_lazy("今日"),
            sort=lambda row: row.counts[0],
            value=_at(0),
            url=_url_at(0),
            align="end",
            phone="aside",
        ),
        *(
            Column(
                f"year_{year}",
                format_lazy(gettext_lazy("{year}年后"), year=year),
                value=_at(year),
                url=_url_at(year),
                align="end",
                phone="line",
            )
            for year in range(1, N_YEARS + 1)
        ),
    ),
    default_sort="-today",
)


class FallFilter(FilterForm):
    """Sentences with these words."""

    words = forms.CharField(label=gettext_lazy("单位、类别或姓名"), required=False)

    def narrow(self, rows: Rows) -> Rows:
        """The rows that hold the text."""
        text = self.cleaned_data["words"].strip()
        return [row for row in rows if text in f"{row.sentence} {row.people}"]


FALLS = Listing(
    key="forecast-falls",
    title=gettext_lazy("将要出现的空缺"),
    columns=(
        Column("sentence", gettext_lazy("情况"), phone="title"),
        Column("month", gettext_lazy("起始月份"), sort="ahead", phone="aside", is_short=True),
        Column("unit", gettext_lazy("单位"), sort="unit", is_hidden_by_default=True, phone="hidden"),
        Column("n_today", gettext_lazy("现有"), url=lambda row: row.url_today, align="end", phone="line"),
        Column("n_then", gettext_lazy("届时"), url=lambda row: row.url_then, align="end", phone="line"),
        Column("people", gettext_lazy("现有人员"), phone="line"),
    ),
    default_sort="month",
    filters=FallFilter,
    empty_title=gettext_lazy("没有将要出现的空缺"),
    empty_text=gettext_lazy("按法定退休和年龄推算，现有的各类人员在所选年限内都不低于下限。"),
)


class RungFilter(FilterForm):
    """Steps with these words; only those where the line thins."""

    words = forms.CharField(label=gettext_lazy("单位、层次或姓名"), required=False)
    thin = forms.BooleanField(label=gettext_lazy("只看接续不足"), required=False)

    def narrow(self, rows: Rows) -> Rows:
        """The rows asked for."""
        text, thin = self.cleaned_data["words"].strip(), self.cleaned_data["thin"]
        return [
            row
            for row in rows
            if text in f"{row.unit} {row.rank} {row.official.name}" and (row.thins or not thin)
        ]


LADDER = Listing(
    key="forecast-ladder",
    title=gettext_lazy("班子接续"),
    columns=(
        Column("unit", gettext_lazy("单位"), sort="order", is_heading=True, phone="line"),
        Column("rank", gettext_lazy("职务职级层次"), is_short=True, phone="line"),
        Column(
            "role",
            gettext_lazy("位置"),
            value=lambda row: _("现任") if row.is_holder else _("下一层次"),
            is_short=True,
            phone="aside",
        ),
        Column(
            "name",
            gettext_lazy("姓名"),
            value=lambda row: row.official.name,
            url=lambda row: person_url(row.official),
            is_short=True,
            phone="title",
        ),
        Column("own_rank", gettext_lazy("本人层次"), value=lambda row: rank_text(row.official), phone="line"),
        Column("born", gettext_lazy("出生年月"), value=lambda row: born_text(row.official), is_short=True),
        Column(
            "retires",
            gettext_lazy("法定退休"),
            value=lambda row: retires_text(row.official),
            is_short=True,
            phone="line",
        ),
        Column("years_in_rank", gettext_lazy("任现层次满年数"), align="end", phone="line"),
        Column(
            "grassroots",
            gettext_lazy("基层工作年限"),
            value=lambda row: row.official.grassroots_years,
            align="end",
            decimals=1,
        ),
        Column("thins", gettext_lazy("接续不足起始"), is_short=True, phone="line"),
    ),
    default_sort="unit",
    filters=RungFilter,
    empty_title=gettext_lazy("没有领导职务层次的人员"),
    empty_text=gettext_lazy("所选范围内没有登记职务层次为乡科级副职及以上的人员。"),
)

PEOPLE = Listing(
    key="forecast-people",
    title=gettext_lazy("推算人员名单"),
    columns=(
        Column("name", gettext_lazy("姓名"), sort="name", url=person_url, phone="title", is_short=True),
        Column("unit", gettext_lazy("所在单位"), sort="unit", phone="line"),
        Column("rank_words", gettext_lazy("职务职级层次"), value=rank_text, phone="line", is_short=True),
        Column("born", gettext_lazy("出生年月"), value=born_text, is_short=True),
        Column(
            "retires",
            gettext_lazy("法定退休"),
            sort=lambda row: retires_text(row) or "9",
            value=retires_text,
            is_short=True,
            phone="aside",
        ),
    ),
    default_sort="retires",
)

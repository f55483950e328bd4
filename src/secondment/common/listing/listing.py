"""Declares a list page: columns, order, filters, actions on chosen rows, and its answer to a request.

PEOPLE = Listing(
    key="people",
    title=_("挂职干部"),
    columns=(Column("name", _("姓名"), sort="name_sort_key", phone="title"), Column("born_on", _("出生年月"))),
    default_sort="name",
    row_url=lambda person: reverse("people:person_detail", args=[person.pk]),
)

def person_list(request):
    return PEOPLE.respond(request, visible_to(request.user), "people/person_list.html")
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from secondment.common.components import Status
from secondment.common.listing.rows import Rows, SortKey, sorted_rows
from secondment.common.listing.state import read_state
from secondment.common.listing.view import ListingView

Text = str | Promise
FILTER_IDS = "filter_%s"  # apart from the ids of another form on the same page
NOTHING_YET = _("暂无记录")


@dataclass(frozen=True)
class Column:
    """A column. `key` names it in addresses and, unless `value` is given, is the attribute path (`post.unit.name`).

    value      what the cell holds; a method is called
    sort       field, expression or several of them; for plain sequences a function of the row. Empty: not sortable
    status     colour of a status badge for the row; only for states, never for decoration
    template   fragment for the cell, given `row` and `value` and nothing of the request
    html       the same from a function of the row, for lists where a template a cell would take too long
    url        where the cell's text leads; the phone title leads to the row by itself
    export     what Excel receives, when it differs from `value`
    decimals   places after the point; is_short keeps the text on one line
    is_heading the column heads groups: while the list is sorted by it, its value stands above the rows that share it
    phone      place in the list entry on a phone: title, aside (right), line (own line), text or hidden
    """

    key: str
    label: Text
    sort: SortKey | tuple[SortKey, ...] = ()
    value: Callable[[Any], object] | None = None
    align: Literal["start", "end"] = "start"
    status: Callable[[Any], Status] | None = None
    template: str = ""
    html: Callable[[Any], SafeString] | None = None
    url: Callable[[Any], str] | None = None
    export: Callable[[Any], object] | None = None
    phone: Literal["title", "aside", "line", "text", "hidden"] = "text"
    is_hidden_by_default: bool = False
    is_short: bool = False
    is_heading: bool = False
    decimals: int | None = None

    def value_of(self, row: Any) -> object:
        """What the row holds in this column."""
        if self.value is not None:
            return self.value(row)
        found: Any = row
        for name in self.key.split("."):
            found = None if found is None else getattr(found, name)
        return found() if callable(found) else found

    def export_of(self, row: Any) -> object:
        """What Excel receives."""
        return self.export(row) if self.export else self.value_of(row)

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """All keys of the order, the most important first."""
        return self.sort if isinstance(self.sort, tuple) else (self.sort,)


class FilterForm(Form):
    """A filter for rows that are not a database query: a plain form that decides which rows pass."""

    def narrow(self, rows: Rows) -> Rows:
        """The rows that pass `cleaned_data`."""
        raise NotImplementedError


@dataclass(frozen=True)
class BulkAction:
    """An action on the chosen rows: posts `selected` to `url_name`; asks first when `question` is set.

    `args` are those of the address, for lists of what belongs to one object.
    """

    key: str
    label: Text
    url_name: str
    icon: str = ""
    question: Text = ""
    is_danger: bool = False
    args: tuple[object, ...] = ()

    @property
    def url(self) -> str:
        """Where the chosen rows are sent."""
        return reverse(self.url_name, args=self.args)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list page. `empty_text` explains what to do when there is nothing yet.

    `keeps` names parameters of the address that say which list is meant; filters neither change nor clear them.
    `summary` is a fragment above the rows, given `listing`: what the filters that are set mean.
    """

    key: str
    title: Text
    columns: Sequence[Column]
    default_sort: str
    row_url: Callable[[Any], str] | None = None
    filters: type[FilterSet] | type[FilterForm] | None = None
    bulk_actions: Sequence[BulkAction] = ()
    empty_title: Text = NOTHING_YET
    empty_text: Text = ""
    is_exportable: bool = True
    keeps: Sequence[str] = ()
    summary: str = ""
    sortable: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sortable", frozenset(one.key for one in self.columns if one.sort_keys))
        if self.default_sort.removeprefix("-") not in self.sortable:
            raise ValueError(f"list {self.key}: default_sort {self.default_sort!r} is not a sortable column")

    def view(self, request: HttpRequest, rows: Rows) -> ListingView:
        """This list with the rows, filters and state of one request."""
        state = read_state(request, self.key, self.sortable, self.default_sort)
        form, rows, filter_set = self._narrow(request, rows)
        keys = next(one.sort_keys for one in self.columns if one.key == state.sort)
        in_order = sorted_rows(rows, keys, is_descending=state.is_descending)
        return ListingView(self, request, state, in_order, form, filter_set)

    def respond(
        self,
        request: HttpRequest,
        rows: Rows,
        template: str,
        context: dict[str, Any] | None = None,
        *,
        on_export: Callable[[int], None] | None = None,
    ) -> HttpResponse:
        """The full page, only the list for a partial update, or the Excel file.

        `on_export` receives the number of rows before they leave, as a file or as the full list to print, to be written
        into the audit trail.
        """
        view = self.view(request, rows)
        if view.state.wants_export and self.is_exportable:
            return view.export(on_export)
        if view.state.wants_keys and self.bulk_actions:
            return JsonResponse({"keys": view.keys()})
        if view.is_whole:
            view.check_print(on_export)
        target = request.headers.get("HX-Target")
        is_partial = target == f"table-{self.key}" and "HX-History-Restore-Request" not in request.headers
        name = "common/listing/_listing.html" if is_partial else template
        response = render(request, name, {**(context or {}), "listing": view})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def _narrow(self, request: HttpRequest, rows: Rows) -> tuple[Any, Rows, Any]:
        """The filter form, what it lets through, and its set of filters; a filter with an error lets nothing through, never all."""
        if self.filters is None:
            return None, rows, None
        if issubclass(self.filters, FilterForm):
            form = self.filters(request.GET, auto_id=FILTER_IDS)
            return form, form.narrow(rows) if form.is_valid() else [], None
        make: Callable[..., Any] = self.filters
        filtered = make(request.GET, queryset=rows, request=request)
        filtered.form.auto_id = FILTER_IDS
        return filtered.form, filtered.qs if filtered.form.is_valid() else filtered.queryset.none(), filtered

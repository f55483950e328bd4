"""A list as one reader sees it now: its page, its addresses, its cells, its file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from secondment.common.display import NOTHING, display
from secondment.common.errors import DomainError
from secondment.common.listing.export import export_response
from secondment.common.listing.rows import Rows, page_of_rows
from secondment.common.listing.state import PAGE_SIZES, ListingState
from secondment.common.markup import body_markup

if TYPE_CHECKING:
    from secondment.common.listing.listing import Column, Listing

EXPORT_LIMIT = 100_000
EXPORT_CHUNK = 2_000
MOST_CHOSEN = 5_000
PRINT_LIMIT = 2_000
FILTERS_ON_PHONES = 2


class ExportTooLargeError(DomainError):
    """More rows than one Excel file should hold."""


class PrintTooLargeError(DomainError):
    """More rows than one would want on paper."""


@dataclass(frozen=True)
class Cell:
    """A cell ready to be written."""

    column: "Column"
    text: str
    url: str = ""
    status: str = ""
    html: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read here; such cells are left out on phones."""
        return self.text == NOTHING and not self.html


@dataclass(frozen=True)
class Row:
    """A row ready to be written."""

    item: Any
    url: str
    cells: Sequence[Cell]

    @property
    def key(self) -> object:
        """What the selection box sends."""
        return getattr(self.item, "pk", "")


class ListingView:
    """A list as one reader sees it now."""

    def __init__(
        self,
        spec: "Listing",
        request: HttpRequest,
        state: ListingState,
        rows: Rows,
        filter_form: Any,
        filter_set: Any = None,
    ) -> None:
        self.filter_set = filter_set
        self.spec, self.request, self.state, self.filter_form = spec, request, state, filter_form
        self._rows = rows
        chosen = state.chosen
        self.heading = next((one for one in spec.columns if one.is_heading and one.key == state.sort), None)
        self.columns = [
            one
            for one in spec.columns
            if one.phone == "title"
            or (one.key in chosen if chosen is not None else not one.is_hidden_by_default)
            if one is not self.heading
        ]

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for."""
        if self.is_whole:
            return page_of_rows(self._rows, 1, PRINT_LIMIT)
        return page_of_rows(self._rows, self.state.page, self.state.size)

    @property
    def is_whole(self) -> bool:
        """Whether the full filtered list is shown, to be printed; a list that may not be exported stays in pages."""
        return self.state.wants_print and self.spec.is_exportable

    @property
    def print_url(self) -> str:
        """Address of the full list; empty if it is too long to print."""
        may = self.spec.is_exportable and self.n_rows <= PRINT_LIMIT
        return self.state.url(print="all") if may else ""

    @property
    def keys_url(self) -> str:
        """Address of the keys of the full list; empty if one action should not touch so many."""
        return self.state.url(keys="all") if self.n_rows <= MOST_CHOSEN else ""

    def keys(self) -> list[str]:
        """The keys of every row that passes the filters, as the selection boxes send them; of too many none."""
        if self.n_rows > MOST_CHOSEN:
            return []
        if isinstance(self._rows, QuerySet):
            return [str(key) for key in self._rows.values_list("pk", flat=True)]
        return [str(one.pk) for one in self._rows]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that say which list is meant, with their values."""
        return [(name, str(self.state.query[name])) for name in self.spec.keeps if name in self.state.query]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a changed filter takes along and a cleared list does not: `carried` of the set of filters names it."""
        names = getattr(self.filter_set, "carried", ())
        return self.kept + [(name, str(self.state.query[name])) for name in names if name in self.state.query]

    @property
    def clear_url(self) -> str:
        """The same list without filters."""
        return f"{self.request.path}?{urlencode(self.kept)}" if self.kept else self.request.path

    @property
    def own_url(self) -> str:
        """The query of this list as it is shown now, the page included."""
        page = self.page.number
        return self.state.url(page=page) if page > 1 else self.state.url()

    @property
    def print_limit_note(self) -> str:
        """When a list that is too long for paper can be printed, or nothing."""
        if not self.spec.is_exportable or self.n_rows <= PRINT_LIMIT:
            return ""
        return str(_("筛选到 %(limit)d 条以内可以打印") % {"limit": PRINT_LIMIT})

    def check_print(self, on_print: Callable[[int], None] | None) -> None:
        """Refuse a list that is too long for paper, report any other."""
        if self.n_rows > PRINT_LIMIT:
            raise PrintTooLargeError(
                _("筛选结果共 %(n)d 条，超过一次打印的上限 %(limit)d 条。请先缩小筛选范围，或导出 Excel。")
                % {"n": self.n_rows, "limit": PRINT_LIMIT}
            )
        if on_print is not None:
            on_print(self.n_rows)

    @property
    def is_filtered(self) -> bool:
        """Whether the reader narrowed the list."""
        return self.filter_form is not None and self.filter_form.has_changed()

    @property
    def first_filters(self) -> list[BoundField]:
        """The filters shown above the list on a phone as well: the first, or two where there are no more."""
        fields = self._unfolded
        return fields if len(fields) <= FILTERS_ON_PHONES else fields[:1]

    @property
    def more_filters(self) -> list[BoundField]:
        """The filters that a phone folds behind one button."""
        return self._unfolded[len(self.first_filters) :]

    @property
    def folded_filters(self) -> list[BoundField]:
        """The filters that are asked for now and then: `folded` of the set of filters names them."""
        names = getattr(self.filter_set, "folded", ())
        return [one for one in self.filter_form.visible_fields() if one.name in names]

    @property
    def n_folded_used(self) -> int:
        """How many of these narrow the list."""
        return sum(one.name in self.filter_form.changed_data for one in self.folded_filters)

    @property
    def _unfolded(self) -> list[BoundField]:
        names = getattr(self.filter_set, "folded", ())
        return [one for one in self.filter_form.visible_fields() if one.name not in names]

    @property
    def n_more_used(self) -> int:
        """How many of the folded filters narrow the list."""
        changed = self.filter_form.changed_data
        return sum(one.name in changed for one in self.more_filters)

    @property
    def n_rows(self) -> int:
        """Number of rows of the full list, filters applied."""
        return self.page.paginator.count

    @property
    def body(self) -> SafeString:
        """The rows of this page as displayed."""
        return body_markup(self)

    def heading_of(self, item: Any) -> str:
        """What stands above the group of a row; nothing where rows are not grouped."""
        return display(self.heading.value_of(item)) if self.heading else ""

    def rows(self) -> Iterator[Row]:
        """The rows of this page."""
        for item in self.page.object_list:
            url = self.spec.row_url(item) if self.spec.row_url else ""
            yield Row(item, url, [self._cell(column, item, url) for column in self.columns])

    def heads(self) -> Iterator[tuple["Column", str, str]]:
        """(column, address that sorts by it, "ascending", "descending" or "")."""
        for column in self.columns:
            order = ""
            if column.key == self.state.sort:
                order = "descending" if self.state.is_descending else "ascending"
            yield column, self.state.sort_url(column.key) if column.key in self.spec.sortable else "", order

    def choices(self) -> Iterator[tuple["Column", bool]]:
        """Columns the reader may show or hide, and whether each is shown."""
        shown = {one.key for one in self.columns}
        return ((one, one.key in shown) for one in self.spec.columns if one.phone != "title")

    def page_links(self) -> Iterator[tuple[int | None, str, bool]]:
        """(page number or None for a gap, address, whether it is this page)."""
        for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1):
            if isinstance(number, int):
                yield number, self.state.url(page=number), number == self.page.number
            else:
                yield None, "", False

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return self.state.url(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        return self.state.url(page=self.page.number + 1) if self.page.has_next() else ""

    def size_links(self) -> Iterator[tuple[int, str, bool]]:
        """(rows per page, address, whether it is chosen)."""
        return ((size, self.state.url(size=size), size == self.state.size) for size in PAGE_SIZES)

    @property
    def export_url(self) -> str:
        """Address of the Excel file; nothing where there is too much for one."""
        may = self.spec.is_exportable and self.n_rows <= EXPORT_LIMIT
        return self.state.url(export="xlsx") if may else ""

    def export(self, on_export: Callable[[int], None] | None) -> HttpResponse:
        """The Excel file of the filtered list, with the columns shown."""
        n = self._rows.count() if isinstance(self._rows, QuerySet) else len(self._rows)
        if n > EXPORT_LIMIT:
            raise ExportTooLargeError(
                _("筛选结果共 %(n)d 条，超过一次导出的上限 %(limit)d 条。请先缩小筛选范围，再分次导出。")
                % {"n": n, "limit": EXPORT_LIMIT}
            )
        if on_export is not None:
            on_export(n)
        items = self._rows.iterator(EXPORT_CHUNK) if isinstance(self._rows, QuerySet) else iter(self._rows)
        columns = [self.heading, *self.columns] if self.heading else self.columns
        lines = ([column.export_of(item) for column in columns] for item in items)
        return export_response(str(self.spec.title), [str(one.label) for one in columns], lines)

    def _cell(self, column: "Column", item: Any, row_url: str) -> Cell:
        value = column.value_of(item)
        html = column.html(item) if column.html else ""
        if column.template:
            html = render_to_string(column.template, {"row": item, "value": value})
        return Cell(
            column,
            text=display(value, column.decimals),
            url=column.url(item) if column.url else row_url if column.phone == "title" else "",
            status=column.status(item) if column.status else "",
            html=html,
        )

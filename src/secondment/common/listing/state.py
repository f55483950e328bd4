"""What a reader asked of a list: order, page, size and columns, read from the address and one cookie."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

PAGE_SIZES = (20, 50, 100, 200)


@dataclass(frozen=True)
class ListingState:
    """A checked request; what does not exist falls back to the default, so old bookmarks keep working."""

    query: QueryDict
    sort: str
    is_descending: bool
    page: int
    size: int
    wants_export: bool
    wants_print: bool
    wants_keys: bool
    chosen: frozenset[str] | None

    def url(self, **changes: str | int) -> str:
        """The address of this list with some parameters changed; a changed order or size starts at page one."""
        query = self.query.copy()
        for name in ("page", "export", "print", "keys"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = str(value)
        return f"?{query.urlencode()}" if query else "?"

    def sort_url(self, key: str) -> str:
        """The address that sorts by `key`, or turns the order round when it is sorted so already."""
        return self.url(sort=f"-{key}" if key == self.sort and not self.is_descending else key)

    @property
    def sort_parameter(self) -> str:
        """The order as written in the address."""
        return f"-{self.sort}" if self.is_descending else self.sort


def read_state(request: HttpRequest, key: str, sortable: Collection[str], default_sort: str) -> ListingState:
    """Read and check what the address asks of table `key`."""
    asked = request.GET.get("sort", default_sort)
    if asked.removeprefix("-") not in sortable:
        asked = default_sort
    return ListingState(
        query=_meaningful(request.GET),
        sort=asked.removeprefix("-"),
        is_descending=asked.startswith("-"),
        page=max(1, _number(request.GET.get("page"), default=1)),
        size=_one_of(_number(request.GET.get("size"), default=PAGE_SIZES[0]), PAGE_SIZES),
        wants_export=request.GET.get("export") == "xlsx",
        wants_print=request.GET.get("print") == "all",
        wants_keys=request.GET.get("keys") == "all",
        chosen=_chosen_columns(request, key),
    )


def columns_cookie(request: HttpRequest, key: str) -> str:
    """Name of the cookie that keeps a user's columns; it survives signing out, unlike the session."""
    return f"columns-{getattr(request.user, 'pk', None) or 0}-{key}"


def _chosen_columns(request: HttpRequest, key: str) -> frozenset[str] | None:
    kept = request.COOKIES.get(columns_cookie(request, key))
    return None if kept is None else frozenset(kept.split(","))


def _meaningful(query: QueryDict) -> QueryDict:
    """The parameters that say something; empty filters are dropped."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if said := [value for value in values if value != ""]:
            kept.setlist(name, said)
    return kept


def _number(text: str | None, *, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def _one_of(value: int, allowed: Sequence[int]) -> int:
    return value if value in allowed else allowed[0]

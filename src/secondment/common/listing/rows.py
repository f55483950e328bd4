"""Fetches one page of rows, sorted, at a cost that does not grow with the width of the row.

A page deep in a long list is found by a narrow query over keys alone; only its rows are then loaded in full
(late row lookup). This keeps page numbers, exact counts and any order, which keyset paging would give up.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import BaseExpression

Rows = QuerySet[Any] | Sequence[Any]
SortKey = str | BaseExpression | F | Callable[[Any], Any]


def sorted_rows(rows: Rows, keys: Sequence[SortKey], *, is_descending: bool) -> Rows:
    """Rows in order, empty values last either way, ties broken by primary key so that pages never overlap."""
    if isinstance(rows, QuerySet):
        return rows.order_by(*(_ordering(key, is_descending=is_descending) for key in keys), "pk")
    filled = [row for row in rows if None not in _values(row, keys)]
    empty = [row for row in rows if None in _values(row, keys)]
    return sorted(filled, key=lambda row: _values(row, keys), reverse=is_descending) + empty


def page_of_rows(rows: Rows, number: int, size: int) -> Page[Any]:
    """Page `number` (the last one when there are fewer) of rows already sorted."""
    if not isinstance(rows, QuerySet):
        return Paginator(rows, size).get_page(number)
    page: Page[Any] = Paginator(rows.values_list("pk", flat=True), size).get_page(number)
    keys = list(page.object_list)
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()} if keys else {}
    page.object_list = [found[key] for key in keys if key in found]
    return page


def _ordering(key: SortKey, *, is_descending: bool) -> Any:
    if isinstance(key, str):
        turned = key.startswith("-")
        key, is_descending = F(key.removeprefix("-")), is_descending != turned
    if not isinstance(key, F | BaseExpression):
        raise TypeError("a list of database rows is sorted by fields, not by functions")
    return key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)


def _values(row: Any, keys: Sequence[SortKey]) -> tuple[Any, ...]:
    return tuple(key(row) if callable(key) else _attribute(row, key) for key in keys)


def _attribute(row: Any, path: SortKey) -> Any:
    for name in str(path).split("__"):
        row = getattr(row, name)
    return row

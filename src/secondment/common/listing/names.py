"""Filters by what people and units are called."""

from typing import Any

from django.db.models import Q, QuerySet
from django_filters import CharFilter

from secondment.files.names import clean_name


class PersonFilter(CharFilter):  # type: ignore[misc]  # django-filter has no types
    """People whose name contains the text, however the clerk spaces it."""

    def __init__(self, person: str, **options: Any) -> None:
        super().__init__(field_name=f"{person}__name", lookup_expr="icontains", **options)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The same spelling as names are kept in."""
        found: QuerySet[Any] = super().filter(rows, clean_name(value))
        return found


class UnitsFilter(CharFilter):  # type: ignore[misc]  # as above
    """Rows of which any of these units has a name that contains the text."""

    def __init__(self, *units: str, **options: Any) -> None:
        super().__init__(**options)
        self.units = units

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One condition for all of them."""
        if not value:
            return rows
        found = Q()
        for unit in self.units:
            found |= Q(**{f"{unit}__name__icontains": value})
        return rows.filter(found)

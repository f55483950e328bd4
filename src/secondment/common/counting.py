"""How many rows several queries have together, asked at once."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_each(queries: Iterable[QuerySet[Any]]) -> list[int]:
    """What `count()` says of each, in one query; in none where it is plain that there is nothing."""
    counts: list[str] = []
    values: list[Any] = []
    for rows in queries:
        counted = rows.order_by()
        if not counted.query.values_select:
            counted = counted.values("pk")  # rows of a model: no column is needed
        try:
            sql, parameters = counted.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            counts.append("0")
            continue
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted_{len(counts)})")  # noqa: S608 -- Django's own SQL
        values.extend(parameters)
    if set(counts) <= {"0"}:
        return [0] * len(counts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", values)
        return [int(one) for one in cursor.fetchone()]


def count_together(queries: Iterable[QuerySet[Any]]) -> int:
    """The sum of what `count()` says of each, by the same query."""
    return sum(count_each(queries))

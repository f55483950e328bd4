"""Write many rows within a short lock: every value is computed before, and inside runs one statement a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

Values = tuple[Any, ...]
Columns = Sequence["models.Field[Any, Any]"]


@dataclass(frozen=True)
class Statement:
    """A statement and the values of every row it is run for."""

    sql: str
    rows: Sequence[Values]

    def run(self) -> int:
        """Run it for all rows inside the caller's transaction; returns how many rows it touched."""
        if not self.rows:
            return 0
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, self.rows)
            return int(cursor.rowcount)


def insertion(model: type[models.Model], rows: Iterable[models.Model]) -> Statement:
    """Insert new rows; a key that the database gives stays open."""
    fields = [field for field in columns_of(model) if not isinstance(field, models.AutoField)]
    names, places = ", ".join(map(_quoted, fields)), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {_table(model)} ({names}) VALUES ({places})"  # noqa: S608 -- names of our own columns
    return Statement(sql, [values_of(row, fields) for row in rows])


def replacement(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Values], *, where: Sequence[str]
) -> Statement:
    """Set the columns `names` of the rows in which the columns `where` are as given last in each row."""
    by_name = {field.name: _quoted(field) for field in columns_of(model)}
    places = ", ".join(f"{by_name[name]} = %s" for name in names)
    conditions = " AND ".join(f"{by_name[name]} = %s" for name in where)
    return Statement(f"UPDATE {_table(model)} SET {places} WHERE {conditions}", rows)  # noqa: S608 -- as above


def columns_of(model: type[models.Model]) -> Columns:
    """The columns of a model, in order."""
    return model._meta.concrete_fields  # noqa: SLF001 -- Django's documented name


def values_of(row: models.Model, fields: Columns) -> Values:
    """What the database is given for these columns of a row."""
    return tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 -- as above


def _quoted(field: "models.Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))

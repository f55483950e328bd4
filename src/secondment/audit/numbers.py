"""The number of the next event, taken before it is written, so that its seal covers it."""

from collections.abc import Sequence

from django.db import connection

from secondment.audit.models import AuditEvent


def next_number() -> int:
    """A number that no event had, also none that is gone; ask inside the transaction that writes the event."""
    return next_numbers(1)[0]


def next_numbers(n: int) -> Sequence[int]:
    """So many of them, in order."""
    table = AuditEvent._meta.db_table  # noqa: SLF001 -- Django's documented name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, n]
            )
            return [int(number) for (number,) in cursor.fetchall()]
        # one transaction writes at a time
        cursor.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s", [table])
        (first,) = cursor.fetchone()
    return range(int(first), int(first) + n)

"""Walls of the database itself: events and links can be added, never changed or deleted.

A database owner can remove the walls; then the sealed chain shows what was done.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_auditevent", "audit_auditlink")
MESSAGE = "the audit trail is append-only"


def build_guards(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers on this connection's database."""
    _run(connection, _creation(connection.vendor))


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for a migration backwards and for tests that play the intruder."""
    _run(connection, _removal(connection.vendor))


def _creation(vendor: str) -> Iterable[str]:
    if vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        for table in TABLES:
            yield (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            )
        return
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def _removal(vendor: str) -> Iterable[str]:
    for table in TABLES:
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
        else:
            yield f"DROP TRIGGER IF EXISTS {table}_no_update"
            yield f"DROP TRIGGER IF EXISTS {table}_no_delete"


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

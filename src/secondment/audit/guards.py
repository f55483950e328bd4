"""Walls of the database itself: events and links can be added, never changed, replaced or deleted; the end only grows.

A database owner can remove the walls; then the sealed chain shows what was done.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

# The columns of each table by which a row is found again: SQLite replaces a row that has them, without a word of deleting.
KEYS = {"audit_auditevent": ("id",), "audit_auditlink": ("position", "event_id")}
HEAD = "audit_audithead"
SHRINKS = "NEW.id <> OLD.id OR NEW.length <= OLD.length"
MESSAGE = "the audit trail is append-only"


def build_guards(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers on this connection's database."""
    _run(connection, _creation(connection.vendor))


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for a migration backwards and for tests that play the intruder."""
    _run(connection, _removal(connection.vendor))


def _creation(vendor: str) -> Iterable[str]:
    return _on_postgresql() if vendor == "postgresql" else _on_sqlite()


def _on_postgresql() -> Iterable[str]:
    """An upsert fires the triggers of UPDATE; TRUNCATE has its own."""
    yield (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    for table, events in [
        *((table, "UPDATE OR DELETE OR TRUNCATE") for table in KEYS),
        (HEAD, "DELETE OR TRUNCATE"),
    ]:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE {events} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    yield (
        f"CREATE TRIGGER {HEAD}_only_grows BEFORE UPDATE ON {HEAD} "
        f"FOR EACH ROW WHEN ({SHRINKS}) EXECUTE FUNCTION audit_refuse()"
    )


def _on_sqlite() -> Iterable[str]:
    """`INSERT OR REPLACE` deletes without firing DELETE triggers, so the insert itself is looked at."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for table, keys in KEYS.items():
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        found = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 -- names of our own
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {found} {refuse}"
    yield f"CREATE TRIGGER {HEAD}_no_update BEFORE UPDATE ON {HEAD} WHEN {SHRINKS} {refuse}"
    yield f"CREATE TRIGGER {HEAD}_no_delete BEFORE DELETE ON {HEAD} {refuse}"
    found = f"EXISTS (SELECT 1 FROM {HEAD} WHERE id = NEW.id)"  # noqa: S608 -- names of our own
    yield f"CREATE TRIGGER {HEAD}_no_replace BEFORE INSERT ON {HEAD} WHEN {found} {refuse}"


def _removal(vendor: str) -> Iterable[str]:
    for table in (*KEYS, HEAD):
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
            yield f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}"
        else:
            for deed in ("update", "delete", "replace"):
                yield f"DROP TRIGGER IF EXISTS {table}_no_{deed}"


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

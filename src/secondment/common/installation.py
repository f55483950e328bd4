"""What this database is: sealed with which keys, demo or real, opened by which library. Asked at a process's first connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections
from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model

from secondment.common.models import Installation
from secondment.common.refusals import StartRefusedError
from secondment.common.sqlite_library import is_fixed


class WrongKeysError(StartRefusedError):
    """The data depend on other keys than those available."""


class FaultyLibraryError(StartRefusedError):
    """Real data would be opened by an SQLite library that can lose them."""


@dataclass
class Seen:
    """What the first connection of this process reported; pages show it without another query."""

    is_demo: bool = False
    is_in_danger: bool = False


SEEN = Seen()


def is_demo_data() -> bool:
    """Whether the demo was loaded into this database."""
    return Installation.objects.filter(is_demo=True).exists()


def is_open_demo() -> bool:
    """Whether anyone may sign in to try this installation, with the password of its sign-in page."""
    return bool(settings.DEMO) and is_demo_data()


def mark_as_demo() -> None:
    """What is loaded now is invented; it stays marked for ever."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True})


def check_first_connection(*, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Receiver: check once a process, whatever command or page opens the database."""
    if connection.alias != NO_DB_ALIAS:
        check_installation(connection)
        connection_created.disconnect(check_first_connection)


def check_installation(connection: BaseDatabaseWrapper) -> None:
    """Refuse unless keys and library are right for these data; an empty database gets the fresh keys."""
    tables = connection.introspection.table_names()
    row = Installation.objects.using(connection.alias).first() if _table(Installation) in tables else None
    if "django_migrations" in tables:
        _require_keys(row.key_fingerprints if row else {})
    elif settings.FOUND_KEYS is None:
        _keep_fresh_keys()
    SEEN.is_demo = (row is not None and row.is_demo) or _will_be_demo(connection, tables)
    SEEN.is_in_danger = _is_in_danger(connection)
    if SEEN.is_in_danger and not SEEN.is_demo:
        raise _faulty_library(connection)


def note_keys(*, using: str, **_kwargs: Any) -> None:
    """Receiver, after migrations: the database records the keys that its data depend on from now on."""
    if _table(Installation) in connections[using].introspection.table_names():
        row, _is_new = Installation.objects.using(using).get_or_create(pk=1)
        if not row.key_fingerprints:
            row.key_fingerprints = settings.KEYS.fingerprints()
            row.save(using=using)


def _will_be_demo(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> bool:
    """Whether no account exists yet, so nothing is set up, and the start requests the demo."""
    users = get_user_model()
    is_empty = _table(users) not in tables or not users.objects.using(connection.alias).exists()
    return bool(settings.DEMO) and is_empty


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 -- Django's documented way


def _is_in_danger(connection: Any) -> bool:
    is_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()
    return is_file and not is_fixed(_library_version(connection))


def _library_version(connection: Any) -> tuple[int, int, int]:
    version: tuple[int, int, int] = connection.Database.sqlite_version_info
    return version


def _keep_fresh_keys() -> None:
    if settings.KEYS.keep(settings.KEY_FILE) != settings.KEYS:
        raise WrongKeysError(
            "另一个进程刚刚为该数据目录生成了密钥，请再启动一次。",
            "Another process has just made the keys of this data directory; please start again.",
        )


def _require_keys(known: dict[str, str]) -> None:
    if not settings.KEY_FILE.exists():
        raise WrongKeysError(
            f"未找到密钥文件 {settings.KEY_FILE}，而数据库中已有数据，没有原来的密钥无法打开；系统没有生成新密钥。"
            "请从备份中取回 keys.json 放到该位置后再启动。",
            f"There is no key file {settings.KEY_FILE}, yet the database holds data that cannot be opened without its "
            "keys; no new keys were made. Put keys.json back from your backup and start again.",
        )
    at_hand = settings.KEYS.fingerprints()
    wrong = ", ".join(name for name, mark in known.items() if at_hand.get(name) != mark)
    if wrong:
        raise WrongKeysError(
            f"密钥文件 {settings.KEY_FILE} 不是该数据库的密钥（不符：{wrong}），数据没有改动。"
            "请从备份中取回与数据库配套的 keys.json，替换后再启动。",
            f"The key file {settings.KEY_FILE} does not belong to this database (differing: {wrong}); nothing was "
            "changed. Put back the keys.json that belongs to it from your backup and start again.",
        )


def _faulty_library(connection: Any) -> FaultyLibraryError:
    version = ".".join(str(part) for part in _library_version(connection))
    return FaultyLibraryError(
        f"本机的 SQLite {version} 有已知缺陷，可能丢失已提交的数据，不能用于正式数据。"
        "请用 DATABASE_URL=postgres://… 改用 PostgreSQL，或安装 SQLite 3.51.3 以上版本。",
        f"SQLite {version} of this machine has a known fault that can lose committed data; it is not used for real "
        "data. Use PostgreSQL by DATABASE_URL=postgres://…, or install SQLite 3.51.3 or newer.",
    )

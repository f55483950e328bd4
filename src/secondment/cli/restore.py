"""`secondment restore FILE --into DIRECTORY`: unpack a backup with both halves of the recovery key; needs no installation."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from secondment.backups.databases import put_dump_back
from secondment.backups.packing import DUMP, Manifest
from secondment.backups.recovery import N_ROWS, SIDES, Half, mark_of, read_row
from secondment.backups.refusals import HalfError
from secondment.backups.restoring import restore
from secondment.cli.contract import print_interrupted
from secondment.common.refusals import StartRefusedError

MOST_TRIES = 5


def main(words: Sequence[str]) -> int:
    """Exit code 0 when everything was restored and compared."""
    parser = argparse.ArgumentParser(
        prog="secondment restore",
        description="Restore a backup with both halves of the recovery key into a new data directory.",
    )
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--into", type=Path, required=True, metavar="DIRECTORY", help="empty or new")
    asked = parser.parse_args(words)
    try:
        manifest = restore(asked.file, asked.into.absolute(), ask_halves)
    except StartRefusedError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return print_interrupted("nothing was restored")
    except OSError as error:
        print(f"无法写入（{error.strerror}），没有恢复任何内容。 Cannot write ({error.strerror}); nothing was restored.", file=sys.stderr)  # fmt: skip
        return 1
    print(told(manifest, asked.into))
    return fill_server(manifest, asked.into.absolute()) if manifest.database == DUMP else 0


def fill_server(manifest: Manifest, directory: Path) -> int:
    """Fill the empty database of DATABASE_URL from the dump and compare; where that cannot be done here, say how."""
    server, dump = os.environ.get("DATABASE_URL", ""), directory / DUMP
    by_hand = f'  pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" {dump}'
    if not server:
        print(
            f"请建一个空的数据库，设好 DATABASE_URL 后执行： Make an empty database, set DATABASE_URL and run:\n{by_hand}"
        )
        return 0
    try:
        put_dump_back(server, dump, manifest.tables, is_empty=True)
    except StartRefusedError as refusal:
        print(f"{refusal}\n数据库没有恢复，可在空的数据库上执行： The database was not restored; on an empty one run:\n{by_hand}", file=sys.stderr)  # fmt: skip
        return 1
    dump.unlink()
    print("数据库已恢复，各表行数一致。 The database is restored; the rows of every table agree.")
    return 0


def told(manifest: Manifest, directory: Path) -> str:
    """What was restored and what comes next."""
    n_rows, n_tables = sum(manifest.tables.values()), len(manifest.tables)
    lines = [
        f"已恢复并核对：{manifest.made_at} 的备份，{n_tables} 张表 {n_rows} 行，{manifest.n_files} 个文件，密钥。",
        f"Restored and compared: backup of {manifest.made_at}, {n_tables} tables, {n_rows} rows, {manifest.n_files} files, keys.",
    ]
    return "\n".join([*lines, f"  SECONDMENT_DATA_DIR={directory} SECONDMENT_DEMO=0 ./run"])


def ask_halves(public: bytes) -> tuple[Half, Half]:
    """Both halves, typed row by row; a mistyped row is asked for again."""
    print(f"恢复密钥 Recovery key {mark_of(public).hex()}", file=sys.stderr)
    first, second = (Half.read([_ask_row(SIDES[side], n) for n in range(N_ROWS)]) for side in SIDES)
    return first, second


def _ask_row(side: str, n: int) -> str:
    n_tries = 0
    while True:
        text = _line(f"{side} {n + 1}/{N_ROWS}: ")
        n_tries += 1
        try:
            read_row(n, text)
        except HalfError as error:
            if not text or n_tries == MOST_TRIES:
                raise
            print(error, file=sys.stderr)
        else:
            return text


def _line(prompt: str) -> str:
    """One line without showing it; from a file or pipe as it comes."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().strip()

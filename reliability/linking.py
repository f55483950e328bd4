"""Plays an insider who wants to know which ballot came with which code: `.venv/bin/python -m reliability.linking`.

The insider has everything that is left when a vote is being closed: the file of the box before the close with its free
space and its journal, the order in which codes were used (watched at the door), and afterwards the main database with
its physical order, its write-ahead log, the trail and the receipts. From each of these the insider makes an order of
ballots, lays it beside the order of codes, and so names a ballot for every code. With n codes of which nothing is known
one name in n is right by chance. `--repeats` votes of `--voters` are held; the best order of all must not be right more
often than 1/n + 1 %.

Ballots carry marks that are as good as names (each one differs), which makes every hit certain and the attacker strong.
"""

import argparse
import os
import random
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

N_ITEMS = 6
LEVELS = 4
Order = Sequence[int]
"""Ballots by what they say, in some order."""


@dataclass
class Hits:
    """How often each order named the right ballot for a code."""

    tried: int = 0
    right: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, named: Order, cast: Order) -> None:
        """One vote judged by one order; the order read backwards is another one."""
        for way, order in ((name, named), (f"{name}, backwards", named[::-1])):
            hits = sum(a == b for a, b in zip(order, cast, strict=True))
            self.right[way] = self.right.get(way, 0) + hits

    def worst(self) -> tuple[str, float]:
        """The order that named most, and its share."""
        name = max(self.right, key=lambda one: self.right[one])
        return name, self.right[name] / self.tried


def marks_of(number: int) -> list[int]:
    """A ballot that says which one it is."""
    digits = []
    for _item in range(N_ITEMS):
        digits.append(1 + number % LEVELS)
        number //= LEVELS
    return digits


def number_of(digits: Sequence[int]) -> int:
    """Which one a ballot is."""
    return sum((digit - 1) * LEVELS**place for place, digit in enumerate(digits))


def orders_in_box(path: Path, size: int) -> Iterator[tuple[str, Order]]:
    """Orders of ballots that the file of a box suggests: rows, bytes, the index, and whatever a journal still holds."""
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as box:
        rows = box.execute("SELECT id, marks FROM ballot WHERE is_cast = 1 ORDER BY id").fetchall()
        yield "numbers of ballots in the box", [number_of(marks) for _key, marks in rows]
        plain = box.execute("SELECT marks FROM ballot WHERE is_cast = 1").fetchall()
        yield "rows as they come", [number_of(marks) for (marks,) in plain]
    content = path.read_bytes()
    places = [(at, marks) for _key, marks in rows for at in found_at(content, marks)]
    if len(places) == len(rows):
        yield "bytes in the file", [number_of(marks) for _at, marks in sorted(places)]
    yield (
        "pages, newest cell first",
        [number_of(marks) for _at, marks in sorted(places, key=by_page)][: len(rows)],
    )
    journal = path.with_name(f"{path.name}-journal")
    left = journal.read_bytes() if journal.exists() else b""
    in_journal = [marks for _key, marks in rows if marks in left]
    others = [marks for _key, marks in rows if marks not in left]
    yield "last what the journal holds no more", [number_of(one) for one in (*in_journal, *others)]
    assert size == N_ITEMS


def by_page(place: tuple[int, bytes]) -> tuple[int, int]:
    """SQLite fills a page from its end: within a page the later cell stands first."""
    return place[0] // 4096, -(place[0] % 4096)


def found_at(content: bytes, wanted: bytes) -> list[int]:
    """Where a file holds these bytes."""
    return [match.start() for match in re.finditer(re.escape(wanted), content)]


def code_orders(
    path: Path, codes: Sequence[str], hashed: Callable[[str], bytes]
) -> Iterator[tuple[str, list[int]]]:
    """Orders of spent codes that the file suggests, as places in the list of codes."""
    hashes = {hashed(code): place for place, code in enumerate(codes)}
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as box:
        for name, words in (
            ("rows of codes", "SELECT hash FROM code WHERE state = 1 ORDER BY rowid"),
            ("hashes", "SELECT hash FROM code WHERE state = 1 ORDER BY hash"),
            ("receipts", "SELECT hash FROM code WHERE state = 1 ORDER BY receipt"),
        ):
            yield name, [hashes[one] for (one,) in box.execute(words)]
    content = path.read_bytes()
    first = {one: content.find(one) for one in hashes}
    yield "bytes of codes", [hashes[one] for one in sorted(hashes, key=lambda one: first[one])]


def orders_in_database(connection: object, keys: Sequence[int]) -> Iterator[tuple[str, Order]]:
    """Orders of sealed ballots that the main database suggests: numbers, places on disk, transactions, digests."""
    from secondment.appraisals.models import SealedBallot

    by_key = {row.pk: number_of(only_marks(row.marks)) for row in SealedBallot.objects.filter(pk__in=keys)}
    yield "numbers of sealed ballots", [by_key[key] for key in sorted(by_key)]
    digests = SealedBallot.objects.filter(pk__in=keys).order_by("digest").values_list("pk", flat=True)
    yield "digests", [by_key[key] for key in digests]
    place = "ctid" if connection.vendor == "postgresql" else "rowid"  # type: ignore[attr-defined]
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"SELECT id FROM appraisals_sealedballot ORDER BY {place}")
        yield "places on disk", [by_key[key] for (key,) in cursor.fetchall() if key in by_key]
        if place == "ctid":
            cursor.execute(
                "SELECT count(DISTINCT xmin::text) FROM appraisals_sealedballot WHERE id = ANY(%s)",
                [list(keys)],
            )
            assert cursor.fetchone()[0] == 1, "ballots were written by several transactions"


def orders_in_files(files: Sequence[Path], wanted: dict[int, Sequence[bytes]]) -> Iterator[tuple[str, Order]]:
    """Orders by which ballots first stand in the bytes of files: the database, its write-ahead log."""
    for position, path in enumerate(files):
        content = path.read_bytes() if path.exists() else b""
        places = {
            number: min((content.find(one) for one in texts if one in content), default=len(content))
            for number, texts in wanted.items()
        }
        yield (
            f"bytes in {('the database', 'the write-ahead log')[position]}",
            sorted(places, key=lambda one: places[one]),
        )


def files_of(connection: object) -> list[Path]:
    """The files of the main database and its write-ahead log, as far as they lie on this machine."""
    if connection.vendor == "sqlite":  # type: ignore[attr-defined]
        name = str(connection.settings_dict["NAME"])  # type: ignore[attr-defined]
        return [Path(name), Path(f"{name}-wal")] if Path(name).is_file() else []
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath('appraisals_sealedballot')"
        )
        folder, table = cursor.fetchone()
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
        segment = cursor.fetchone()[0]
    return [Path(folder) / table, Path(folder) / "pg_wal" / segment]


def only_marks(marks: dict[str, dict[str, int]]) -> list[int]:
    """The marks on the one candidate, in the order of the items."""
    [given] = marks.values()
    return [given[f"item{place}"] for place in range(1, N_ITEMS + 1)]


def attack(repeats: int, voters: int, chance: random.Random) -> Hits:
    """Hold so many votes and name the ballot of every code by every order."""
    from django.db import connection
    from tests.appraisals.box_makers import issued, make_appraisal, officer_of, opened
    from tests.makers import AT, ON

    from secondment.appraisals.box.ballot_box import hashed
    from secondment.appraisals.box.boxes import box_of, find
    from secondment.appraisals.models import SealedBallot
    from secondment.appraisals.services.voting import close_voting

    hits = Hits()
    appraisal, officer = None, None
    for _vote in range(repeats):
        appraisal = make_appraisal(n_candidates=1, n_items=N_ITEMS)
        officer = officer_of(appraisal)
        opened(appraisal, officer)
        codes = issued(appraisal.papers.get(), voters, officer)
        cast = list(range(voters))
        chance.shuffle(cast)  # who says what has nothing to do with when
        for code, number in zip(codes, cast, strict=True):
            box, found = find(code, on=ON)
            [ratee] = found.sheet.ratees
            marks = dict(zip((item.code for item in ratee.items), marks_of(number), strict=True))
            box.cast(code, {ratee.key: marks}, on=ON)
        hits.tried += voters
        path = box_of(appraisal).path
        with box_of(appraisal).read() as tables:
            salted = {code: hashed(tables, code) for code in codes}
        found_codes = dict(code_orders(path, codes, salted.__getitem__)) | {"watched": list(range(voters))}
        ballots = dict(orders_in_box(path, N_ITEMS))
        before = set(SealedBallot.objects.values_list("pk", flat=True))
        close_voting(appraisal, by=officer, on=ON, at=AT)
        keys = set(SealedBallot.objects.values_list("pk", flat=True)) - before
        ballots |= dict(orders_in_database(connection, sorted(keys)))
        rows = {row.pk: row for row in SealedBallot.objects.filter(pk__in=keys)}
        wanted = {number_of(only_marks(row.marks)): [row.digest.encode()] for row in rows.values()}
        ballots |= dict(orders_in_files(files_of(connection), wanted))
        for code_order, places in found_codes.items():
            truth = [cast[place] for place in places]
            for ballot_order, named in ballots.items():
                hits.count(f"{ballot_order} against {code_order}", named, truth)
    return hits


def main() -> int:
    """All votes on a database of their own; 0 when nothing links."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=200)
    parser.add_argument("--voters", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secondment-linking-") as folder:
        os.environ["SECONDMENT_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "secondment.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        hits = attack(asked.repeats, asked.voters, random.Random(asked.seed))
    name, share = hits.worst()
    bound = 1 / asked.voters + 0.01
    print(f"{hits.tried} ballots, {len(hits.right)} ways to name them; bound {bound:.4f}")
    for way in sorted(hits.right, key=lambda one: -hits.right[one])[:10]:
        print(f"  {hits.right[way] / hits.tried:.4f}  {way}")
    print(f"best {share:.4f}: {name}")
    return int(share > bound)


if __name__ == "__main__":
    sys.exit(main())

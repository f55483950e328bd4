"""Kills every part of a running server again and again and counts what holds: `.venv/bin/python -m reliability.kills`.

Starts `./run` on a port and a data directory of its own; the environment must be made already (`./run` once).
"""

import argparse
import http.client
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from reliability.servers import Server, free_port, members, wait_until

RUN = str(Path(__file__).resolve().parent.parent / "run")


@dataclass
class Count:
    """What came of one kind of blow."""

    tried: int = 0
    held: int = 0
    pages_answered: int = 0
    connections_lost: int = 0
    longest_seconds: float = 0
    faults: list[str] = field(default_factory=list)

    def blow(self, strike: Callable[["Count"], None]) -> None:
        """One blow; whatever does not hold is kept in words."""
        self.tried += 1
        begun = time.monotonic()
        try:
            strike(self)
            self.held += 1
        except AssertionError as fault:
            self.faults.append(str(fault)[-400:])
        self.longest_seconds = round(max(self.longest_seconds, time.monotonic() - begun), 1)

    def ask(self, server: Server) -> None:
        """One page on a connection of its own; a connection that the dead process had taken is lost."""
        try:
            status = server.get().status
        except (ConnectionResetError, http.client.RemoteDisconnected):
            self.connections_lost += 1
            return
        assert status == 200, f"page answered {status}"
        self.pages_answered += 1


def main() -> int:
    """All kinds of blows; 0 when everything held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=30, help="blows of each kind (default: 30)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="secondment-kills-") as directory:
        data, port = Path(directory) / "data", free_port()
        counts = {
            **blows_on_one_server(data, port, options.each, chance),
            "server killed while it starts or runs": blows_on_starts(
                data,
                port,
                options.each,
                lambda: chance.choice([chance.uniform(0, 2), None]),
                [signal.SIGKILL],
            ),
            "stopped within the first two seconds": blows_on_starts(
                data,
                port,
                options.each,
                lambda: chance.uniform(0, 2),
                [signal.SIGINT, signal.SIGTERM, signal.SIGHUP],
            ),
        }
    print(json.dumps({kind: asdict(count) for kind, count in counts.items()}, indent=1))
    return int(any(count.faults for count in counts.values()))


def start(data: Path, port: int) -> Server:
    """`./run` without the demo."""
    return Server(data, port, (RUN,), SECONDMENT_DEMO="0")


def blows_on_one_server(data: Path, port: int, n: int, chance: random.Random) -> dict[str, Count]:
    """Kill a web process, granian and the job worker, each while pages are asked for; the server stays the same."""
    kinds: dict[str, Callable[[Server, random.Random, Count], None]] = {
        "web process killed": kill_web_process,
        "granian killed": kill_granian,
        "job worker killed": kill_job_worker,
    }
    counts = {kind: Count() for kind in kinds}
    server = start(data, port).wait_until_up()
    try:
        order = [kind for kind in kinds for _ in range(n)]
        chance.shuffle(order)
        for kind in order:
            counts[kind].blow(lambda count, kind=kind: kinds[kind](server, chance, count))
            tell(f"{kind}: {counts[kind].held} of {counts[kind].tried}")
    finally:
        server.end()
    return counts


def kill_web_process(server: Server, chance: random.Random, count: Count) -> None:
    """Until two other processes than the killed one serve, every page is answered."""
    site, _worker = wait_for_both(server)
    killed = chance.choice(sorted(set(members(site)) - {site}) or [site])
    os.kill(killed, signal.SIGKILL)
    ask_until(server, count, lambda: len(set(members(server.groups[0])) - {killed}) >= 3)


def kill_granian(server: Server, _chance: random.Random, count: Count) -> None:
    """A new granian with two processes serves, and the job worker is the same."""
    site, worker = wait_for_both(server)
    os.kill(site, signal.SIGKILL)
    ask_until(server, count, lambda: server.groups[0] != site and len(members(server.groups[0])) == 3)
    assert server.groups[1] == worker, "the job worker changed"


def kill_job_worker(server: Server, _chance: random.Random, count: Count) -> None:
    """A new job worker runs, and granian is the same."""
    site, worker = wait_for_both(server)
    os.kill(worker, signal.SIGKILL)
    ask_until(server, count, lambda: server.groups[-1] not in {site, worker})
    assert server.groups[0] == site, "granian changed"


def wait_for_both(server: Server) -> tuple[int, int]:
    """Site and job worker, once both run."""
    wait_until(lambda: len(server.groups) == 2 and all(members(group) for group in server.groups), server.log)
    site, worker = server.groups
    return site, worker


def ask_until(server: Server, count: Count, is_so: Callable[[], bool]) -> None:
    """Ask for pages until it is so, and once more then."""

    def look() -> bool:
        count.ask(server)
        return is_so()

    wait_until(look, server.log)
    count.ask(server)


def blows_on_starts(
    data: Path, port: int, n: int, delay: Callable[[], float | None], signals: list[signal.Signals]
) -> Count:
    """Start and end, after a delay or once it is up: nothing is left. Each start follows the last end at once."""
    count = Count()
    for number in range(n):
        count.blow(
            lambda _count, number=number: start_and_end(data, port, delay(), signals[number % len(signals)])
        )
        tell(f"start ended by {'/'.join(s.name for s in signals)}: {count.held} of {count.tried}")
    return count


def start_and_end(data: Path, port: int, seconds: float | None, number: signal.Signals) -> None:
    """One start and its end; the time limit is the one for work under way, and some seconds for a busy machine."""
    server = start(data, port)
    try:
        if seconds is None:
            server.wait_until_up()
        else:
            time.sleep(seconds)
        server.process.send_signal(number)
        code = server.wait_until_over()
        wait_until(lambda: not server.left, server.log)
        assert code in {0, -number}, f"ended with {code}: {server.said}"
        assert "Traceback" not in server.said, server.said
    finally:
        server.end()


def tell(line: str) -> None:
    """Progress for whoever waits."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

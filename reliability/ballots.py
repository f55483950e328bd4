"""Ballots over a bad line, and while the server is being killed: `.venv/bin/python -m reliability.ballots`.

Every voter opens the page, its styles and its script, types a code, marks, looks and submits, each by a connection of its
own, and sends again whatever was not answered whole, as the script of the page does. Afterwards the vote is closed: each
code must be counted once. With `--kill` a web process or the whole server is killed again and again meanwhile, and the
process that closes the vote is killed too before it is let finish.
"""

import argparse
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from reliability.bad_line import BadLine
from reliability.servers import Server, free_port, members, running
from reliability.votes import ROOT, Slip, ask, closed, slips

RECEIPT = re.compile(r'class="receipt">([0-9A-Z]{5})-([0-9A-Z]{5})<')
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
TRIES = 200


@dataclass
class Voter:
    """One voter with a slip, and what came of it."""

    slip: Slip
    port: int
    pause: float = 0.5
    receipts: set[str] = field(default_factory=set)
    n_tries: int = 0

    def vote(self) -> None:
        """From the code page to the receipt."""
        page = self.answered("GET", "/vote/")
        for path in FILES.findall(page):
            self.answered("GET", path)
        form = self.slip.form()
        self.answered("POST", "/vote/", {"code": self.slip.code})
        self.answered("POST", "/vote/review/", form)
        done = self.answered("POST", "/vote/cast/", form)
        self.receipts.add("".join(RECEIPT.search(done).groups()))  # type: ignore[union-attr]

    def answered(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """Ask until a whole answer comes."""
        for _attempt in range(TRIES):
            self.n_tries += 1
            try:
                return self.ask(method, path, form)
            except (OSError, http.client.HTTPException):
                time.sleep(self.pause)
        raise AssertionError(f"{path} was not answered")

    def ask(self, method: str, path: str, form: dict[str, str] | None) -> str:
        """Ask once, on a connection of its own; a server's failure is like no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            body = urlencode(form) if form is not None else None
            headers = {"Accept-Encoding": "gzip"}
            if body:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status >= 500:
                raise http.client.HTTPException(str(answer.status))
            assert answer.status == 200, f"{path} answered {answer.status}"
            return plain(content, answer.headers.get("Content-Encoding", ""))
        finally:
            connection.close()


def plain(content: bytes, encoding: str) -> str:
    """The text of an answer."""
    import gzip

    return (gzip.decompress(content) if encoding == "gzip" else content).decode()


def vote_all(found: Sequence[Slip], port: int, pause: float = 0.5) -> list[Voter]:
    """All at once; every voter is done when this returns."""
    voters = [Voter(slip, port, pause) for slip in found]
    threads = [threading.Thread(target=voter.vote) for voter in voters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return voters


def begin(data: Path, n: int) -> list[Slip]:
    """A data directory after its first start, in use, with an open vote."""
    with running(data, free_port()) as server:
        server.wait_until_up()
        server.begin()
        server.process.terminate()
        server.wait_until_over()
    return slips(data, 1, n)


def over_a_bad_line(data: Path, n: int, *, bits: float, delay: float) -> dict[str, object]:
    """So many ballots over the line; what was counted, and what each one cost."""
    found = begin(data, n)
    with running(data, free_port()) as server:
        server.wait_until_up()
        line = BadLine(server.port, bits=bits, delay=delay)
        begun = time.monotonic()
        voters = vote_all(found, line.port)
        seconds = time.monotonic() - begun
        line.close()
        server.process.terminate()
        server.wait_until_over()
    counted = closed(data)
    return {
        **counted,
        "voters": len(voters),
        "their": sorted(next(iter(voter.receipts)) for voter in voters),
        "cut": line.n_cut,
        "tries": sum(voter.n_tries for voter in voters),
        "bytes": line.n_bytes / n,
        "seconds": seconds,
    }


def under_kills(data: Path, n: int, blows: int, chance: random.Random) -> dict[str, object]:
    """Kill web processes and servers while people vote, then the process that closes, and count."""
    found = begin(data, n)
    port = free_port()
    server = Server(data, port).wait_until_up()
    voters: list[Voter] = []
    voting = threading.Thread(target=lambda: voters.extend(vote_slowly(found, port, chance)))
    voting.start()
    n_blows = 0
    while voting.is_alive() and n_blows < blows:
        time.sleep(chance.uniform(0.5, 2))
        n_blows += 1
        if n_blows % 5:
            web = [pid for pid in members(server.groups[0]) if pid != server.groups[0]]
            if web:
                os.kill(chance.choice(web), signal.SIGKILL)
        else:
            server.end()
            server = Server(data, port).wait_until_up()
    voting.join()
    server.end()
    n_closings = kill_the_closing(data, chance)
    counted = closed(data) if not n_closings[1] else ask(data, "--close")
    their = sorted(one for voter in voters for one in voter.receipts)
    return {**counted, "voters": n, "their": their, "blows": n_blows, "closings killed": n_closings[0]}


def vote_slowly(found: Sequence[Slip], port: int, chance: random.Random) -> list[Voter]:
    """A few at a time, so that kills meet ballots on their way."""
    voters: list[Voter] = []
    for first in range(0, len(found), 5):
        voters += vote_all(found[first : first + 5], port, pause=0.2)
        time.sleep(chance.uniform(0, 0.3))
    return voters


def kill_the_closing(data: Path, chance: random.Random, tries: int = 6) -> tuple[int, bool]:
    """Kill the process that closes the vote at random moments; how often, and whether one was too late."""
    environment = {
        **{name: text for name, text in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "SECONDMENT_DATA_DIR": str(data),
    }
    begun = time.monotonic()
    for killed in range(tries):
        words = [sys.executable, "-m", "reliability.votes", str(data), "--close"]
        process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)
        time.sleep(chance.uniform(1.0, 4.0))
        if process.poll() is not None:
            return killed, True
        process.kill()
        process.wait()
    assert time.monotonic() > begun
    return tries, False


def main() -> int:
    """0 when every ballot was counted once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", type=int, default=20)
    parser.add_argument("--bits", type=float, default=64_000)
    parser.add_argument("--delay", type=float, default=0.8)
    parser.add_argument("--kill", type=int, default=0, help="so many blows instead of the bad line")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secondment-ballots-") as folder:
        data = Path(folder) / "data"
        if asked.kill:
            found = under_kills(data, asked.voters, asked.kill, random.Random(asked.seed))
        else:
            found = over_a_bad_line(data, asked.voters, bits=asked.bits, delay=asked.delay)
    is_right = found["sealed"] == found["counted"] == asked.voters and found["their"] == found["receipts"]
    print(
        {name: value for name, value in found.items() if name not in {"their", "receipts"}},
        "held" if is_right else "FAULT",
    )
    return int(not is_right)


if __name__ == "__main__":
    sys.exit(main())

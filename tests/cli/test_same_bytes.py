"""Every verb writes the same bytes from the same files, whatever the clock and the order of sets in memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.algorithms.rating.rating_sets import guilford
from tests.cli.test_duplicates_verb import TEXTS
from tests.cli.test_match_rosters import PEOPLE as ROSTER
from tests.cli.test_match_rosters import POSTS as ROSTER_POSTS
from tests.cli.test_match_rules import ARCS, PEOPLE, POSTS
from tests.cli.test_rate_derived import SMALL, campaign_lines, lines_of
from tests.cli.test_rotate_verb import NEEDS, SUITS, UNITS
from tests.cli.test_rotate_verb import PEOPLE as ROTATING
from tests.cli.test_route_verb import SITES, TEAMS
from tests.cli.test_structure import HEADER
from tests.cli.test_structure import PEOPLE as STAFF

from secondment.cli.main import VERBS

FILES = {
    "arcs.csv": ARCS,
    "people.csv": PEOPLE,
    "posts.csv": POSTS,
    "rules.json": json.dumps({"rules": [{"kind": "caps", "group": "unit", "most": {"办": 1, "厅": 1}}]}),
    "roster.csv": ROSTER,
    "offers.csv": ROSTER_POSTS,
    "going.csv": ROTATING,
    "needs.csv": NEEDS,
    "units.csv": UNITS,
    "suits.csv": SUITS,
    "marks.csv": "\n".join(lines_of(guilford())) + "\n",
    "campaign.csv": "\n".join(campaign_lines(SMALL, seconds=True)) + "\n",
    "staff.csv": "\n".join([HEADER, *STAFF]) + "\n",
    "sites.csv": SITES,
    "teams.csv": TEAMS,
    "texts.csv": TEXTS,
}
STAFF_WORDS = "staff.csv --as-of 2026-11-23"
CASES = [
    "match --arcs arcs.csv --explain 2",
    "match --arcs arcs.csv --rules rules.json --person-facts people.csv --post-facts posts.csv",
    "match --arcs arcs.csv --stable largest",
    "match --arcs arcs.csv --stable people",
    "match --people roster.csv --posts offers.csv",
    "match --people roster.csv --posts offers.csv .xlsx",
    "rotate --people going.csv --needs needs.csv --units units.csv --suits suits.csv",
    "rotate --people going.csv --needs needs.csv --units units.csv --suits suits.csv .xlsx",
    "rate marks.csv --top 0.3 --coefficients",
    "rate marks.csv --method mml",
    "rate marks.csv .xlsx",
    "rate campaign.csv --flags --top 0.2",
    f"structure {STAFF_WORDS} --cross unit,sex",
    f"structure {STAFF_WORDS} .xlsx",
    f"structure {STAFF_WORDS} .docx",
    "draw texts.csv --size 2 --seed 20261129",
    "route --sites sites.csv --teams teams.csv --iterations 200",
    "duplicates texts.csv",
]
RUN = "import sys\nfrom secondment.cli.main import main\nfor line in sys.stdin.read().splitlines(): print(int(main(line.split())))"


def results(folder: Path, order_of_sets: str) -> list[bytes]:
    """What all cases write in one process; `order_of_sets` seeds the hash of texts."""
    lines = []
    for number, case in enumerate(CASES):
        words = case.split()
        ending = words.pop() if words[-1].startswith(".") else ".json"
        lines.append(" ".join([*words, "--quiet", "--out", f"{number}-{order_of_sets}{ending}"]))
    ran = subprocess.run(  # noqa: S603 -- our own interpreter and our own words
        [sys.executable, "-c", RUN],
        input="\n".join(lines),
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": order_of_sets},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(ran.stdout.split()) == {"0"}, ran.stderr
    return [(folder / line.split()[-1]).read_bytes() for line in lines]


def test_every_verb_is_tried() -> None:
    assert {case.split()[0] for case in CASES} == set(VERBS)


@pytest.mark.slow
def test_every_verb_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, second = (results(tmp_path, order) for order in ("1", "2"))
    assert [case for case, one, other in zip(CASES, first, second, strict=True) if one != other] == []

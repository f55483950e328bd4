"""An open vote on a data directory of its own, for campaigns and benchmarks: `python -m reliability.votes DATA …`.

Prints codes and, for each, the fields of a whole ballot, as JSON; `--close` closes the vote and prints what was counted.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Slip:
    """A code, and the fields of its ballot with one mark everywhere."""

    code: str
    fields: list[str]

    def form(self, mark: int = 3) -> dict[str, str]:
        """The form of a whole ballot."""
        return {"code": self.code, "end": "1"} | dict.fromkeys(self.fields, str(mark))


def ask(data: Path, *words: str, database: str = "") -> dict[str, object]:
    """Run this module on a data directory, in a process of its own."""
    plain = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    own = {
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "SECONDMENT_DATA_DIR": str(data),
    } | ({"DATABASE_URL": database} if database else {})
    command = [sys.executable, "-m", "reliability.votes", str(data), *words]
    done = subprocess.run(command, env={**plain, **own}, check=True, capture_output=True, text=True, cwd=ROOT)
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def slips(
    data: Path, papers: int, each: int, *, candidates: int = 2, items: int = 11, database: str = ""
) -> list[Slip]:
    """Open a vote with so many papers and slips; masses' ballots have every second item, six of eleven."""
    words = ("--papers", papers, "--each", each, "--candidates", candidates, "--items", items)
    answer = ask(data, *map(str, words), database=database)
    return [Slip(code, fields) for code, fields in answer["slips"]]  # type: ignore[attr-defined]


def closed(data: Path, database: str = "") -> dict[str, object]:
    """Close it: how many ballots were sealed, by paper counts and by rows, and their receipts."""
    return ask(data, "--close", database=database)


def main() -> None:
    """Inside the process that has the data directory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--papers", type=int, default=1)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--candidates", type=int, default=2)
    parser.add_argument("--items", type=int, default=11)
    parser.add_argument("--close", action="store_true")
    asked = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(close_it() if asked.close else open_it(asked)))


def open_it(asked: argparse.Namespace) -> dict[str, object]:
    """Make and open the vote, issue its slips."""
    import datetime as dt

    from tests.appraisals.box_makers import issued, make_appraisal, officer_of, opened
    from tests.makers import make_unit

    from secondment.appraisals.ballot_forms import name_of
    from secondment.appraisals.box.boxes import box_of
    from secondment.appraisals.models import Appraisal, BallotPaper
    from secondment.standards.choices import RaterGroup

    appraisal = make_appraisal((RaterGroup.MASSES,), n_candidates=asked.candidates, n_items=asked.items)
    candidates = list(appraisal.candidates.all())
    for _paper in range(asked.papers - 1):
        BallotPaper.objects.create(
            appraisal=appraisal, group=RaterGroup.MASSES, unit=make_unit()
        ).candidates.set(candidates)
    Appraisal.objects.filter(pk=appraisal.pk).update(closes_on=dt.date(2099, 12, 31))
    appraisal.refresh_from_db()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    found = []
    for paper in appraisal.papers.all():
        fields = [name_of(ratee, item) for ratee, item in box_of(appraisal).sheet(paper.pk).lines()]
        found += [(code, fields) for code in issued(paper, asked.each, officer)]
    return {"slips": found}


def close_it() -> dict[str, object]:
    """Close the vote that is open."""
    from tests.appraisals.box_makers import officer_of
    from tests.makers import AT, ON

    from secondment.appraisals.models import Appraisal, BallotPaper, CountedReceipt, SealedBallot
    from secondment.appraisals.services.voting import close_voting

    appraisal = Appraisal.objects.get()
    close_voting(appraisal, by=officer_of(appraisal), on=ON, at=AT)
    return {
        "sealed": SealedBallot.objects.count(),
        "counted": sum(BallotPaper.objects.values_list("n_counted", flat=True)),
        "receipts": list(CountedReceipt.objects.values_list("number", flat=True)),
    }


if __name__ == "__main__":
    main()

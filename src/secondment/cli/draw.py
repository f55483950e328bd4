"""`secondment draw`: a stratified, risk-weighted draw that anyone can repeat from its protocol."""

import argparse
import hashlib
import json
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from secondment.algorithms.draw import draw_sample
from secondment.algorithms.inclusion import DrawRules, Inclusion, inclusion_shares
from secondment.algorithms.inclusion_caps import DrawError
from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    Verb,
    check_ending,
    print_summary,
    progress_bar,
    write_json,
)
from secondment.cli.numbers import number_between
from secondment.files.columns.rows import Cells, by_key
from secondment.files.columns.text import FRAME
from secondment.files.problems import BadInputError
from secondment.files.reading import parse_table, read_bytes

FORMAT = "secondment-draw-1"
METHOD = (
    "Sizes per stratum: in proportion to heads, largest remainder. Probabilities: in proportion to risk "
    "within the stratum, between floor and 1, caps per unit by proportional fitting, integer multiples of "
    "10^-12. Draw: dependent rounding (pivotal method along cycles and paths of strata and units) with "
    "chance from SHA-256 of `chance|counter`; first-order inclusion probabilities are exactly those printed."
)


@dataclass(frozen=True)
class Frame:
    """The people who can be drawn, sorted by id, and the hashes that pin them down."""

    file: str
    sha256: str
    ids: list[str]
    strata: list[str]
    units: list[str]
    risks: list[float]

    @property
    def rows_sha256(self) -> str:
        """SHA-256 over one JSON line per person: id, stratum, unit, risk."""
        rows = zip(self.ids, self.strata, self.units, self.risks, strict=True)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return hashlib.sha256(text.encode()).hexdigest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to draw from and the rules of the draw."""
    parser.add_argument("frame", type=Path, help="table with a column 编号 (id) and the columns named below")
    parser.add_argument("--size", type=number_between(1, integer=True), required=True, help="people to draw")
    parser.add_argument("--stratify", default="", metavar="COLUMN", help="column of strata")
    parser.add_argument("--risk", default="", metavar="COLUMN", help="column of risk weights, 0 or more")
    parser.add_argument(
        "--floor", type=number_between(0, 1), default=0.0, help="least probability of everyone (default 0)"
    )
    parser.add_argument("--unit", default="", metavar="COLUMN", help="column of units")
    parser.add_argument("--unit-cap", type=number_between(1, integer=True), help="most people of one unit")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read the frame, draw, write the protocol."""
    check_ending(arguments.out, [".json"])
    if bool(arguments.unit) != (arguments.unit_cap is not None):
        raise BadInputError.of_file("--unit and --unit-cap", "only one is given", "give both or none")
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    frame = read_frame(arguments)
    show(0.2, "probabilities")
    rules = DrawRules(arguments.size, arguments.floor, arguments.unit_cap)
    names = sorted(set(frame.strata))
    strata = [bisect_left(names, stratum) for stratum in frame.strata]
    units = _unit_numbers(frame.units)
    try:
        inclusion = inclusion_shares(frame.risks, strata, units, rules)
    except DrawError as error:
        raise NoSolutionError(str(error)) from error
    chance = chance_text(frame, rules, arguments.seed)
    show(0.5, "drawing")
    drawn = draw_sample(inclusion.shares, strata, units, chance)
    write_json(arguments.out, _protocol(arguments, frame, rules, chance, names, inclusion, set(drawn)))
    show(1.0, "done")
    print_summary(
        f"drew {len(drawn)} of {len(frame.ids)}; the protocol is in {arguments.out}", quiet=arguments.quiet
    )
    return ExitCode.DONE


def read_frame(arguments: argparse.Namespace) -> Frame:
    """The frame sorted by id; every fault of the file in one `BadInputError`."""
    path: Path = arguments.frame
    content = read_bytes(path)
    named = [name for name in (arguments.stratify, arguments.risk, arguments.unit) if name]
    table = by_key(parse_table(content, file=path.name, required=named), FRAME, ("id",))
    cells = Cells(table)
    rows = []
    for row, name in zip(table.rows, cells.names("id"), strict=True):
        stratum = row[arguments.stratify] if arguments.stratify else ""
        if arguments.stratify and not stratum:
            cells.add(row, arguments.stratify, "is empty", "name the stratum of every row")
        unit = row[arguments.unit] if arguments.unit else ""
        risk = cells.number(row, arguments.risk, least=0) if arguments.risk else 1.0
        rows.append((name, stratum, unit, risk))
    cells.finish()
    ids, strata, units, risks = (list(column) for column in zip(*sorted(rows), strict=True))
    return Frame(path.name, hashlib.sha256(content).hexdigest(), ids, strata, units, risks)


def chance_text(frame: Frame, rules: DrawRules, seed: str) -> str:
    """What the stream of chance starts from: format, frame, rules and seed, so that none can be changed later."""
    cap = "" if rules.unit_cap is None else str(rules.unit_cap)
    return f"{FORMAT}|{frame.rows_sha256}|{rules.size}|{rules.floor!r}|{cap}|{seed}"


def _unit_numbers(units: list[str]) -> list[int]:
    numbers = {name: number for number, name in enumerate(sorted(set(units) - {""}))}
    return [numbers.get(unit, -1) for unit in units]


def _protocol(
    arguments: argparse.Namespace,
    frame: Frame,
    rules: DrawRules,
    chance: str,
    names: list[str],
    inclusion: Inclusion,
    drawn: set[int],
) -> dict[str, object]:
    people = zip(frame.ids, frame.strata, frame.units, frame.risks, inclusion.shares, strict=True)
    return {
        "format": FORMAT,
        "method": METHOD,
        "seed": arguments.seed,
        "frame": {"file": frame.file, "sha256": frame.sha256, "rows_sha256": frame.rows_sha256},
        "rules": {
            "size": rules.size,
            "floor": rules.floor,
            "unit_cap": rules.unit_cap,
            "stratify": arguments.stratify,
            "risk": arguments.risk,
            "unit": arguments.unit,
        },
        "chance": chance,
        "strata": [
            {"name": name, "heads": frame.strata.count(name), "drawn": size}
            for name, size in zip(names, inclusion.stratum_sizes, strict=True)
        ],
        "drawn": [frame.ids[person] for person in sorted(drawn)],
        "people": [
            {
                "id": person,
                "stratum": stratum,
                "unit": unit,
                "risk": risk,
                "inclusion": f"{share // 10**12}.{share % 10**12:012d}",
                "drawn": number in drawn,
            }
            for number, (person, stratum, unit, risk, share) in enumerate(people)
        ],
    }


def _seed(text: str) -> str:
    """Any text that can be written down."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(
            "it holds bytes that are not text; write letters and digits"
        ) from None
    return text


VERB = Verb("draw", __doc__ or "", add_arguments, run, seed_type=_seed, is_seed_required=True)

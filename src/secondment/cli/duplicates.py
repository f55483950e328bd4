"""`secondment duplicates`: pairs of texts that say nearly the same in the same words."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from secondment.algorithms.duplicates import MOST_MISSED, Pair, near_duplicates
from secondment.cli.contract import ExitCode, Verb, check_ending, print_summary, progress_bar, write_json
from secondment.cli.numbers import number_between
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.columns.text import TEXT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which texts, and how alike they must be."""
    parser.add_argument("texts", type=Path, help="table with columns 编号 (id) and 文本 (text)")
    parser.add_argument(
        "--threshold",
        type=number_between(0.05, 1),
        default=0.8,
        help="least share of common shingles (default 0.8)",
    )
    parser.add_argument(
        "--shingle",
        type=number_between(1, 20, integer=True),
        default=3,
        help="characters per shingle (default 3)",
    )
    parser.add_argument(
        "--most-pairs",
        type=number_between(1, integer=True),
        default=1_000_000,
        help="most pairs written, the most alike first (default 1000000)",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, compare, write; exit code 4 when --most-pairs cut the list."""
    check_ending(arguments.out, [".json"])
    ids, texts = _read_texts(arguments.texts)
    report = near_duplicates(
        texts,
        threshold=arguments.threshold,
        shingle=arguments.shingle,
        most_pairs=arguments.most_pairs,
        seed=arguments.seed + 1,
        progress=progress_bar(quiet=arguments.quiet),
    )
    result = {
        "status": "cut" if report.is_cut else "complete",
        "threshold": arguments.threshold,
        "shingle": arguments.shingle,
        "n_texts": len(texts),
        "n_too_short": report.n_too_short,
        "most_missed_share": 0.0 if report.is_exact else MOST_MISSED,
        "n_candidates": report.n_candidates,
        "n_pairs": report.n_pairs,
        "pairs": [{"a": ids[p.first], "b": ids[p.second], "similarity": p.similarity} for p in report.pairs],
        "groups": [[ids[text] for text in group] for group in _groups(report.pairs)],
    }
    write_json(arguments.out, result)
    print_summary(
        f"{report.n_pairs} pairs among {len(texts)} texts, {report.n_too_short} too short to compare"
        + (
            ""
            if report.is_exact
            else f"; of pairs just at the threshold up to {MOST_MISSED:.0%} may be missing"
        ),
        quiet=arguments.quiet,
    )
    return ExitCode.STOPPED_AT_LIMIT if report.is_cut else ExitCode.DONE


def _read_texts(path: Path) -> tuple[list[str], list[str]]:
    cells = Cells(read_by_key(path, TEXT, ("id", "text")))
    ids = cells.names("id")
    cells.finish()
    return ids, [row["text"] for row in cells.table.rows]


def _groups(pairs: Iterable[Pair]) -> list[list[int]]:
    """Texts linked by pairs, directly or through others; members and groups ascending."""
    leader: dict[int, int] = {}

    def find(text: int) -> int:
        while leader.setdefault(text, text) != text:
            leader[text] = leader[leader[text]]
            text = leader[text]
        return text

    for pair in pairs:
        one, other = sorted((find(pair.first), find(pair.second)))
        leader[other] = one
    groups: dict[int, list[int]] = {}
    for text in sorted(leader):
        groups.setdefault(find(text), []).append(text)
    return list(groups.values())


VERB = Verb("duplicates", __doc__ or "", add_arguments, run)

"""`--stay-near` and `--certificate`: which of equally good plans is taken, what that decided, and the proof as a file."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from secondment.algorithms.assignment import AssignmentProblem, TieOrder, keys_of
from secondment.algorithms.assignment.certificate import Names, certificate, written
from secondment.algorithms.assignment.equals import Ties
from secondment.algorithms.assignment.problem import Pair
from secondment.cli.contract import check_ending, write_atomically
from secondment.cli.json_input import Keys, read_json_object
from secondment.files.problems import BadInputError, Problem


def add_nearness_arguments(parser: argparse.ArgumentParser) -> None:
    """`--stay-near` and `--certificate`."""
    parser.add_argument(
        "--stay-near",
        type=Path,
        metavar="RESULT.json",
        help="an earlier result: of equally good plans the one that keeps most of its pairs, then most of its people, is taken",
    )
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE.json",
        help="writes what proves that no better plan exists; docs/algorithms/verify_match.py checks it (not with --rules)",
    )


def check_nearness_arguments(arguments: argparse.Namespace) -> None:
    """Refuse what the other options have no use for."""
    if arguments.stable is not None and arguments.stay_near is not None:
        raise BadInputError.of_file("--stay-near", "does not go with --stable", "drop one of the two")
    if arguments.certificate is not None:
        if arguments.rules is not None or arguments.stable is not None:
            raise BadInputError.of_file(
                "--certificate",
                "goes with plain matching only",
                "drop it; under --rules the result states bound and gap",
            )
        check_ending(arguments.certificate, [".json"])


def order_of(arguments: argparse.Namespace, people: Sequence[str], posts: Sequence[str]) -> TieOrder:
    """The order among equals: near to the earlier result, then by lot, from `--seed` and the names.

    Pairs with a person or post that no longer occurs are left out.
    """
    reference = () if arguments.stay_near is None else _reference(arguments.stay_near, people, posts)
    return TieOrder(reference, arguments.seed, keys_of(people), keys_of(posts))


def nearness_result(
    arguments: argparse.Namespace, order: TieOrder, pairs: Sequence[Pair], *, is_proven: bool
) -> dict[str, object]:
    """What the plan changes of the earlier result; nothing without one."""
    if arguments.stay_near is None:
        return {}
    before, after = dict(order.reference), dict(pairs)
    both = before.keys() & after.keys()
    return {
        "changes": {
            "moved": sum(before[one] != after[one] for one in both),
            "in": len(after.keys() - both),
            "out": len(before.keys() - both),
            "is_least": is_proven,
        }
    }


def ties_result(problem: AssignmentProblem, ties: Ties, names: Names) -> dict[str, object]:
    """The pairs that other plans of equal worth do not have, and what decided them; nothing without ties."""
    decided = dict.fromkeys(ties.near.tolist(), "nearness") | dict.fromkeys(ties.drawn.tolist(), "lot")
    found = [
        {
            "person": names.people[problem.person[row]],
            "post": names.posts[problem.post[row]],
            "decided_by": decided[row],
        }
        for row in sorted(decided)
    ]
    return {"ties": found} if found else {}


def write_certificate(
    path: Path | None, problem: AssignmentProblem, pairs: Sequence[Pair], names: Names
) -> None:
    """Write the proof, if it is asked for."""
    if path is not None:
        write_atomically(path, written(certificate(problem, pairs, names)))


def _reference(path: Path, people: Sequence[str], posts: Sequence[str]) -> tuple[Pair, ...]:
    """The pairs of an earlier result by index; raises `BadInputError` where the file is none."""
    content = read_json_object(path)
    problems: list[Problem] = []
    if "pairs" not in content:
        raise BadInputError.of_file(
            path.name, "has no key “pairs”", "give the .json that secondment match has written"
        )
    entries = Keys(path.name, content, problems).objects("pairs")
    named = [
        (one.text("person_id" if one.has("person_id") else "person"), one.text("post")) for one in entries
    ]
    if problems:
        raise BadInputError(problems)
    person_of, post_of = ({name: row for row, name in enumerate(names)} for names in (people, posts))
    known = [
        (person_of[person], post_of[post])
        for person, post in named
        if person in person_of and post in post_of
    ]
    if len({person for person, _post in known}) < len(known):
        raise BadInputError.of_file(path.name, "has a person in two posts", "give a plan as it was written")
    return tuple(known)

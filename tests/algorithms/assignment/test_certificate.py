"""The certificate of a plan is checked by a script that knows nothing of the program; a changed one is refused."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from tests.algorithms.assignment.instances import plans, problems, random_problem, worth

from secondment.algorithms.assignment import AssignmentProblem, NotOptimalError, solve_assignment
from secondment.algorithms.assignment.certificate import Names, certificate, fingerprint, written

VERIFIER = Path(__file__).parents[3] / "docs" / "algorithms" / "verify_match.py"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_match", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = loaded()


def names_of(problem: AssignmentProblem) -> Names:
    return Names(
        [f"人{one}" for one in range(problem.n_people)],
        [f"岗{one}" for one in range(problem.n_posts)],
        [f"组{one}" for one in range(len(problem.cap))],
    )


def proven(problem: AssignmentProblem) -> dict[str, Any]:
    return certificate(problem, solve_assignment(problem).pairs, names_of(problem))


def faults(found: dict[str, Any]) -> list[str]:
    return list(verifier.faults(json.loads(written(found))))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_every_optimal_plan_passes(problem: AssignmentProblem) -> None:
    assert faults(proven(problem)) == []


@settings(max_examples=60, deadline=None)
@given(problems(with_locks=False))
def test_no_plan_that_is_worse_passes_under_the_same_prices(problem: AssignmentProblem) -> None:
    found, best = proven(problem), worth(problem, solve_assignment(problem).pairs)
    for plan in plans(problem):
        holds = faults(found | {"plan": [list(pair) for pair in plan]}) == []
        assert holds is not (worth(problem, plan) < best)


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Sixty posts of three priorities, caps that bind, one locked pair."""
    free = random_problem(3, 60, 90, 12, n_groups=6, share=0.5, n_levels=3)
    row = 17
    problem = AssignmentProblem.of(
        free.n_people,
        free.n_posts,
        free.person,
        free.post,
        free.score,
        group=free.group,
        cap=free.cap,
        priority=free.priority,
        locked=[(int(free.person[row]), int(free.post[row]))],
    )
    return proven(problem)


def test_the_file_is_the_same_whenever_it_is_made(found: dict[str, Any]) -> None:
    content = written(found)
    assert content == written(json.loads(content))
    assert fingerprint(content) == fingerprint(written(found))
    assert len(fingerprint(content)) == 64
    assert content.count(b"\n") > len(found["pairs"])


def more(key: str, name: str, n: int) -> Callable[[dict[str, Any]], None]:
    """Change one number of one entry, the first for which it is not zero."""

    def change(one: dict[str, Any]) -> None:
        entry = next(entry for entry in one[key] if entry[name])
        entry[name] += n

    return change


def raise_score(one: dict[str, Any]) -> None:
    taken = [list(pair) for pair in one["plan"]]
    next(pair for pair in one["pairs"] if pair[:2] not in taken)[2] += 10**9


def lower_score(one: dict[str, Any]) -> None:
    taken = one["plan"][0]
    next(pair for pair in one["pairs"] if pair[:2] == taken)[2] -= 1


def repeat_pair(one: dict[str, Any]) -> None:
    one["pairs"].append(one["pairs"][0])


def foreign_pair(one: dict[str, Any]) -> None:
    known = {tuple(pair[:2]) for pair in one["pairs"]}
    post = one["plan"][0][1]
    one["plan"][0] = [next(n for n in range(90) if (n, post) not in known), post]


def person_twice(one: dict[str, Any]) -> None:
    person = one["plan"][0][0]
    one["plan"].append(
        next([person, post] for n, post, _ in one["pairs"] if [n, post] not in one["plan"] and n == person)
    )


def leave_out(one: dict[str, Any]) -> None:
    del one["plan"][0]


def no_fill(one: dict[str, Any]) -> None:
    least = min(post["fill"] for post in one["posts"])
    for post in one["posts"]:
        post["fill"] -= least - 1
        post["price"] = max(0, post["price"] - least + 1)


def swap_priorities(one: dict[str, Any]) -> None:
    for post in one["posts"]:
        post["priority"] = -post["priority"]


def lower_lowest(one: dict[str, Any]) -> None:
    one["lowest"] += 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (more("posts", "price", 1), "the plan is worth less than the prices together"),
        (more("posts", "price", -1), "a pair is worth more than its prices"),
        (more("people", "price", -(10**9)), "a price is negative"),
        (more("groups", "price", 1), "the plan is worth less than the prices together"),
        (more("posts", "places", -1), "a post takes more people than it has places"),
        (more("groups", "cap", -(10**6)), "a group releases more people than its cap"),
        (raise_score, "a pair is worth more than its prices"),
        (lower_score, "the plan is worth less than the prices together"),
        (repeat_pair, "the plan has pairs that are not admissible, or a pair is listed twice"),
        (foreign_pair, "the plan has pairs that are not admissible, or a pair is listed twice"),
        (person_twice, "a person has two posts"),
        (leave_out, "the plan is worth less than the prices together"),
        (no_fill, "filling a post does not outweigh every difference of scores"),
        (swap_priorities, "posts are not worth more to fill the higher their priority"),
        (lower_lowest, "filling a post does not outweigh every difference of scores"),
    ],
)
def test_a_changed_file_is_refused(
    found: dict[str, Any], change: Callable[[dict[str, Any]], None], fault: str
) -> None:
    one = json.loads(written(found))
    assert list(verifier.faults(one)) == []
    change(one)
    assert fault in list(verifier.faults(one))


def test_a_plan_that_is_not_the_best_gets_none() -> None:
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [1.0, 2.0])
    with pytest.raises(NotOptimalError):
        certificate(problem, [(0, 0)], names_of(problem))


def run(path: Path | str, *more: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, str(VERIFIER), str(path), *more],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_script_answers_in_words(found: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    path.write_bytes(written(found))
    n_pairs = len(found["plan"]) + 1
    said = f"proven: no plan is better than these {n_pairs} pairs, 1 of them locked beforehand\n"
    assert run(path) == (0, said)
    path.write_bytes(written(found | {"plan": found["plan"][1:]}))
    assert run(path) == (1, "the plan is worth less than the prices together\n")
    path.write_bytes(written(found | {"kind": "bound"}))
    assert run(path) == (1, "this file states the bound of a solver; it cannot be checked without one\n")
    path.write_text("[]")
    assert run(path) == (
        2,
        "this is not a certificate of a match (TypeError: list indices must be integers or slices, not str)\n",
    )
    assert run(tmp_path / "none.json")[0] == 2
    assert run(path, "b") == (2, "usage: verify_match.py certificate.json\n")


def test_a_plan_changed_by_hand_is_said_to_fall_short_by_so_much(tmp_path: Path) -> None:
    problem = AssignmentProblem.of(3, 2, [0, 1, 1, 2], [0, 0, 1, 1], [5.0, 4.0, 3.5, 1.0], locked=[(0, 0)])
    solution = solve_assignment(problem)
    path = tmp_path / "certificate.json"
    for adopted, said in (
        ([(0, 0), (2, 1)], "0 fewer places, 2.500000 points less"),
        ([(1, 1)], "1 fewer places, 5.000000 points less"),
    ):
        path.write_bytes(written(certificate(problem, solution.pairs, names_of(problem), adopted)))
        first = "proven: no plan is better than these 2 pairs, 1 of them locked beforehand\n"
        assert run(path) == (0, f"{first}the adopted plan was changed by hand: {said}\n")


def test_without_pairs_the_empty_plan_is_proven() -> None:
    problem = AssignmentProblem.of(2, 2, [], [], [])
    assert faults(proven(problem)) == []

"""The certificate of a plan is checked by a script that knows nothing of the program; a changed one is refused."""

import hashlib
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


@settings(max_examples=150)
@given(problems())
def test_every_optimal_plan_passes(problem: AssignmentProblem) -> None:
    assert faults(proven(problem)) == []


@settings(max_examples=60)
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
        (more("groups", "cap", -1), "a group releases more people than its cap"),
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


@pytest.fixture(scope="module")
def changed(found: dict[str, Any]) -> dict[str, Any]:
    """The same, changed by hand: one of the computed pairs is gone."""
    scores = {(person, post): steps for person, post, steps in found["pairs"]}
    kept = [[person, post, scores[person, post]] for person, post in found["plan"][1:]]
    return found | {"adopted": found["locked"] + kept}


def set_number(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    """Put something else at one place of the file."""

    def change(one: dict[str, Any]) -> None:
        at: Any = one
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to

    return change


def raise_adopted(one: dict[str, Any]) -> None:
    one["adopted"][1][2] += 1


def adopt_twice(one: dict[str, Any]) -> None:
    one["adopted"].append(one["adopted"][1])


def overfill(one: dict[str, Any]) -> None:
    """Somebody else on top at a post that was full."""
    used = {person for person, _, _ in one["adopted"]} | {person for person, _, _ in one["locked"]}
    full = {post for _, post, _ in one["adopted"]}
    one["adopted"].append(next(pair for pair in one["pairs"] if pair[0] not in used and pair[1] in full))


def overfill_locked(one: dict[str, Any]) -> None:
    """Two for the place that the locked pair takes; what locked pairs take is not there twice."""
    post = one["locked"][0][1]
    used = {person for person, _, _ in one["adopted"]}
    person = next(n for n in range(len(one["people"])) if n not in used)
    one["left_out"] = [[person, post, one["lowest"]]]
    one["adopted"].append(one["left_out"][0])


def free_the_locked(one: dict[str, Any]) -> None:
    one["pairs"].append([one["locked"][0][0], one["plan"][0][1], one["lowest"]])


def nothing_to_fill(one: dict[str, Any]) -> None:
    """A plan that leaves everything empty, with prices that fit it."""
    for post in one["posts"]:
        post["fill"] = post["priority"] = post["price"] = 0
    for entry in one["people"] + one["groups"]:
        entry["price"] = 0
    one["pairs"] = [[person, post, one["lowest"]] for person, post, _ in one["pairs"]]
    one["plan"] = []


NOT_LISTED = "the adopted plan has a pair or a score that is not listed"
NOT_WHOLE = "a number is not whole"
OUTWEIGHS = "filling a post does not outweigh every difference of scores"
NOBODY = "a pair names a person or a post that is not listed"
LOCKED = "a person who is locked beforehand is listed as free"
LOW = "a locked pair has less than the lowest score"
BELOW = "places or a cap are below nothing"
UNIT = "the steps of a point are not a power of ten"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (raise_adopted, NOT_LISTED),
        (lambda one: one["locked"].clear(), NOT_LISTED),
        (set_number("locked", 0, 2, to=10**9), NOT_LISTED),
        (set_number("adopted", 0, to=[0, 0, 1]), NOT_LISTED),
        (adopt_twice, "the adopted plan: a person has two posts"),
        (overfill, "the adopted plan: a post takes more people than it has places"),
        (overfill_locked, "the adopted plan: a post takes more people than it has places"),
        (set_number("groups", 0, "cap", to=0), "the adopted plan: a group releases more people than its cap"),
        (free_the_locked, LOCKED),
        (set_number("locked", 0, 2, to=-(10**9)), LOW),
        (nothing_to_fill, OUTWEIGHS),
        (set_number("unit", to=1_000_001), UNIT),
        (set_number("unit", to=20), UNIT),
        (set_number("unit", to=0), UNIT),
        (set_number("unit", to=1e6), NOT_WHOLE),
        (set_number("pairs", 0, 2, to=0.5), NOT_WHOLE),
        (set_number("posts", 0, "fill", to=True), NOT_WHOLE),
        (set_number("adopted", 0, 2, to="1"), NOT_WHOLE),
        (set_number("plan", 0, 0, to=-1), NOBODY),
        (set_number("adopted", 0, 1, to=60), NOBODY),
        (set_number("people", 0, "group", to=6), "a person is of a group that is not listed"),
        (set_number("posts", 0, "places", to=-1), BELOW),
        (set_number("groups", 0, "cap", to=-1), BELOW),
    ],
)
def test_a_changed_file_of_a_plan_changed_by_hand_is_refused(
    changed: dict[str, Any], change: Callable[[dict[str, Any]], None], fault: str
) -> None:
    one = json.loads(written(changed))
    assert list(verifier.faults(one)) == []
    change(one)
    assert fault in list(verifier.faults(one))


def mini(fill: int, places: int = 1) -> dict[str, Any]:
    """Two people and a post each; one post stays empty, and prices say that this is best."""
    post = {"priority": 0, "places": places, "fill": fill, "price": fill}
    return {
        "unit": 1,
        "lowest": 100,
        "posts": [{"post": "a"} | post, {"post": "b"} | post],
        "people": [
            {"person": "x", "group": None, "price": 900},
            {"person": "y", "group": None, "price": 0},
        ],
        "groups": [],
        "pairs": [[0, 0, 1000], [1, 1, 100]],
        "plan": [[0, 0]],
        "locked": [],
        "adopted": None,
    }


@pytest.mark.parametrize(("fill", "is_enough"), [(0, False), (1800, False), (1801, True)])
def test_a_filled_post_outweighs_all_scores(fill: int, *, is_enough: bool) -> None:
    """Two pairs may differ by 900 each."""
    assert (OUTWEIGHS not in faults(mini(fill))) is is_enough


def test_pairs_that_were_kept_out_and_are_adopted_are_listed() -> None:
    """A lock or prohibition that was lifted after the computation."""
    problem = AssignmentProblem.of(
        3, 2, [0, 0, 1, 2], [0, 1, 1, 1], [5.0, 4.0, 3.0, 1.0], locked=[(0, 0)], forbidden=[(2, 1)]
    )
    best = solve_assignment(problem).pairs
    for adopted, left_out in (([(0, 1)], [[0, 1, 4_000_000]]), ([(0, 0), (2, 1)], [[2, 1, 1_000_000]])):
        found = certificate(problem, best, names_of(problem), adopted)
        assert (found["left_out"], faults(found)) == (left_out, [])
        assert faults(found | {"left_out": []}) == [NOT_LISTED]
    assert "left_out" not in certificate(problem, best, names_of(problem), [(0, 0)])


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
    proven_text = f"proven: no plan is better than these {n_pairs} pairs, 1 of them locked beforehand\n"
    mark = hashlib.sha256(written(found)).hexdigest()
    ask = f"SHA-256 of the file, compare it with the one kept with the decision: {mark}\n"
    assert run(path) == (0, proven_text + ask)
    assert run(path, mark.upper()) == (0, f"{proven_text}SHA-256 of the file, as given: {mark}\n")
    assert run(path, "0" * 64) == (1, f"the fingerprint of this file is another: {mark}\n")
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
    assert run(path, "b", "c") == (2, "usage: verify_match.py certificate.json [sha256]\n")


def test_a_plan_changed_by_hand_is_said_to_fall_short_by_so_much(tmp_path: Path) -> None:
    problem = AssignmentProblem.of(3, 2, [0, 1, 1, 2], [0, 0, 1, 1], [5.0, 4.0, 3.5, 1.0], locked=[(0, 0)])
    solution = solve_assignment(problem)
    path = tmp_path / "certificate.json"
    for adopted, said in (
        ([(0, 0), (2, 1)], "0 fewer places, 2.500000 points less (2500000 steps of 1000000 a point)"),
        ([(1, 1)], "1 fewer places, 5.000000 points less (5000000 steps of 1000000 a point)"),
    ):
        path.write_bytes(written(certificate(problem, solution.pairs, names_of(problem), adopted)))
        first = "proven: no plan is better than these 2 pairs, 1 of them locked beforehand\n"
        status, text = run(path)
        assert status == 0
        assert text.startswith(f"{first}the adopted plan was changed by hand: {said}\nSHA-256 ")


def test_without_pairs_the_empty_plan_is_proven() -> None:
    problem = AssignmentProblem.of(2, 2, [], [], [])
    assert faults(proven(problem)) == []

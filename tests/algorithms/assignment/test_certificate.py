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
from secondment.algorithms.assignment.certificate import (
    Names,
    certificate,
    digest,
    fingerprint,
    written,
)

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


def faults(found: dict[str, Any], *, is_bound: bool = True) -> list[str]:
    """What the script finds in a file; its digest fits, as if the one who changed it had thought of that."""
    one = json.loads(written(found))
    if is_bound:
        one["digest"] = digest(one)
    return [fault for holds, fault in verifier.checks(one) if not holds]


@settings(max_examples=150)
@given(problems())
def test_every_optimal_plan_passes(problem: AssignmentProblem) -> None:
    assert faults(proven(problem), is_bound=False) == []


@settings(max_examples=60)
@given(problems(with_locks=False))
def test_no_plan_that_is_worse_passes_under_the_same_prices(problem: AssignmentProblem) -> None:
    found, best = proven(problem), worth(problem, solve_assignment(problem).pairs)
    for plan in plans(problem):
        pairs = [[person, problem.n_people + post] for person, post in plan]
        holds = faults(found | {"plan": pairs, "adopted": pairs}) == []
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


Change = Callable[[dict[str, Any]], None]


def more(kind: str, name: str, n: int) -> Change:
    """Change one number of one limit, the first of this kind for which it is not zero."""

    def change(one: dict[str, Any]) -> None:
        entry = next(entry for entry in one["limits"] if next(iter(entry)) == kind and entry[name])
        entry[name] += n

    return change


def put(*path: str | int, to: object) -> Change:
    """Put something else at one place of the file."""

    def change(one: dict[str, Any]) -> None:
        at: Any = one
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to

    return change


def raise_score(one: dict[str, Any]) -> None:
    next(pair for pair in one["pairs"] if pair[:2] not in one["plan"])[2] += 10**9


def lower_score(one: dict[str, Any]) -> None:
    next(pair for pair in one["pairs"] if pair[:2] in one["plan"])[2] -= 1


def repeat_pair(one: dict[str, Any]) -> None:
    one["pairs"].append(one["pairs"][0])


def foreign_pair(one: dict[str, Any]) -> None:
    known = {tuple(pair[:2]) for pair in one["pairs"]}
    post = one["plan"][0][1]
    one["plan"][0] = [next(n for n in range(90) if (n, post) not in known), post]


def person_twice(one: dict[str, Any]) -> None:
    taken = {person for person, _post in one["plan"]}
    person, post, _n = next(pair for pair in one["pairs"] if pair[0] in taken and pair[:2] not in one["plan"])
    one["plan"].append([person, post])


def leave_out(one: dict[str, Any]) -> None:
    locked = [pair[:2] for pair in one["locked"]]
    one["plan"].remove(next(pair for pair in one["plan"] if pair not in locked))


def drop_locked(one: dict[str, Any]) -> None:
    one["plan"].remove(one["locked"][0][:2])


def free_the_locked(one: dict[str, Any]) -> None:
    person, _post, n = one["locked"][0]
    one["pairs"].append([person, next(post for _person, post in one["plan"] if post != _post), n])


def lower_fill(one: dict[str, Any]) -> None:
    """Filling a post is worth as little as no post may be, and prices follow."""
    less = one["fill"][0][1] + min(pair[2] for pair in one["pairs"]) - 1
    one["fill"] = [[priority, n - less] for priority, n in one["fill"]]
    for entry in one["limits"]:
        if "post" in entry:
            entry["price"] = max(0, entry["price"] - less)


def swap_priorities(one: dict[str, Any]) -> None:
    first, *_rest, last = one["fill"]
    first[1], last[1] = last[1], first[1]


def nothing_to_fill(one: dict[str, Any]) -> None:
    """A plan that leaves everything empty, with prices that fit it."""
    for entry in one["limits"]:
        entry["price"] = 0
    one["pairs"] = [[person, post, 0] for person, post, _ in one["pairs"]]
    one["fill"] = [[priority, 0] for priority, _ in one["fill"]]
    one["plan"] = [pair[:2] for pair in one["locked"]]


NEGATIVE = "a room or a price is below nothing"
NOT_COVERED = "a pair is worth more than its prices"
NOT_WORTH = "the plan is not worth all room at its price"
NOT_ALLOWED = "the plan is not allowed"
OUTWEIGHS = "scores may outweigh filling a post"
NOT_SAID = "another plan was adopted, and the file does not say why"
ADOPTED = "the adopted plan is not allowed"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (more("post", "price", 1), NOT_WORTH),
        (more("post", "price", -1), NOT_COVERED),
        (more("person", "price", -(10**12)), NEGATIVE),
        (more("group", "price", 1), NOT_WORTH),
        (more("post", "room", -1), NOT_ALLOWED),
        (more("group", "room", -1), NOT_ALLOWED),
        (more("group", "room", -(10**6)), NEGATIVE),
        (raise_score, NOT_COVERED),
        (lower_score, NOT_WORTH),
        (repeat_pair, "a pair is listed twice"),
        (foreign_pair, NOT_ALLOWED),
        (person_twice, NOT_ALLOWED),
        (leave_out, NOT_WORTH),
        (drop_locked, NOT_ALLOWED),
        (lower_fill, OUTWEIGHS),
        (swap_priorities, NOT_COVERED),
        (nothing_to_fill, OUTWEIGHS),
        (free_the_locked, "a locked person is open as well"),
        (put("limits", 0, "room", to=2), "a person has room for more than one post"),
        (leave_out, NOT_SAID),
        (put("adopted", to=[]), NOT_SAID),
        (put("adopted", 0, to=[0, 90]), ADOPTED),
    ],
)
def test_a_changed_file_is_refused_even_with_a_new_digest(
    found: dict[str, Any], change: Change, fault: str
) -> None:
    one = json.loads(written(found))
    change(one)
    assert fault in faults(one)


@pytest.mark.parametrize(
    "change",
    [
        put("unit", to=1000),
        put("adopted", to=[]),
        put("why", to="changed by hand"),
        put("limits", 0, "person", to="somebody else"),
        lambda one: one["left_out"].append([0, 90, 5]),
        lambda one: one["limits"].append({"group": "a cap that binds nobody", "room": 9, "price": 0}),
    ],
)
def test_without_the_fingerprint_the_digest_tells_what_the_proof_does_not_need(
    found: dict[str, Any], change: Change
) -> None:
    one = json.loads(written(found))
    change(one)
    assert "the digest does not fit the rest of the file" in faults(one, is_bound=False)


def adopting(found: dict[str, Any]) -> dict[str, Any]:
    """The same, changed by hand: one of the computed pairs is gone."""
    locked = [pair[:2] for pair in found["locked"]]
    gone = next(pair for pair in found["plan"] if pair not in locked)
    return found | {"adopted": [pair for pair in found["plan"] if pair != gone], "why": "changed by hand"}


def adopt_twice(one: dict[str, Any]) -> None:
    one["adopted"].append(one["adopted"][1])


def overfill(one: dict[str, Any]) -> None:
    """Somebody else on top at a post that is full."""
    used = {person for person, _post in one["adopted"]}
    full = {post for _person, post in one["adopted"]}
    one["adopted"].append(next(pair[:2] for pair in one["pairs"] if pair[0] not in used and pair[1] in full))


@pytest.mark.parametrize("change", [adopt_twice, overfill, put("adopted", 0, to=[0, 1])])
def test_an_adopted_plan_that_no_rule_allows_is_refused(found: dict[str, Any], change: Change) -> None:
    one = json.loads(written(adopting(found)))
    assert faults(one) == []
    change(one)
    assert ADOPTED in faults(one)


@pytest.mark.parametrize(("fill", "is_enough"), [(0, False), (900, False), (901, True)])
def test_a_filled_post_outweighs_all_scores(fill: int, *, is_enough: bool) -> None:
    """Two people for one place may differ by 900; what filling is worth is counted from the lowest score on."""
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [0.001, 0.0001])
    found = proven(problem)
    low = min(pair[2] for pair in found["pairs"])
    unit = found["unit"] // 1_000_000
    found["fill"] = [[0, fill * unit - low]]
    assert (OUTWEIGHS not in faults(found)) is is_enough


def test_pairs_that_were_kept_out_and_are_adopted_are_listed() -> None:
    """A lock or prohibition that was lifted after the computation."""
    problem = AssignmentProblem.of(
        3, 2, [0, 0, 1, 2], [0, 1, 1, 1], [5.0, 4.0, 3.0, 1.0], locked=[(0, 0)], forbidden=[(2, 1)]
    )
    best = solve_assignment(problem).pairs
    for adopted, left_out in (([(0, 1)], [[0, 4, 4_000_000]]), ([(0, 0), (2, 1)], [[2, 4, 1_000_000]])):
        found = certificate(problem, best, names_of(problem), adopted)
        assert (found["left_out"], faults(found)) == (left_out, [])
        assert faults(found | {"left_out": []}) == [ADOPTED]
    assert certificate(problem, best, names_of(problem), [(0, 0)])["left_out"] == []


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
    return done.returncode, done.stdout or done.stderr.splitlines()[-1]


def test_the_script_answers_in_words(found: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    path.write_bytes(written(found))
    said = f"proven: no plan is better than these {len(found['plan'])} pairs\n"
    mark = hashlib.sha256(written(found)).hexdigest()
    assert run(path) == (0, said)
    assert run(path, mark.upper()) == (0, said)
    assert run(path, "0" * 64) == (1, f"the fingerprint of this file is another: {mark}\n")
    path.write_bytes(written(found | {"unit": 1}))
    assert run(path) == (1, "the digest does not fit the rest of the file\n")
    for older in ({"kind": "bound"}, {"format": 1}):
        path.write_bytes(written(found | older))
        text = "this file states a bound, or is of an older format: this script cannot check it\n"
        assert run(path) == (1, text)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"unit": 1e6}', "ValueError: 1e6 is not a whole number"),
        ('{"unit": NaN}', "ValueError: NaN is not a whole number"),
        ("[]", "TypeError"),
        ("{}", "KeyError"),
    ],
)
def test_what_is_no_certificate_is_never_called_proven(content: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    path.write_text(content)
    status, text = run(path)
    assert status != 0
    assert fault in text


def test_a_place_in_the_list_is_never_counted_from_its_end(found: dict[str, Any]) -> None:
    """-1 would be the last limit once more, with room of its own."""
    assert NOT_ALLOWED in faults(found | {"plan": [*found["plan"], [-1, 90]]})
    with pytest.raises(KeyError):
        faults(found | {"pairs": [*found["pairs"], [-1, 90, 5]]})


def test_a_plan_changed_by_hand_is_said_to_fall_short_by_so_much(tmp_path: Path) -> None:
    problem = AssignmentProblem.of(3, 2, [0, 1, 1, 2], [0, 0, 1, 1], [5.0, 4.0, 3.5, 1.0], locked=[(0, 0)])
    solution = solve_assignment(problem)
    path = tmp_path / "certificate.json"
    for adopted, why, said in (
        ([(0, 0), (2, 1)], "", "(changed by hand): 0 fewer places, 2.500000 points less\n"),
        (
            [(1, 1)],
            "principle stable_posts",
            "(principle stable_posts): 1 fewer places, 5.000000 points less\n",
        ),
    ):
        path.write_bytes(written(certificate(problem, solution.pairs, names_of(problem), adopted, why)))
        first = "proven: no plan is better than these 2 pairs; the adopted plan is another "
        assert run(path) == (0, first + said)


def test_without_pairs_the_empty_plan_is_proven() -> None:
    problem = AssignmentProblem.of(2, 2, [], [], [])
    assert faults(proven(problem)) == []


def test_the_check_itself_stays_readable_in_one_sitting() -> None:
    lines = VERIFIER.read_text(encoding="utf-8").splitlines()
    first = lines.index("def checks(c):")
    last = next(n for n, line in enumerate(lines[first + 1 :], first + 1) if line.startswith("def "))
    assert len([line for line in lines[first:last] if line.strip()]) <= 45
    assert len(lines) <= 100

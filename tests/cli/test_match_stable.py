"""`secondment match --stable` and `--explain`: both against counting by hand over small tables."""

import json
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from secondment.cli.main import main

ARCS = """person,post,score,person_group
甲,村一,9.5,办
甲,村二,9,办
乙,村一,8,办
丙,村二,4,局
丙,村三,6,局
丁,村三,9,局
"""
CAPS = "person_group,cap\n办,1\n局,1\n"
PERSON_RANKS = "person,post,rank\n甲,村一,1\n甲,村二,1\n乙,村一,1\n丙,村二,2\n丙,村三,1\n丁,村三,1\n"
POST_RANKS = "person,post,rank\n甲,村一,1\n甲,村二,1\n乙,村一,1\n丙,村二,2\n丙,村三,1\n丁,村三,2\n"
Json = dict[str, Any]


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def match(folder: Path, *words: str, arcs: str = ARCS) -> tuple[int, Json]:
    out = folder / "r.json"
    code = main(["match", "--arcs", write(folder, "a.csv", arcs), "--out", str(out), "--quiet", *words])
    return code, json.loads(out.read_text()) if out.exists() else {}


def ranks(folder: Path, person: str = PERSON_RANKS, post: str = POST_RANKS) -> list[str]:
    return ["--person-ranks", write(folder, "p.csv", person), "--post-ranks", write(folder, "q.csv", post)]


def named(pairs: list[Json]) -> set[tuple[str, str]]:
    return {(pair["person"], pair["post"]) for pair in pairs}


def test_ranks_come_from_scores_when_none_are_given(tmp_path: Path) -> None:
    code, result = match(tmp_path, "--stable", "people")
    assert code == 0
    assert result.pop("pairs")[0] == {
        "person": "甲",
        "post": "村一",
        "score": 9.5,
        "person_rank": 1,
        "post_rank": 1,
    }
    assert result == {
        "status": "stable",
        "n_assigned": 3,
        "total_score": 22.5,
        "bound": None,
        "gap": None,
        "n_refused": 0,
        "blocking_pairs": [],
    }


def test_equal_scores_share_a_rank_and_the_next_follows(tmp_path: Path) -> None:
    arcs = "person,post,score\n甲,a,5\n乙,a,5\n丙,a,3\n甲,b,5\n甲,c,1\n"
    _, result = match(tmp_path, "--stable", "score", arcs=arcs)
    listed = {
        (one["person"], one["post"]): (one["person_rank"], one["post_rank"])
        for one in result["pairs"] + result["blocking_pairs"]
    }
    assert listed == {("乙", "a"): (1, 1), ("甲", "b"): (1, 1)}


def test_the_plan_of_best_score_names_its_blocking_pair(tmp_path: Path) -> None:
    code, result = match(tmp_path, "--stable", "score")
    assert (code, result["status"], result["total_score"], result["bound"]) == (0, "best_score", 26.0, 3)
    assert named(result["blocking_pairs"]) == {("甲", "村一")}


def test_ties_make_room_in_the_largest_plan(tmp_path: Path) -> None:
    code, result = match(tmp_path, "--stable", "largest", *ranks(tmp_path))
    assert (code, result["status"], result["n_assigned"], result["gap"]) == (0, "largest", 3, 0)
    assert named(result["pairs"]) == {("乙", "村一"), ("甲", "村二"), ("丙", "村三")}


def test_both_sides_may_propose(tmp_path: Path) -> None:
    arcs = "person,post,score\n甲,a,0\n甲,b,0\n乙,a,0\n乙,b,0\n"
    person = "person,post,rank\n甲,a,1\n甲,b,2\n乙,a,2\n乙,b,1\n"
    post = "person,post,rank\n甲,a,2\n甲,b,1\n乙,a,1\n乙,b,2\n"
    plans = [
        named(match(tmp_path, "--stable", side, *ranks(tmp_path, person, post), arcs=arcs)[1]["pairs"])
        for side in ("people", "posts")
    ]
    assert plans == [{("甲", "a"), ("乙", "b")}, {("甲", "b"), ("乙", "a")}]


def test_pairs_that_a_side_does_not_rank_are_refused(tmp_path: Path) -> None:
    person = "person,post,rank\n甲,村二,1\n"
    _, result = match(tmp_path, "--stable", "people", *ranks(tmp_path, person))
    assert (named(result["pairs"]), result["n_refused"]) == ({("甲", "村二")}, 5)


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    header, *rows = ARCS.splitlines()
    for kind in ("people", "posts", "largest", "score"):
        found = []
        for lines in (rows, rows[::-1]):
            _, result = match(tmp_path, "--stable", kind, *ranks(tmp_path), arcs="\n".join([header, *lines]))
            found.append(result)
        assert found[0] == found[1]


def test_effort_that_ends_early_exits_4_with_the_gap(tmp_path: Path) -> None:
    random, n = Random(3), 200
    rows = [
        f"p{person},q{post},{random.randint(0, 1)}\n"
        for person in range(n)
        for post in sorted({random.randrange(n) for _ in range(3)})
    ]
    arcs = "person,post,score\n" + "".join(rows)
    code, result = match(tmp_path, "--stable", "largest", "--seconds", "0.01", arcs=arcs)
    assert (code, result["status"]) == (4, "at_least_two_thirds")
    assert result["bound"] == result["n_assigned"] + result["gap"] > result["n_assigned"]
    assert result["blocking_pairs"] == []


@pytest.mark.parametrize(
    ("person", "message"),
    [
        (
            "person,post,rank\n甲,村三,1\n",
            "column person: the pair “甲” – “村三” does not occur in a.csv; correct the names or delete the row",
        ),
        (
            "person,post,rank\n甲,村一,0\n",
            "column rank: “0” is not a whole number from 1; write 1 for the best, 2, 3, …; equal ranks are ties",
        ),
        (
            "person,post,rank\n甲,村一,\n",
            "column rank: is empty; write 1 for the best, 2, 3, …; equal ranks are ties",
        ),
    ],
)
def test_bad_ranks_exit_2_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], person: str, message: str
) -> None:
    assert match(tmp_path, "--stable", "people", *ranks(tmp_path, person)) == (2, {})
    assert capsys.readouterr().err == f"p.csv, line 2, {message}\n"


def test_a_pair_ranked_twice_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path, "--stable", "people", *ranks(tmp_path, PERSON_RANKS + "甲,村一,2\n"))[0] == 2
    assert "line 8, column person: the pair “甲” – “村一” already occurs in line 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--person-ranks", "p.csv"], "--person-ranks: goes with --stable only"),
        (["--stable", "people", "--caps", "c.csv"], "--caps: does not go with --stable"),
        (["--stable", "people", "--explain", "1"], "--explain: does not go with --stable"),
        (["--rules", "r.json", "--explain", "1"], "--explain: goes with --arcs and --caps only"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert match(tmp_path, *words) == (2, {})
    assert capsys.readouterr().err.startswith(message)


def test_summary_is_printed_unless_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "r.json")
    assert main(["match", "--arcs", write(tmp_path, "a.csv", ARCS), "--out", out, "--stable", "score"]) == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        f"3 people placed, 1 blocking pairs, 0 pairs that one side does not rank; written to {out}"
    )


def best(arcs: str, caps: dict[str, int], forced: tuple[str, str] | None = None) -> tuple[int, float]:
    """Most places, then the highest score, over all plans; with a forced pair, over those that hold it."""
    rows = [line.split(",") for line in arcs.splitlines()[1:]]
    found = (-1, 0.0)
    for chosen in product([False, True], repeat=len(rows)):
        plan = [row for row, is_chosen in zip(rows, chosen, strict=True) if is_chosen]
        once = all(len({row[k] for row in plan}) == len(plan) for k in (0, 1))
        capped = all(sum(row[3] == group for row in plan) <= cap for group, cap in caps.items())
        holds = forced is None or any((row[0], row[1]) == forced for row in plan)
        if once and capped and holds:
            found = max(found, (len(plan), sum(float(row[2]) for row in plan)))
    return found


def test_explanations_equal_new_solutions(tmp_path: Path) -> None:
    caps = {"办": 1, "局": 1}
    _, result = match(tmp_path, "--caps", write(tmp_path, "c.csv", CAPS), "--explain", "3")
    told, base = result["explanations"], best(ARCS, caps)
    for post in told["posts"]:
        for one in post["candidates"]:
            forced = best(ARCS, caps, (one["person"], post["post"]))
            loss = one["loss"]
            assert (base[0] - forced[0], base[1] - forced[1]) == (loss["places"], loss["score"])
            assert {"person": one["person"], "post": post["post"]} in one["added"]
    for cap in told["caps"]:
        wider = best(ARCS, caps | {cap["person_group"]: cap["cap"] + 1})
        gain = cap["one_more_gains"]
        assert (wider[0] - base[0], wider[1] - base[1]) == (gain["places"], gain["score"])
        narrower = best(ARCS, caps | {cap["person_group"]: cap["cap"] - 1})
        loss = cap["one_fewer_loses"]
        assert (base[0] - narrower[0], base[1] - narrower[1]) == (loss["places"], loss["score"])
        assert cap["n_released"] == 1
    for one in told["relaxations"]:
        wider = best(ARCS, caps | {one["without_cap_of"]: 9})
        assert (wider[0] - base[0], wider[1] - base[1]) == (one["more_places"], one["more_score"])


def test_an_empty_post_is_explained_by_tight_caps(tmp_path: Path) -> None:
    _, result = match(tmp_path, "--caps", write(tmp_path, "c.csv", CAPS), "--explain", "0")
    (empty,) = result["explanations"]["empty"]
    assert empty["n_wanted"] > empty["n_available"]
    assert set(empty["tight_caps"]) <= {"办", "局"}
    assert {one["without_cap_of"] for one in result["explanations"]["relaxations"]} == set(
        empty["tight_caps"]
    )
    assert all(post["candidates"] == [] for post in result["explanations"]["posts"])


def test_without_caps_only_posts_are_explained(tmp_path: Path) -> None:
    _, result = match(tmp_path, "--explain", "1")
    assert (result["explanations"]["caps"], result["explanations"]["empty"]) == ([], [])
    assert [post["post"] for post in result["explanations"]["posts"]] == ["村一", "村三", "村二"]


def test_scores_too_wide_for_explanations_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"p{j},q{j},{1e6 * j}\n" for j in range(200))
    assert match(tmp_path, "--explain", "1", arcs="person,post,score\n" + rows) == (2, {})
    assert "a.csv: column score: scores spread too widely to explain" in capsys.readouterr().err

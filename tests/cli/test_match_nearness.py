"""`--stay-near`, `--seed` and `--certificate` of `secondment match`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.algorithms.assignment.test_certificate import VERIFIER
from tests.cli import test_match_rosters as rosters
from tests.cli import test_match_rules as rules

from secondment.cli.main import main

Json = dict[str, Any]
# every plan of two people is worth the same
ARCS = "person,post,score\n" + "".join(
    f"{person},{post},1\n" for person in "甲乙丙" for post in ("村一", "村二")
)
CAPPED = (
    "person,post,score,person_group\n甲,村一,9.5,办\n甲,村二,9,办\n乙,村一,8,办\n丙,村二,4,局\n丙,村三,6,局\n"
)


def match(folder: Path, *words: str, arcs: str = ARCS) -> tuple[int, Json]:
    out, file = folder / "result.json", folder / "arcs.csv"
    file.write_text(arcs, encoding="utf-8")
    code = main(["match", "--arcs", str(file), "--out", str(out), "--quiet", *words])
    return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def plan_of(result: Json) -> dict[str, str]:
    return {one["person"]: one["post"] for one in result["pairs"]}


def earlier(folder: Path, plan: dict[str, str]) -> str:
    path = folder / "before.json"
    path.write_text(json.dumps({"pairs": [{"person": one, "post": plan[one]} for one in plan]}))
    return str(path)


@pytest.mark.parametrize("plan", [{"甲": "村一", "乙": "村二"}, {"丙": "村一", "甲": "村二"}])
def test_an_equally_good_earlier_plan_is_kept(tmp_path: Path, plan: dict[str, str]) -> None:
    code, result = match(tmp_path, "--stay-near", earlier(tmp_path, plan))
    assert (code, plan_of(result)) == (0, plan)
    assert result["changes"] == {"moved": 0, "in": 0, "out": 0, "is_least": True}
    assert {one["decided_by"] for one in result["ties"]} == {"nearness"}
    assert {one["person"]: one["post"] for one in result["ties"]} == plan


def test_people_and_posts_that_are_gone_are_left_out(tmp_path: Path) -> None:
    plan = {"甲": "村二", "丁": "村一", "乙": "村九"}
    _code, result = match(tmp_path, "--stay-near", earlier(tmp_path, plan))
    assert plan_of(result)["甲"] == "村二"
    assert result["changes"] == {"moved": 0, "in": 1, "out": 0, "is_least": True}


def test_the_lot_depends_on_seed_and_names_and_not_on_the_order_of_rows(tmp_path: Path) -> None:
    lines = ARCS.splitlines()
    backwards = "\n".join([lines[0], *lines[:0:-1]])
    plans = []
    for seed in range(12):
        first, second = (match(tmp_path, "--seed", str(seed), arcs=arcs)[1] for arcs in (ARCS, backwards))
        assert first == second
        assert {one["decided_by"] for one in first["ties"]} == {"lot"}
        assert "changes" not in first
        plans.append(json.dumps(plan_of(first)))
    assert len(set(plans)) > 2


def test_without_ties_nothing_is_said(tmp_path: Path) -> None:
    assert "ties" not in match(tmp_path, arcs=CAPPED)[1]


def test_rosters_stay_near_and_prove_their_plan(tmp_path: Path) -> None:
    first = rosters.result(tmp_path)
    before = earlier(tmp_path, plan_of(first))
    proof = tmp_path / "proof.json"
    second = rosters.result(tmp_path, "--stay-near", before, "--certificate", str(proof))
    assert plan_of(second) == plan_of(first)
    assert second["changes"]["moved"] == 0
    assert verified(proof).startswith("proven: no plan is better than these 2 pairs")


def test_under_rules_the_earlier_plan_is_kept_too(tmp_path: Path) -> None:
    arcs = "person,post,score\n" + "".join(
        f"{one},{post},5\n" for one in "甲乙丙丁" for post in ("村一", "村二", "村三")
    )
    free = {"rules": [{"kind": "share", "region": "county", "who": {"sex": "女"}, "least": 0.5}]}
    for plan in ({"乙": "村一", "甲": "村二", "丙": "村三"}, {"丙": "村一", "丁": "村二", "乙": "村三"}):
        code, result = rules.match(tmp_path, free, "--stay-near", earlier(tmp_path, plan), arcs=arcs)
        assert (code, plan_of(result)) == (0, plan)
        assert result["changes"] == {"moved": 0, "in": 0, "out": 0, "is_least": True}


def verified(path: Path) -> str:
    done = subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, str(VERIFIER), str(path)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("caps", ["person_group,cap\n办,1\n局,1\n", None])
def test_the_certificate_is_accepted_by_the_script(tmp_path: Path, caps: str | None) -> None:
    proof, words = tmp_path / "proof.json", []
    if caps is not None:
        (tmp_path / "caps.csv").write_text(caps, encoding="utf-8")
        words = ["--caps", str(tmp_path / "caps.csv")]
    code, result = match(tmp_path, "--certificate", str(proof), *words, arcs=CAPPED)
    assert code == 0
    first, *_ = verified(proof).splitlines()
    assert first == f"proven: no plan is better than these {len(result['pairs'])} pairs"
    found = json.loads(proof.read_text(encoding="utf-8"))
    assert [one["group"] for one in found["limits"] if next(iter(one)) == "group"] == (
        ["办", "局"] if caps else []
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "before.json: has no key “pairs”; give the .json that secondment match has written"),
        ('{"pairs": [{"person": "甲"}]}', "before.json, column pairs[1].post: is missing; write a text"),
        (
            '{"pairs": [{"person": "甲", "post": "村一"}, {"person": "甲", "post": "村二"}]}',
            "before.json: has a person in two posts; give a plan as it was written",
        ),
    ],
)
def test_a_file_that_is_no_result_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (tmp_path / "before.json").write_text(text, encoding="utf-8")
    assert match(tmp_path, "--stay-near", str(tmp_path / "before.json")) == (2, {})
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            [
                "--stay-near",
                "a.json",
                "--stable",
                "people",
                "--person-ranks",
                "x.csv",
                "--post-ranks",
                "y.csv",
            ],
            "--stay-near: does not go with --stable",
        ),
        (
            [
                "--certificate",
                "a.json",
                "--stable",
                "people",
                "--person-ranks",
                "x.csv",
                "--post-ranks",
                "y.csv",
            ],
            "--certificate: goes with plain matching only",
        ),
        (["--certificate", "a.json", "--rules", "r.json"], "--certificate: goes with plain matching only"),
        (["--certificate", "a.txt"], "a.txt"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert match(tmp_path, *words) == (2, {})
    assert said in capsys.readouterr().err

"""`secondment rate --design`: the worth of a design, and what it says of designs that make no sense."""

import json
from pathlib import Path

import pytest

from secondment.algorithms.rating.planning import judge_campaign
from secondment.algorithms.rating.simulation import CampaignDesign
from secondment.cli.main import main
from secondment.cli.rate.verb import VERB

DESIGN = {
    "ratees": 20,
    "host_raters": 3,
    "common_raters": 3,
    "common_raters_each": 1,
    "criteria": 3,
    "campaigns": 2,
}


def plan(tmp_path: Path, content: object, *options: str) -> tuple[int, dict]:
    path, out = tmp_path / "design.json", tmp_path / "plan.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    out.unlink(missing_ok=True)
    code = main(["rate", "--design", str(path), "--out", str(out), "--quiet", *options])
    return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def test_a_plan_is_the_mean_of_simulated_campaigns(tmp_path: Path) -> None:
    code, found = plan(tmp_path, {**DESIGN, "top_share": 0.3, "sd": {"unit": 1}}, "--seed", "5")
    design = CampaignDesign(20, 3, 3, 1, 3, unit_sd=1.0)
    more = CampaignDesign(20, 3, 3, 2, 3, unit_sd=1.0)
    now = [judge_campaign(design, seed, 0.3) for seed in (5, 6)]
    then = [judge_campaign(more, seed, 0.3) for seed in (5, 6)]
    assert code == 0
    assert (found["top_share"], found["campaigns"], found["design"]["unit_sd"]) == (0.3, 2, 1)
    expected = {"mean": (now[0].hit + now[1].hit) / 2, "simulation_se": abs(now[0].hit - now[1].hit) / 2}
    assert found["expected"]["hit"] == pytest.approx(expected, abs=1e-4)
    better = sum(one.reliability for one in then) / 2
    assert found["with_one_more_common_rater"]["reliability"]["mean"] == pytest.approx(better, abs=1e-4)
    gain = better - sum(one.reliability for one in now) / 2
    assert found["gain"]["reliability"]["mean"] == pytest.approx(gain, abs=1e-4)
    assert set(found["expected"]) == {
        "kendall", "hit", "claimed_hit", "coverage", "reliability", "actual_reliability", "brier", "grey_zone"
    }  # fmt: skip


def test_the_first_common_rater_sees_everybody(tmp_path: Path) -> None:
    hosts = {**DESIGN, "common_raters": 0, "common_raters_each": 0, "common_share": 0.5}
    _, found = plan(tmp_path, hosts)
    assert found["gain"]["kendall"]["mean"] > 0
    assert found["gain"]["actual_reliability"]["mean"] > 0


def test_a_design_too_large_to_fit_is_no_solution(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = {"ratees": 2000, "host_raters": 1, "common_raters": 1000, "common_raters_each": 20, "criteria": 2}
    assert plan(tmp_path, large) == (3, {})
    assert capsys.readouterr().err.startswith("no solution: this design cannot be fitted: 42000 ballots with")


def test_the_same_seed_gives_the_same_plan(tmp_path: Path) -> None:
    one, other = (plan(tmp_path, DESIGN)[1] for _ in range(2))
    assert one == other


BAD = {
    "missing": (
        {"ratees": 20},
        [
            f"design.json, column {key}: is missing; write a whole number from {least} to {most}"
            for key, least, most in (("host_raters", 1, 100), ("common_raters", 0, 1000), ("common_raters_each", 0, 50), ("criteria", 2, 50))
        ],
    ),
    "values": (
        {**DESIGN, "ratees": 5, "criteria": 2.5, "sd": {"unit": -1, "halo": 1}, "categories": True},
        [
            "design.json, column ratees: is 5; write a whole number from 10 to 5000",
            "design.json, column criteria: is 2.5; write a whole number from 2 to 50",
            "design.json, column categories: is true; write a whole number from 2 to 20",
            "design.json, column sd.unit: is -1; write a number from 0 to 5",
            "design.json, column sd.halo: is not known; use ratee, unit, rater, impression",
        ],
    ),
    "too many": (
        {**DESIGN, "common_raters_each": 4, "sd": 3},
        [
            "design.json, column sd: is not an object; write { … }",
            "design.json, column common_raters_each: is more than common_raters; no one can be seen by more raters than there are",
        ],
    ),
    "no JSON": ('{"ratees": 20,\n "host', ["design.json, line 2: is not JSON (Unterminated string starting at); correct it at this line"]),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD))
def test_bad_designs_get_exact_messages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    content, messages = BAD[case]
    assert plan(tmp_path, content) == (2, {})
    assert capsys.readouterr().err.splitlines() == messages


def test_a_plan_can_be_a_workbook_and_needs_no_ratings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.json").write_text(json.dumps(DESIGN), encoding="utf-8")
    assert (
        main(["rate", "--design", str(tmp_path / "d.json"), "--out", str(tmp_path / "p.xlsx"), "--quiet"])
        == 0
    )
    assert (tmp_path / "p.xlsx").read_bytes()[:2] == b"PK"
    assert main(["rate", "--out", str(tmp_path / "p.json")]) == 2
    assert "there must be ratings or a --design" in capsys.readouterr().err


def test_the_help_groups_what_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([VERB.name, "--help"])
    said = capsys.readouterr().out
    for group in ("the model:", "what follows from the measures:", "planning, without ratings:"):
        assert group in said

"""What `secondment rate` derives from the measures: ranking, coefficients, flags, growth, workbook."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook
from tests.algorithms.rating.rating_sets import guilford, simulated

from secondment.algorithms.rating.coefficients import Level, krippendorff_alpha
from secondment.algorithms.rating.facets import fit_facets
from secondment.algorithms.rating.ranking import Posterior, beats, rank
from secondment.algorithms.rating.ratings import Ratings
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign
from secondment.cli.main import main
from secondment.cli.rate import workbook

Rate = Callable[..., tuple[int, dict]]
SMALL = CampaignDesign(n_ratees=25, n_host_raters=4, n_common=4, n_common_each=2, n_criteria=3)


@pytest.fixture
def rate(tmp_path: Path) -> Rate:
    def run(lines: list[str], *options: str, out: str = "result.json") -> tuple[int, dict]:
        source, target = tmp_path / "marks.csv", tmp_path / out
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        target.unlink(missing_ok=True)
        code = main(["rate", str(source), "--out", str(target), "--quiet", *options])
        is_json = target.exists() and target.suffix == ".json"
        return code, json.loads(target.read_text(encoding="utf-8")) if is_json else {}

    return run


def lines_of(ratings: Ratings) -> list[str]:
    rows = zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.mark, strict=True)
    return ["ratee,rater,criterion,score", *(f"P{a:03d},R{b:02d},C{c},{mark:g}" for a, b, c, mark in rows)]


def campaign_lines(design: CampaignDesign, *, seconds: bool = False) -> list[str]:
    ratings = simulate_campaign(design, 3).ratings
    assert ratings.source is not None
    assert ratings.unit is not None
    plain, names = lines_of(ratings), ["host", "inspector"]
    extra = [
        f",{names[source]},{f'U{unit:02d}' if unit >= 0 else ''}"
        for source, unit in zip(ratings.source, ratings.unit, strict=True)
    ]
    lines = [plain[0] + ",source,unit", *(line + more for line, more in zip(plain[1:], extra, strict=True))]
    if seconds:
        times = [f",{1 if number < 3 else 5}" for number in range(len(extra) - 1)] + [","]
        lines = [lines[0] + ",seconds", *(line + own for line, own in zip(lines[1:], times, strict=True))]
    return lines


def test_the_top_share_is_the_ranking_by_the_measures(rate: Rate) -> None:
    code, result = rate(lines_of(guilford()), "--top", "0.3", "--seed", "7")
    table = fit_facets(guilford()).tables[0]
    expected = rank(Posterior.independent(table.measure, table.se), 2, seed=7)
    top = result["top"]
    assert (code, top["places"], top["draws"], top["interval"]) == (0, 2, 4000, 0.9)
    assert [row["id"] for row in top["rows"]] == ["P001", "P004", "P006", "P000", "P002", "P003", "P005"]
    best = top["rows"][0]
    assert best["top_probability"] == pytest.approx(expected.top_probability[1])
    assert (best["rank_low"], best["rank_high"]) == (expected.rank_low[1], expected.rank_high[1])
    assert [row["band"] for row in top["rows"]] == sorted(row["band"] for row in top["rows"])
    assert {row["standing"] for row in top["rows"]} <= {"in", "out", "committee"}
    assert "a committee does" in top["standings"]


def test_the_seed_decides_the_draws_and_nothing_else(rate: Rate) -> None:
    lines = campaign_lines(SMALL)
    one, same, other = (
        rate(lines, "--top", "0.2", "--coefficients", "--seed", seed)[1] for seed in ("1", "1", "2")
    )
    assert one == same
    assert one["top"] != other["top"]
    assert {key: one[key] for key in one if key != "top"} == {
        key: other[key] for key in other if key != "top"
    }


def test_options_only_add_to_the_result(rate: Rate) -> None:
    plain = rate(campaign_lines(SMALL))[1]
    more = rate(campaign_lines(SMALL), "--top", "0.2", "--compare", "P001", "P002", "--coefficients")[1]
    assert {key: more[key] for key in plain} == plain
    assert list(more)[len(plain) :] == ["top", "comparisons", "coefficients"]


def test_pairs_are_compared_exactly(rate: Rate) -> None:
    _, result = rate(lines_of(guilford()), "--compare", "P001", "P005", "--compare", "P005", "P001")
    table = fit_facets(guilford()).tables[0]
    chance = beats(Posterior.independent(table.measure, table.se), np.array([1]), np.array([5]))[0]
    one, other = result["comparisons"]
    assert (one["first"], one["second"]) == ("P001", "P005")
    assert one["probability"] == pytest.approx(chance, abs=1e-9)
    assert other["probability"] == pytest.approx(1 - chance, abs=1e-9)


def two_villages() -> list[str]:
    one, other = lines_of(simulated(1)), lines_of(simulated(2))
    return [*one, *(line.replace("P", "Q").replace("R", "S") for line in other[1:])]


def test_unconnected_ratees_are_ranked_on_a_stated_assumption_only(
    rate: Rate, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rate(two_villages(), "--top", "0.2") == (3, {})
    assert rate(two_villages(), "--compare", "P001", "Q001") == (3, {})
    assert capsys.readouterr().err.splitlines()[0] == (
        "no solution: the measures fall into 2 subsets without common raters, so not all ratees can be compared; "
        "add common raters, or choose an assumption with --link"
    )
    assert len(rate(two_villages(), "--top", "0.2", "--link", "equal-raters")[1]["top"]["rows"]) == 24


def test_a_top_share_needs_somebody_outside(rate: Rate, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        "ratee,rater,criterion,score",
        *(f"{a},{b},{c},{(a == 'p') + (b == 'q') + int(c)}" for a in "pr" for b in "qs" for c in "12"),
    ]
    assert rate(lines, "--top", "0.9")[0] == 3
    assert "the top share must hold between 1 and 1 ratees, not 2" in capsys.readouterr().err


def test_coefficients_of_the_crossed_example(rate: Rate) -> None:
    _, result = rate(lines_of(guilford()), "--coefficients")
    found, ratings = result["coefficients"], guilford()
    table = np.zeros((35, 3))
    table[ratings.ratee * 5 + ratings.criterion, ratings.rater] = ratings.mark
    for level in Level:
        assert found["krippendorff_alpha"][level.value] == pytest.approx(krippendorff_alpha(table, level))
    assert found["intraclass"]["n_raters"] == 3
    items = table.mean(axis=1).reshape(7, 5)
    alpha = 5 / 4 * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))
    assert found["cronbach_alpha"]["value"] == pytest.approx(alpha)
    study = found["generalizability"]
    assert [row["n_raters"] for row in study["study"]] == [1, 2, 3, 4, 5, 6]
    assert study["study"][2]["relative"] == study["relative"]
    assert study["study"][2]["absolute"] == study["absolute"]


def test_a_coefficient_the_marks_do_not_allow_says_why(rate: Rate) -> None:
    _, result = rate(campaign_lines(SMALL), "--coefficients")
    reason = (
        "only 0 of 104 raters marked every ratee on every criterion; the coefficient compares two or more"
    )
    assert result["coefficients"]["intraclass"] == {"value": None, "reason": reason}
    assert result["coefficients"]["generalizability"] == {"value": None, "reason": reason}
    assert 0 < result["coefficients"]["krippendorff_alpha"]["ordinal"] < 1


def test_flags_come_with_limit_power_and_false_alarms(rate: Rate) -> None:
    code, result = rate(campaign_lines(SMALL, seconds=True), "--flags")
    flags = result["flags"]
    assert code == 0
    for name, of in (("leniency", "unit"), ("identical_ballots", "ratee"), ("straight_lining", "ratee")):
        flag = flags[name]
        assert len(flag["rows"]) == 25
        assert flag["flagged"] == sum(row["flagged"] for row in flag["rows"])
        assert all(row["flagged"] == (row["statistic"] > flag["limit"]) for row in flag["rows"])
        assert set(flag["power"]) == {"copied", "all top", "straight"}
        assert flag["false_alarms"] == 0.05
        assert of in flag["rows"][0]
    assert flags["straight_lining"]["power"]["straight"] > 0.5
    assert len(flags["central_tendency"]["rows"]) == len(flags["halo"]["rows"]) == 4
    assert flags["speeding"]["rows"] == [{"ratee": "P000", "rater": "R00", "seconds_per_criterion": 1.0}]
    assert flags["simulated_design"]["n_host_raters"] == 4
    assert "no mark was changed" in flags["note"]


def test_flags_that_cannot_be_raised_say_why(rate: Rate) -> None:
    flags = rate(
        campaign_lines(CampaignDesign(n_ratees=20, n_host_raters=3, n_common_each=0, n_criteria=3)), "--flags"
    )[1]["flags"]
    assert flags["leniency"]["reason"].startswith("no common rater shows the leniency of units")
    assert flags["central_tendency"]["reason"].startswith("no common rater gave enough marks")
    assert flags["speeding"] == {
        "flagged": None,
        "reason": "the ratings have no column “seconds”",
        "rows": [],
    }
    flags = rate(lines_of(simulated(1)), "--flags", "--model", "hierarchical")[1]["flags"]
    assert flags["halo"]["reason"].startswith("no unit has two raters, so")


ANCHORED = ("rater", "criterion")


@pytest.fixture
def two_years(rate: Rate, tmp_path: Path) -> tuple[list[str], Path, Path]:
    """The second year's marks, the first year's result, and its raters, criteria and thresholds as anchors."""
    _, first = rate(lines_of(simulated(4)), out="first.json")
    rows = [f"{facet},{row['id']},{row['measure']}" for facet in ANCHORED for row in first["facets"][facet]]
    rows += [f"threshold,{number},{step}" for number, step in enumerate(first["thresholds"], start=1)]
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("\n".join(["facet,id,measure", *rows]) + "\n", encoding="utf-8")
    return lines_of(simulated(5)), tmp_path / "first.json", anchors


def test_growth_is_measured_on_the_anchored_scale(
    rate: Rate, two_years: tuple[list[str], Path, Path]
) -> None:
    lines, earlier, anchors = two_years
    code, result = rate(lines, "--anchors", str(anchors), "--growth", str(earlier))
    growth = result["growth"]
    before = {row["id"]: row for row in json.loads(earlier.read_text(encoding="utf-8"))["facets"]["ratee"]}
    after = {row["id"]: row for row in result["facets"]["ratee"]}
    assert (code, growth["n"], growth["level"]) == (0, 12, 0.95)
    for row in growth["rows"]:
        one, other = before[row["id"]], after[row["id"]]
        assert row["change"] == pytest.approx(other["measure"] - one["measure"], abs=1e-8)
        assert row["se"] == pytest.approx(np.hypot(one["se"], other["se"]), abs=1e-8)
        assert row["is_distinguishable"] == (abs(row["change"]) > row["smallest_distinguishable"])
    assert growth["mean_change"] == pytest.approx(np.mean([row["change"] for row in growth["rows"]]))
    assert sum(row["beyond_regression"] for row in growth["rows"]) == pytest.approx(0, abs=1e-6)
    assert 0 < growth["reliability_before"] < 1


def test_growth_refuses_held_steps_that_mean_other_marks(
    rate: Rate, two_years: tuple[list[str], Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines, earlier, anchors = two_years
    moved = [line.removesuffix(",3") + ",4" if line.endswith(",3") else line for line in lines]
    words = ("--growth", str(earlier), "--anchors", str(anchors))
    assert rate(moved, *words) == (2, {})
    assert capsys.readouterr().err == (
        "first.json: has the marks [0.0, 1.0, 2.0, 3.0], the ratings [0.0, 1.0, 2.0, 4.0]: "
        "a step of the same number means another mark; leave the thresholds out of --anchors\n"
    )
    text = anchors.read_text(encoding="utf-8").splitlines()
    anchors.write_text("\n".join(line for line in text if "threshold" not in line), encoding="utf-8")
    assert rate(moved, *words)[0] == 0


def edited(path: Path, key: str, value: object) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content[key] = value
    path.write_text(json.dumps(content), encoding="utf-8")


def test_growth_refuses_what_is_no_common_scale(
    rate: Rate, two_years: tuple[list[str], Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines, earlier, anchors = two_years

    def refusal(*options: str) -> str:
        assert rate(lines, *options) == (2, {})
        return capsys.readouterr().err.strip()

    both = ("--anchors", str(anchors), "--growth", str(earlier))
    assert refusal("--growth", str(earlier)) == (
        "command line: --growth needs --anchors: without common values a change is the difference of two scales; "
        "give criteria, raters or thresholds with their measures in the earlier result"
    )
    assert refusal(*both, "--method", "mml") == (
        "first.json: is a result of facets jmle, this run is facets mml; rate both occasions by the same model and method"
    )
    text = anchors.read_text(encoding="utf-8").splitlines()
    anchors.write_text("\n".join([*text, "rater,R77,1", "criterion,C0,9"]), encoding="utf-8")
    remedy = "anchor the value of the earlier result"
    value = json.loads(earlier.read_text(encoding="utf-8"))["facets"]["criterion"][0]["measure"]
    assert refusal(*both).splitlines() == [
        f"anchors.csv, line 13, column measure: is 1, the earlier result has no such element; {remedy}",
        f"anchors.csv, line 14, column measure: is 9, the earlier result has {value:.4f}; {remedy}",
    ]
    anchors.write_text(
        "\n".join(line for line in text if line.split(",")[0] not in ANCHORED), encoding="utf-8"
    )
    assert refusal(*both) == (
        "anchors.csv: holds no criterion and no rater; growth needs at least one of them at its earlier value"
    )
    anchors.write_text("\n".join([text[0], "rater,R00,much", *text[2:]]), encoding="utf-8")
    assert refusal(*both) == "anchors.csv, line 2, column measure: is “much”; write a number from -100 to 100"
    anchors.write_text("\n".join(text), encoding="utf-8")
    renamed = [lines[0], *(line.replace(",R", ",X").replace(",C", ",Y") for line in lines[1:])]
    assert rate(renamed, *both) == (2, {})
    assert capsys.readouterr().err == (
        "anchors.csv: holds no criterion and no rater that has a mark; "
        "growth needs at least one of them at its earlier value\n"
    )
    edited(earlier, "subsets", 2)
    assert refusal(*both) == (
        "first.json: its measures fall into several subsets; rate it again with common raters or --link"
    )
    edited(earlier, "assumption", "equal ratees")
    edited(earlier, "facets", {})
    assert (
        refusal(*both)
        == "first.json: is not a result of secondment rate; give the file that secondment rate wrote"
    )
    edited(earlier, "model", "hierarchical")
    assert refusal(*both).startswith("first.json: is a result of hierarchical jmle, this run is facets jmle")
    earlier.write_text("[]", encoding="utf-8")
    assert refusal(*both) == "first.json: holds no object; put its keys between { and }"


def test_growth_needs_three_people_in_both(
    rate: Rate, two_years: tuple[list[str], Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines, earlier, anchors = two_years
    renamed = [line.replace("P0", "Q0") for line in lines]
    assert rate(renamed, "--anchors", str(anchors), "--growth", str(earlier)) == (3, {})
    assert "growth needs at least three people" in capsys.readouterr().err
    content = json.loads(earlier.read_text(encoding="utf-8"))
    content["facets"]["ratee"][0]["measure"] = float("nan")
    earlier.write_text(json.dumps(content), encoding="utf-8")
    assert rate(lines, "--anchors", str(anchors), "--growth", str(earlier))[0] == 2


REFUSED = {
    "flags": (
        ["--flags"],
        "command line: --flags needs the hierarchical model; give the columns source and unit, or --model hierarchical",
    ),
    "stranger": (
        ["--compare", "P001", "X"],
        "command line: --compare: “X” has no mark; use the code of a ratee in the ratings",
    ),
    "both": (
        ["--design", "d.json"],
        "command line: there must be ratings or a --design; give one of the two",
    ),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_options_that_make_no_sense_are_refused(
    rate: Rate, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    options, message = REFUSED[case]
    assert rate(lines_of(guilford()), *options) == (2, {})
    assert capsys.readouterr().err.strip() == message


def sheets(path: Path) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_readable_sheets_and_the_same_bytes_each_time(rate: Rate, tmp_path: Path) -> None:
    options = ("--top", "0.2", "--coefficients", "--compare", "P001", "P002")
    lines = campaign_lines(SMALL)
    _, result = rate(lines, *options)
    assert rate(lines, *options, out="a.xlsx")[0] == rate(lines, *options, out="b.xlsx")[0] == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert rate(lines, *options, "--flags", out="c.xlsx")[0] == 0
    found = sheets(tmp_path / "c.xlsx")
    assert list(found) == [
        "summary", "ratee", "rater", "criterion", "source", "unit", "top", "comparisons", "flag leniency",
        "flag identical ballots", "flag straight lining", "flag central tendency", "flag halo",
    ]  # fmt: skip
    assert found["top"][0] == list(result["top"]["rows"][0])
    assert found["top"][1][0] == result["top"]["rows"][0]["id"]
    assert found["top"][1][1] == pytest.approx(result["top"]["rows"][0]["measure"])
    assert len(found["ratee"]) == 26
    summary = {row[0]: row[1] for row in found["summary"]}
    assert summary["model"] == "hierarchical"
    assert summary["converged"] == "yes"
    assert summary["coefficients.intraclass.value"] == ""
    assert "," in summary["thresholds"]


def test_a_sheet_never_loses_rows_in_silence(
    rate: Rate, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 6)
    assert rate(lines_of(guilford()), out="a.xlsx")[0] == 2
    assert capsys.readouterr().err == "--out: 33 rows of summary do not fit a sheet; write .json\n"

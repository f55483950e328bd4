"""`secondment rate`: from a file of marks to the result file, and what it says about bad files."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.algorithms.rating.rating_sets import guilford, ptam4, simulated

from secondment.algorithms.rating import joint
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign
from secondment.cli.main import main
from secondment.cli.rate import run
from secondment.cli.rate.reading import read_ratings
from secondment.files.problems import BadInputError

Rate = Callable[..., tuple[int, dict]]
HEADER = "ratee,rater,criterion,score"


@pytest.fixture
def rate(tmp_path: Path) -> Rate:
    def run(lines: list[str], *options: str, name: str = "marks.csv") -> tuple[int, dict]:
        source, out = tmp_path / name, tmp_path / "result.json"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        code = main(["rate", str(source), "--out", str(out), *options])
        return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}

    return run


def lines_of(ratings) -> list[str]:
    rows = zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.mark, strict=True)
    return [HEADER, *(f"P{a:03d},R{b:02d},C{c},{mark:g}" for a, b, c, mark in rows)]


def campaign_lines(design: CampaignDesign, *, with_source: bool = True) -> list[str]:
    ratings = simulate_campaign(design, 3).ratings
    assert ratings.source is not None
    assert ratings.unit is not None
    names = ["host", "inspector"]
    units = [f"U{unit:02d}" if unit >= 0 else "" for unit in ratings.unit]
    extra = [f",{names[source]},{unit}" for source, unit in zip(ratings.source, units, strict=True)]
    plain = lines_of(ratings)
    if not with_source:
        return plain
    return [HEADER + ",source,unit", *(line + more for line, more in zip(plain[1:], extra, strict=True))]


SMALL = CampaignDesign(n_ratees=25, n_host_raters=4, n_common=4, n_common_each=2, n_criteria=3)


def test_guilford_by_facets_has_the_documented_keys_and_values(rate: Rate) -> None:
    code, result = rate(lines_of(guilford()))
    assert code == 0
    assert {"facets", "thresholds", "reliability", "sd", "subsets", "converged", "iterations"} <= set(result)
    assert list(result["facets"]) == ["ratee", "rater", "criterion", "source", "unit"]
    first = result["facets"]["rater"][1]
    assert list(first) == ["id", "measure", "se", "infit", "outfit", "n", "subset", "fair"]
    assert (first["id"], first["n"], first["subset"]) == ("R01", 35, 1)
    assert first["fair"] == pytest.approx(4.38, abs=0.01)
    assert result["log_likelihood"] == pytest.approx(-165.684984, abs=1e-5)
    assert result["reliability"]["ratee"]["strata"] == pytest.approx(3.34, abs=0.01)
    assert len(result["thresholds"]) == 8
    assert sum(result["thresholds"]) == pytest.approx(0, abs=1e-8)
    assert (result["subsets"], result["converged"], result["model"]) == (1, True, "facets")


def test_marginal_method_reports_the_population_sd(rate: Rate) -> None:
    code, result = rate(lines_of(ptam4()), "--method", "mml", "--quiet")
    assert code == 0
    assert -2 * result["log_likelihood"] == pytest.approx(3450.6429, abs=0.01)
    assert result["sd"]["ratee"] == pytest.approx(1.6456, abs=1e-3)


def test_extremes_are_named(rate: Rate) -> None:
    _, result = rate(lines_of(ptam4()), "--quiet")
    named = result["extreme"]["ratee"]
    assert len(named) == 7
    flagged = next(row for row in result["facets"]["ratee"] if row["id"] in named)
    assert flagged["infit"] is None
    assert flagged["measure"] is not None


def test_partial_credit_lists_thresholds_per_criterion(rate: Rate) -> None:
    _, result = rate(lines_of(ptam4()), "--scale", "partial-credit", "--quiet")
    assert [row["criterion"] for row in result["thresholds"]] == ["C0", "C1", "C2"]
    assert [len(row["thresholds"]) for row in result["thresholds"]] == [3, 3, 3]


def two_villages() -> list[str]:
    one, other = lines_of(simulated(1)), lines_of(simulated(2))
    return [*one, *(line.replace("P", "Q").replace("R", "S") for line in other[1:])]


def test_unlinked_villages_are_two_subsets(rate: Rate, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = rate(two_villages())
    assert (code, result["subsets"], result["assumption"]) == (0, 2, "")
    assert {row["id"][0]: row["subset"] for row in result["facets"]["ratee"]} == {"P": 1, "Q": 2}
    assert "2 subsets without common raters: do not compare across them" in capsys.readouterr().err


def test_the_assumption_is_printed(rate: Rate, capsys: pytest.CaptureFixture[str]) -> None:
    _, result = rate(two_villages(), "--link", "equal-ratees")
    assert result["assumption"] == "the ratees of every subset are on average equally good"
    assert "compared on the assumption that the ratees" in capsys.readouterr().err


def test_what_the_marks_cannot_carry_exits_3(rate: Rate, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = rate(two_villages(), "--method", "mml")
    assert (code, result) == (3, {})
    assert capsys.readouterr().err.startswith("no solution: the ratings fall into 2 subsets")
    assert rate([HEADER, "a,b,c,1", "a2,b,c,1"])[0] == 3


def test_source_and_unit_columns_choose_the_hierarchical_model(rate: Rate) -> None:
    code, result = rate(campaign_lines(SMALL), "--quiet")
    assert (code, result["model"], result["subsets"]) == (0, "hierarchical", 1)
    assert set(result["sd"]) == {"ratee", "unit", "rater_and_impression", "impression"}
    for facet in ("rater", "criterion", "source", "unit"):
        rows = result["facets"][facet]
        assert sum(row["measure"] for row in rows) == pytest.approx(0, abs=1e-6), facet
    assert [row["id"] for row in result["facets"]["source"]] == ["host", "inspector"]
    assert 0 < result["reliability"]["ratee"]["reliability"] < 1


def test_facets_only_options_choose_the_facets_model(rate: Rate) -> None:
    assert rate(campaign_lines(SMALL), "--method", "jmle", "--quiet")[1]["model"] == "facets"
    assert rate(campaign_lines(SMALL, with_source=False), "--quiet")[1]["model"] == "facets"


def test_a_very_large_campaign_gets_the_facets_model_and_is_told_so(
    rate: Rate, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "MOST_HIERARCHICAL_MARKS", 100)
    _, result = rate(campaign_lines(SMALL))
    assert result["model"] == "facets"
    assert "leaves the leniency of units in the measures" in result["notes"][0]
    assert result["notes"][0] in capsys.readouterr().err
    assert rate(campaign_lines(SMALL), "--model", "hierarchical", "--quiet")[1]["model"] == "hierarchical"


def test_a_fit_cut_short_exits_4(
    rate: Rate, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(joint, "TOLERANCE", 0.0)
    assert rate(lines_of(simulated(4)))[0] == 4
    assert "do not use these measures" in capsys.readouterr().err


def test_the_hierarchical_model_needs_no_columns_when_asked_for(rate: Rate) -> None:
    code, result = rate(campaign_lines(SMALL, with_source=False), "--model", "hierarchical", "--quiet")
    assert code == 0
    assert [row["id"] for row in result["facets"]["source"]] == ["all"]
    assert result["facets"]["unit"] == []


def test_options_that_do_not_go_together_are_refused(rate: Rate, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = rate(campaign_lines(SMALL), "--model", "hierarchical", "--method", "mml")
    assert code == 2
    message = "--method cannot be used with the hierarchical model; leave it out or choose --model facets"
    assert message in capsys.readouterr().err


def test_anchors_are_held(rate: Rate, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.csv"
    steps = [f"threshold,{number},{value}" for number, value in enumerate((-1, 0, 1), start=1)]
    anchors.write_text("\n".join(["facet,id,measure", "criterion,C0,0.5", "rater,R01,-0.25", *steps]) + "\n")
    code, result = rate(lines_of(simulated(4)), "--anchors", str(anchors), "--quiet")
    assert code == 0
    assert result["facets"]["criterion"][0]["measure"] == 0.5
    assert result["facets"]["rater"][1]["measure"] == -0.25
    assert result["thresholds"] == [-1, 0, 1]


def test_bad_anchors_are_told_line_by_line(
    rate: Rate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = tmp_path / "anchors.csv"
    lines = [
        "facet,id,measure",
        "judge,R01,1",
        "rater,R99,1",
        "rater,R01,much",
        "threshold,one,0",
        "threshold,2,0",
    ]
    anchors.write_text("\n".join(lines) + "\n")
    assert rate(lines_of(simulated(4)), "--anchors", str(anchors))[0] == 2
    assert capsys.readouterr().err.splitlines() == [
        "anchors.csv, line 2, column facet: is “judge”; use ratee, rater, criterion or threshold",
        "anchors.csv, line 4, column measure: is “much”; write a number from -100 to 100",
        "anchors.csv, line 5, column id: is “one”; write the number of the step",
        "anchors.csv: thresholds are given for the steps 2; give every step from 1 upwards, once",
    ]


BAD_FILES = {
    "wrong header": (
        ["ratee,judge,criterion,score", "a,b,c,1"],
        [
            "marks.csv, line 1, column 评分人: the column is missing; add a column “评分人” or “rater” to the header"
        ],
    ),
    "no rows": ([HEADER], ["marks.csv: has no ratings; put one mark per row below the header"]),
    "cells": (
        [HEADER, "a,b,c,good", "a,,c,3", "a,b,c2,", "a,b,c3,inf", "a,b,c4,2"],
        [
            "marks.csv, line 2, column score: is “good”; write a number, or delete the row when no mark was given",
            "marks.csv, line 3, column rater: is empty; write the rater's code",
            "marks.csv, line 4, column score: is empty; write a number, or delete the row when no mark was given",
            "marks.csv, line 5, column score: is “inf”; write a number, or delete the row when no mark was given",
        ],
    ),
    "seconds": (
        [HEADER + ",seconds", "a,b,c,1,fast", "a,b,d,2,-3", "a,e,c,2,", "f,b,c,3,4.5"],
        [
            "marks.csv, line 2, column seconds: is “fast”; write the seconds taken for this mark, or leave the cell empty",
            "marks.csv, line 3, column seconds: is “-3”; write the seconds taken for this mark, or leave the cell empty",
        ],
    ),
    "repeat": (
        [HEADER, "a,b,c,1", "a,b,d,2", "a,b,c,3"],
        ["marks.csv, line 4: the same ratee, rater and criterion as line 2; keep one mark of the two"],
    ),
}


@pytest.mark.parametrize("large", [False, True], ids=["row reader", "column engine"])
@pytest.mark.parametrize("case", list(BAD_FILES))
def test_bad_files_get_the_same_exact_messages_from_both_readers(
    case: str, large: bool, tmp_path: Path
) -> None:
    lines, messages = BAD_FILES[case]
    path = tmp_path / "marks.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        read_ratings(path, large_file_bytes=0 if large else 10**9)
    assert [str(problem) for problem in caught.value.problems] == messages


def test_bad_output_and_missing_input_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.csv"
    assert main(["rate", str(missing), "--out", str(tmp_path / "a.json")]) == 2
    assert main(["rate", str(missing), "--out", str(tmp_path / "a.docx")]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == "none.csv: cannot be read (No such file or directory); check the path"
    assert second.endswith("a.docx: output files ending in “.docx” are not written; use .json or .xlsx")


def test_both_readers_give_the_same_ratings(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("\n".join(campaign_lines(SMALL)) + "\n", encoding="utf-8")
    rows, columns = read_ratings(path), read_ratings(path, large_file_bytes=0)
    assert rows.names == columns.names
    assert rows.seconds is columns.seconds is None
    for name in ("ratee", "rater", "criterion", "mark", "source", "unit"):
        np.testing.assert_array_equal(getattr(rows.ratings, name), getattr(columns.ratings, name))


def test_both_readers_read_the_seconds(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(f"{HEADER},seconds\na,b,c,1,2.5\na,b,d,2,\n", encoding="utf-8")
    for large_file_bytes in (0, 10**9):
        np.testing.assert_array_equal(
            read_ratings(path, large_file_bytes=large_file_bytes).seconds, [2.5, np.nan]
        )


def test_a_large_file_in_a_chinese_encoding_falls_back_to_the_row_reader(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(f"{HEADER}\n示例甲,评委,德,3\n示例乙,评委,德,2\n".encode("gb18030"))
    assert read_ratings(path, large_file_bytes=0).names["ratee"] == ["示例乙", "示例甲"]


def test_the_same_file_gives_the_same_result(rate: Rate) -> None:
    first, second = (rate(campaign_lines(SMALL), "--quiet")[1] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["rater,R01,0.5", "rater,R01,0.7"],
            "line 3, column id: the rater “R01” is held in line 2 too; keep one of the two rows",
        ),
        (["rater,R01,1e3"], "line 2, column measure: is “1e3”; write a number from -100 to 100"),
    ],
)
def test_an_anchor_twice_or_out_of_range_is_bad_input(
    rate: Rate, tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[str], message: str
) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("\n".join(["facet,id,measure", *lines]) + "\n")
    assert rate(lines_of(simulated(4)), "--anchors", str(anchors)) == (2, {})
    assert capsys.readouterr().err == f"anchors.csv, {message}\n"


def test_anchors_may_name_elements_without_a_mark(
    rate: Rate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("facet,id,measure\nrater,R01,0.5\nrater,R99,1\ncriterion,C9,0\n")
    code, result = rate(lines_of(simulated(4)), "--anchors", str(anchors), "--quiet")
    assert code == 0
    assert result["notes"] == ["anchors.csv: without a mark, so holding nothing: criterion C9, rater R99"]
    assert next(row["measure"] for row in result["facets"]["rater"] if row["id"] == "R01") == 0.5
    capsys.readouterr()
    anchors.write_text("facet,id,measure\nrater,R99,1\n")
    assert rate(lines_of(simulated(4)), "--anchors", str(anchors))[0] == 2
    assert capsys.readouterr().err == (
        "anchors.csv: names no one who has a mark; use the codes of the ratings\n"
    )


def test_anchors_without_rows_are_bad_input(
    rate: Rate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("facet,id,measure\n")
    assert rate(lines_of(simulated(4)), "--anchors", str(anchors))[0] == 2
    assert capsys.readouterr().err == (
        "anchors.csv: has no rows; add the values to hold, or leave out --anchors\n"
    )


def test_mml_with_one_criterion_has_nothing_to_separate_it_from(rate: Rate) -> None:
    lines = [line for line in lines_of(simulated(4)) if ",C0," in line or line == HEADER]
    code, result = rate(lines, "--method", "mml", "--quiet")
    assert code == 0
    assert result["facets"]["criterion"][0]["se"] == 0
    assert result["reliability"]["criterion"] == {
        "separation": 0.0,
        "strata": pytest.approx(1 / 3),
        "reliability": 0.0,
        "chi_square": 0.0,
        "df": 0,
        "p": 1.0,
    }


def test_marks_in_perfect_order_are_not_called_alike(rate: Rate, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [HEADER, *(f"P{ratee},R{rater},C,{ratee}" for ratee in range(4) for rater in range(3))]
    assert rate(lines) == (3, {})
    assert capsys.readouterr().err.startswith(
        "no solution: the marks only order the elements: those left have only top or only bottom marks"
    )


def test_a_large_file_takes_no_other_numbers_than_a_small_one(tmp_path: Path) -> None:
    source = tmp_path / "marks.csv"
    source.write_text(f"{HEADER}\na,r,c,1_0\nb,r,c,9\n")
    for size in (0, 10**9):
        with pytest.raises(BadInputError) as refused:
            read_ratings(source, large_file_bytes=size)
        assert str(refused.value) == (
            "marks.csv, line 2, column score: is “1_0”; write a number, or delete the row when no mark was given"
        )


def test_units_and_sources_stand_in_the_subset_of_their_marks(rate: Rate) -> None:
    rows = [
        f"P{unit}{ratee},{source}{unit}{rater},C{criterion},{1 + (unit + ratee + rater + criterion) % 4},{source},U{unit}"
        for unit in range(2)
        for ratee in range(4)
        for source in ("host", f"team{unit}")
        for rater in range(2)
        for criterion in range(2)
    ]
    code, result = rate([f"{HEADER},source,unit", *rows], "--quiet")
    assert code == 0
    assert result["subsets"] == 2
    assert {row["id"]: row["subset"] for row in result["facets"]["unit"]} == {"U0": 1, "U1": 2}
    assert {row["id"]: row["subset"] for row in result["facets"]["source"]} == {
        "host": 1,
        "team0": 1,
        "team1": 2,
    }


def weighed(tmp_path: Path, text: str) -> tuple[str, str]:
    """The option with a file of this content."""
    (tmp_path / "weights.json").write_text(text, encoding="utf-8")
    return "--weights", str(tmp_path / "weights.json")


def test_weights_move_fair_marks_and_no_measure(rate: Rate, tmp_path: Path) -> None:
    """The second source sees the merit without the unit's leniency; with all weight on one criterion its difficulty shows."""
    alike = rate(campaign_lines(SMALL), "--quiet")[1]
    names = [row["id"] for row in alike["facets"]["criterion"]]
    words = weighed(tmp_path, json.dumps({"criterion": {name: float(name == names[0]) for name in names}}))
    code, one = rate(campaign_lines(SMALL), "--quiet", *words)
    assert code == 0
    for before, after in zip(alike["facets"]["ratee"], one["facets"]["ratee"], strict=True):
        assert {**before, "fair": 0} == {**after, "fair": 0}
    easy = alike["facets"]["criterion"][0]["measure"]
    moved = [
        after["fair"] - before["fair"]
        for before, after in zip(alike["facets"]["ratee"], one["facets"]["ratee"], strict=True)
    ]
    assert all(step * easy < 0 for step in moved)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"criterion": {"C0": 1}}', "is missing"),
        ('{"source": {"host": 1, "inspector": -1}}', "write a number of at least 0"),
        ('{"source": {"host": 0, "inspector": 0}}', "holds no weight above 0"),
        ('{"source": {"host": 1, "inspector": 1, "x": 1}}', "is not known"),
        ('{"sources": {}}', "is not known"),
        ("[]", "holds no object"),
    ],
)
def test_wrong_weights_are_named(rate: Rate, tmp_path: Path, capsys, text: str, message: str) -> None:
    code, _ = rate(campaign_lines(SMALL), "--quiet", *weighed(tmp_path, text))
    assert code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--model", "facets"), ("--method", "mml")])
def test_the_facets_model_has_no_weights(rate: Rate, tmp_path: Path, capsys, words) -> None:
    code, _ = rate(campaign_lines(SMALL), "--quiet", *words, *weighed(tmp_path, "{}"))
    assert code == 2
    assert "--weights cannot be used with the facets model" in capsys.readouterr().err


def test_weights_ask_for_the_hierarchical_model(rate: Rate, tmp_path: Path) -> None:
    assert (
        rate(campaign_lines(SMALL, with_source=False), "--quiet", *weighed(tmp_path, "{}"))[1]["model"]
        == "hierarchical"
    )

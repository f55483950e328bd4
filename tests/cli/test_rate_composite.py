"""`secondment rate --composite`: parts, weights, grades, vetoes and quota, and what it says of bad schemes."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook
from scipy import stats
from tests.algorithms.rating.rating_sets import guilford

from secondment.algorithms.rating.facets import fit_facets
from secondment.algorithms.rating.fair_error import facets_fair_errors
from secondment.cli.main import main

Compose = Callable[..., tuple[int, dict]]
PEOPLE = [f"P{number}" for number in range(7)]
GRADES = [{"name": "excellent", "from": 80}, {"name": "competent", "from": 50}]
TABLES = {
    "kpi.csv": ["ratee,score,backing,se", *(f"P{number},{40 + 8 * number},audited," for number in range(5)), "P5,,,", "P6,90,,3"],
    "ind.csv": [
        "ratee,indicator,value,backing",
        *(f"P{number},income,{100 * number},audited" for number in range(7)),
        *(f"P{number},visits,{number},declared" for number in range(6)),
        "P6,visits,,",
    ],
    "rules.csv": ["indicator,value,score,weight", "income,0,0,3", "income,500,100,", "visits,0,20,1", "visits,5,70,"],
    "veto.csv": ["ratee,reason", "P1,absent without leave"],
    "one.csv": ["part,ratings,kpi,work", "ratings,1,3,5", "kpi,1/3,1,3", "work,1/5,1/3,1"],
    "two.csv": ["part,work,kpi,ratings", "ratings,4,2,1", "kpi,2,1,1/2", "work,1,1/2,1/4"],
    "circle.csv": ["part,ratings,kpi,work", "ratings,1,5,1/5", "kpi,1/5,1,5", "work,5,1/5,1"],
}  # fmt: skip


def scheme(**changes: object) -> dict[str, object]:
    parts = [
        {"name": "ratings", "weight": 50, "lowest_mark": 1, "highest_mark": 9},
        {"name": "kpi", "weight": 30, "table": "kpi.csv"},
        {"name": "work", "weight": 20, "indicators": "ind.csv", "rules": "rules.csv"},
    ]
    whole = {"parts": parts, "grades": GRADES, "lowest_grade": "basic", "vetoes": "veto.csv", **changes}
    return {key: value for key, value in whole.items() if value is not None}


def unweighted() -> list[dict[str, object]]:
    return [{key: value for key, value in part.items() if key != "weight"} for part in scheme()["parts"]]  # type: ignore[attr-defined]


@pytest.fixture
def compose(tmp_path: Path) -> Compose:
    def run(content: dict[str, object], *options: str, **tables: list[str]) -> tuple[int, dict]:
        ratings, out = guilford(), tmp_path / "out.json"
        rows = zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.mark, strict=True)
        lines = ["ratee,rater,criterion,score", *(f"P{a},R{b},C{c},{mark:g}" for a, b, c, mark in rows)]
        for name, own in {
            **TABLES,
            **{f"{key}.csv": value for key, value in tables.items()},
            "m.csv": lines,
        }.items():
            (tmp_path / name).write_text("\n".join(own) + "\n", encoding="utf-8")
        (tmp_path / "scheme.json").write_text(json.dumps(content), encoding="utf-8")
        out.unlink(missing_ok=True)
        arguments = ["rate", str(tmp_path / "m.csv"), "--out", str(out), "--quiet", *options]
        code = main([*arguments, "--composite", str(tmp_path / "scheme.json")])
        return code, json.loads(out.read_text(encoding="utf-8"))["composite"] if out.exists() else {}

    return run


def by_id(found: dict) -> dict[str, dict]:
    return {row["id"]: row for row in found["rows"]}


def test_the_score_is_the_weighted_mean_of_the_parts_with_its_chances(compose: Compose) -> None:
    code, found = compose(scheme())
    fit = fit_facets(guilford())
    fair, error = (fit.tables[0].fair - 1) / 8 * 100, facets_fair_errors(fit) / 8 * 100
    row = by_id(found)["P4"]
    # Income 400 scores 80 (weight 3 of 4), four visits 60; errors are 2 and 10 points.
    work, work_se = 0.75 * 80 + 0.25 * 60, np.hypot(0.75 * 2, 0.25 * 10)
    score = 0.5 * fair[4] + 0.3 * 72 + 0.2 * work
    se = np.sqrt((0.5 * error[4]) ** 2 + (0.3 * 2) ** 2 + (0.2 * work_se) ** 2)
    assert code == 0
    assert row["scores"] == pytest.approx({"ratings": fair[4], "kpi": 72, "work": work})
    assert row["contributions"] == pytest.approx({"ratings": 0.5 * fair[4], "kpi": 21.6, "work": 0.2 * work})
    assert (row["score"], row["se"]) == (pytest.approx(score), pytest.approx(se))
    assert row["high"] - row["score"] == pytest.approx(stats.norm.ppf(0.95) * se)
    assert sum(row["grade_probability"].values()) == pytest.approx(1)
    assert row["grade_probability"]["excellent"] == pytest.approx(stats.norm.sf((80 - score) / se), abs=1e-9)
    assert row["grade"] == "competent"
    assert found["parts"] == [
        {"part": "ratings", "percent": 50},
        {"part": "kpi", "percent": 30},
        {"part": "work", "percent": 20},
    ]
    assert found["grades"][0] == {"grade": "excellent", "from": 80}
    assert found["judgements"] is None
    assert found["quota"] is None


def smallest_flip(row: dict) -> float | None:
    """By trying every pair of parts and every limit."""
    scores, percent = row["scores"], {"ratings": 0.5, "kpi": 0.3, "work": 0.2}
    moves = []
    for limit in (50, 80):
        for gains in scores:
            for gives in scores:
                difference = scores[gains] - scores[gives]
                move = (limit - row["score"]) / difference if difference else -1
                moves += [move] if 0 <= move <= percent[gives] else []
    return min(moves, default=None)


def test_the_smallest_flip_moves_just_enough_weight(compose: Compose) -> None:
    rows = [row for row in compose(scheme())[1]["rows"] if row["id"] != "P5"]
    flips = [smallest_flip(row) for row in rows]
    assert [row["smallest_flip"] for row in rows] == [
        own if own is None else pytest.approx(own) for own in flips
    ]
    assert any(flips)
    assert None in flips


def test_the_workbook_shows_parts_and_grades_side_by_side(compose: Compose, tmp_path: Path) -> None:
    compose(scheme(quota=0.3))
    arguments = ["rate", str(tmp_path / "m.csv"), "--out", str(tmp_path / "out.xlsx"), "--quiet"]
    assert main([*arguments, "--composite", str(tmp_path / "scheme.json")]) == 0
    book = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    rows = book.get_sheet_by_name("composite").to_python()
    assert rows[0][5:8] == ["scores: ratings", "scores: kpi", "scores: work"]
    assert rows[0][-2:] == ["smallest_flip", "veto"]
    assert len(rows) == 8
    assert book.get_sheet_by_name("composite.quota").to_python()[0] == ["id", "probability", "standing"]
    assert book.get_sheet_by_name("composite.parts").to_python()[1] == ["ratings", 50]


def test_a_veto_and_an_unknown_part_stand_apart(compose: Compose) -> None:
    found = by_id(compose(scheme())[1])
    assert (found["P1"]["grade"], found["P1"]["veto"]) == ("vetoed", "absent without leave")
    assert found["P1"]["score"] is not None
    # P5 has no indicator score: the other parts carry 70 % of the weight, scaled up to 1.
    five = found["P5"]
    assert five["scores"]["kpi"] is None
    expected = (0.5 * five["scores"]["ratings"] + 0.2 * five["scores"]["work"]) / 0.7
    assert five["score"] == pytest.approx(expected)
    strict = by_id(compose(scheme(least_weight=0.8))[1])["P5"]
    assert (strict["grade"], strict["score"], strict["veto"]) == ("not assessable", None, None)
    # Visits unknown for P6: three quarters of the indicators' weight are there.
    assert found["P6"]["scores"]["work"] == pytest.approx(100)


def test_an_unknown_indicator_beyond_two_fifths_leaves_the_part_unknown(compose: Compose) -> None:
    rows = [line for line in TABLES["ind.csv"] if not line.startswith("P3,income")]
    assert by_id(compose(scheme(), ind=rows)[1])["P3"]["scores"]["work"] is None


def test_judgements_give_the_published_weights(compose: Compose) -> None:
    _, found = compose(scheme(parts=unweighted(), judgements=["one.csv", "two.csv"]))
    one, two = found["judgements"]["judges"]
    assert one["file"] == "one.csv"
    assert one["weights"] == pytest.approx({"ratings": 0.637, "kpi": 0.258, "work": 0.105}, abs=5e-4)
    assert one["consistency_ratio"] == pytest.approx(0.033, abs=5e-4)
    assert two["weights"] == pytest.approx({"ratings": 4 / 7, "kpi": 2 / 7, "work": 1 / 7})
    assert two["consistency_ratio"] == pytest.approx(0, abs=1e-9)
    products = [np.sqrt(one["weights"][name] * two["weights"][name]) for name in one["weights"]]
    assert list(found["judgements"]["group"]["weights"].values()) == pytest.approx(
        list(np.array(products) / sum(products))
    )
    assert sum(part["percent"] for part in found["parts"]) == 100


def test_contradictory_judgements_are_no_solution(
    compose: Compose, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compose(scheme(parts=unweighted(), judgements=["circle.csv"])) == (3, {})
    assert capsys.readouterr().err.startswith(
        "no solution: the judgements of circle.csv contradict each other: consistency ratio 2.76, it must stay under 0.10"
    )


def test_fair_marks_of_the_hierarchical_model_have_their_errors(compose: Compose) -> None:
    row = by_id(compose(scheme(), "--model", "hierarchical")[1])["P4"]
    assert 50 < row["scores"]["ratings"] < 100
    assert 0.5 * 2 < row["se"] < 0.5 * 15


def test_the_quota_tells_measured_from_decided(compose: Compose) -> None:
    _, found = compose(scheme(quota=0.3))
    quota = found["quota"]
    assert (quota["places"], len(quota["rows"])) == (2, 6)
    assert "P1" not in [row["id"] for row in quota["rows"]]
    assert sum(row["probability"] for row in quota["rows"]) == pytest.approx(2)
    assert "quota decision" in found["note"]


def test_a_quota_for_all_is_refused(compose: Compose, capsys: pytest.CaptureFixture[str]) -> None:
    assert compose(scheme(quota=0.95)) == (3, {})
    assert (
        "no solution: the quota: the top share must hold between 1 and 5 ratees, not 7"
        in capsys.readouterr().err
    )


def test_weights_of_nought_for_all_present_parts_leave_nobody_assessable(compose: Compose) -> None:
    parts = [{"name": "kpi", "weight": 100, "table": "kpi.csv"}]
    _, found = compose(scheme(parts=parts, kpi=None))
    assert by_id(found)["P5"]["grade"] == "not assessable"
    assert by_id(found)["P4"]["grade"] == "competent"
    assert by_id(found)["P0"]["grade"] == "basic"


BAD_SCHEMES: dict[str, tuple[dict[str, object], list[str]]] = {
    "weights": (
        scheme(parts=[{"name": "kpi", "weight": 70, "table": "kpi.csv"}]),
        ["scheme.json, column parts: the weights sum to 70; give integer percent that sum to 100"],
    ),
    "no parts": (scheme(parts=[]), ["scheme.json, column parts: is missing or empty; list at least one part"]),
    "parts": (scheme(parts="all"), ["scheme.json, column parts: is not a list of objects; write [ { … }, { … } ]", "scheme.json, column parts: is missing or empty; list at least one part"]),
    "part": (
        scheme(parts=[{"name": "kpi", "weight": 50, "table": "kpi.csv"}, {"name": "kpi", "weight": 50.5, "lowest_mark": 4, "highest_mark": 1, "colour": "red"}]),
        [
            "scheme.json, column parts[2].highest_mark: is not above lowest_mark; write the range of the form, or name a table",
            "scheme.json, column parts: two parts have the same name; give every part its own name",
            "scheme.json, column parts[2].weight: is 50.5; write a whole number from 0 to 100",
            "scheme.json, column parts: the weights sum to 50; give integer percent that sum to 100",
            "scheme.json, column parts[2].colour: is not known; use name, lowest_mark, highest_mark, weight",
        ],
    ),
    "range": (
        scheme(parts=[{"name": "ratings", "weight": 100, "lowest_mark": "one"}]),
        [
            "scheme.json, column parts[1].lowest_mark: is \"one\"; write a number",
            "scheme.json, column parts[1].highest_mark: is missing; write a number",
        ],
    ),
    "grades": (
        scheme(grades=GRADES[::-1], lowest_grade=""),
        [
            "scheme.json, column lowest_grade: is \"\"; write a text",
            "scheme.json, column grades: the limits do not fall; list the best grade first",
        ],
    ),
    "no grades": (
        scheme(grades=None, lowest_grade=None, judgements=7, parts=unweighted(), quota=3, half=1),
        [
            "scheme.json, column judgements: is not a list of texts; write [ \"…\", \"…\" ]",
            "scheme.json, column parts[1].weight: is missing; write a whole number from 0 to 100",
            "scheme.json, column parts[2].weight: is missing; write a whole number from 0 to 100",
            "scheme.json, column parts[3].weight: is missing; write a whole number from 0 to 100",
            "scheme.json, column parts: the weights sum to 0; give integer percent that sum to 100",
            "scheme.json, column lowest_grade: is missing; write a text",
            "scheme.json, column grades: is missing or empty; list the grades with their lower limits, the best first",
            "scheme.json, column quota: is 3; write a number from 0 to 1",
            "scheme.json, column half: is not known; use parts, judgements, grades, lowest_grade, vetoes, least_weight, quota",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD_SCHEMES))
def test_bad_schemes_get_exact_messages(
    compose: Compose, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    content, messages = BAD_SCHEMES[case]
    assert compose(content) == (2, {})
    found = capsys.readouterr().err.splitlines()
    assert sorted(found) == sorted(messages)


BAD_TABLES: dict[str, tuple[dict[str, list[str]], list[str]]] = {
    "scores": (
        {"kpi": ["ratee,score,backing", "P0,101,audited", "P0,50,audited", "X,50,audited", "P2,50,", "P3,50,seen", "P4,good,audited"]},
        [
            "kpi.csv, line 2, column score: is 101; write a number from 0 to 100",
            "kpi.csv, line 3, column ratee: “P0” already occurs in line 2; keep one of the two rows, or number them apart",
            "kpi.csv, line 4, column ratee: “X” has no mark; use the code of a ratee in the ratings, or delete the row",
            "kpi.csv, line 5, column backing: is empty and there is no se; write audited, documented, declared, or a standard error in the column se",
            "kpi.csv, line 6, column backing: is “seen”; write audited, documented, declared, or a standard error in the column se",
            "kpi.csv, line 7, column score: is “good”; write a number",
        ],
    ),
    "indicators": (
        {"ind": ["ratee,indicator,value,backing", "X,income,1,audited", "P0,trees,1,audited", "P0,income,1,audited", "P0,income,2,audited"]},
        [
            "ind.csv, line 2, column ratee: “X” has no mark; use the code of a ratee in the ratings",
            "ind.csv, line 3, column indicator: “trees” has no rule; add its points to the table of rules",
            "ind.csv, line 5, column indicator: occurs twice for this ratee; keep one row of the two",
        ],
    ),
    "rules": (
        {"rules": ["indicator,value,score,weight", "income,5,0,", "income,1,100,", "visits,0,200,0"], "ind": ["ratee,indicator,value,backing"]},
        [
            "rules.csv, line 4, column score: is 200; write a number from 0 to 100",
            "rules.csv, line 4, column weight: is 0; write a number of at least 0.001",
            "rules.csv, column indicator “income”: its points make no rule; a rule needs at least two points with rising values and one score each",
        ],
    ),
    "vetoes": (
        {"veto": ["ratee,reason", "P1,", "Q,late"]},
        [
            "veto.csv, line 2, column reason: is empty; write the fact and who decided",
            "veto.csv, line 3, column ratee: “Q” has no mark; use the code of a ratee in the ratings, or delete the row",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD_TABLES))
def test_bad_tables_get_exact_messages(
    compose: Compose, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    tables, messages = BAD_TABLES[case]
    assert compose(scheme(), **tables) == (2, {})
    assert capsys.readouterr().err.splitlines() == messages


BAD_JUDGEMENTS = {
    "row": (["part,ratings,kpi,work", "ratings,1,3,5", "kpi,1/3,1,3"], "one.csv: has no row for “work”; give one row per part"),
    "cell": (["part,ratings,kpi,work", "ratings,1,much,5", "kpi,1/0,1,3", "work,1/5,1/3,1"], "one.csv, line 2, column kpi: is “much”; write a judgement from 1/9 to 9"),
    "mirror": (["part,ratings,kpi,work", "ratings,1,3,5", "kpi,3,1,3", "work,1/5,1/3,1"], "one.csv: is not a table of judgements; each judgement must be positive and the reciprocal of its mirror image"),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD_JUDGEMENTS))
def test_bad_judgements_get_exact_messages(
    compose: Compose, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    lines, message = BAD_JUDGEMENTS[case]
    assert compose(scheme(parts=unweighted(), judgements=["one.csv"]), one=lines) == (2, {})
    assert capsys.readouterr().err.splitlines()[0] == message


def test_a_missing_table_is_named(compose: Compose, capsys: pytest.CaptureFixture[str]) -> None:
    assert compose(scheme(vetoes="none.csv"))[0] == 2
    assert capsys.readouterr().err == "none.csv: cannot be read (No such file or directory); check the path\n"

"""`secondment match --rules`: rules speak of everybody and every post in the facts, with or without a pair."""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.test_match_rules import ARCS, PEOPLE, POSTS, match, pairs_of, rosters, write
from tests.cli.test_match_rules import EQUAL as ROSTER_POSTS

from secondment.cli.main import main
from secondment.files.headers import Layout
from secondment.files.reading import read_table

Json = dict[str, Any]
LONE_POST = POSTS + "村四,西县,一队,,村\n"
LONE_PERSON = PEOPLE + "戊,女,厅,科,丙,,\n"


def test_a_team_with_a_post_nobody_can_take_is_not_sent(tmp_path: Path) -> None:
    code, result = match(tmp_path, {"rules": [{"kind": "whole_team", "team": "team"}]}, posts=LONE_POST)
    assert code == 0
    assert pairs_of(result) == {("丁", "村三")}
    assert result["rules"][0]["reached"] == [
        {"of": "一队", "value": None, "least": 3.0, "most": 3.0, "kept": True}
    ]


def test_a_post_nobody_can_take_cannot_be_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = {"rules": [{"kind": "filled", "where": {"county": "西县"}}]}
    assert match(tmp_path, rules, posts=LONE_POST) == (3, {})
    assert "rule 1 (filled): all 2 places of 2 posts filled" in capsys.readouterr().err


def test_a_region_nobody_can_go_to_counts_in_a_balance(tmp_path: Path) -> None:
    rules = {"rules": [{"kind": "balance", "region": "county", "width": 1}]}
    code, result = match(tmp_path, rules, posts=POSTS + "村五,北县,,,村\n")
    assert (code, result["n_assigned"]) == (0, 2)
    assert {"of": "北县", "value": 0.0, "kept": True} in result["rules"][0]["reached"]


def test_places_of_all_posts_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"--arcs": ARCS, "--post-facts": LONE_POST, "--rules": "{}"}
    words = [
        word
        for name, text in files.items()
        for word in (name, write(tmp_path, name[2:] + (".json" if name == "--rules" else ".csv"), text))
    ]
    assert main(["match", *words, "--out", str(tmp_path / "r.json")]) == 0
    assert "3 of 4 places filled" in "".join(capsys.readouterr())


def test_facts_of_people_without_a_pair_may_be_blank(tmp_path: Path) -> None:
    rules: Json = {
        "rules": [
            {"kind": "balance", "region": "county", "weight": "years", "width": 20},
            {"kind": "pyramid", "rank": "rank", "order": ["处", "科"]},
            {"kind": "overlap", "available": "available", "leaves": "leaves"},
        ],
        "goals": [{"name": "years", "sum": "years"}],
    }
    people = PEOPLE + "戊,女,厅,厅,丙,,\n"
    assert match(tmp_path, rules, people=people)[0] == 0


@pytest.mark.parametrize("people", [PEOPLE, LONE_PERSON])
def test_a_partner_without_a_pair_keeps_the_other_at_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], people: str
) -> None:
    rules = {"rules": [{"kind": "both_or_neither", "couples": [["丁", "戊"]]}]}
    code, result = match(tmp_path, rules, people=people)
    assert code == 0
    assert "丁" not in {person for person, _ in pairs_of(result)}
    told = "rules.json, rule 1, key “couples”: without an admissible pair, so placed nowhere: 戊"
    assert result["notes"] == [told]
    assert capsys.readouterr().err == f"note: {told}\n"


def test_a_column_of_couples_may_name_people_elsewhere(tmp_path: Path) -> None:
    rules = {"rules": [{"kind": "not_both", "couples": "spouse"}]}
    code, result = match(tmp_path, rules, people=PEOPLE.replace("科,,2026-08-20", "科,己,2026-08-20"))
    assert code == 0
    assert result["notes"] == [
        "rules.json, rule 1, key “couples”: without an admissible pair, so placed nowhere: 己"
    ]


def test_a_prohibition_may_name_people_and_posts_without_a_pair(tmp_path: Path) -> None:
    code, result = match(tmp_path, {"rules": [{"kind": "forbid", "person": "戊", "post": "村九"}]})
    assert (code, result["n_assigned"]) == (0, 3)
    assert result["notes"] == [
        "rules.json, rule 1, key “person”: without an admissible pair, so placed nowhere: 戊",
        "rules.json, rule 1, key “post”: without an admissible pair, so left empty: 村九",
    ]


def test_a_lock_of_somebody_unknown_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path, {"rules": [{"kind": "lock", "person": "戊", "post": "村一"}]}) == (2, {})
    assert "“戊” is not a person with an admissible pair" in capsys.readouterr().err


def test_caps_may_name_groups_that_are_not_here_and_name_those_they_leave_out(tmp_path: Path) -> None:
    rules = {"rules": [{"kind": "caps", "group": "unit", "most": {"厅": 1, "办": 1}}]}
    code, result = match(tmp_path, rules)
    assert (code, result["n_assigned"]) == (0, 3)
    assert result["notes"] == [
        "rules.json, rule 1, key “most”: named but not found, so without effect: 厅",
        "rules.json, rule 1, key “most”: not named, so without a limit: 局",
    ]


def test_a_lower_count_of_an_unknown_region_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = {"rules": [{"kind": "count", "region": "county", "least": {"南县": 1}}]}
    assert match(tmp_path, rules) == (2, {})
    assert "key “least”: “南县” does not occur; correct it; found: 东县, 西县" in capsys.readouterr().err


def test_rosters_take_people_without_a_pair_too(tmp_path: Path) -> None:
    rules = {"rules": [{"kind": "both_or_neither", "couples": [["赵甲", "某某"]]}]}
    caps = write(tmp_path, "caps.csv", "派出单位,最多派出\n农业厅,9\n档案馆,1\n")
    assert rosters(tmp_path, rules, "plan.json", "--caps", caps, posts=ROSTER_POSTS) == 0
    result = json.loads((tmp_path / "plan.json").read_text())
    assert "赵甲" not in {pair["name"] for pair in result["pairs"]}
    assert "档案馆" in result["notes"][0]
    assert "placed nowhere: 某某" in result["notes"][-1]
    assert rosters(tmp_path, rules, "plan.xlsx", "--caps", caps, posts=ROSTER_POSTS) == 0
    shown = {
        row["项目"]: row["内容"]
        for row in read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows
    }
    assert shown["上限表中有、名册中无的单位"] == "档案馆"
    assert "placed nowhere: 某某" in shown["注意"]


# --- every plan of small worlds, judged by a second statement of the rules ---


def plans(arcs: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Every way to give people at most one post each, no post twice."""
    people = sorted({person for person, _ in arcs})
    for posts in product(*([None, *(post for who, post in arcs if who == person)] for person in people)):
        taken = [post for post in posts if post]
        if len(set(taken)) == len(taken):
            yield {person: post for person, post in zip(people, posts, strict=True) if post}


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("一二三四")),
        min_size=1,
        max_size=9,
        unique=True,
    ),
    st.lists(st.sampled_from(["", "红", "蓝"]), min_size=4, max_size=4),
    st.sampled_from(["红", "蓝", ""]),
)
def test_teams_of_the_facts_are_whole_whatever_pairs_there_are(
    tmp_path_factory: pytest.TempPathFactory, arcs: list[tuple[str, str]], teams: list[str], must: str
) -> None:
    folder = tmp_path_factory.mktemp("world")
    team_of = dict(zip("一二三四", teams, strict=True))
    rules: list[Json] = [{"kind": "whole_team", "team": "team"}] if any(teams) else []
    if must in teams and must:
        rules.append({"kind": "filled", "where": {"team": must}})

    def keeps(plan: dict[str, str]) -> bool:
        filled = set(plan.values())
        whole = all(
            {post in filled for post in team_of if team_of[post] == team} in ({True}, {False})
            for team in set(teams) - {""}
        )
        return whole and (not must or all(post in filled for post in team_of if team_of[post] == must))

    kept = [len(plan) for plan in plans(arcs) if keeps(plan)]
    table = "person,post,score\n" + "".join(f"{person},{post},1\n" for person, post in arcs)
    posts = "post,team\n" + "".join(f"{post},{team}\n" for post, team in team_of.items())
    people = "person\n甲\n乙\n丙\n丁\n"
    (folder / "r.json").unlink(missing_ok=True)
    code, result = match(folder, {"rules": rules}, arcs=table, posts=posts, people=people)
    assert (code, result.get("n_assigned")) == ((0, max(kept)) if kept else (3, None))

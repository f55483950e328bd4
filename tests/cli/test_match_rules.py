"""`secondment match --rules`: a file of rules in, the best plan that keeps them out, every fault named."""

import json
import signal
import subprocess
import sys
import threading
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from tests.cli.test_match_rosters import PEOPLE as ROSTER
from tests.cli.test_match_rosters import POSTS as ROSTER_POSTS

from secondment.cli.main import main
from secondment.cli.match.rules.facts import Facts, read_facts
from secondment.cli.match.rules.reader import World
from secondment.cli.match.rules.rules_file import KINDS, read_rules_file, rules_of
from secondment.cli.stopping import stoppable
from secondment.files.headers import Layout
from secondment.files.reading import read_table

ARCS = """person,post,score,wish
甲,村一,9.5,1
甲,村二,9,0
乙,村一,8,1
乙,村三,7,0
丙,村二,4,1
丙,村三,6,0
丁,村三,9,1
丁,村二,3,0
"""
PEOPLE = """person,sex,unit,rank,spouse,available,years
甲,男,办,处,乙,2026-08-01,5
乙,女,办,科,甲,2026-08-01,2
丙,女,局,科,,2026-08-20,8
丁,男,局,处,,2026-09-20,1
"""
POSTS = """post,county,team,leaves,kind
村一,东县,一队,2026-09-01,村
村二,东县,一队,,街
村三,西县,,2026-09-01,村
"""
Json = dict[str, Any]


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> str:
    (folder / name).write_text(text, encoding=encoding)
    return str(folder / name)


def match(
    folder: Path, rules: object, *words: str, people: str = PEOPLE, posts: str = POSTS, arcs: str = ARCS
) -> tuple[int, Json]:
    out = folder / "r.json"
    text = rules if isinstance(rules, str) else json.dumps(rules, ensure_ascii=False)
    files = {
        "--arcs": write(folder, "arcs.csv", arcs),
        "--rules": write(folder, "rules.json", text),
        "--person-facts": write(folder, "people.csv", people),
        "--post-facts": write(folder, "posts.csv", posts),
    }
    given = [word for pair in files.items() for word in pair]
    code = main(["match", *given, "--out", str(out), "--quiet", *words])
    return code, json.loads(out.read_text()) if out.exists() else {}


def pairs_of(result: Json) -> set[tuple[str, str]]:
    return {(pair["person"], pair["post"]) for pair in result["pairs"]}


RULES: list[Json] = [
    {"kind": "caps", "group": "unit", "most": 1},
    {"kind": "caps", "group": "unit", "most": {"局": 0}},
    {"kind": "count", "who": {"sex": "女"}, "least": 2},
    {"kind": "count", "region": "county", "who": {"years": {"from": 5}}, "most": {"东县": 0}},
    {"kind": "count", "where": {"kind": "村"}, "who": {"unit": {"not": "办"}}, "most": 0},
    {"kind": "share", "region": "county", "who": {"sex": "女"}, "least": 0.5},
    {"kind": "share", "who": {"rank": ["处"]}, "most": 0.4},
    {"kind": "filled", "where": {"county": "东县"}},
    {"kind": "lock", "person": "丙", "post": "村二"},
    {"kind": "forbid", "person": "丁", "post": "村三"},
    {"kind": "team_skill", "team": "team", "who": {"sex": "女"}},
    {"kind": "team_skill", "team": "team", "who": {"years": {"from": 2, "to": 5}}, "least": {"一队": 2}},
    {"kind": "whole_team", "team": "team"},
    {"kind": "both_or_neither", "couples": [["甲", "丁"]]},
    {"kind": "both_or_neither", "couples": "spouse"},
    {"kind": "not_both", "couples": "spouse", "where": {"county": "东县"}},
    {"kind": "same_region", "couples": "spouse", "region": "county"},
    {"kind": "balance", "region": "county", "weight": "years", "width": 3},
    {"kind": "balance", "region": "county", "width": 0},
    {"kind": "pyramid", "region": "county", "rank": "rank", "order": ["处", "科"]},
    {"kind": "pyramid", "rank": "rank", "order": ["处", "科"], "ratio": 0.5},
    {"kind": "overlap", "available": "available", "leaves": "leaves", "days": 20},
    {"kind": "overlap", "available": "available", "leaves": "leaves", "days": 20, "least": 0.5},
]


def world_of(folder: Path) -> World:
    rows = [line.split(",") for line in ARCS.splitlines()[1:]]
    people, posts = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})

    def facts(noun: str, text: str, names: list[str]) -> Facts:
        return read_facts(Path(write(folder, f"{noun}.csv", text)), noun, names, "arcs.csv")

    return World(
        facts("person", PEOPLE, people),
        facts("post", POSTS, posts),
        np.ones(len(posts), dtype=np.int64),
        np.array([people.index(row[0]) for row in rows]),
        np.array([posts.index(row[1]) for row in rows]),
    )


def best_by_counting(folder: Path, rules: list[Json]) -> tuple[int, float]:
    """Over all plans that every rule's own count calls kept: most places, then the highest score."""
    world = world_of(folder)
    file = read_rules_file(Path(write(folder, "rules.json", json.dumps({"rules": rules}))))
    named = rules_of(file, world)
    scores = [float(line.split(",")[2]) for line in ARCS.splitlines()[1:]]
    best = (-1, 0.0)
    choices = [[-1, *np.flatnonzero(world.person == person)] for person in range(4)]
    for chosen in product(*choices):
        arcs = np.array([arc for arc in chosen if arc >= 0], dtype=np.int64)
        if len(set(world.post[arcs])) < len(arcs):
            continue
        person, post = world.person[arcs], world.post[arcs]
        if all(one.is_kept for rule in named for _name, one in rule.demand.rule_values(person, post)):
            best = max(best, (len(arcs), sum(scores[arc] for arc in arcs)))
    return best


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: json.dumps(rule, ensure_ascii=False))
def test_each_rule_gives_the_best_of_all_plans_that_keep_it(tmp_path: Path, rule: Json) -> None:
    code, result = match(tmp_path, {"rules": [rule]})
    assert code == 0
    assert (result["n_assigned"], result["total_score"]) == best_by_counting(tmp_path, [rule])
    assert result["rules"][0]["kept"]


@pytest.mark.parametrize("seed", range(8))
def test_rules_together_give_the_best_or_exit_3(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    rules = [RULES[index] for index in random.choice(len(RULES), 4, replace=False)]
    code, result = match(tmp_path, {"rules": rules})
    n_best, score = best_by_counting(tmp_path, rules)
    assert code == (3 if n_best < 0 else 0)
    if code == 0:
        assert (result["n_assigned"], result["total_score"]) == (n_best, score)


def test_every_kind_is_tried_above() -> None:
    assert {rule["kind"] for rule in RULES} == set(KINDS)


def test_result_has_the_agreed_keys_and_what_each_rule_reached(tmp_path: Path) -> None:
    rules = {
        "rules": [
            {"kind": "share", "name": "女干部", "region": "county", "who": {"sex": "女"}, "least": 0.5}
        ],
        "goals": [
            {"name": "wishes met", "sum_of_pairs": "wish"},
            {"name": "years", "sum": "years", "want": "least"},
            {"name": "women in villages", "who": {"sex": "女"}, "where": {"kind": "村"}},
        ],
    }
    code, result = match(tmp_path, rules)
    assert code == 0
    assert result == {
        "status": "optimal",
        "n_assigned": 3,
        "total_score": 23.0,
        "bound": 23.0,
        "gap": 0.0,
        "goals": [
            {"name": "places filled", "value": 3.0, "bound": 3.0, "gap": 0.0},
            {"name": "total score", "value": 23.0, "bound": 23.0, "gap": 0.0},
            {"name": "wishes met", "value": 1.0, "bound": 1.0, "gap": 0.0},
            {"name": "years", "value": 15.0, "bound": 15.0, "gap": 0.0},
            {"name": "women in villages", "value": 2.0, "bound": 2.0, "gap": 0.0},
        ],
        "rules": [
            {
                "rule": 1,
                "kind": "share",
                "name": "女干部",
                "kept": True,
                "reached": [
                    {"of": "东县", "value": 0.5, "least": 0.5, "most": 1.0, "kept": True},
                    {"of": "西县", "value": 1.0, "least": 0.5, "most": 1.0, "kept": True},
                ],
            }
        ],
        "notes": [],
        "pairs": [
            {"person": "乙", "post": "村一", "score": 8.0},
            {"person": "丙", "post": "村三", "score": 6.0},
            {"person": "甲", "post": "村二", "score": 9.0},
        ],
    }


def test_no_rules_at_all_is_the_plain_optimum(tmp_path: Path) -> None:
    _, result = match(tmp_path, {"rules": []})
    assert pairs_of(result) == {("乙", "村一"), ("丁", "村三"), ("甲", "村二")}


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "both_or_neither", "couples": []},
        {"kind": "same_region", "couples": [], "region": "county"},
        {"kind": "pyramid", "rank": "sort", "order": ["x"]},
        {"kind": "filled", "where": {"county": {"not": ["东县", "西县"]}}},
        {"kind": "whole_team", "team": "post"},
    ],
    ids=lambda rule: rule["kind"],
)
def test_rules_that_bind_nobody_change_nothing(tmp_path: Path, rule: Json) -> None:
    people = "\n".join(f"{line},{'sort' if at == 0 else 'x'}" for at, line in enumerate(PEOPLE.splitlines()))
    code, result = match(tmp_path, {"rules": [rule]}, people=people)
    assert (code, result["total_score"], result["rules"][0]["kept"]) == (0, 26.0, True)


def test_caps_file_and_places_count(tmp_path: Path) -> None:
    arcs = ARCS.replace("wish", "person_group").replace(",1\n", ",办\n").replace(",0\n", ",办\n")
    caps = write(tmp_path, "caps.csv", "person_group,cap\n办,1\n")
    _, result = match(tmp_path, {"rules": []}, "--caps", caps, arcs=arcs)
    assert result["n_assigned"] == 1
    assert (result["rules"][0]["rule"], result["rules"][0]["name"]) == (0, "caps of caps.csv")
    posts = POSTS.replace("kind\n", "kind,places\n").replace("村\n", "村,2\n").replace("街\n", "街,0\n")
    _, result = match(tmp_path, {"rules": [], "places": "places"}, posts=posts)
    assert pairs_of(result) == {("甲", "村一"), ("乙", "村一"), ("丙", "村三"), ("丁", "村三")}


def test_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    header, *rows = ARCS.splitlines()
    rules = {"rules": RULES[:1] + RULES[5:6], "goals": [{"name": "wishes", "sum_of_pairs": "wish"}]}
    found = []
    for lines in (rows, rows[::-1]):
        _, result = match(tmp_path, rules, arcs="\n".join([header, *lines]))
        found.append(json.dumps(result))
    assert found[0] == found[1]


def test_contradiction_exits_3_with_the_smallest_conflict_and_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = [
        {"kind": "caps", "group": "unit", "most": 2},
        {"kind": "share", "name": "女干部", "region": "county", "who": {"sex": "女"}, "least": 1},
        {"kind": "lock", "person": "丁", "post": "村三"},
        {"kind": "filled"},
    ]
    assert match(tmp_path, {"rules": rules}) == (3, {})
    assert capsys.readouterr().err == (
        "no solution: no plan keeps these together, and no smaller set of demands contradicts itself\n"
        "  rule 2 (share, 女干部): “西县” at least 1\n"
        "  rule 3 (lock): “丁” in “村三”\n"
    )


def hard_files(folder: Path) -> list[str]:
    """A campaign that no solver proves within a hundredth of a second."""
    random = np.random.default_rng(5)
    n_posts, n_people = 80, 160
    people = "".join(
        f"p{j},{random.integers(2)},{random.integers(2)},{random.integers(9)}\n" for j in range(n_people)
    )
    posts = "".join(f"q{i},{i % 8}\n" for i in range(n_posts))
    arcs = "".join(
        f"p{j},q{i},{random.integers(1000)}\n"
        for j in range(n_people)
        for i in random.choice(n_posts, 20, replace=False)
    )
    rules = [
        {"kind": "balance", "region": "r", "weight": "c", "width": 1},
        *({"kind": "share", "region": "r", "who": {name: 1}, "least": 0.45, "most": 0.55} for name in "ab"),
    ]
    return [
        "--arcs",
        write(folder, "arcs.csv", "person,post,score\n" + arcs),
        "--rules",
        write(folder, "rules.json", json.dumps({"rules": rules})),
        "--person-facts",
        write(folder, "people.csv", "person,a,b,c\n" + people),
        "--post-facts",
        write(folder, "posts.csv", "post,r\n" + posts),
        "--out",
        str(folder / "r.json"),
    ]


def test_time_over_exits_4_and_writes_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", *hard_files(tmp_path), "--seconds", "0.01"]) == 4
    result = json.loads((tmp_path / "r.json").read_text())
    assert result["status"] in {"stopped_at_limit", "unknown"}
    assert result["gap"] is None or result["gap"] > 0
    assert "written to" in capsys.readouterr().err


LONG_CALL = """
import time
from secondment.cli.stopping import stoppable
with stoppable(lambda share, doing: None, "matching", share=0.2, limit=9.0, reached=lambda seconds: "nothing new"):
    print("begun", flush=True)
    time.sleep(60)
"""


def test_ctrl_c_ends_a_long_call_at_once() -> None:
    with subprocess.Popen(  # noqa: S603 -- our own interpreter and our own words
        [sys.executable, "-c", LONG_CALL], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert (process.returncode, told) == (130, "\nstopped by Ctrl-C; nothing new\n")


def test_the_bar_follows_the_clock_and_the_old_handler_comes_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[float] = []
    moved = threading.Event()

    def show(share: float, doing: str, /) -> None:
        seen.append(share)
        moved.set()

    with stoppable(show, "matching", share=0.2, limit=1e9, reached=str):
        moved.wait()
    assert 0.2 <= seen[0] < 0.21
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("[1", "rules.json, line 1: expecting ',' delimiter; correct the JSON near column 3"),
        ("[1]", 'rules.json: is not a JSON object; write {"rules": [ … ]}'),
        ('{"rule": []}', "rules.json: key “rule” is unknown; keys: rules, goals, places"),
        ('{"rules": 1}', 'rules.json: “rules” is not a list of objects; write "rules": [{ … }, …]'),
        (
            '{"rules": [], "rules": []}',
            "rules.json: key “rules” occurs twice in one object; correct the JSON",
        ),
        ('{"rules": [{"kind": NaN}]}', "rules.json: NaN is not a number; correct the JSON"),
        ('{"places": 1}', "rules.json: “places” is 1; name a column of the posts"),
        (
            {"places": "x"},
            "rules.json, key “places”: posts.csv has no column “x”; columns: post, county, team, leaves, kind",
        ),
        (
            {"places": "county"},
            "posts.csv, line 2, column county: “东县” is not a number; write a number such as 12 or 0.5",
        ),
        ({"rules": [{}]}, f"rules.json, rule 1, key “kind”: is missing; kinds: {', '.join(KINDS)}"),
        (
            {"rules": [{"kind": "shar"}]},
            f"rules.json, rule 1, key “kind”: “shar” is not a kind of rule; kinds: {', '.join(KINDS)}",
        ),
        (
            {"rules": [{"kind": "caps", "group": "unit"}]},
            "rules.json, rule 1, key “most”: is missing; add “most”; keys: kind, group, most, name",
        ),
        (
            {"rules": [{"kind": "filled", "x": 1}]},
            "rules.json, rule 1, key “x”: is unknown; correct or delete it; keys: kind, name, where",
        ),
        (
            {"rules": [{"kind": "caps", "group": "单位", "most": 1}]},
            (
                "rules.json, rule 1, key “group”: people.csv has no column “单位”; "
                "columns: person, sex, unit, rank, spouse, available, years"
            ),
        ),
        (
            {"rules": [{"kind": "whole_team", "team": "none"}]},
            "rules.json, rule 1, key “team”: column “none” is empty; fill it, or name another column",
        ),
        (
            {"rules": [{"kind": "caps", "group": 1, "most": 1}]},
            "rules.json, rule 1, key “group”: is 1; write a text in quotes",
        ),
        (
            {"rules": [{"kind": "caps", "group": "unit", "most": 1.5}]},
            "rules.json, rule 1, key “most”: is 1.5; write a whole number of at least 0",
        ),
        (
            {"rules": [{"kind": "share", "who": {"sex": "女性"}}]},
            "rules.json, rule 1, key “who”: no person has “女性”; correct it; found in column “sex”: 女, 男",
        ),
        (
            {"rules": [{"kind": "share", "who": {"sex": True}}]},
            (
                "rules.json, rule 1, key “who”: value True is not understood; "
                'write "text", a number, [several], {"from": …, "to": …} or {"not": …}'
            ),
        ),
        (
            {"rules": [{"kind": "share", "who": {"rank": 1}}]},
            "rules.json, rule 1, key “who”: no person has “1”; correct it; found in column “rank”: 处, 科",
        ),
        (
            {"rules": [{"kind": "share", "who": {"sex": {"of": 1}}}]},
            (
                "rules.json, rule 1, key “who”: condition {'of': 1} is not understood; "
                'write "text", a number, [several], {"from": …, "to": …} or {"not": …}'
            ),
        ),
        (
            {"rules": [{"kind": "share", "who": {"years": {"from": "x"}}}]},
            "rules.json, rule 1, key “who”: “from” is 'x'; write a number",
        ),
        (
            {"rules": [{"kind": "share", "who": {"sex": {"from": 1}}}]},
            "people.csv, line 2, column sex: “男” is not a number; write a number such as 12 or 0.5",
        ),
        (
            {"rules": [{"kind": "share", "who": "女"}]},
            'rules.json, rule 1, key “who”: is \'女\'; write {"column": "value", …}',
        ),
        (
            {"rules": [{"kind": "share", "who": {"years": 5}, "least": 0.6, "most": 0.4}]},
            "rules.json, rule 1, key “least”: is 0.6 for “all posts”, above “most” 0.4; let least ≤ most",
        ),
        (
            {"rules": [{"kind": "share", "who": {"years": 5}, "least": 2}]},
            "rules.json, rule 1, key “least”: is 2; write a number from 0 to 1",
        ),
        (
            {"rules": [{"kind": "lock", "person": "戊", "post": "村一"}]},
            "rules.json, rule 1, key “person”: “戊” is not a person with an admissible pair; correct the name",
        ),
        (
            {"rules": [{"kind": "lock", "person": "丁", "post": "村一"}]},
            "rules.json, rule 1, key “person”: and “post” are not an admissible pair; add the pair, or drop the lock",
        ),
        (
            {"rules": [{"kind": "same_region", "couples": "spouse", "region": "team"}]},
            "rules.json, rule 1, key “region”: post “村三” has none; fill the cell",
        ),
        (
            {"rules": [{"kind": "both_or_neither", "couples": 1}]},
            'rules.json, rule 1, key “couples”: is 1; name a column of people, or list pairs: [["甲", "乙"], …]',
        ),
        (
            {"rules": [{"kind": "both_or_neither", "couples": [["甲"]]}]},
            (
                "rules.json, rule 1, key “couples”: holds ['甲']; "
                'name a column of people, or list pairs: [["甲", "乙"], …]'
            ),
        ),
        (
            {"rules": [{"kind": "both_or_neither", "couples": [["甲", "甲"]]}]},
            "rules.json, rule 1, key “couples”: “甲” is not paired with anyone else; name the other one",
        ),
        (
            {"rules": [{"kind": "pyramid", "rank": "rank", "order": "处"}]},
            'rules.json, rule 1, key “order”: is \'处\'; list the ranks, highest first: ["…", "…"]',
        ),
        (
            {"rules": [{"kind": "pyramid", "rank": "rank", "order": ["处", "处"]}]},
            "rules.json, rule 1, key “order”: names a rank twice; name each rank once",
        ),
        (
            {"rules": [{"kind": "pyramid", "rank": "rank", "order": ["处"]}]},
            "rules.json, rule 1, key “order”: leaves out 科; name every rank that occurs; fill empty cells",
        ),
        (
            {"rules": [{"kind": "overlap", "available": "sex", "leaves": "leaves"}]},
            "people.csv, line 2, column sex: “男” is not a date; write it as 2026-09-01",
        ),
        (
            {"goals": [{"name": "a", "want": "x"}]},
            'rules.json, goal 1, key “want”: is “x”; write "most" or "least"',
        ),
        (
            {"goals": [{"name": "a", "sum": "years", "sum_of_pairs": "wish"}]},
            "rules.json, goal 1, key “sum”: is given together with “sum_of_pairs”; keep one of the two",
        ),
        (
            {"goals": [{"name": "a", "sum_of_pairs": "x"}]},
            "arcs.csv, line 1, column x: the column is missing; add a column “x” to the header",
        ),
    ],
)
def test_bad_rules_exit_2_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rules: object, message: str
) -> None:
    posts = POSTS if '"none"' not in json.dumps(rules) else POSTS.replace("kind\n", "kind,none\n")
    assert match(tmp_path, rules, posts=posts) == (2, {})
    assert capsys.readouterr().err.splitlines()[0] == message


@pytest.mark.parametrize(
    ("place", "rule", "message"),
    [
        (
            "1.5",
            {"kind": "filled"},
            "posts.csv, line 2, column places: “1.5” is not a whole number from 0; write 0, 1, 2, …",
        ),
        (
            "2",
            {"kind": "whole_team", "team": "team"},
            "rules.json, rule 1, key “team”: post “村一” has several places; give each place its own post",
        ),
    ],
)
def test_places_that_do_not_fit_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, rule: Json, message: str
) -> None:
    posts = (
        POSTS.replace("kind\n", "kind,places\n").replace("村\n", f"村,{place}\n").replace("街\n", "街,1\n")
    )
    assert match(tmp_path, {"rules": [rule], "places": "places"}, posts=posts) == (2, {})
    assert capsys.readouterr().err.splitlines()[0] == message


def test_all_faulty_rules_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    match(tmp_path, {"rules": [{"kind": "a"}, {"kind": "filled"}, {"kind": "b"}]})
    assert [line.split(",")[1] for line in capsys.readouterr().err.splitlines()] == [" rule 1", " rule 3"]


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (
            PEOPLE + "甲,,,,,,\n",
            "line 6, column person: “甲” already occurs in line 2; keep one of the two rows, or number them apart",
        ),
        (
            PEOPLE.replace("丁", "戊"),
            "column person: “丁” of arcs.csv has no row; add a row for each name",
        ),
        (PEOPLE.replace(",8\n", ",\n"), "line 4, column years: is empty and needed by a rule; fill the cell"),
    ],
)
def test_bad_facts_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], people: str, message: str
) -> None:
    assert match(tmp_path, {"goals": [{"name": "years", "sum": "years"}]}, people=people) == (2, {})
    assert capsys.readouterr().err == f"people.csv, {message}\n"


def test_a_rule_without_facts_says_which_option_brings_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = write(tmp_path, "r.json", '{"rules": [{"kind": "caps", "group": "unit", "most": 1}]}')
    arcs, out = write(tmp_path, "a.csv", ARCS), str(tmp_path / "out.json")
    assert main(["match", "--arcs", arcs, "--rules", rules, "--out", out]) == 2
    assert "columns: none; give --person-facts" in capsys.readouterr().err


def test_scores_beyond_the_solver_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path, {"rules": []}, arcs="person,post,score\n甲,村一,1e12\n") == (2, {})
    assert "between -10⁹ and 10⁹; divide them by a constant" in capsys.readouterr().err


def test_rules_may_be_gb18030_and_facts_a_workbook(tmp_path: Path) -> None:
    book = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for number, line in enumerate(PEOPLE.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    rules = write(
        tmp_path,
        "r.json",
        '{"rules": [{"kind": "count", "name": "不派", "who": {"sex": "女"}, "most": 0}]}',
        "gb18030",
    )
    arcs, out = write(tmp_path, "a.csv", ARCS), tmp_path / "out.json"
    words = ["--arcs", arcs, "--rules", rules, "--person-facts", str(book), "--out", str(out), "--quiet"]
    assert main(["match", *words]) == 0
    assert pairs_of(json.loads(out.read_text())) == {("甲", "村一"), ("丁", "村三")}


def rosters(folder: Path, rules: object, out: str, *words: str, posts: str = ROSTER_POSTS) -> int:
    given = {
        "--people": write(folder, "people.csv", ROSTER),
        "--posts": write(folder, "posts.csv", posts),
        "--rules": write(folder, "rules.json", json.dumps(rules)),
        "--out": str(folder / out),
    }
    return main(["match", *(word for pair in given.items() for word in pair), "--quiet", *words])


EQUAL = ROSTER_POSTS.replace(",,1,推动", ",,2,推动")


def test_columns_of_rosters_are_facts(tmp_path: Path) -> None:
    rules = {
        "rules": [
            {"kind": "forbid", "person": "赵甲", "post": "P1"},
            {"kind": "caps", "group": "单位", "most": 1},
        ],
        "goals": [{"name": "grassroots", "sum": "基层工作年限"}],
    }
    caps = write(tmp_path, "caps.csv", "派出单位,最多派出\n农业厅,1\n")
    assert rosters(tmp_path, rules, "plan.json", "--caps", caps, posts=EQUAL) == 0
    result = json.loads((tmp_path / "plan.json").read_text())
    assert {(pair["name"], pair["post"]) for pair in result["pairs"]} & {("赵甲", "P1")} == set()
    assert [rule["kept"] for rule in result["rules"]] == [True, True, True]
    assert [goal["name"] for goal in result["goals"]] == ["places filled", "total score", "grassroots"]
    assert rosters(tmp_path, rules, "plan.xlsx", posts=EQUAL) == 0
    notes = {
        row["项目"]: row["内容"]
        for row in read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows
    }
    assert notes["规则 1 forbid"] == "“赵甲（农业厅）” in “P1” 0"
    assert notes["求解结论"] == "已证明最优"


@pytest.mark.parametrize(
    ("rules", "posts", "message"),
    [
        (
            {"rules": []},
            ROSTER_POSTS,
            "posts.csv: has posts of different 优先级, which do not go with --rules",
        ),
        ({"places": "名额"}, EQUAL, "rules.json, key “places”: does not go with rosters"),
        (
            {"goals": [{"name": "a", "sum_of_pairs": "x"}]},
            EQUAL,
            "sum_of_pairs “x”: does not go with rosters",
        ),
    ],
)
def test_what_does_not_go_with_rosters_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rules: object, posts: str, message: str
) -> None:
    assert rosters(tmp_path, rules, "plan.json", posts=posts) == 2
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.parametrize("option", ["--seconds", "--tolerance", "--person-facts"])
def test_options_of_rules_need_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    arcs = write(tmp_path, "a.csv", ARCS)
    assert main(["match", "--arcs", arcs, "--out", str(tmp_path / "r.json"), option, "0.5"]) == 2
    assert capsys.readouterr().err.startswith(f"{option}: goes with")

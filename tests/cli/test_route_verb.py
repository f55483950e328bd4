"""`secondment route`: files in, plan out, bad input."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from secondment.cli.main import main
from secondment.cli.route.files import distances

SITES = "id,x,y,demand,ready,due,service,team\n甲村,0,3,1,0,50,2,\n乙村,4,3,1,0,50,2,!二组\n丙村,4,0,1,0,50,2,一组；二组\n丁村,9,9,1,0,5,2,\n"
TEAMS = "id,capacity,depot_x,depot_y,ready,due\n一组,3,0,0,0,100\n二组,1,4,0,,\n"


def route(folder: Path, sites: str = SITES, teams: str = TEAMS, *words: str) -> tuple[int, dict[str, Any]]:
    (folder / "sites.csv").write_text(sites, encoding="utf-8")
    (folder / "teams.csv").write_text(teams, encoding="utf-8")
    out = folder / "plan.json"
    files = ["--sites", str(folder / "sites.csv"), "--teams", str(folder / "teams.csv"), "--out", str(out)]
    code = main(["route", *files, "--seconds", "0.5", *words])
    return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def test_a_plan_names_teams_days_sites_and_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, plan = route(tmp_path)
    assert code == 0
    assert plan["total_distance"] == 12.0
    assert plan["bound"] <= 12.0
    assert plan["gap"] == plan["total_distance"] - plan["bound"]
    assert {r["team"]: sorted(r["visits"]) for r in plan["routes"]} == {
        "一组": ["乙村", "甲村"],
        "二组": ["丙村"],
    }
    assert [(r["day"], r["distance"]) for r in plan["routes"]] == [(1, 12.0), (1, 0.0)]
    assert plan["unserved"] == [
        {"id": "丁村", "reason": "no team that may visit it can reach it in its window and be back in time"}
    ]
    assert "2 tours, 3 of 4 sites, distance 12.00" in capsys.readouterr().err.splitlines()[0]


def test_speed_turns_distance_into_time(tmp_path: Path) -> None:
    _, plan = route(tmp_path, SITES, TEAMS, "--speed", "3", "--quiet")
    assert plan["unserved"] == []
    starts = {s: t for r in plan["routes"] for s, t in zip(r["visits"], r["starts"], strict=True)}
    assert starts["丁村"] <= 5


def test_days_give_each_team_more_tours(tmp_path: Path) -> None:
    sites = "id,x,y,demand\nA,1,0,1\nB,2,0,1\n"
    _, plan = route(tmp_path, sites, "id,capacity,depot_x,depot_y\nT,1,0,0\n", "--days", "2")
    assert sorted((r["day"], len(r["visits"])) for r in plan["routes"]) == [(1, 1), (2, 1)]


def test_same_files_and_iterations_give_the_same_bytes(tmp_path: Path) -> None:
    texts = []
    for _ in range(2):
        route(tmp_path, SITES, TEAMS, "--iterations", "50", "--seed", "3", "--seconds", "60")
        texts.append((tmp_path / "plan.json").read_bytes())
    assert texts[0] == texts[1]


def test_degrees_mean_kilometres_on_the_globe(tmp_path: Path) -> None:
    teams = "id,capacity,depot_lon,depot_lat\nT,9,116.4,39.9\n"
    _, plan = route(tmp_path, "id,lon,lat\n什邡,104.17,31.13\n", teams)
    assert plan["total_distance"] == pytest.approx(2 * 1478, rel=0.01)
    quarter = distances(np.array([[0.0, 0.0]]), np.array([[90.0, 0.0], [0.0, 90.0]]), is_globe=True)
    assert quarter == pytest.approx(6371.0088 * np.pi / 2)


def test_no_site_at_all_writes_the_reasons_and_exits_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, plan = route(tmp_path, "id,x,y,demand\nA,1,0,9\n", "id,capacity,depot_x,depot_y\nT,1,0,0\n")
    assert code == 3
    assert plan["unserved"] == [
        {"id": "A", "reason": "its demand is above the capacity of every team that may visit it"}
    ]
    assert "no solution: no site can be visited; the reasons are in" in capsys.readouterr().err


GOOD_SITES, GOOD_TEAMS = "id,x,y\nA,1,0\n", "id,capacity,depot_x,depot_y\nT,1,0,0\n"


@pytest.mark.parametrize(
    ("sites", "teams", "messages"),
    [
        ("id,x\nA,1\n", GOOD_TEAMS, ["sites.csv: has no columns x and y; add x and y (横坐标, 纵坐标), or lon and lat (经度, 纬度) in degrees"]),
        ("id,lon,lat\nA,1,1\n", GOOD_TEAMS, ["teams.csv: has no column 出发地经度 (depot_lon) and 出发地纬度 (depot_lat); use the same kind of coordinates as the sites"]),
        ("id,x,y\n", GOOD_TEAMS, ["sites.csv: has no rows below the header; add at least one row"]),
        (GOOD_SITES, "id,capacity,depot_x,depot_y\n", ["teams.csv: has no rows below the header; add at least one row"]),
        (
            "id,x,y,demand,ready,due,team\nA,east,0,-1,9,3,Q\nA,0,0,1,,,\n",
            "id,capacity,depot_x,depot_y\nT,many,0,0\n",
            [
                "sites.csv, line 2, column x: is “east”; write a number",
                "sites.csv, line 2, column team: names “Q”; use ids of the teams file, separated by ;",
                "sites.csv, line 2, column demand: is -1; write a number from 0 to 1e+12",
                "sites.csv, line 2, column due: is 3, before ready 9; let ready be at or before due",
                "sites.csv, line 3, column id: “A” already occurs in line 2; keep one of the two rows, or number them apart",
                "teams.csv, line 2, column capacity: is “many”; write a number",
            ],
        ),
        ("id,lon,lat\nA,200,0\n", "id,capacity,depot_lon,depot_lat\nT,1,0,91\n", [
            "sites.csv, line 2, column lon: is 200; write a number from -180 to 180",
            "teams.csv, line 2, column depot_lat: is 91; write a number from -90 to 90",
        ]),
    ],
)  # fmt: skip
def test_bad_input_is_named(
    tmp_path: Path, sites: str, teams: str, messages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, plan = route(tmp_path, sites, teams)
    assert (code, plan) == (2, {})
    assert capsys.readouterr().err.splitlines() == messages


@pytest.mark.parametrize(
    ("column", "text"), [("x", "1e15"), ("x", "-1e300"), ("demand", "1e13"), ("due", "1e15")]
)
def test_numbers_beyond_the_searcher_are_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, text: str
) -> None:
    cells = {"id": "甲村", "x": "0", "y": "3", "demand": "1", "due": ""} | {column: text}
    sites = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    assert route(tmp_path, sites) == (2, {})
    least = "-1e+12" if column == "x" else "0"
    assert capsys.readouterr().err == (
        f"sites.csv, line 2, column {column}: is {text}; write a number from {least} to 1e+12\n"
    )


def test_the_searcher_says_nothing_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    sites = "id,x,y,demand,service,due\n一,0,1,1,1e12,50\n二,0,2,1,0,1e12\n"
    assert route(tmp_path, sites, TEAMS.replace(",100", ","), "--quiet")[0] == 0
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list

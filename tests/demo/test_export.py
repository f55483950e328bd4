import csv
import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from secondment.cli.main import main
from secondment.demo.export import export_demo
from secondment.demo.generator import generate
from secondment.files.reading import read_table

AS_OF = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    export_demo(generate(AS_OF), folder)
    return folder


def test_roster_holds_every_nominee(folder):
    rows = read_table(folder / "roster.xlsx").rows
    assert len(rows) == 600
    assert {row["身份证号"][:6] for row in rows} == {"990000"}


def test_posts_hold_every_village_once(folder):
    rows = read_table(folder / "posts.xlsx").rows
    assert len({row["岗位编号"] for row in rows}) == len(rows) == 351


def test_caps_name_every_organisation(folder):
    with (folder / "caps.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 90
    assert {row["person_group"]: row["cap"] for row in rows}["北京农商银行"] == "2"


def test_same_demo_same_bytes(folder, tmp_path):
    export_demo(generate(AS_OF), tmp_path)
    for name in ("arcs.csv", "caps.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_command_line_matches_the_exported_pairs(folder, capsys):
    files = ["--arcs", str(folder / "arcs.csv"), "--caps", str(folder / "caps.csv")]
    assert main(["match", *files, "--out", str(folder / "plan.json"), "--quiet"]) == 0
    assert '"n_assigned": 351' in (folder / "plan.json").read_text(encoding="utf-8")


def test_the_command_line_reads_the_exported_roster(folder):
    out = folder / "report.xlsx"
    assert (
        main(
            ["structure", str(folder / "roster.xlsx"), "--as-of", "2026-11-23", "--out", str(out), "--quiet"]
        )
        == 0
    )
    assert out.stat().st_size > 0


def test_the_command_line_matches_the_exported_rosters_by_every_column(folder, capsys):
    rosters = ["--people", str(folder / "roster.xlsx"), "--posts", str(folder / "posts.xlsx")]
    assert main(["match", *rosters, "--out", str(folder / "rosters.json")]) == 0
    assert "are not read" not in capsys.readouterr().err
    plan = json.loads((folder / "rosters.json").read_text(encoding="utf-8"))
    status = {row["姓名"]: row["政治面貌"] for row in read_table(folder / "roster.xlsx").rows}
    asked = {
        row["岗位编号"] for row in read_table(folder / "posts.xlsx").rows if row["须为中共正式党员"] == "是"
    }
    assert len(asked) == 351
    placed = {status[pair["name"]] for pair in plan["pairs"] if pair["post"] in asked}
    assert placed == {"中国共产党党员"}
    assert plan["known_share"] == 0.65  # no wishes and no region of home units in a roster
    assert all(pair["home_unit"] for pair in plan["pairs"])


def test_command_writes_and_names_the_files(tmp_path, capsys):
    call_command("export_demo", out=tmp_path / "new")
    printed = capsys.readouterr().out
    assert all(f"{name} (" in printed for name in ("roster.xlsx", "posts.xlsx", "arcs.csv", "caps.csv"))


def test_command_refuses_a_scale_it_cannot_make(tmp_path):
    with pytest.raises(CommandError, match="from 1 to 100"):
        call_command("export_demo", out=tmp_path, scale=1000)

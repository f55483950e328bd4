"""`secondment match --people … --posts …`: rosters in, explained plan out, every fault named."""

import json
from pathlib import Path

import pytest

from secondment.cli.main import main
from secondment.files.headers import Layout
from secondment.files.match_plan import LABELS
from secondment.files.reading import read_table

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
PEOPLE = """姓名,单位,最高学历,职级,基层工作年限,入党时间,专业,志愿,出生年月,希望就近,区划代码,群众工作,推动发展
赵甲,农业厅,研究生（在职）,县处级副职,3,2007年6月,农业,P1、P3,1985.03,是,522622,80,60
钱乙,司法局,硕士研究生,一级主任科员,1,2012.05,法律,P4,1990-11,,,70,70
孙丙,司法局,大学,四级主任科员,0,群众,养蜂,,1992-01,否,,,
李丁,数据局,研究生,三级调研员,5,2010-01,计算机,P4、P3,1966-01,,520100,90,50
"""
POSTS = """岗位编号,接收单位,行政区划代码,挂任职务,名额,学历下限,专业要求,职级,最少基层工作年限,年龄上限,到岗日期,须为中共党员,优先级,需要的能力,接收单位意向
P1,示例县,522622,副县长（挂职）,1,大学,农业/农业经济,县处级副职,2,50,2027-01-10,,1,推动发展、群众工作,赵甲
P3,甲村,522622101,第一书记,1,大专,不限,不限,0,,2027-03-01,是,2,群众工作,
P4,大数据局,520100,副局长,2,研究生,计算机/统计,乡科级正职,3,55,2027-02-15,,2,,
"""


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def match(folder: Path, *words: str, people: str = PEOPLE, posts: str = POSTS, out: str = "plan.json") -> int:
    return main(
        [
            "match",
            "--people",
            write(folder, "people.csv", people),
            "--posts",
            write(folder, "posts.csv", posts),
            "--out",
            str(folder / out),
            "--quiet",
            *words,
        ]
    )


def result(folder: Path, *words: str, **texts: str) -> dict:
    assert match(folder, *words, **texts) == 0
    return json.loads((folder / "plan.json").read_text())


def test_a_plan_with_its_proof_and_reasons(tmp_path: Path) -> None:
    found = result(tmp_path)
    assert {one["post"]: one["name"] for one in found["pairs"]} == {"P1": "赵甲", "P3": "李丁"}
    assert (found["status"], found["n_assigned"], found["gap"]) == ("optimal", 2, 0.0)
    pair = found["pairs"][0]
    assert pair["components"] == {
        "specialty": 100.0,
        "needed_abilities": 70.0,
        "growth": 100.0,
        "rank": 100.0,
        "experience": 60.0,
        "person_preference": 100.0,
        "host_preference": 100.0,
        "distance": 100.0,
        "continuity": None,
    }
    # (25·80 + 15·70 + 15·100 + 10·100 + 10·60 + 10·100 + 5·100 + 5·100) / 95
    assert round(pair["score"], 3) == 91.053
    assert pair["next_people"] == []
    assert found["unplaced"] == [
        {"person": "钱乙", "unit": "司法局", "reason": "符合条件的岗位均有更合适的安排"},
        {
            "person": "孙丙",
            "unit": "司法局",
            "reason": "没有符合条件的岗位（最低学历、最少基层工作年限、须为中共正式党员）",
        },
    ]
    assert found["empty"] == [
        {
            "post": "P4",
            "unit": "大数据局",
            "title": "副局长",
            "n_places": 2,
            "reason": "符合条件的 1 人均已安排到其他岗位或受派出上限限制"
            "（最少基层工作年限排除 2 人、最低学历排除 1 人、年龄上限排除 1 人）",
        }
    ]


def test_caps_hold_and_are_named(tmp_path: Path) -> None:
    caps = write(tmp_path, "caps.csv", "派出单位,最多派出\n数据局,0\n")
    found = result(tmp_path, "--caps", caps)
    assert {one["post"]: one["name"] for one in found["pairs"]} == {"P1": "赵甲", "P3": "钱乙"}
    assert {"person": "李丁", "unit": "数据局", "reason": "本单位最多派出 0 人，已派满"} in found["unplaced"]


def test_weights_are_taken_as_given(tmp_path: Path) -> None:
    found = result(tmp_path, "--weights", "rank=1")
    assert found["weights"] == {"rank": 1.0}
    assert found["pairs"][0]["score"] == 100.0


def test_the_workbook_has_four_sheets_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    assert match(tmp_path, out="plan.xlsx") == 0
    first = (tmp_path / "plan.xlsx").read_bytes()
    assert match(tmp_path, out="plan.xlsx") == 0
    assert (tmp_path / "plan.xlsx").read_bytes() == first
    plan = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="方案"))
    assert plan.columns == (
        "岗位编号",
        "接收单位",
        "挂任职务",
        "人选",
        "派出单位",
        "匹配度",
        *LABELS.values(),
        "备选人选（调整影响）",
    )
    assert [row["人选"] for row in plan.rows] == ["赵甲", "李丁"]
    assert plan.rows[0]["接续稳定"] == ""
    assert "钱乙" in plan.rows[1]["备选人选（调整影响）"]
    notes = {
        row["项目"]: row["内容"]
        for row in read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows
    }
    assert notes["填补"] == "2 / 4 个名额"
    assert notes["未核对的条件"] == "最低职称级别（岗位表没有这一列）"
    assert len(read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="未匹配人员")).rows) == 2
    assert read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="空缺岗位")).rows[0]["空缺"] == "2"


def test_requirements_without_a_column_are_said_not_to_be_checked(tmp_path: Path) -> None:
    assert match(tmp_path, people="name\nx\n=1+1\n", posts="id\nA\nB\nC\n", out="plan.xlsx") == 0
    notes = {
        row["项目"]: row["内容"]
        for row in read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows
    }
    assert notes["已核对的条件"] == "无"
    assert notes["未核对的条件"] == "、".join(
        f"{title}（岗位表没有这一列）"
        for title in ("最低学历", "最低职称级别", "最少基层工作年限", "年龄上限", "须为中共正式党员")
    )
    plan = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="方案"))
    assert {row["人选"] for row in plan.rows} == {"x", "=1+1"}
    empty = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="空缺岗位")).rows
    assert empty[0]["原因"] == "符合条件的 2 人均已安排到其他岗位或受派出上限限制"


def test_no_person_for_any_post_is_no_solution(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = "姓名,学历\n甲,大专\n"
    assert match(tmp_path, people=people, posts="岗位编号,学历下限\nA,研究生\n") == 3
    assert "the requirements leave no person for any post" in capsys.readouterr().err


def test_the_messy_files_are_refused_with_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "plan.xlsx")
    messy, posts = str(ROSTERS / "roster_messy_utf8.csv"), str(ROSTERS / "host_posts.csv")
    assert main(["match", "--people", messy, "--posts", posts, "--out", out]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.partition("; ")[0] for line in told] == [
        "roster_messy_utf8.csv, line 5, column 身份证号码: “990000199010310038” already occurs in line 4",
        "roster_messy_utf8.csv, line 7, column 干部姓名: is empty",
    ]
    people = write(tmp_path, "people.csv", PEOPLE)
    assert main(["match", "--people", people, "--posts", posts, "--out", out]) == 2
    assert capsys.readouterr().err == (
        "host_posts.csv, line 5, column 职级: “乡科级” is not understood; write one of "
        "省部级副职、厅局级正职、厅局级副职、县处级正职、县处级副职、乡科级正职、乡科级副职、科员级\n"
        "host_posts.csv, line 6, column 名额: “0” is not a whole number from 1 to 999; write 1, 2, …\n"
    )


FAULTS = {
    "no name column": (
        {"people": "单位\n甲\n"},
        "people.csv, line 1, column 姓名: the column is missing",
    ),
    "no rows": ({"people": "姓名\n"}, "people.csv: has no rows below the header"),
    "same name twice": (
        {"people": "姓名,单位\n甲,厅\n甲,厅\n"},
        "line 3, column 姓名: “甲（厅）” already occurs in line 2",
    ),
    "same id twice": (
        {"people": "编号,姓名\n1,甲\n1,乙\n"},
        "line 3, column 编号: “1” already occurs in line 2",
    ),
    "education": ({"people": "姓名,学历\n甲,很高\n"}, "line 2, column 学历: “很高” is not in GB/T 4658-2006"),
    "years": (
        {"people": "姓名,基层工作年限\n甲,多\n"},
        "column 基层工作年限: “多” is not a number of years",
    ),
    "ability": (
        {"people": "姓名,群众工作\n甲,101\n"},
        "column 群众工作: “101” is not a number from 0 to 100",
    ),
    "near": ({"people": "姓名,希望就近\n甲,也许\n"}, "“也许” is neither 是 nor 否"),
    "birth": ({"people": "姓名,出生年月\n甲,昨天\n"}, "line 2, column 出生年月"),
    "political status": (
        {"people": "姓名,政治面貌\n甲,不详\n"},
        "“不详” is not understood; write one of 中国共产党党员",
    ),
    "wish": ({"people": "姓名,志愿\n甲,P9\n"}, "line 2, column 志愿: “P9” is not a post of posts.csv"),
    "host wish": ({"posts": "岗位编号,接收单位意向\nA,王五\n"}, "“王五” is not a person in people.csv"),
    "post without number": ({"posts": "岗位编号,接收单位\n,村\n"}, "line 2, column 岗位编号: is empty"),
    "unknown ability": (
        {"posts": "岗位编号,需要的能力\nA,唱歌\n"},
        "“唱歌” is not understood; write one of 抓党建、带队伍",
    ),
    "infinite": ({"people": "姓名,基层工作年限\n甲,inf\n"}, "“inf” is not a number"),
}


@pytest.mark.parametrize(("texts", "message"), FAULTS.values(), ids=FAULTS)
def test_faults_are_named_by_file_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str], message: str
) -> None:
    assert match(tmp_path, **texts) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize(
    ("caps", "message"),
    [
        ("单位,最多派出\n,1\n", "column 单位: is empty; fill the cell"),
        ("单位,最多派出\n司法局,1\n司法局,2\n", "“司法局” already occurs in line 2"),
        ("单位,最多派出\n司法局,\n", "column 最多派出: is empty; fill the cell"),
        ("单位\n司法局\n", "column 最多派出: the column is missing"),
    ],
)
def test_faults_of_caps_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caps: str, message: str
) -> None:
    assert match(tmp_path, "--caps", write(tmp_path, "caps.csv", caps)) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("weights", ["charm=1", "rank", "rank=x", "rank=-1"])
def test_useless_weights_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], weights: str
) -> None:
    assert match(tmp_path, "--weights", weights) == 2
    assert f"--weights: “{weights}” is not understood" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "--arcs: cannot be given alone"),
        (["--people", "people.csv"], "--arcs: cannot be given alone"),
        (["--arcs", "a.csv", "--people", "p.csv", "--posts", "q.csv"], "--arcs: cannot be given alone"),
        (["--arcs", "a.csv", "--weights", "rank=1"], "--weights: does not go with --arcs"),
    ],
)
def test_pairs_or_rosters_but_not_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert main(["match", *words, "--out", str(tmp_path / "plan.json")]) == 2
    assert message in capsys.readouterr().err


def test_the_summary_says_how_much_was_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, posts = write(tmp_path, "people.csv", PEOPLE), write(tmp_path, "posts.csv", POSTS)
    assert main(["match", "--people", people, "--posts", posts, "--out", str(tmp_path / "plan.json")]) == 0
    assert capsys.readouterr().err.startswith(
        "2 of 4 places filled from 4 people; 72% of the score rests on facts; total fit "
    )


def test_a_column_that_nobody_knows_is_refused_until_somebody_says_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, posts = "姓名,最高学歷\n甲,大学\n", "岗位编号,最低学历\nA,大学本科\n"
    assert match(tmp_path, people=people, posts=posts) == 2
    assert capsys.readouterr().err == (
        "people.csv, line 1, column 最高学歷: is not a column that is read here; "
        "say --map 最高学歷=FIELD or --ignore 最高学歷\n"
    )
    assert match(tmp_path, "--ignore", "最高学歷", people=people, posts=posts) == 0
    assert match(tmp_path, "--map", "最高学歷=最高学历", people=people, posts=posts) == 0


@pytest.mark.parametrize(
    ("people", "posts", "told"),
    [
        ("姓名,最高学历\n甲,大学\n", "岗位编号,最低学历\nA,大学本科\n", ""),
        ("姓名\n甲\n", "岗位编号,最低学历\nA,大学本科\n", "最低学历（人员名册没有“最高学历”）"),
        ("姓名,最高学历\n甲,大学\n", "岗位编号\nA\n", "最低学历（岗位表没有这一列）"),
    ],
)
def test_a_requirement_is_checked_where_both_files_carry_it(
    tmp_path: Path, people: str, posts: str, told: str
) -> None:
    assert match(tmp_path, people=people, posts=posts, out="plan.xlsx") == 0
    sheet = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明"))
    notes = {row["项目"]: row["内容"] for row in sheet.rows}
    assert ("最低学历" in notes["已核对的条件"].split("、")) is (not told)
    assert told in notes["未核对的条件"]


@pytest.mark.parametrize(
    ("born", "n_placed"), [("1981-03-20", 1), ("1981-03-01", 0), ("1981.03", 0), ("1981.04", 1), ("", 0)]
)
def test_age_is_counted_in_full_years_on_the_day_of_arrival(tmp_path: Path, born: str, n_placed: int) -> None:
    people = f"姓名,出生年月\n甲,{born}\n乙,1990-01-01\n"
    found = result(tmp_path, people=people, posts="岗位编号,年龄上限,到岗日期,人数\nA,45,2027-03-01,2\n")
    assert len(found["pairs"]) == 1 + n_placed


def test_a_limit_of_age_without_a_day_of_arrival_is_said_not_to_be_checked(tmp_path: Path) -> None:
    posts = "岗位编号,年龄上限,到岗日期\nA,45,\n"
    assert match(tmp_path, people="姓名,出生年月\n甲,1960-01\n", posts=posts, out="plan.xlsx") == 0
    sheet = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明"))
    notes = {row["项目"]: row["内容"] for row in sheet.rows}
    assert "年龄上限（1 个岗位没有到岗日期）" in notes["未核对的条件"]


@pytest.mark.parametrize(("status", "n_placed"), [("中共党员", 1), ("中共预备党员", 0), ("群众", 0), ("", 0)])
def test_only_full_members_hold_posts_for_party_members(tmp_path: Path, status: str, n_placed: int) -> None:
    people = f"姓名,政治面貌\n甲,{status}\n乙,中共党员\n"
    found = result(tmp_path, people=people, posts="岗位编号,须为中共正式党员,人数\nA,是,2\n")
    assert len(found["pairs"]) == 1 + n_placed


def test_a_plan_that_rests_on_little_says_so_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(tmp_path, people="姓名,专业\n甲,教育\n", posts="岗位编号,专业\nA,教育\n") == 0
    assert json.loads((tmp_path / "plan.json").read_text())["known_share"] == 0.25
    assert (
        match(tmp_path, people="姓名,专业\n甲,教育\n", posts="岗位编号,专业\nA,教育\n", out="plan.xlsx") == 0
    )
    first = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows[1]
    assert first["内容"].startswith("匹配度的 25% 有资料依据，其余分项资料不足")


def test_a_number_that_two_units_use_names_the_post_with_its_unit(tmp_path: Path) -> None:
    posts = "岗位编号,接收单位\nP01,甲村\nP01,乙村\nP02,乙村\n"
    found = result(tmp_path, people="姓名\n一\n二\n三\n", posts=posts)
    assert {pair["post"] for pair in found["pairs"]} == {"甲村 P01", "乙村 P01", "P02"}


def test_a_person_with_a_civil_grade_alone_has_a_rank(tmp_path: Path) -> None:
    people = "姓名,职务层次,职级\n甲,,四级调研员\n乙,县处级副职,\n"
    found = result(tmp_path, people=people, posts="岗位编号,职务层次,人数\nA,县处级副职,2\n")
    assert [pair["components"]["rank"] for pair in found["pairs"]] == [100.0, 100.0]


def test_titles_that_nobody_knows_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = "姓名,职称\n甲,高级农艺师\n乙,大师\n"
    found = result(tmp_path, people=people, posts="岗位编号,最低职称级别,人数\nA,副高级,2\n")
    assert [pair["name"] for pair in found["pairs"]] == ["甲"]
    assert found["notes"] == ["people.csv: titles not recognised, so counted as none: 大师"]

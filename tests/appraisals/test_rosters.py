"""Lists of raters: what is refused, who may write them, and what is said to whom."""

import datetime as dt

import pytest
from tests.appraisals.scene import AT, ON, Scene
from tests.makers import make_person

from secondment.appraisals.errors import AppraisalError, PaperError, RosterError
from secondment.appraisals.models import BallotPaper, RosterEntry
from secondment.appraisals.raters import (
    DUTY_LENGTH,
    NAME_LENGTH,
    NewRater,
    faults_of,
    known_list,
    parse_lines,
)
from secondment.appraisals.recusal import barred_names
from secondment.appraisals.services import (
    NewPaper,
    add_candidates,
    add_paper,
    add_raters,
    ask_for_rosters,
    change_paper,
    hand_in_roster,
    propose_papers,
    remove_paper,
    remove_raters,
    return_roster,
)
from secondment.appraisals.small_groups import warning_of
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.people.choices import Kinship
from secondment.people.models import FamilyMember

UNTIL = dt.date(2026, 12, 15)


def paper_of(scene: Scene, group: str = "colleagues") -> BallotPaper:
    appraisal = scene.with_papers(scene.placement)
    return appraisal.papers.get(group=group)


def kin(person, name: str, *, kinship: Kinship = Kinship.SPOUSE, relative=None) -> FamilyMember:
    position = person.family.count() + 1
    return FamilyMember.objects.create(
        person=person, position=position, title="亲属", name=name, kinship=kinship, relative=relative
    )


def refusal(paper: BallotPaper, by, *rows: NewRater) -> list[str]:
    with pytest.raises(RosterError) as refused:
        add_raters(paper, rows, by=by, at=AT)
    assert RosterEntry.objects.filter(paper=paper).count() == 0
    return [str(one) for one in refused.value.reasons]


def test_lines_are_read_as_people_paste_them() -> None:
    text = "1. 王 五\n2、李四\t镇党委 副书记\n\n 赵六，村民\n3 孙七 村民 代表\n"
    assert parse_lines("王五 副镇长") == [NewRater("王五", "副镇长")]
    assert [one.name for one in parse_lines(text)] == ["王五", "李四", "赵六", "孙七"]
    assert parse_lines("李四\t镇党委  副书记")[0].duty == "镇党委 副书记"
    assert parse_lines("  \n") == []
    spread = "王 芳 妇女主任\n3、王　芳\n王 小芳，会计\n王 副镇长\n甲 干部 二组"
    assert parse_lines(spread) == [
        NewRater("王芳", "妇女主任"),
        NewRater("王芳"),
        NewRater("王小芳", "会计"),
        NewRater("王", "副镇长"),
        NewRater("甲干部", "二组"),
    ]
    assert parse_lines("王芳（妇女主任）\n王五(副镇长) 分管农业\n王六（") == [
        NewRater("王芳", "妇女主任"),
        NewRater("王五", "副镇长 分管农业"),
        NewRater("王六"),
    ]


def test_a_duty_behind_the_name_does_not_hide_a_relative(scene: Scene) -> None:
    words = refusal(paper_of(scene), scene.owner, NewRater("张三（会计）"))
    assert words == ["第 1 行：“张三（会计）”中有括号，请只写姓名，职务写到单位职务一栏。"]


def test_a_list_is_written_all_or_none_and_every_row_is_named(scene: Scene) -> None:
    paper = paper_of(scene)
    rows = (NewRater("甲"), NewRater("甲"), NewRater(""), NewRater("乙", "长" * (DUTY_LENGTH + 1)))
    words = refusal(paper, scene.owner, *rows)
    assert words == [
        "第 2 行：“甲”与本表第 1 人重复，请删去这一行；同名的两人请写明单位职务。",
        "第 3 行：没有姓名，请填写姓名。",
        "第 4 行：单位职务或身份超过 80 个字，请写简称。",
    ]


def test_names_have_a_longest_length_and_readable_characters(scene: Scene) -> None:
    paper = paper_of(scene)
    words = refusal(paper, scene.owner, NewRater("长" * (NAME_LENGTH + 1)), NewRater("王\ue000"))
    assert words[0].startswith("第 1 行：姓名超过 40 个字")
    assert words[1].startswith("第 2 行：")
    made = add_raters(paper, [NewRater("长" * NAME_LENGTH, "长" * DUTY_LENGTH)], by=scene.owner, at=AT)
    assert len(made) == 1


def test_an_empty_list_is_refused(scene: Scene) -> None:
    assert refusal(paper_of(scene), scene.owner) == [
        "没有填写人员。请每行写一人：姓名，空格，单位职务或身份。"
    ]


def test_a_list_has_a_most(scene: Scene, monkeypatch) -> None:
    monkeypatch.setattr("secondment.appraisals.services.rosters.MOST_RATERS", 2)
    paper = paper_of(scene)
    words = refusal(paper, scene.owner, NewRater("甲"), NewRater("乙"), NewRater("丙"))
    assert words == ["一份名单最多 2 人。请分到多个票种。"]
    assert len(add_raters(paper, [NewRater("甲"), NewRater("乙")], by=scene.owner, at=AT)) == 2


def test_many_faults_are_counted(scene: Scene, monkeypatch) -> None:
    monkeypatch.setattr("secondment.appraisals.services.rosters.MOST_SHOWN", 2)
    words = refusal(paper_of(scene), scene.owner, *[NewRater("") for _n in range(4)])
    assert words[2:] == ["……共 7 处。"]


def test_somebody_on_the_list_is_named_with_the_place(scene: Scene) -> None:
    paper = paper_of(scene)
    add_raters(paper, [NewRater("甲", "干部"), NewRater("乙", "干部")], by=scene.owner, at=AT)
    with pytest.raises(RosterError, match="“乙”已在名单中（第 2 位）"):
        add_raters(paper, [NewRater("乙", "干 部")], by=scene.owner, at=AT)
    assert [
        one.position
        for one in add_raters(paper, [NewRater("乙", "教师", is_another=True)], by=scene.owner, at=AT)
    ] == [3]


def test_nobody_votes_twice_in_a_unit(scene: Scene) -> None:
    paper = paper_of(scene)
    add_raters(paper, [NewRater("甲", "干部")], by=scene.owner, at=AT)
    leaders = paper.appraisal.papers.get(group="leaders")
    words = refusal(leaders, scene.owner, NewRater("甲", "干部"))
    assert words == ["第 1 行：“甲”已在本单位“同事”名单中，一人只投一票，请删去其中一处。"]


def test_the_candidate_does_not_judge_himself(scene: Scene) -> None:
    words = refusal(paper_of(scene), scene.owner, NewRater("张 三", "副镇长"))
    assert (
        words
        == ["第 1 行：“张三”是测评对象，不能给自己投票，请换人；如系同名的另一人，由主办组织部门核实后加入。"]
        or "是测评对象，不能给自己投票" in words[0]
    )


def test_a_relative_is_named_to_those_who_read_families_alone(scene: Scene) -> None:
    kin(scene.placement.person, "赵六")
    paper = paper_of(scene)
    scene.placement.person.unit = scene.township  # whose families the county's department reads
    scene.placement.person.save()
    (told,) = refusal(paper, scene.owner, NewRater("赵六", "副镇长"))
    assert "“赵六”与测评对象张三有亲属关系（见其家庭成员），须回避" in told
    ask_for_rosters(paper.appraisal, until=UNTIL, by=scene.owner, on=ON, at=AT)
    paper.refresh_from_db()
    (told,) = refusal(paper, scene.host, NewRater("赵六", "副镇长"))
    assert told.startswith("第 1 行：“赵六”按规定不参加本次测评，请换人")
    assert "亲属" not in told
    assert "张三" not in told


@pytest.mark.parametrize("kinship", [Kinship.SPOUSE, Kinship.OTHER])
def test_relatives_of_relatives_are_barred_too(scene: Scene, kinship: Kinship) -> None:
    person = scene.placement.person
    wife = make_person(scene.home, name="配偶甲")
    kin(person, "配偶甲", kinship=kinship, relative=wife)
    kin(wife, "岳父乙", kinship=Kinship.LINEAL)
    kin(wife, "朋友丙", kinship=Kinship.OTHER)
    kin(wife, "张三", kinship=Kinship.SPOUSE)
    cousin = make_person(scene.home, name="表弟丁")
    kin(cousin, "张三", kinship=Kinship.COLLATERAL, relative=person)
    kin(cousin, "舅舅戊", kinship=Kinship.LINEAL)
    _appraisal, made = scene.with_candidates(scene.placement)
    found = barred_names(made)
    near = {"张三", "配偶甲", "表弟丁", "舅舅戊"}
    assert set(found) == (near | {"岳父乙"} if kinship == Kinship.SPOUSE else near)
    assert [one.is_self for one in found["张三"]] == [True]


def test_two_of_one_name_are_asked_about(scene: Scene) -> None:
    paper = paper_of(scene)
    rows = [NewRater("王芳", "妇女主任"), NewRater("李四", "会计"), NewRater(" 王 芳", "村医")]
    (told,) = refusal(paper, scene.owner, *rows)
    assert "第 3 行：“ 王 芳”与本表第 1 人同名、职务不同，是否同一人？同一人的请只留一行" in told
    add_raters(paper, rows[:2], by=scene.owner, at=AT)
    for one, words in ((NewRater("王芳"), "与名单第 1 位同名、职务不同"), (NewRater("王五"), "")):
        found = [str(fault) for fault in faults_of([one], known_list(paper), scene.owner)]
        assert [words in fault for fault in found] == ([True] if words else [])
    beside = BallotPaper.objects.exclude(group=paper.group).get(unit=paper.unit, group="leaders")
    (told,) = refusal(beside, scene.owner, NewRater("王芳", "村医"))
    assert f"与本单位“{paper.get_group_display()}”名单中一人同名、职务不同" in told
    two = [NewRater("王芳", "村医", is_another=True), NewRater("赵一", "村民", is_another=True)]
    add_raters(paper, two, by=scene.owner, at=AT)
    assert paper.roster.filter(name="王芳").count() == 2
    first, last = AuditEvent.objects.filter(action="appraisal.add_raters").order_by("pk")
    assert "namesakes" not in first.details
    assert last.details["namesakes"] == "王芳"
    # the same twice is no question
    again = NewRater("王芳", "村医", is_another=True)
    (fault,) = faults_of([again], known_list(paper), scene.owner)
    assert "已在名单中（第 3 位）" in str(fault)


def test_a_namesake_is_added_by_the_department_alone(scene: Scene) -> None:
    paper = paper_of(scene)
    ask_for_rosters(paper.appraisal, until=UNTIL, by=scene.owner, on=ON, at=AT)
    paper.refresh_from_db()
    with pytest.raises(NotAllowedError, match="同名的另一人由主办组织部门核实后加入"):
        add_raters(paper, [NewRater("张三", "村医", is_namesake=True)], by=scene.host, at=AT)
    (made,) = add_raters(paper, [NewRater("张三", "村医", is_namesake=True)], by=scene.owner, at=AT)
    assert made.is_namesake


def test_units_fill_their_lists_once_asked_until_they_hand_them_in(scene: Scene) -> None:
    paper = paper_of(scene)
    with pytest.raises(NotAllowedError):
        add_raters(paper, [NewRater("甲")], by=scene.host, at=AT)
    assert ask_for_rosters(paper.appraisal, until=UNTIL, by=scene.owner, on=ON, at=AT) == 4
    paper.refresh_from_db()
    told = Notice.objects.values_list("recipient", flat=True)
    assert sorted(told) == sorted([scene.host.pk, scene.home_clerk.pk])
    with pytest.raises(RosterError, match="名单是空的"):
        hand_in_roster(paper, by=scene.host, on=ON, at=AT)
    add_raters(paper, [NewRater("甲")], by=scene.host, at=AT)
    with pytest.raises(NotAllowedError):
        add_raters(paper, [NewRater("丁")], by=scene.home_clerk, at=AT)
    assert hand_in_roster(paper, by=scene.host, on=ON, at=AT).handed_in_on == ON
    paper.refresh_from_db()
    with pytest.raises(NotAllowedError):
        add_raters(paper, [NewRater("乙")], by=scene.host, at=AT)
    assert len(add_raters(paper, [NewRater("乙")], by=scene.owner, at=AT)) == 1
    hand_in_roster(paper, by=scene.owner, on=UNTIL, at=AT)
    paper.refresh_from_db()
    assert paper.handed_in_on == ON
    return_roster(paper, by=scene.owner, at=AT)
    paper.refresh_from_db()
    with pytest.raises(RosterError, match="还没有报送，不用退回"):
        return_roster(paper, by=scene.owner, at=AT)
    assert remove_raters(paper, list(paper.roster.all()), by=scene.host, at=AT) == 2
    assert remove_raters(paper, [], by=scene.host, at=AT) == 0


def test_asking_again_asks_for_new_papers_alone(scene: Scene) -> None:
    appraisal = scene.with_papers(scene.placement)
    ask_for_rosters(appraisal, until=UNTIL, by=scene.owner, on=ON, at=AT)
    assert ask_for_rosters(appraisal, until=UNTIL, by=scene.owner, on=ON, at=AT) == 0
    assert AuditEvent.objects.filter(action="appraisal.ask_rosters").count() == 2


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (dt.date(2026, 11, 30), "名单报送期限已过"),
        (dt.date(2026, 12, 1), ""),
        (dt.date(2026, 12, 20), ""),
        (dt.date(2026, 12, 21), "晚于测评日期（2026-12-20）"),
    ],
)
def test_the_day_for_lists_lies_before_the_vote(scene: Scene, until: dt.date, words: str) -> None:
    appraisal = scene.with_papers(scene.placement)
    if not words:
        assert ask_for_rosters(appraisal, until=until, by=scene.owner, on=ON, at=AT) == 4
        return
    with pytest.raises(AppraisalError, match=words):
        ask_for_rosters(appraisal, until=until, by=scene.owner, on=ON, at=AT)


def test_lists_are_asked_for_once_there_are_papers(scene: Scene) -> None:
    with pytest.raises(AppraisalError, match="还没有票种"):
        ask_for_rosters(scene.appraisal(), until=UNTIL, by=scene.owner, on=ON, at=AT)


def test_papers_follow_from_units_and_weights(scene: Scene) -> None:
    scene.standard.group_weights = {"leaders": 50, "home": 50, "masses": 0}
    scene.standard.save()
    appraisal = scene.with_papers()
    assert {(one.group, one.unit.name, one.n_wanted) for one in appraisal.papers.all()} == {
        ("leaders", "示例村", None),
        ("leaders", "第二村", None),
        ("leaders", "远处乡", None),
        ("home", "示例厅", 10),
    }
    home = appraisal.papers.get(group="home")
    assert home.candidates.count() == 3
    assert propose_papers(appraisal, by=scene.owner, at=AT) == 0


def test_nobody_is_asked_for_a_vote_without_a_weight(scene: Scene) -> None:
    scene.standard.group_weights = {"leaders": 50, "home": 50, "masses": 0}
    scene.standard.save()
    appraisal, made = scene.with_candidates(scene.placement, scene.other)
    for group in ("masses", "colleagues"):
        with pytest.raises(PaperError, match="权重，投了也不计"):
            add_paper(appraisal, NewPaper(group, scene.township, made), by=scene.owner, at=AT)
    assert add_paper(appraisal, NewPaper("leaders", scene.township, made), by=scene.owner, at=AT)


def test_proposing_again_keeps_papers_of_ones_own(scene: Scene) -> None:
    appraisal, made = scene.with_candidates(scene.placement, scene.other)
    paper = add_paper(appraisal, NewPaper("leaders", scene.township, made), by=scene.owner, at=AT)
    propose_papers(appraisal, by=scene.owner, at=AT)
    assert list(appraisal.papers.filter(group="leaders")) == [paper]
    (third,) = add_candidates(appraisal, [scene.third], by=scene.owner, at=AT)
    assert propose_papers(appraisal, by=scene.owner, at=AT) == 3
    assert third in appraisal.papers.get(group="home").candidates.all()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"group": "organisation"}, "考核组实名评分"),
        ({"candidates": []}, "至少选一名测评对象"),
        ({"n_wanted": 0}, "应抽取人数不能为 0"),
        ({"group": "colleagues"}, "示例村的“同事”已有一种票"),
    ],
)
def test_papers_that_cannot_be_are_refused(scene: Scene, fields: dict, words: str) -> None:
    appraisal = scene.with_papers(scene.placement)
    new = {"group": "leaders", "unit": scene.village, "candidates": list(appraisal.candidates.all())}
    appraisal.papers.filter(group="leaders").delete()
    with pytest.raises(PaperError, match=words):
        add_paper(appraisal, NewPaper(**{**new, **fields}), by=scene.owner, at=AT)


def test_a_paper_is_changed_and_removed(scene: Scene) -> None:
    appraisal = scene.with_papers(scene.placement, scene.other)
    paper = appraisal.papers.get(group="home")
    one = appraisal.candidates.first()
    assert change_paper(paper, [one], n_wanted=7, by=scene.owner, at=AT).n_wanted == 7
    assert list(paper.candidates.all()) == [one]
    remove_paper(paper, by=scene.owner, at=AT)
    with pytest.raises(RosterError, match="已被主办组织部门删除"):
        add_raters(paper, [NewRater("甲")], by=scene.owner, at=AT)


@pytest.mark.parametrize(
    ("group", "n", "words"),
    [
        ("leaders", 4, "并入“同事”一并计算"),
        ("home", 4, "并入“同事”一并计算"),
        ("colleagues", 4, "并入“群众（服务对象）”一并计算"),
        ("masses", 4, "不单独公布，也不计入得分"),
        ("masses", 5, ""),
    ],
)
def test_a_group_of_four_is_told_what_follows(group: str, n: int, words: str) -> None:
    assert words in warning_of(group, n)
    assert bool(warning_of(group, n)) == bool(words)

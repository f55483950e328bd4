"""Signed marks of the organisation group: one page, a workbook out and in, nothing outside the scale."""

import pytest
from tests.appraisals.scene import AT, Scene

from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.errors import AppraisalError, MarkError
from secondment.appraisals.grid import field_name, read_grid
from secondment.appraisals.mark_imports import read_marks
from secondment.appraisals.marks import MarksDue, NewMark, marks_due, scale_of
from secondment.appraisals.models import Appraisal, SignedMark
from secondment.appraisals.queries import marks_of
from secondment.appraisals.services import Member, set_team, take_in_marks, write_marks
from secondment.appraisals.workbooks import mark_workbook, read_mark_key
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.people.models import FamilyMember

TEAM = (Member("考核甲", "副部长"), Member("考核乙"))


@pytest.fixture
def ready(scene: Scene) -> Appraisal:
    appraisal = scene.frozen(scene.placement, scene.other)
    return set_team(appraisal, TEAM, by=scene.owner, at=AT)


def candidate(appraisal: Appraisal, name: str = "张三") -> int:
    return appraisal.candidates.get(placement__person__name=name).pk


def mark(appraisal: Appraisal, level: int | None = 4, **fields) -> NewMark:
    values = {
        "rater": "考核甲",
        "candidate": candidate(appraisal),
        "indicator": "virtue",
        "level": level,
        **fields,
    }
    return NewMark(**values)


def test_marks_are_written_changed_and_taken_back(scene: Scene, ready: Appraisal) -> None:
    marks = [mark(ready), mark(ready, None, indicator="ability")]
    assert write_marks(ready, marks, by=scene.owner, at=AT) == 2
    assert write_marks(ready, marks, by=scene.owner, at=AT) == 0
    assert write_marks(ready, [mark(ready, 3)], by=scene.colleague, at=AT) == 1
    row = SignedMark.objects.get(indicator="virtue")
    assert (row.level, row.recorded_by, row.version) == (3, scene.colleague, 2)
    blank = mark(ready, is_blank=True)
    assert write_marks(ready, [blank], by=scene.owner, at=AT) == 1
    assert write_marks(ready, [blank], by=scene.owner, at=AT) == 0
    assert [one.level for one in marks_of(ready)] == [None]
    events = AuditEvent.objects.filter(action="appraisal.mark").order_by("pk")
    assert [one.details for one in events] == [{"rater": "考核甲", "n": n} for n in (2, 1, 1)]


def test_what_is_not_marked_before_the_close_is_told(scene: Scene, signed_in) -> None:
    appraisal = scene.frozen(scene.placement, scene.other)
    client, address = signed_in(scene.owner), f"/appraisals/{appraisal.pk}/voting/"
    assert "还没有登记考核组成员" in client.get(address).content.decode()
    set_team(appraisal, TEAM, by=scene.owner, at=AT)
    appraisal.refresh_from_db()
    scale = scale_of(appraisal)
    everything = [
        mark(appraisal, rater=rater, candidate=key, indicator=code)
        for rater in sorted(scale.team)
        for key, one in scale.candidates.items()
        for code in scale.of(one)
    ]
    write_marks(appraisal, everything[1:], by=scene.owner, at=AT)
    n = len(everything)
    assert marks_due(appraisal) == MarksDue(True, n, n - 1)
    assert f"考核组应评 {n} 项，已评 {n - 1} 项" in client.get(address).content.decode()
    write_marks(appraisal, everything[:1], by=scene.owner, at=AT)
    assert "考核组应评" not in client.get(address).content.decode()
    for version in {one.standard for one in scale.candidates.values()}:
        version.group_weights = {"leaders": 100}
        version.save()
    assert marks_due(appraisal) is None


def test_who_is_kept_out_owes_no_mark(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, scene.other)
    set_team(appraisal, (Member("张三"), Member("考核乙")), by=scene.owner, at=AT)
    appraisal.refresh_from_db()
    n = sum(len(scale_of(appraisal).of(one)) for one in scale_of(appraisal).candidates.values())
    own = len(scale_of(appraisal).of(appraisal.candidates.get(placement__person__name="张三")))
    assert marks_due(appraisal) == MarksDue(True, 2 * n - own, 0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"level": 5}, "张三“政治品德”的档次超出范围，请填 1 至 4，不了解的填 0。"),
        ({"level": 0}, "张三“政治品德”的档次超出范围，请填 1 至 4，不了解的填 0。"),
        ({"rater": "外人"}, "“外人”不是考核组成员，请先在考核组成员中加入，或核对姓名。"),
        ({"indicator": "tasks"}, "张三的测评标准中没有评分指标“tasks”，请重新下载评分表后再填。"),
        ({"candidate": 0}, "评分对象不在本次测评中，请刷新页面或重新下载评分表后再填。"),
    ],
)
def test_what_cannot_be_is_named(scene: Scene, ready: Appraisal, fields: dict, words: str) -> None:
    with pytest.raises(MarkError) as refused:
        write_marks(ready, [mark(ready), mark(ready, **fields)], by=scene.owner, at=AT)
    assert list(refused.value.reasons) == [words]
    assert not SignedMark.objects.exists()


@pytest.mark.parametrize("level", [1, 4, None])
def test_the_ends_of_the_scale_are_levels(scene: Scene, ready: Appraisal, level: int | None) -> None:
    assert write_marks(ready, [mark(ready, level)], by=scene.owner, at=AT) == 1


def test_relatives_mark_others_only(scene: Scene, ready: Appraisal) -> None:
    person = scene.placement.person
    FamilyMember.objects.create(person=person, position=1, title="兄", name="考核甲", kinship="collateral")
    with pytest.raises(MarkError, match="考核甲须回避，不能给张三评分，请清空，由其他成员评分"):
        write_marks(ready, [mark(ready)], by=scene.owner, at=AT)
    assert write_marks(ready, [mark(ready, is_blank=True)], by=scene.owner, at=AT) == 0
    other = mark(ready, candidate=candidate(ready, "李四"))
    assert write_marks(ready, [other], by=scene.owner, at=AT) == 1


@pytest.mark.parametrize("state", [AppraisalState.DRAFT, AppraisalState.CLOSED, AppraisalState.VOID])
def test_marks_are_entered_between_locking_and_closing(scene: Scene, ready: Appraisal, state: str) -> None:
    Appraisal.objects.filter(pk=ready.pk).update(state=state)
    with pytest.raises(AppraisalError, match="不能办理此项"):
        write_marks(ready, [mark(ready)], by=scene.owner, at=AT)
    Appraisal.objects.filter(pk=ready.pk).update(state=AppraisalState.OPEN)
    assert write_marks(ready, [mark(ready)], by=scene.owner, at=AT) == 1


def test_only_the_department_marks(scene: Scene, ready: Appraisal) -> None:
    for user in (scene.stranger, scene.host, scene.leader):
        with pytest.raises(NotAllowedError):
            write_marks(ready, [mark(ready)], by=user, at=AT)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([Member("")], "有成员没有姓名"),
        ([Member("长" * 41)], "姓名或职务过长"),
        ([Member("甲", "长" * 81)], "姓名或职务过长"),
        ([Member("甲", "部长"), Member("甲 ", "干部")], "考核组成员重名：甲"),
        ([Member(f"甲{n}") for n in range(31)], "考核组最多 30 人"),
    ],
)
def test_groups_that_cannot_be_are_refused(scene: Scene, members: list[Member], words: str) -> None:
    with pytest.raises(MarkError, match=words):
        set_team(scene.appraisal(), members, by=scene.owner, at=AT)


def test_who_has_marked_stays_in_the_group(scene: Scene, ready: Appraisal) -> None:
    write_marks(ready, [mark(ready)], by=scene.owner, at=AT)
    with pytest.raises(MarkError, match="考核甲已经评分，不能移出考核组"):
        set_team(ready, [Member("考核乙")], by=scene.owner, at=AT)
    set_team(ready, [Member("考核甲", "部长"), Member("考核丙")], by=scene.owner, at=AT)
    n = AuditEvent.objects.filter(action="appraisal.set_team").count()
    set_team(ready, [Member("考核甲", "部长"), Member("考核丙")], by=scene.owner, at=AT)
    assert AuditEvent.objects.filter(action="appraisal.set_team").count() == n


def test_the_grid_is_read_cell_by_cell(ready: Appraisal) -> None:
    scale = scale_of(ready)
    people = list(scale.candidates.values())
    one, two = people
    data = {
        field_name(one.pk, "virtue"): "4",
        field_name(one.pk, "ability"): "0",
        field_name(two.pk, "virtue"): "",
        field_name(two.pk, "ability"): "好",
    }
    found = list(read_grid(data, "考核甲", people, scale))
    assert [(each.level, each.is_blank) for each in found] == [
        (4, False),
        (None, False),
        (None, True),
        (-1, False),
    ]
    assert list(read_grid({}, "考核甲", people, scale)) == []


def workbook(appraisal: Appraisal, team=("考核甲", "考核乙")) -> bytes:
    scale = scale_of(appraisal)
    known = {(one.candidate_id, one.indicator, one.rater): one.level for one in marks_of(appraisal)}
    return mark_workbook(list(scale.candidates.values()), scale, team, known)


def rows_of(content: bytes) -> list[list]:
    import io

    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def csv(rows: list[list]) -> bytes:
    lines = [
        ",".join('"{}"'.format("" if cell is None else str(cell).replace("\n", " ")) for cell in row)
        for row in rows
    ]
    return "\n".join(lines).encode()


def test_marks_come_back_as_they_left(scene: Scene, ready: Appraisal) -> None:
    write_marks(ready, [mark(ready, 2), mark(ready, None, indicator="ability")], by=scene.owner, at=AT)
    content = workbook(ready)
    plan = read_marks(content, file="m.xlsx", user=scene.owner)
    assert (len(plan.lines), plan.to_write, plan.refused) == (2, [], [])
    rows = rows_of(content)
    assert len(rows) == 1 + 2 * 2 * 2
    rows[1][6] = "好"
    rows[3][6] = "不了解"
    rows[8][6] = "3"
    plan = read_marks(csv(rows), file="m.csv", user=scene.owner)
    assert plan.refused == []
    assert take_in_marks(plan, by=scene.owner, at=AT) == 3
    assert take_in_marks(read_marks(csv(rows), file="m.csv", user=scene.owner), by=scene.owner, at=AT) == 0
    assert sorted(one.level or 0 for one in marks_of(ready)) == [0, 0, 3, 4]


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        (6, "5", "张三“政治品德”的档次超出范围"),
        (6, "很好", "张三“政治品德”的档次超出范围"),
        (0, "1-virtue.0123456789abcdef", "行标识缺失、被改动"),
        (5, "外人", "“外人”不是考核组成员"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_written(
    scene: Scene, ready: Appraisal, column: int, cell: str, found: str
) -> None:
    rows = rows_of(workbook(ready))
    rows[2][6] = "3"
    line = next(n for n, row in enumerate(rows) if row[1] == "张三" and row[3] == "政治品德")
    rows[line][6] = "4"
    rows[line][column] = cell
    plan = read_marks(csv(rows), file="m.csv", user=scene.owner)
    (refused,) = plan.refused
    assert refused.line == line + 1
    assert found in str(refused)
    with pytest.raises(MarkError, match="文件中有1处不能导入"):
        take_in_marks(plan, by=scene.owner, at=AT)
    assert not SignedMark.objects.exists()


def test_strangers_and_closed_appraisals_take_nothing_in(scene: Scene, ready: Appraisal) -> None:
    rows = rows_of(workbook(ready))
    rows[1][6] = "4"
    assert "不是您单位主办" in str(read_marks(csv(rows), file="m.csv", user=scene.stranger).refused[0])
    Appraisal.objects.filter(pk=ready.pk).update(state=AppraisalState.CLOSED)
    assert "当前为“已封存”，不能评分" in str(read_marks(csv(rows), file="m.csv", user=scene.owner).refused[0])


def test_keys_of_others_are_not_read() -> None:
    assert read_mark_key("") is None
    assert read_mark_key("1-virtue") is None

"""Pages: what each reader meets, what blocks, and that no number of rows costs a query each."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from tests.appraisals.scene import AT, ON, Scene
from tests.makers import make_person, make_placement, make_post, make_unit
from tests.pages import text_of

from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.draws import current_digest
from secondment.appraisals.models import Appraisal, RosterEntry, SignedMark
from secondment.appraisals.services import Member, add_candidates, ask_for_rosters, propose_papers, set_team
from secondment.appraisals.waiting import lines_of_lists, lines_of_steps, lists_asked, to_lead_on
from secondment.placements.choices import PlacementState
from secondment.units.choices import UnitKind

UNTIL = dt.date(2026, 12, 15)


@pytest.fixture
def page(signed_in):
    """A page as a reader meets it."""

    def read(user, name: str, *args: object, **query: str) -> str:
        answer = signed_in(user).get(reverse(f"appraisals:{name}", args=args), query)
        assert answer.status_code == 200, answer.status_code
        return text_of(answer)

    return read


def post(client: Client, name: str, /, *args: object, **data: object):
    return client.post(reverse(f"appraisals:{name}", args=args), data, follow=True)


def test_from_the_form_to_locked_lists(scene: Scene, signed_in, monkeypatch) -> None:
    client = signed_in(scene.owner)
    given = {
        "unit": scene.department.pk,
        "name": "2025 年度测评",
        "occasion": "year",
        "year": 2025,
        "held_on": "2026-01-20",
        "closes_on": "2026-01-22",
    }
    scene.placement.starts_on = dt.date(2025, 1, 5)
    scene.placement.save()
    answer = post(client, "appraisal_new", **given)
    appraisal = Appraisal.objects.get()
    assert "已建立。请选择测评对象。" in text_of(answer)
    keys = f"{scene.placement.pk},{scene.other.pk}"
    text = text_of(post(client, "candidates_add", appraisal.pk, selected=keys))
    assert "已列入 1 人。" in text
    assert "另有 1 人已列入本次或其他民主测评" in text
    assert "已生成 4 种票。" in text_of(post(client, "papers_propose", appraisal.pk))
    assert "票种已经齐全，没有新增。" in text_of(post(client, "papers_propose", appraisal.pk))
    for number, paper in enumerate(appraisal.papers.all()):
        lines = "\n".join(f"评议{number}甲{n} 干部" for n in range(20))
        assert "已加入 20 人。" in text_of(post(client, "raters_add", paper.pk, text=lines))
    digest = current_digest(appraisal)
    refused = text_of(post(client, "appraisal_freeze", appraisal.pk, seed="", digest=digest))
    assert "有名单须抽取参评人员。请填写公布的种子" in refused
    done = text_of(post(client, "appraisal_freeze", appraisal.pk, seed="7 7 7", digest=digest))
    assert "名单已锁定，参评人员已抽定" in done
    record = client.get(reverse("appraisals:draw_record", args=[appraisal.pk]))
    assert b"secondment-roster/1" in record.content
    entry = RosterEntry.objects.filter(standing=Standing.DRAWN, paper__group="home").first()
    assert "递补。" in text_of(post(client, "rater_replace", entry.pk, reason="调离"))
    assert "锁定后的变动" in text_of(client.get(reverse("appraisals:roster", args=[entry.paper_id])))


def test_what_was_typed_wrong_stays_on_the_page(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    appraisal = scene.with_papers(scene.placement)
    paper = appraisal.papers.get(group="colleagues")
    text = text_of(post(client, "raters_add", paper.pk, text="张三 副镇长\n李某 干部"))
    assert "第 1 行：“张三”是测评对象" in text
    assert "李某 干部" in text
    assert "请写明作废的理由" in text_of(post(client, "appraisal_void", appraisal.pk, reason=""))
    assert "名单报送期限已过" in text_of(post(client, "rosters_ask", appraisal.pk, until="2020-01-01"))
    assert "已有同名的民主测评" in text_of(
        post(
            client,
            "appraisal_new",
            unit=scene.department.pk,
            name=appraisal.name,
            occasion="year",
            year=2025,
            held_on="2025-12-20",
            closes_on="2025-12-20",
        )
    )


def test_an_appraisal_is_changed_while_nobody_is_chosen(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    appraisal = scene.appraisal()
    given = {
        "name": "改名",
        "occasion": "end",
        "year": 2025,
        "held_on": "2026-01-20",
        "closes_on": "2026-01-20",
    }
    assert "已保存。" in text_of(post(client, "appraisal_change", appraisal.pk, version=1, **given))
    appraisal.refresh_from_db()
    assert (appraisal.name, appraisal.occasion, appraisal.version) == ("改名", "end", 2)
    scene.placement.ends_on = dt.date(2025, 12, 31)
    scene.placement.starts_on = dt.date(2025, 1, 1)
    scene.placement.save()
    add_candidates(appraisal, [scene.placement], by=scene.owner, at=AT)
    text = text_of(post(client, "appraisal_change", appraisal.pk, version=3, **{**given, "year": 2026}))
    assert "已选定测评对象，不能再改考核年度和类型" in text
    stale = client.post(reverse("appraisals:appraisal_change", args=[appraisal.pk]), {**given, "version": 1})
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year": 2099, "held_on": "2099-01-01", "closes_on": "2099-01-01"}, "2099 年尚未开始"),
        ({"held_on": "2027-01-01", "closes_on": "2027-01-01"}, "测评日期应在考核年度当年或次年"),
        ({"closes_on": "2026-01-19"}, "截止日期早于测评日期"),
        ({"closes_on": "2026-03-24"}, "测评日期到截止日期超过两个月"),
    ],
)
def test_days_that_cannot_be_are_named(scene: Scene, signed_in, fields: dict, words: str) -> None:
    given = {
        "name": "测评",
        "occasion": "year",
        "year": 2025,
        "held_on": "2026-01-20",
        "closes_on": "2026-01-20",
    }
    answer = post(signed_in(scene.owner), "appraisal_new", unit=scene.department.pk, **{**given, **fields})
    assert words in text_of(answer)


def test_units_meet_what_they_must_fill(scene: Scene, page, signed_in) -> None:
    appraisal = scene.with_papers(scene.placement)
    hidden = signed_in(scene.host).get(reverse("appraisals:appraisal_detail", args=[appraisal.pk]))
    assert hidden.status_code == 404
    assert list(lists_asked(scene.host, ON)) == []
    ask_for_rosters(appraisal, until=UNTIL, by=scene.owner, on=ON, at=AT)
    text = page(scene.host, "appraisal_detail", appraisal.pk)
    assert "示例村" in text
    assert "示例厅" not in text
    assert "考核组" not in text
    (line,) = lines_of_lists(lists_asked(scene.host, ON))
    assert (line.title, line.unit, line.due_on) == ("报送参评人员名单：2026 年度民主测评", "示例村", UNTIL)
    paper = appraisal.papers.get(group="colleagues")
    client = signed_in(scene.host)
    post(client, "raters_add", paper.pk, text="李某 干部\n王某 干部")
    text = page(scene.host, "roster", paper.pk)
    assert "不足 5 人：为保护投票人，封存后并入“群众（服务对象）”一并计算" in text
    assert "已核实：与测评对象" not in text
    assert "名单已报送主办组织部门" in text_of(post(client, "roster_hand_in", paper.pk))
    assert "加入参评人员" not in page(scene.host, "roster", paper.pk)
    assert "已退回，单位可以继续修改" in text_of(post(signed_in(scene.owner), "roster_return", paper.pk))


def test_the_department_is_reminded_of_each_step(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement)
    assert list(to_lead_on(scene.owner, dt.date(2026, 12, 19))) == []
    day = dt.date(2026, 12, 20)
    assert [one.title for one in lines_of_steps(to_lead_on(scene.owner, day))] == [
        "锁定名单：2026 年度民主测评"
    ]
    scene.freeze(appraisal)
    voting = reverse("appraisals:voting", args=[appraisal.pk])
    (line,) = lines_of_steps(to_lead_on(scene.owner, day))
    assert (line.title, line.path) == ("开始投票：2026 年度民主测评", voting)
    Appraisal.objects.update(state=AppraisalState.OPEN)
    assert list(to_lead_on(scene.owner, dt.date(2026, 12, 19))) == []
    for day, state in ((dt.date(2026, 12, 20), "还有 5 天"), (dt.date(2026, 12, 25), "今天到期")):
        (line,) = lines_of_steps(to_lead_on(scene.owner, day))
        assert (line.title, line.state) == ("正在投票，投完封存票箱：2026 年度民主测评", state)
    (line,) = lines_of_steps(to_lead_on(scene.owner, dt.date(2026, 12, 26)))
    assert (line.title, line.due_on) == ("封存票箱：2026 年度民主测评", dt.date(2026, 12, 25))
    assert line.path == voting
    assert list(to_lead_on(scene.stranger, dt.date(2026, 12, 26))) == []
    Appraisal.objects.update(state=AppraisalState.CLOSED)
    assert list(to_lead_on(scene.owner, dt.date(2026, 12, 26))) == []


def test_dates_of_locked_lists_are_changed_until_the_vote_begins(
    scene: Scene, signed_in, monkeypatch
) -> None:
    """A meeting that is put off beyond its last day is led on by one change of dates."""
    appraisal = scene.frozen(scene.placement)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_words: dt.date(2026, 12, 26))
    client = signed_in(scene.owner)
    voting = reverse("appraisals:voting", args=[appraisal.pk])
    change = reverse("appraisals:appraisal_change", args=[appraisal.pk])
    for address in (reverse("appraisals:appraisal_detail", args=[appraisal.pk]), voting):
        answer = client.get(address)
        assert "截止日期2026-12-25已过，不能开始投票。请先修改日期。" in text_of(answer)
        assert f'href="{change}"' in answer.content.decode()
    assert 'data-opens="vote-open"' not in client.get(voting).content.decode()
    typed = {name: client.get(change).context["form"].initial[name] for name in ("name", "occasion", "year")}
    typed |= {"held_on": "2026-12-26", "closes_on": "2026-12-26"}
    for version, words in ((appraisal.version, "已保存"), (appraisal.version + 1, "不能")):
        answer = client.post(change, typed | {"version": version}, follow=True)
        assert words in text_of(answer)
        assert 'data-opens="vote-open"' in client.get(voting).content.decode() or words == "不能"
        Appraisal.objects.update(state=AppraisalState.OPEN)


def test_the_secondee_reads_when_and_by_how_many(scene: Scene, signed_in) -> None:
    place = reverse("placements:placement_detail", args=[scene.placement.pk])
    appraisal = scene.with_rosters(scene.placement)
    assert "2026 年度民主测评" not in text_of(signed_in(scene.person).get(place))
    scene.freeze(appraisal)
    answer = signed_in(scene.person).get(place)
    text = text_of(answer)
    assert "2026 年度民主测评" in text
    assert "24 人参评" in text
    own = reverse("appraisals:candidate_detail", args=[appraisal.candidates.get().pk])
    assert own not in answer.content.decode()
    assert signed_in(scene.person).get(own).status_code == 404
    assert own in signed_in(scene.owner).get(place).content.decode()


def test_links_say_who_can_be_compared(scene: Scene, page) -> None:
    scene.standard.group_weights = {"leaders": 100}
    scene.standard.save()
    appraisal, made = scene.with_candidates()
    propose_papers(appraisal, by=scene.owner, at=AT)
    for paper in appraisal.papers.all():
        scene.fill(paper, 6)
    text = page(scene.owner, "candidate_list", appraisal.pk)
    assert "结果不可比" in text
    set_team(appraisal, [Member("考核甲")], by=scene.owner, at=AT)
    text = page(scene.owner, "candidate_list", appraisal.pk)
    assert "不可比" not in text
    text = page(scene.owner, "candidate_detail", made[0].pk)
    assert "共 7 人" in text


def test_marks_are_entered_page_by_page(scene: Scene, signed_in, page) -> None:
    appraisal = scene.frozen(scene.placement, scene.other)
    assert "还没有考核组成员" in page(scene.owner, "marks_enter", appraisal.pk)
    client = signed_in(scene.owner)
    post(client, "team_set", appraisal.pk, members="考核甲 副部长\n考核乙")
    text = page(scene.owner, "marks_enter", appraisal.pk, rater="考核乙")
    assert "示范带头" in text
    one = appraisal.candidates.get(placement=scene.placement)
    address = reverse("appraisals:marks_enter", args=[appraisal.pk]) + "?rater=考核乙"
    answer = client.post(address, {f"mark-{one.pk}-virtue": "4", f"mark-{one.pk}-ability": "0"}, follow=True)
    assert "已保存，变动 2 项评分。" in text_of(answer)
    assert list(SignedMark.objects.values_list("rater", "level")) == [("考核乙", None), ("考核乙", 4)]
    answer = client.post(address, {f"mark-{one.pk}-virtue": "9"}, follow=True)
    assert "档次超出范围" in text_of(answer)
    sheet = client.get(reverse("appraisals:mark_sheet", args=[appraisal.pk]))
    assert sheet.content.startswith(b"PK")


@pytest.mark.parametrize("name", ["appraisal_detail", "candidate_list", "paper_list", "marks_enter"])
def test_queries_do_not_grow_with_candidates(scene: Scene, signed_in, name: str) -> None:
    appraisal = scene.with_rosters(scene.placement)
    set_team(appraisal, [Member("考核甲")], by=scene.owner, at=AT)
    client = signed_in(scene.owner)
    address = reverse(f"appraisals:{name}", args=[appraisal.pk])
    few = _queries(client, address)
    values = {
        "starts_on": dt.date(2026, 1, 5),
        "ends_on": dt.date(2028, 1, 5),
        "state": PlacementState.IN_POST,
    }
    more = [
        make_placement(scene.campaign, make_person(scene.home), make_post(unit), **values)
        for unit in (make_unit(f"村{n}", scene.township, kind=UnitKind.VILLAGE) for n in range(8))
    ]
    add_candidates(appraisal, more, by=scene.owner, at=AT)
    propose_papers(appraisal, by=scene.owner, at=AT)
    for paper in appraisal.papers.filter(roster=None):
        scene.fill(paper, 3)
    assert _queries(client, address) <= few


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)

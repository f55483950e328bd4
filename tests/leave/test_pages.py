"""The pages of leave: asking on a phone, deciding, returning; lists, the month and one person."""

import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from tests.leave.scene import AT, ON, Scene, make_scene
from tests.makers import make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.audit.models import AuditEvent
from secondment.leave.choices import LeaveState, LeaveType
from secondment.leave.models import LeaveRequest, StandIn
from secondment.leave.queries import visible_to
from secondment.leave.tasks import look_after
from secondment.placements.choices import PlacementState
from secondment.units.choices import UnitKind

NEW = "/leave/new/"
TYPED = {
    "type": "personal",
    "starts_on": "2026-11-03",
    "starts_half": "am",
    "last_on": "2026-11-09",
    "last_half": "am",
    "reason": "家中有事",
    "destination": "",
    "deputy_name": "李四",
    "deputy_contact": "13800000000",
}


def sent(client: Client, scene: Scene, **typed: str):
    """The form as it is filled in, then confirmed as the page shows it."""
    data = {**TYPED, "placement": scene.placement.pk, **typed}
    first = client.post(NEW, data)
    return first, client.post(NEW, {**data, "seen": first.context["preview"].get("seen", "")}, follow=True)


def test_days_and_who_decides_are_shown_before_anything_is_sent(scene: Scene, signed_in) -> None:
    client = signed_in(scene.person)
    assert "3 个工作日以内：示例镇" in text_of(client.get(NEW))
    assert "更长：示例镇 → 示例县委组织部" in text_of(client.get(NEW))
    first, done = sent(client, scene)
    assert "共 4.5 个工作日" in text_of(first)
    assert first.context["preview"]["who"] == ["示例镇", "示例县委组织部"]
    assert "已提交，并已通知审批人。" in text_of(done)
    row = LeaveRequest.objects.get()
    assert (row.half_days, row.reason, row.deputy_name) == (9, "家中有事", "李四")


def test_what_has_changed_since_it_was_shown_is_shown_again(scene: Scene, signed_in) -> None:
    data = {**TYPED, "placement": scene.placement.pk, "seen": "something else"}
    signed_in(scene.person).post(NEW, data)
    assert not LeaveRequest.objects.exists()


def test_the_same_sent_again_is_one(scene: Scene, signed_in) -> None:
    client = signed_in(scene.person)
    sent(client, scene)
    _first, again = sent(client, scene)
    assert "没有重复提交" in text_of(again)
    assert LeaveRequest.objects.count() == 1


def test_refusals_stand_where_they_were_typed(scene: Scene, signed_in) -> None:
    answer = signed_in(scene.person).post(
        NEW, {**TYPED, "placement": scene.placement.pk, "starts_on": "2026-11-07", "last_on": "2026-11-08"}
    )
    assert answer.context["form"].errors["starts_on"] == [
        "这段时间都是休息日或节假日，休息日不用请假；日期有误的，请改正。"
    ]
    assert answer.context["form"]["reason"].value() == "家中有事"


def test_a_year_without_a_calendar_is_said_to_be_uncertain(scene: Scene, signed_in) -> None:
    first, _done = sent(signed_in(scene.person), scene, starts_on="2027-02-01", last_on="2027-02-02")
    assert "尚未公布，暂按周末推算" in text_of(first)


def test_a_clerk_chooses_among_the_people_of_the_office(scene: Scene, signed_in) -> None:
    other = make_placement(
        scene.placement.campaign,
        make_person(scene.home),
        make_post(scene.village),
        starts_on=scene.placement.starts_on,
        ends_on=scene.placement.ends_on,
        state=PlacementState.IN_POST,
    )
    client = signed_in(scene.host)
    assert client.get(NEW).context["form"]["placement"].is_hidden is False
    chosen = client.get(f"{NEW}?placement={other.pk}").context["form"]
    assert (chosen["placement"].is_hidden, chosen.initial["placement"]) == (True, other.pk)
    assert client.get(f"{NEW}?placement=999999").status_code == 404
    assert client.get(f"{NEW}?placement=x").status_code == 404
    sent(client, scene)
    assert LeaveRequest.objects.get().source == "clerk"


def test_nobody_to_ask_for(scene: Scene, signed_in) -> None:
    assert signed_in(make_user(Role.HOME_UNIT, scene.home)).get(NEW).status_code == 403


def test_request_decide_return(scene: Scene, signed_in) -> None:
    sent(signed_in(scene.person), scene, last_on="2026-11-04")
    row = LeaveRequest.objects.get()
    page, step = f"/leave/{row.pk}/", row.steps.get()
    host = signed_in(scene.host)
    assert "请您审批" in text_of(host.get(page))
    refused = host.post(f"{page}decide/{step.pk}/", {"answer": "refuse", "words": ""})
    assert "不同意的，请写明理由" in text_of(refused)
    done = host.post(f"{page}decide/{step.pk}/", {"answer": "grant", "words": "好"}, follow=True)
    assert "已同意。" in text_of(done)
    assert "请您审批" not in text_of(done)
    person = signed_in(scene.person)
    assert "已返岗，销假" not in text_of(person.get(page))  # not before it begins
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.localdate", lambda *_given: dt.date(2026, 11, 10))
        assert "应于 2026-11-04下午 返岗，尚未销假" in text_of(person.get(page))
        late = person.post(f"{page}return/", {"back_on": "2026-11-06", "back_half": "am"}, follow=True)
        assert "逾期 1.5 个工作日" in text_of(late)
        assert "认定，改记为请假" not in text_of(late)
        excused = host.post(f"{page}excuse/", {"words": "住院"}, follow=True)
        assert "已认定有正当理由" in text_of(excused)
        assert "撤回销假" not in text_of(person.get(page))
        assert person.post(f"{page}return/undo/").status_code == 403
        undone = host.post(f"{page}return/undo/", follow=True)
        assert "已撤回销假" in text_of(undone)
        wrong = person.post(f"{page}return/", {"back_on": "2026-12-01", "back_half": "am"})
        assert "返岗日期还没有到" in text_of(wrong)
        cancelled = host.post(f"{page}cancel/", {"words": "没有休"}, follow=True)
        assert "已撤销，台账已冲回。" in text_of(cancelled)
    row.refresh_from_db()
    assert row.state == LeaveState.CANCELLED


def test_what_is_typed_on_a_poor_line_is_kept(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every form of a request is kept in the browser under its own address until the server has it."""
    person, host = signed_in(scene.person), signed_in(scene.host)
    sent(person, scene, last_on="2026-11-03", last_half="pm")
    row = LeaveRequest.objects.get()
    page = f"/leave/{row.pk}/"

    def drafts(client: Client) -> set[str]:
        return set(re.findall(r'data-draft="([^"]+)"', client.get(page).content.decode()))

    assert drafts(host) == {f"{page}decide/{row.steps.get().pk}/"}
    assert drafts(person) == set()
    row.state = LeaveState.GRANTED
    row.save()
    monkeypatch.setattr(timezone, "localdate", lambda *_given: dt.date(2026, 11, 5))
    assert drafts(host) == {f"{page}return/", f"{page}cancel/"}


def test_what_somebody_else_has_decided_meanwhile_is_said(scene: Scene, signed_in) -> None:
    sent(signed_in(scene.person), scene, last_on="2026-11-04")
    row = LeaveRequest.objects.get()
    path = f"/leave/{row.pk}/decide/{row.steps.get().pk}/"
    first, second = signed_in(scene.host), signed_in(scene.host)
    first.post(path, {"answer": "grant"})
    answer = second.post(path, {"answer": "refuse", "words": "人手紧"})
    assert answer.status_code == 409
    assert "这一步已经办过了" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == LeaveState.GRANTED


def test_nobody_to_stand_in(scene: Scene, signed_in) -> None:
    page = signed_in(scene.host).get("/leave/deputies/")
    assert "本单位没有其他在用的账号" in text_of(page)
    make_user(name="副书记", username="second")
    User.objects.filter(username="second").update(unit=scene.host.assignments.get().unit)
    page = text_of(signed_in(scene.host).get("/leave/deputies/"))
    assert "本单位没有其他在用的账号" not in page
    assert "副书记" in page


def test_withdrawing(scene: Scene, signed_in) -> None:
    page = f"/leave/{scene.ask('2026-11-03').pk}/"
    client = signed_in(scene.person)
    assert "已撤回。" in text_of(client.post(f"{page}withdraw/", follow=True))
    again = client.post(f"{page}withdraw/")
    assert (again.status_code, "这次请假现在是“已撤回”" in again.content.decode()) == (409, True)
    asked, typed = scene.ask("2026-11-04"), scene.ask("2026-11-05", by=scene.host)
    host = signed_in(scene.host)
    assert "撤回申请" not in text_of(host.get(f"/leave/{asked.pk}/"))
    assert host.post(f"/leave/{asked.pk}/withdraw/").status_code == 403
    assert "撤回申请" in text_of(host.get(f"/leave/{typed.pk}/"))
    assert "已撤回。" in text_of(host.post(f"/leave/{typed.pk}/withdraw/", follow=True))


def test_an_office_without_an_account(scene: Scene, signed_in) -> None:
    RoleAssignment.objects.filter(user=scene.host).delete()
    row = scene.ask("2026-11-03")
    client, step = signed_in(scene.owner), row.steps.get()
    assert "该单位没有账号，由您代为登记。" in text_of(client.get(f"/leave/{row.pk}/"))
    client.post(f"/leave/{row.pk}/decide/{step.pk}/", {"answer": "grant", "decided_for": "王书记"})
    assert "王书记（市委组织部代为登记）" in text_of(client.get(f"/leave/{row.pk}/"))


def test_reasons_about_a_body_are_opened_one_by_one(scene: Scene, signed_in) -> None:
    row = scene.ask("2026-11-03", type=LeaveType.SICK, reason="腰椎复查")
    page = f"/leave/{row.pk}/"
    assert "腰椎复查" in text_of(signed_in(scene.person).get(page))
    host = signed_in(scene.host)
    assert "腰椎复查" not in text_of(host.get(page))
    assert "腰椎复查" in text_of(host.post(f"{page}reason/"))
    assert (
        AuditEvent.objects.filter(action="leave_request.reveal_reason", actor_id=scene.host.pk).count() == 1
    )
    leader = signed_in(make_user(Role.LEADER, scene.root))
    assert "查看事由" not in text_of(leader.get(page))
    assert leader.post(f"{page}reason/").status_code == 403
    assert "腰椎复查" not in word_text(host.get(f"{page}form/"))


def test_other_reasons_are_read_by_both_sides_and_not_by_leaders(scene: Scene, signed_in) -> None:
    page = f"/leave/{scene.ask('2026-11-03', reason='家中有事').pk}/"
    for user, reads in (
        (scene.host, True),
        (make_user(Role.HOME_UNIT, scene.home), True),
        (scene.owner, True),
        (make_user(Role.LEADER, scene.root), False),
        (make_user(Role.INSPECTOR, scene.root), False),
    ):
        assert ("家中有事" in text_of(signed_in(user).get(page))) == reads


def word_text(response) -> str:
    document = Document(io.BytesIO(b"".join(response) if response.streaming else response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in document.paragraphs), *cells])


def test_the_form_in_word(scene: Scene, signed_in) -> None:
    row = scene.ask(
        "2026-11-03",
        "2026-11-09am",
        reason="家中有事",
        deputy_name="李四",
        deputy_contact="138",
        type="personal",
    )
    words = word_text(signed_in(scene.person).get(f"/leave/{row.pk}/form/"))
    for part in ("张三", "事假", "2026-11-03上午至2026-11-09上午", "4.5个工作日", "家中有事", "李四　138"):
        assert part in words
    assert "示例镇意见" in words
    assert "示例县委组织部意见" in words
    scene.grant(row)
    scene.back(row, "2026-11-11")
    words = word_text(signed_in(scene.host).get(f"/leave/{row.pk}/form/"))
    assert "同意　镇党委书记　2026年11月2日" in words
    assert "2026-11-11上午，逾期1.5个工作日" in words
    assert AuditEvent.objects.filter(action="leave_request.print").count() == 2


def test_a_deputy_sees_what_is_to_be_decided(scene: Scene, signed_in) -> None:
    deputy = make_user(name="副镇长")
    deputy.unit = scene.township
    deputy.save()
    row = scene.ask("2026-11-03")
    page = f"/leave/{row.pk}/"
    assert signed_in(deputy).get(page).status_code == 404
    assert signed_in(deputy).get("/leave/deputies/").status_code == 403
    host = signed_in(scene.host)
    office = host.get("/leave/deputies/").context["form"].fields["office"].choices[0][0]
    answer = host.post(
        "/leave/deputies/",
        {"office": office, "deputy": deputy.pk, "starts_on": "2026-11-02", "last_on": "2026-11-08"},
        follow=True,
    )
    assert "对方接受后生效" in text_of(answer)
    named = StandIn.objects.get()
    assert named.ends_on == dt.date(2026, 11, 9)
    client = signed_in(deputy)
    assert "待接受" in text_of(client.get("/leave/deputies/"))
    assert "已接受代批" in text_of(client.post(f"/leave/deputies/{named.pk}/accept/", follow=True))
    assert "请您审批" in text_of(client.get(page))
    client.post(f"{page}decide/{row.steps.get().pk}/", {"answer": "grant"})
    assert "副镇长（代批）" in text_of(client.get(page))
    assert "已终止" in text_of(host.post(f"/leave/deputies/{named.pk}/end/", follow=True))
    assert "已经终止" in text_of(host.post(f"/leave/deputies/{named.pk}/end/", follow=True))
    refused = host.post(
        "/leave/deputies/",
        {"office": office, "deputy": deputy.pk, "starts_on": "2026-11-02", "last_on": "2026-10-01"},
    )
    assert "代批结束须不早于开始" in text_of(refused)
    later = scene.ask("2026-11-12")
    assert client.get(f"/leave/{later.pk}/").status_code == 404
    assert client.get(page).status_code == 200


def test_a_deputy_sees_what_waits_and_no_more(scene: Scene, signed_in) -> None:
    deputy = make_user(name="副镇长")
    StandIn.objects.create(
        unit=scene.township,
        role=Role.HOST_UNIT,
        deputy=deputy,
        starts_on=ON,
        ends_on=ON + dt.timedelta(days=1),
        named_by=scene.host,
        named_at=AT,
        accepted_at=AT,
    )
    decided, waiting = scene.granted("2026-11-03"), scene.ask("2026-11-05")
    client = signed_in(deputy)
    assert client.get(f"/leave/{waiting.pk}/").status_code == 200
    assert client.get(f"/leave/{decided.pk}/").status_code == 404
    assert not visible_to(deputy, ON + dt.timedelta(days=1)).exists()


def test_a_secondee_is_led_to_their_own_leave(scene: Scene, signed_in) -> None:
    scene.ask("2026-11-05")
    client = signed_in(scene.person)
    answer = client.get("/leave/", follow=True)
    assert answer.redirect_chain == [(f"/leave/placements/{scene.placement.pk}/", 302)]
    text = text_of(answer)
    assert text.index("年休假 2026-11-05") < text.index("按月查看")
    assert "本年尚未结束" in text
    assert client.get("/leave/?export=xlsx").status_code == 200
    RoleAssignment.objects.create(user=scene.person, role=Role.HOST_UNIT, unit=scene.township)
    assert client.get("/leave/").status_code == 200


def test_the_month_with_its_arithmetic(scene: Scene, signed_in) -> None:
    scene.granted("2026-11-03", "2026-11-04")
    client = signed_in(scene.host)
    page = client.get("/leave/month/")
    row = next(page.context["listing"].rows()).item
    assert (row.presence.arithmetic, page.context["is_under_way"]) == ("21 − 2 = 19", True)
    for what, n in (("away", 1), ("late", 0), ("below", 0)):
        assert len(list(client.get(f"/leave/month/?what={what}").context["listing"].rows())) == n
    assert len(list(client.get("/leave/month/?name=李四").context["listing"].rows())) == 0
    assert len(list(client.get("/leave/month/?unit=示例镇").context["listing"].rows())) == 1
    assert client.get("/leave/month/?until=2026-11-02").status_code == 404
    assert client.get("/leave/month/?until=2026-02-01").context["period"].starts_on == dt.date(2026, 1, 1)


def test_the_list_and_its_filters(scene: Scene, signed_in) -> None:
    scene.granted("2026-11-03", "2026-11-04am")
    scene.ask("2026-11-10", type=LeaveType.SICK)
    client = signed_in(scene.host)

    def n(query: str) -> int:
        return len(list(client.get(f"/leave/?{query}").context["listing"].rows()))

    assert [n(""), n("state=granted"), n("type=sick"), n("name=张"), n("name=王")] == [2, 1, 1, 2, 0]
    assert [n("since=2026-11-04"), n("since=2026-11-05"), n("until=2026-11-09"), n("until=2026-11-02")] == [
        2,
        1,
        1,
        0,
    ]
    assert [n("unit=示例村"), n("unit=示例镇"), n("unit=示例厅"), n("unit=别处")] == [2, 2, 2, 0]


def test_one_person(db: None, signed_in, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: ON)
    scene = make_scene(
        {
            "presence_days_year": 200,
            "rules": {"H21": {"mode": "warn", "basis": "某规定", "values": {"leave_days": 2}}},
        }
    )
    scene.back(scene.granted("2026-11-03", "2026-11-05", type=LeaveType.SICK), "2026-11-05")
    client, page = signed_in(scene.owner), f"/leave/placements/{scene.placement.pk}/"
    text = text_of(client.get(page))
    assert "+3" in text
    assert "−1" in text
    assert "全年请假超过规定天数" not in text
    scene.granted("2026-11-10", type=LeaveType.SICK)
    text = text_of(client.get(page))
    assert "现为 3 天，规定不超过 2 天。" in text
    assert "办理召回" in text
    given = {"alert": "recall", "year": "2026", "words": ""}
    assert "请写明核实情况" in text_of(client.post(f"{page}review/", given))
    done = client.post(f"{page}review/", given | {"words": "不召回，安排顶岗"}, follow=True)
    assert "不召回，安排顶岗" in text_of(done)
    assert client.post(f"{page}review/", given | {"alert": "x"}).status_code == 404
    scene.placement.state = PlacementState.DECIDED
    scene.placement.save()
    assert client.get(page).status_code == 404


def test_the_panel_on_the_page_of_the_placement(scene: Scene, signed_in) -> None:
    scene.granted("2026-11-03")
    for user, asks in ((scene.host, True), (make_user(Role.HOME_UNIT, scene.home), False)):
        text = text_of(signed_in(user).get(f"/placements/{scene.placement.pk}/"))
        assert "请假和在岗" in text
        assert ("请假申请" in text) == asks
    assert "年休假 2026-11-03" in text_of(signed_in(scene.person).get("/placements/mine/"))


@pytest.mark.parametrize("path", ["/leave/", "/leave/month/"])
def test_queries_do_not_grow_with_the_rows(scene: Scene, signed_in, path: str) -> None:
    client = signed_in(scene.owner)
    scene.granted("2026-11-03")
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(5):
        village = make_unit(f"村{number}", scene.township, kind=UnitKind.VILLAGE)
        placement = make_placement(
            scene.placement.campaign,
            make_person(scene.home),
            make_post(village),
            starts_on=scene.placement.starts_on,
            ends_on=scene.placement.ends_on,
            state=PlacementState.IN_POST,
        )
        scene.granted("2026-11-03", placement=placement, by=scene.host)
    with CaptureQueriesContext(connection) as more:
        client.get(path)
    assert len(more) == len(few)


def test_the_norm_is_named_in_the_month(db: None, signed_in, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_given: ON)
    below, reached = make_scene({"presence_days_month": 22}), make_scene({"presence_days_month": 21})
    assert "不足 22 天" in text_of(signed_in(below.owner).get("/leave/month/"))
    assert "达到 21 天" in text_of(signed_in(reached.owner).get("/leave/month/"))


def test_days_late_are_explained_and_looked_after_every_day(scene: Scene, signed_in) -> None:
    scene.granted("2026-10-12")
    look_after(on=ON, at=AT)
    page = text_of(signed_in(scene.owner).get(f"/leave/placements/{scene.placement.pk}/"))
    assert "逾期不归连续超过法定天数" in page
    assert "按自然日计" in page
    assert "办理召回" not in page

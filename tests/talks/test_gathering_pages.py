"""Pages of trainings and meetings: who sees what, and what an organiser does with a few clicks."""

import datetime as dt

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.makers import make_person, make_placement, make_post, make_user
from tests.pages import text_of
from tests.talks.gatherings import DAY, closed, fresh, invited, planned, sent
from tests.talks.scene import AT, ON, Scene

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.leave.models import LeaveRequest
from secondment.obligations.feeds import address_of
from secondment.obligations.services import make_feed
from secondment.placements.ports import absences_of
from secondment.talks import services
from secondment.talks.errors import GatheringError
from secondment.talks.models import Gathering, Material
from secondment.talks.services import inviting

ONE = dt.timedelta(days=1)


def page(made: Gathering, name: str = "gathering_detail") -> str:
    return reverse(f"talks:{name}", args=[made.pk])


def on_leave(scene: Scene, placement, starts_on: dt.date, ends_on: dt.date, **fields) -> LeaveRequest:
    values = {"type": "personal", "half_days": 2, "level": "接收单位", "state": "granted", **fields}
    return LeaveRequest.objects.create(
        placement=placement, starts_on=starts_on, ends_on=ends_on, asked_by=scene.host, asked_at=AT, **values
    )


def test_from_planning_to_who_came(scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(scene.local)
    form = {
        "kind": "meeting",
        "title": "半年座谈",
        "office": f"{scene.department.pk}-department",
        "starts_on": "2026-11-02",
        "last_day": "",
        "hours": "9:00",
        "place": "县委党校",
        "contact": "",
        "agenda": "交流半年工作",
    }
    chosen = client.post(reverse("talks:gathering_new"), form)
    made = Gathering.objects.get()
    assert chosen.url == page(made, "people_choose")
    listed = text_of(client.get(chosen.url))
    assert "张三" in listed
    assert "李四" in listed
    keys = [scene.placement.pk, scene.other.pk]
    added = client.post(page(made, "people_add"), {"selected": keys, "next": chosen.url}, follow=True)
    assert "已列入 2 人" in text_of(added)
    again = client.post(page(made, "people_add"), {"selected": keys}, follow=True)
    assert "另有 2 人已在名单中" in text_of(again)
    assert "没有可以列入的人员" in text_of(again)
    told = client.post(page(made, "gathering_send"), follow=True)
    assert "已通知 1 人" in text_of(told)
    assert "须另行通知：李四" in text_of(told)
    assert "没有账号，请另行通知" in text_of(told)
    assert "只填没有到会的人" in text_of(client.get(page(made, "attendance")))
    absent = invited(made, scene.other)
    answer = client.post(
        page(made, "attendance"),
        {"version": fresh(made).version, f"absence-{absent.pk}": "防汛"},
        follow=True,
    )
    assert "到会 1 人，未到会 1 人" in text_of(answer)
    assert "未到会：防汛" in text_of(answer)
    narrowed = client.get(page(made), {"absent": "yes"}, headers={"HX-Request": "true"})
    assert "李四" in text_of(narrowed)
    assert ">张三<" not in narrowed.content.decode()
    assert ">李四<" not in client.get(page(made), {"absent": "no"}).content.decode()
    assert ">李四<" not in client.get(page(made), {"name": "张"}).content.decode()
    reopened = client.post(page(made, "attendance_reopen"), follow=True)
    assert "已撤回到会登记" in text_of(reopened)
    removed = client.post(page(made, "people_remove"), {"selected": [absent.pk]}, follow=True)
    assert "已移出 1 人" in text_of(removed)


def test_refusals_stay_on_the_page(scene: Scene, signed_in) -> None:
    client = signed_in(scene.local)
    made = planned(scene)
    assert "名单是空的" in text_of(client.post(page(made, "gathering_send"), follow=True))
    assert "请写明取消的原因" in text_of(client.post(page(made, "gathering_cancel"), {"words": ""}))
    assert "没有取消" in text_of(client.post(page(made, "gathering_reinstate"), follow=True))
    assert "还没有登记到会情况" in text_of(client.post(page(made, "attendance_reopen"), follow=True))
    early = sent(scene, scene.placement, title="还没开")
    answer = client.post(page(early, "attendance"), {"version": early.version})
    assert "2026-11-20结束" in text_of(answer)
    form = {
        "kind": "meeting",
        "title": "x",
        "starts_on": "2026-11-20",
        "last_day": "2026-11-19",
        "place": "y",
    }
    assert "结束日期早于开始日期" in text_of(
        client.post(page(made, "gathering_change"), {**form, "version": made.version})
    )
    office = {"office": f"{scene.department.pk}-department"}
    assert "结束日期早于开始日期" in text_of(client.post(reverse("talks:gathering_new"), {**form, **office}))


def test_changed_and_called_off_on_pages(scene: Scene, signed_in) -> None:
    client = signed_in(scene.local)
    made = sent(scene, scene.placement)
    assert "保存时重新通知" in text_of(client.get(page(made, "gathering_change")))
    form = {"kind": "meeting", "title": "半年座谈", "starts_on": "2026-11-21", "place": "县委党校"}
    answer = client.post(page(made, "gathering_change"), {**form, "version": made.version}, follow=True)
    assert "已通知 1 人" in text_of(answer)
    assert "2026-11-21" in text_of(answer)
    assert "已取消" in text_of(client.post(page(made, "gathering_cancel"), {"words": "防汛"}, follow=True))
    assert "取消原因 防汛" in text_of(signed_in(scene.person).get(page(made)))
    assert "已恢复" in text_of(client.post(page(made, "gathering_reinstate"), follow=True))


def test_others_see_their_own_people_and_a_number(scene: Scene, signed_in) -> None:
    made = sent(scene, scene.placement, scene.other)
    draft = planned(scene, scene.placement, title="拟定中")
    for reader in (scene.person, scene.host):
        client = signed_in(reader)
        text = text_of(client.get(page(made)))
        assert "张三" in text
        assert "李四" not in text
        assert "另有 1 人属于其他单位" in text
        assert "联系电话" not in text
        assert client.get(page(draft)).status_code == 404
        for name in ("gathering_change", "people_choose", "attendance"):
            assert client.get(page(made, name)).status_code == 403
    assert "另有" not in text_of(signed_in(scene.local).get(page(made)))
    stranger = make_user(Role.HOST_UNIT, name="陌生账号")
    assert signed_in(stranger).get(page(made)).status_code == 404


def test_a_stranger_cannot_be_listed_and_is_not_named(scene: Scene, signed_in) -> None:
    foreign = make_placement(state="in_post", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2028, 1, 1))
    made = planned(scene)
    answer = signed_in(scene.local).post(page(made, "people_add"), {"selected": [foreign.pk]}, follow=True)
    assert "没有列入" in text_of(answer)
    assert foreign.person.name not in text_of(answer)
    assert not made.invitations.exists()


def test_approved_leave_is_named_and_proposed(scene: Scene, signed_in) -> None:
    made = sent(scene, scene.placement, scene.other, starts_on=ON)
    on_leave(scene, scene.other, ON - ONE, ON + 2 * ONE)
    client = signed_in(scene.local)
    text = text_of(client.get(page(made)))
    assert "名单中有 1 人当天已批请假" in text
    assert "已批请假：2026-11-01至2026-11-03" in text
    assert 'value="请假"' in client.get(page(made, "attendance")).content.decode()
    closed(scene, made, on=ON)
    assert 'value="请假"' not in client.get(page(made, "attendance")).content.decode()


def test_who_left_before_the_day_is_proposed_as_absent(scene: Scene, signed_in) -> None:
    made = sent(scene, scene.placement, scene.other, starts_on=ON)
    for placement, fields in ((scene.placement, {"state": "cancelled"}), (scene.other, {"ends_on": ON})):
        for name, value in fields.items():
            setattr(placement, name, value)
        placement.save()
    client = signed_in(scene.local)
    assert client.get(page(made, "attendance")).content.decode().count('value="挂职已结束"') == 2
    assert "挂职已结束" in text_of(client.get(page(made)))


@pytest.mark.parametrize(
    ("first", "after", "fields", "is_away"),
    [
        (DAY - ONE, DAY, {}, False),
        (DAY - ONE, DAY, {"ends_pm": True}, True),
        (DAY, DAY + ONE, {}, True),
        (DAY + ONE, DAY + 2 * ONE, {}, False),
        (DAY - 5 * ONE, DAY + ONE, {"state": "returned", "back_on": DAY}, False),
        (DAY - 5 * ONE, DAY + ONE, {"state": "returned", "back_on": DAY, "back_pm": True}, True),
        (DAY, DAY + ONE, {"state": "asked"}, False),
        (DAY, DAY + ONE, {"state": "cancelled"}, False),
        (DAY, DAY + ONE, {"state": "returned", "back_on": DAY}, False),
    ],
)
def test_whose_leave_touches_the_day(scene: Scene, first, after, fields, is_away) -> None:
    on_leave(scene, scene.placement, first, after, **fields)
    found = absences_of([scene.placement.pk, scene.other.pk], DAY, DAY + ONE)
    assert (list(found) == [scene.placement.pk]) == is_away


def test_the_first_leave_of_several_is_named(scene: Scene) -> None:
    on_leave(scene, scene.placement, DAY + ONE, DAY + 2 * ONE)
    on_leave(scene, scene.placement, DAY, DAY + ONE)
    assert absences_of([scene.placement.pk], DAY, DAY + 3 * ONE)[scene.placement.pk].starts_on == DAY


def upload(name: str = "安排.pdf", content: bytes = b"%PDF-1.4 text") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_material_is_sealed_and_read_by_those_who_come(scene: Scene, signed_in) -> None:
    made = sent(scene, scene.placement)
    client = signed_in(scene.local)
    assert "已上传" in text_of(client.post(page(made, "material_keep"), upload(), follow=True))
    kept = Material.objects.get()
    with kept.file.content.open("rb") as stored:
        assert b"text" not in stored.read()
    address = reverse("talks:material_read", args=[kept.pk])
    assert signed_in(scene.person).get(address).content == b"%PDF-1.4 text"
    assert AuditEvent.objects.filter(action="gathering.download", actor=scene.person).count() == 1
    stranger = make_user(Role.HOST_UNIT, name="陌生账号")
    assert signed_in(stranger).get(address).status_code == 404
    assert "已有同名的材料" in text_of(client.post(page(made, "material_keep"), upload()))
    drop = reverse("talks:material_drop", args=[kept.pk])
    assert signed_in(scene.person).post(drop).status_code == 403
    assert "已移除" in text_of(client.post(drop, follow=True))
    assert client.get(address).status_code == 404
    assert Material.objects.get().is_current is False
    services.drop_material(kept, by=scene.local, at=AT)
    assert AuditEvent.objects.filter(action="gathering.drop_file").count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("安排.exe", b"MZ", "只能上传PDF"),
        ("安排.pdf", b"MZ", "只能上传PDF"),
        ("安排.pdf", b"%PDF" + b"0" * 10 * 1024 * 1024, "超过10MB"),
    ],
)
def test_files_that_are_refused(scene: Scene, signed_in, name, content, words) -> None:
    made = planned(scene)
    answer = signed_in(scene.local).post(page(made, "material_keep"), upload(name, content))
    assert words in text_of(answer)
    assert not Material.objects.exists()


def test_so_many_files_and_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(scene)
    monkeypatch.setattr(inviting, "MOST_MATERIALS", 1)
    services.keep_material(made, "一.pdf", b"%PDF", "application/pdf", by=scene.local, at=AT)
    with pytest.raises(GatheringError, match="最多1份"):
        services.keep_material(made, "二.pdf", b"%PDF", "application/pdf", by=scene.local, at=AT)


def test_the_calendar_file_and_the_month_have_it(scene: Scene, signed_in, client) -> None:
    made = sent(scene, scene.placement, last_day=DAY + ONE)
    answer = client.get(address_of(make_feed(by=scene.person, at=AT)))
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["UID"])) == ("半年座谈", f"gathering-{made.key}@secondment")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (DAY, DAY + 2 * ONE)
    month = signed_in(scene.person).get(reverse("obligations:todo_month"), {"month": "2026-11"})
    assert month.content.decode().count(page(made)) == 4
    assert "共 0 项" in text_of(month)
    before = signed_in(scene.person).get(reverse("obligations:todo_month"), {"month": "2026-10"})
    assert page(made) not in before.content.decode()


def test_the_list_and_its_figures(scene: Scene, signed_in) -> None:
    made = sent(scene, scene.placement, scene.other)
    closed(scene, made, {invited(made, scene.other).pk: "防汛"})
    address = reverse("talks:gathering_list")
    assert "半年座谈" in text_of(signed_in(scene.local).get(address))
    assert "人数" not in text_of(signed_in(scene.person).get(address))
    client = signed_in(scene.local)
    for query, is_found in (
        ({"title": "座谈"}, True),
        ({"kind": "before"}, False),
        ({"state": "held"}, True),
        ({"unit": "示例县"}, True),
        ({"since": "2026-11-21"}, False),
        ({"until": "2026-11-20"}, True),
    ):
        assert (page(made) in client.get(address, query).content.decode()) == is_found
    assert client.get(address, {"export": "xlsx"}).status_code == 200


def test_panel_and_page_of_the_placement(scene: Scene, signed_in) -> None:
    address = reverse("placements:placement_detail", args=[scene.placement.pk])
    scene.placement.state = "appointed"
    scene.placement.save()
    assert "培训座谈" not in text_of(signed_in(scene.local).get(address)).split("谈话")[-1]
    made = sent(scene, scene.placement, kind="before", title="岗前培训班")
    assert "岗前培训班 已通知" in text_of(signed_in(scene.person).get(address))
    closed(scene, made)
    assert "岗前培训班 已到会" in text_of(signed_in(scene.person).get(address))
    closed(scene, made, {invited(made, scene.placement).pk: "防汛"})
    assert "岗前培训班 未到会" in text_of(signed_in(scene.person).get(address))


def test_pages_ask_as_often_for_one_person_as_for_many(scene: Scene, signed_in) -> None:
    made = sent(scene, scene.placement, starts_on=ON)
    client = signed_in(scene.local)

    def count() -> list[int]:
        numbers = []
        for name in ("gathering_detail", "people_choose", "attendance"):
            client.get(page(made, name))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(page(made, name))
            numbers.append(len(asked))
        return numbers

    first = count()
    more = [
        make_placement(
            scene.campaign,
            make_person(scene.home, name=f"同志{n}"),
            make_post(scene.village),
            state="in_post",
            starts_on=scene.placement.starts_on,
            ends_on=scene.placement.ends_on,
        )
        for n in range(8)
    ]
    services.invite(made, more[:5], by=scene.local, at=AT)
    assert count() == first

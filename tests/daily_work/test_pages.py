"""The pages of host and home unit: all rows in one submission, only exceptions are typed."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.daily_work.scene import AT, OCTOBER, ON, SEPTEMBER, Scene, ask_for_records, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.common.form_faults import faults_of
from secondment.daily_work.choices import Source
from secondment.daily_work.content import Notice, Report
from secondment.daily_work.cycles import PRESENCE
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.services import Entry, hand_in_reports, send_notices
from secondment.daily_work.views import host, notices
from secondment.obligations.models import Obligation, ObligationState
from secondment.people.models import Person
from secondment.placements.models import Placement

HOST = "/daily/host/"


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    return make_scene(3)


def shown(client: Client, path: str) -> dict[str, object]:
    """What the page would send as it is."""
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def sent(client: Client, path: str = f"{HOST}?until={SEPTEMBER}", **typed: object):
    """The form of the page as it is, with what is typed into it."""
    data = shown(client, path)
    return client.post(
        path, data | {name: value for name, value in typed.items() if value is not None}, follow=True
    )


def test_fifteen_rows_take_one_submission_and_only_exceptions_are_typed(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    page = text_of(client.get(f"{HOST}?until={SEPTEMBER}"))
    assert "在岗确认 0/3 人已报" in page
    assert "情况报告 0/3 人已报" in page
    first, second = scene.people[:2]
    answer = sent(
        client,
        rest_is_quiet="on",
        **{
            f"half_days_away_{first.pk}": "2.5",
            f"cause_{first.pk}": "年休假",
            f"work_{second.pk}": "牵头修通产业路",
        },
    )
    assert "已确认 3 人在岗情况。" in text_of(answer)
    assert "已报送 3 份情况报告。" in text_of(answer)
    assert set(PresenceConfirmation.objects.values_list("placement", "half_days_away", "cause")) == {
        (first.pk, 5, "年休假"),
        (second.pk, 0, ""),
        (scene.people[2].pk, 0, ""),
    }
    assert set(HostReport.objects.values_list("placement", "has_no_news", "work")) == {
        (first.pk, True, ""),
        (second.pk, False, "牵头修通产业路"),
        (scene.people[2].pk, True, ""),
    }
    assert set(HostReport.objects.values_list("source", flat=True)) == {Source.WEB}
    assert "情况报告 3/3 人已报" in text_of(answer)


def test_the_place_above_the_form_names_person_and_field_in_the_order_of_the_page(
    scene: Scene, signed_in
) -> None:
    first, second = scene.people[:2]
    typed = {f"half_days_away_{first.pk}": "1", f"half_days_away_{second.pk}": "两天"}
    answer = sent(signed_in(scene.host_clerk()), **typed)
    labels = [one.label for one in faults_of({"form": answer.context["form"]}).fields]
    assert labels == [f"{first.person.name} 离岗原因", f"{second.person.name} 离岗天数"]


def test_sending_the_page_again_changes_nothing(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    sent(client, rest_is_quiet="on")
    assert "内容没有变化，未写入新的记录。" in text_of(sent(client))
    assert (PresenceConfirmation.objects.count(), HostReport.objects.count()) == (3, 3)


def test_nobody_is_confirmed_who_was_not_on_the_page_that_was_sent(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    path = f"{HOST}?until={SEPTEMBER}"
    before = shown(client, path)
    late = scene.add()
    answer = client.post(path, before | {"rest_is_quiet": "on"}, follow=True)
    assert "已确认 3 人在岗情况。" in text_of(answer)
    assert "在岗确认 3/4 人已报" in text_of(answer)
    assert not PresenceConfirmation.objects.filter(placement=late).exists()
    assert not HostReport.objects.filter(placement=late).exists()


@pytest.mark.parametrize(("n", "is_taken"), [(249, True), (250, True), (251, False)])
def test_the_end_of_a_line_counts_once_as_in_the_browser(
    scene: Scene, signed_in, n: int, is_taken: bool
) -> None:
    data = {"placements": [scene.people[0].pk], "logistics": "好" * 249 + "\r\n" + "好" * n}
    signed_in(scene.home_clerk()).post(f"/daily/notices/new/?until={SEPTEMBER}", data)
    kept = list(HomeNotice.objects.values_list("logistics", flat=True))
    assert kept == (["好" * 249 + "\n" + "好" * n] if is_taken else [])


def test_what_was_handed_in_is_corrected_in_place(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    sent(client)
    key = scene.people[0].pk
    sent(client, **{f"half_days_away_{key}": "1", f"cause_{key}": "病假"})
    assert PresenceConfirmation.objects.filter(is_current=True).count() == 3
    assert PresenceConfirmation.objects.get(replaces__isnull=False).half_days_away == 2
    assert HostReport.objects.count() == 0


def test_a_fault_stands_at_its_field_and_nothing_is_written(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    key = scene.people[0].pk
    answer = sent(client, **{f"half_days_away_{key}": "1"})
    assert "填了离岗天数，没有填原因" in text_of(answer)
    assert answer.context["form"].errors == {
        f"cause_{key}": ["填了离岗天数，没有填原因；请用几个字写明原因，例如“年休假”"]
    }
    answer = sent(client, **{f"half_days_away_{key}": "两天"})
    assert answer.context["form"].errors == {f"half_days_away_{key}": ["请填0至31之间的天数，半天写0.5。"]}
    assert PresenceConfirmation.objects.count() == 0


def test_a_page_that_was_overtaken_is_told_so(scene: Scene, signed_in) -> None:
    client, other = signed_in(scene.host_clerk()), signed_in(scene.owner)
    path = f"{HOST}?until={SEPTEMBER}"
    data = shown(client, path)
    sent(other, path)
    key = scene.people[0].pk
    answer = client.post(path, data | {f"half_days_away_{key}": "1", f"cause_{key}": "病假"})
    assert answer.status_code == 409
    assert PresenceConfirmation.objects.filter(replaces__isnull=False).count() == 0


def test_two_quiet_quarters_offer_no_third_tick(scene: Scene, signed_in) -> None:
    person = scene.people[0]
    for ends_on in (dt.date(2026, 4, 1), dt.date(2026, 7, 1)):
        hand_in_reports([Entry(person, Report(has_no_news=True))], ends_on, by=scene.owner, on=ON, at=AT)
    client = signed_in(scene.host_clerk())
    assert "已连续两期无新情况，请写明" in text_of(client.get(f"{HOST}?until={SEPTEMBER}"))
    answer = sent(client, rest_is_quiet="on")
    assert list(answer.context["form"].errors) == [f"has_no_news_{person.pk}"]
    assert HostReport.objects.filter(ends_on=SEPTEMBER).count() == 0


def test_a_month_that_is_not_nearly_over_has_no_fields_and_no_report_is_asked_in_it(
    scene: Scene, signed_in
) -> None:
    page = signed_in(scene.host_clerk()).get(f"{HOST}?until={OCTOBER}")
    assert "月末再确认" in text_of(page)
    assert list(page.context["form"].fields) == []
    assert "提交本页各人" not in text_of(page)


def test_the_page_begins_with_the_last_month_that_is_over(scene: Scene, signed_in) -> None:
    page = signed_in(scene.host_clerk()).get(HOST)
    assert page.context["until"] == SEPTEMBER
    assert "2026年9月 · 2026年第3季度" in text_of(page)


@pytest.mark.parametrize("text", ["2026-10-02", "2026-13-01", "abc"])
def test_an_address_with_no_such_period_is_not_found(scene: Scene, signed_in, text: str) -> None:
    assert signed_in(scene.owner).get(f"{HOST}?until={text}").status_code == 404


def test_an_old_period_has_a_tab_of_its_own(scene: Scene, signed_in) -> None:
    page = signed_in(scene.owner).get(f"{HOST}?until=2026-03-01")
    assert [tab.label for tab in page.context["tabs"] if tab.is_current] == ["2026年2月"]
    page = signed_in(scene.owner).get("/daily/notices/?until=2025-10-01")
    assert [tab.label for tab in page.context["tabs"] if tab.is_current] == ["2025年第3季度"]


def test_a_host_without_secondees_is_told_what_will_stand_here(scene: Scene, signed_in) -> None:
    assert "这个月没有需要确认的挂职干部" in text_of(signed_in(scene.host_clerk(1)).get(HOST))


def test_the_organisation_department_chooses_a_unit_and_pages(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "ROWS_A_PAGE", 2)
    client = signed_in(scene.owner)
    page = client.get(HOST)
    assert len(page.context["rows"]) == 2
    assert len(client.get(f"{HOST}?page=2").context["rows"]) == 1
    unit = scene.people[1].host_unit
    page = client.get(f"{HOST}?until={SEPTEMBER}&unit={unit.pk}")
    assert [one.placement for one in page.context["rows"]] == [scene.people[1]]
    assert "在岗确认 0/1 人已报" in text_of(page)


def test_a_township_is_chosen_with_all_its_villages_and_no_unit_of_others(scene: Scene, signed_in) -> None:
    scene.add(1)
    client = signed_in(scene.owner)
    page = client.get(f"{HOST}?unit={scene.townships[0].pk}")
    assert {one.placement for one in page.context["rows"]} == set(scene.people[:3])
    assert scene.townships[1] in page.context["units"]
    assert scene.townships[1] not in signed_in(scene.host_clerk()).get(HOST).context["units"]
    for unit in (scene.home.pk, "abc"):
        assert client.get(f"{HOST}?unit={unit}").status_code == 404


def test_a_department_with_very_many_chooses_a_unit_first(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(scene.owner)
    for module in (host, notices):
        monkeypatch.setattr(module, "MOST_ROWS", 3)
    assert len(client.get(HOST).context["rows"]) == 3
    for module in (host, notices):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    assert "人数较多，请先选择接收单位" in text_of(client.get(HOST))
    assert len(client.get(f"{HOST}?unit={scene.people[0].host_unit_id}").context["rows"]) == 1
    for path in ("/daily/notices/", "/daily/notices/new/"):
        assert "人数较多，请由派出单位填写" in text_of(client.get(path))


def test_queries_of_the_host_page_do_not_grow_with_its_rows(
    scene: Scene, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(scene.host_clerk())
    client.get(HOST)
    with django_assert_max_num_queries(34):
        client.get(HOST)
    for _at in range(8):
        scene.add()
    with django_assert_max_num_queries(34):
        client.get(HOST)


# notices


def test_one_text_is_told_to_several_and_those_told_already_are_not_chosen(scene: Scene, signed_in) -> None:
    client = signed_in(scene.home_clerk())
    path = f"{reverse('daily_work:notice_give')}?until={SEPTEMBER}"
    keys = client.get(path).context["form"]["placements"].value()  # by name
    assert sorted(keys) == sorted(one.pk for one in scene.people)
    answer = client.post(path, {"placements": keys[:2], "logistics": "体检安排在十月"}, follow=True)
    assert "已告知 2 人。" in text_of(answer)
    assert "2/3 人已告知" in text_of(client.get(f"/daily/notices/?until={SEPTEMBER}"))
    assert client.get(path).context["form"]["placements"].value() == keys[2:]
    answer = client.post(path, {"placements": keys[:2], "logistics": "体检安排在十月"}, follow=True)
    assert "同样的内容已经告知过，未重复发送。" in text_of(answer)
    assert HomeNotice.objects.count() == 2


def test_notices_are_found_by_name_and_told_in_one_line(scene: Scene, signed_in) -> None:
    quiet, told = Notice(has_no_matters=True), Notice(major_matters="单位更名", logistics="体检")
    for placement, content in zip(scene.people, (quiet, told), strict=False):
        send_notices([Entry(placement, content)], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    client = signed_in(scene.home_clerk())
    text = text_of(client.get("/daily/notices/"))
    assert "本季度无事项" in text
    assert "单位更名 体检" in text
    found = client.get(f"/daily/notices/?name={scene.people[1].person.name}").context["listing"]
    assert [row.item.placement for row in found.rows()] == [scene.people[1]]


def test_queries_of_the_list_of_notices_do_not_grow_with_its_rows(scene: Scene, signed_in) -> None:
    client = signed_in(scene.home_clerk())

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/daily/notices/")
        return len(asked)

    give = {"by": scene.owner, "on": ON, "at": AT}
    send_notices([Entry(scene.people[0], Notice(logistics="体检"))], SEPTEMBER, **give)
    n_queries()
    few = n_queries()
    send_notices([Entry(one, Notice(logistics="体检")) for one in scene.people[1:]], SEPTEMBER, **give)
    assert n_queries() == few


def test_a_notice_without_content_is_refused_on_the_form(scene: Scene, signed_in) -> None:
    client = signed_in(scene.home_clerk())
    path = f"{reverse('daily_work:notice_give')}?until={SEPTEMBER}"
    answer = client.post(path, {"placements": [scene.people[0].pk]})
    assert "没有填写内容；请至少填写一项；确实没有的，请勾选" in text_of(answer)
    assert "请至少选择一人。" in text_of(client.post(path, {"logistics": "体检"}))


def test_a_corrected_notice_shows_what_it_replaced_and_is_read_by_the_person(scene: Scene, signed_in) -> None:
    placement = scene.people[0]
    account = make_user(Role.SECONDEE, scene.home)
    Person.objects.filter(pk=placement.person_id).update(account=account)
    clerk = scene.home_clerk()
    send_notices(
        [Entry(placement, Notice(logistics="体检在十月"), adds=True)], SEPTEMBER, by=clerk, on=ON, at=AT
    )
    notice = HomeNotice.objects.get()
    client = signed_in(clerk)
    path = reverse("daily_work:notice_correct", args=[notice.pk])
    assert "体检在十月" in client.get(path).content.decode()
    done = client.post(path, {"logistics": "体检在十一月"}, follow=True)
    assert "告知单已更正，原内容保留备查。" in text_of(done)
    new = HomeNotice.objects.get(is_current=True)
    detail = reverse("daily_work:notice_detail", args=[new.pk])
    page = text_of(client.get(detail))
    assert "体检在十一月" in page
    assert "更正前的内容" in page
    assert "体检在十月" in page
    mine = signed_in(account)
    assert "确认阅知" in text_of(mine.get(detail))
    read = text_of(mine.post(reverse("daily_work:notice_read", args=[new.pk]), follow=True))
    assert "已确认阅知。" in read
    assert "确认阅知" not in read.replace("已确认阅知。", "")
    assert "已阅知" in text_of(client.get("/daily/notices/?receipt=read"))
    assert "还没有告知单" not in text_of(client.get("/daily/notices/?receipt=read"))
    assert (
        new.placement.person.name
        not in text_of(client.get("/daily/notices/?receipt=unread")).split("未阅知")[-1]
    )


def test_correcting_to_the_same_changes_nothing_and_to_nothing_is_refused(scene: Scene, signed_in) -> None:
    clerk = scene.home_clerk()
    entry = Entry(scene.people[0], Notice(logistics="体检"), adds=True)
    send_notices([entry], SEPTEMBER, by=clerk, on=ON, at=AT)
    path = reverse("daily_work:notice_correct", args=[HomeNotice.objects.get().pk])
    client = signed_in(clerk)
    assert "内容没有变化。" in text_of(client.post(path, {"logistics": "体检"}, follow=True))
    assert "没有填写内容" in text_of(client.post(path, {"logistics": ""}))
    assert HomeNotice.objects.count() == 1


def test_a_third_quiet_quarter_names_the_person(scene: Scene, signed_in) -> None:
    quiet = Notice(has_no_matters=True)
    for ends_on in (dt.date(2026, 4, 1), dt.date(2026, 7, 1)):
        send_notices([Entry(scene.people[0], quiet)], ends_on, by=scene.owner, on=ON, at=AT)
    path = f"{reverse('daily_work:notice_give')}?until={SEPTEMBER}"
    keys = [one.pk for one in scene.people]
    answer = signed_in(scene.home_clerk()).post(path, {"placements": keys, "has_no_matters": "on"})
    assert f"{scene.people[0].person.name}：已连续2期没有情况；本期请写明情况，哪怕一句话" in text_of(answer)


def test_a_home_unit_without_people_out_is_told_what_will_stand_here(scene: Scene, signed_in) -> None:
    Placement.objects.update(starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2028, 1, 1))
    client = signed_in(scene.home_clerk())
    assert "本期没有需要告知的挂职干部" in text_of(client.get("/daily/notices/new/"))
    assert "本期没有需要告知的挂职干部。" in text_of(client.get("/daily/notices/"))
    assert "还没有告知单" in text_of(client.get("/daily/notices/"))


def test_home_page_and_to_do_name_the_open_rows_of_a_host(scene: Scene, signed_in) -> None:
    ask_for_records(on=ON)
    client = signed_in(scene.host_clerk())
    assert "2026年9月在岗确认：3 人未报" in text_of(client.get("/todo/"))
    assert "2026年9月在岗确认：3 人未报" in text_of(client.get("/"))


@pytest.mark.parametrize(("recorded", "is_owed"), [(5, True), (6, False)])
def test_what_was_due_before_somebody_was_recorded_is_not_waited_for(
    scene: Scene, signed_in, recorded: int, is_owed: bool
) -> None:
    Placement.objects.update(recorded_on=dt.date(2026, 9, recorded))
    client, august = signed_in(scene.owner), f"{HOST}?until=2026-09-01"
    page = text_of(client.get(august))
    assert ("待报" in page, "不用报" in page) == (is_owed, not is_owed)
    assert ("在岗确认 0/3 人已报" in page) == is_owed
    sent(client, august)
    assert "在岗确认 3/3 人已报" in text_of(client.get(august))  # told all the same


class TestMonthAtHand:
    """The page opens with the month that can be confirmed, unless an earlier one is still owed."""

    def until(self, scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch, on: dt.date) -> dt.date:
        monkeypatch.setattr(timezone, "localdate", lambda *_given: on)
        return signed_in(scene.host_clerk()).get(HOST).context["until"]

    @pytest.mark.parametrize(("day", "until"), [(24, SEPTEMBER), (25, OCTOBER), (31, OCTOBER)])
    def test_seven_days_before_the_end_the_running_month_opens(
        self, scene: Scene, signed_in, monkeypatch, day, until
    ) -> None:
        assert self.until(scene, signed_in, monkeypatch, dt.date(2026, 10, day)) == until

    def test_what_is_owed_comes_first(self, scene: Scene, signed_in, monkeypatch) -> None:
        ask_for_records(on=dt.date(2026, 10, 30))
        assert self.until(scene, signed_in, monkeypatch, dt.date(2026, 10, 30)) == SEPTEMBER
        Obligation.objects.filter(kind=PRESENCE.kind).update(state=ObligationState.MET)
        assert self.until(scene, signed_in, monkeypatch, dt.date(2026, 10, 30)) == OCTOBER

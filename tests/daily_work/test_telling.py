"""Home notices: the secondee's reply, work of the home unit, and the line on logistics once a year."""

import datetime as dt

import pytest
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.daily_work.content import Notice
from secondment.daily_work.cycles import LOGISTICS
from secondment.daily_work.models import HomeNotice
from secondment.daily_work.own_work import hands_out_own_work
from secondment.daily_work.services import (
    Entry,
    RefusedRowsError,
    WordsMissingError,
    read_notice,
    reply_to_notice,
    send_notices,
)
from secondment.notices.models import Notice as Message
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.services import bring_up_to_date
from secondment.placements.choices import WorkMode

OWN_WORK = "请继续完成本单位年终总结材料"


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def give(scene: Scene, on: dt.date = ON, **texts: str) -> HomeNotice:
    entry = Entry(scene.people[0], Notice(**texts), adds=True)
    send_notices([entry], SEPTEMBER, by=scene.home_clerk(), on=on, at=AT)
    return HomeNotice.objects.filter(is_current=True).latest("pk")


def own_account(scene: Scene):
    account = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = account
    person.save()
    return account


def test_the_secondee_may_reply_and_has_then_read(scene: Scene) -> None:
    own, home = own_account(scene), scene.home_clerk()
    notice = give(scene, logistics="体检安排在十月")
    Message.objects.all().delete()
    reply_to_notice(notice, words=" 收到，十月中旬去 ", by=own, at=AT)
    notice.refresh_from_db()
    assert (notice.reply, notice.replied_at, notice.read_at) == ("收到，十月中旬去", AT, AT)
    assert home.pk in set(Message.objects.values_list("recipient", flat=True))
    later = AT + dt.timedelta(hours=1)
    reply_to_notice(notice, words="改到十一月", by=own, at=later)
    reply_to_notice(notice, words="改到十一月", by=own, at=later + dt.timedelta(hours=1))
    notice.refresh_from_db()
    assert (notice.reply, notice.replied_at, notice.read_at) == ("改到十一月", later, AT)
    assert AuditEvent.objects.filter(action="home_notice.reply").count() == 2


def test_a_reply_is_nobody_elses_and_not_empty(scene: Scene) -> None:
    own = own_account(scene)
    notice = give(scene, logistics="体检")
    with pytest.raises(NotAllowedError):
        reply_to_notice(notice, words="代答", by=scene.home_clerk(), at=AT)
    with pytest.raises(WordsMissingError, match="不需要答复的，不用填"):
        reply_to_notice(notice, words=" ", by=own, at=AT)
    read_notice(notice, by=own, at=AT)
    assert not Obligation.objects.filter(account=own).exists()


def test_the_page_takes_the_reply(scene: Scene, signed_in) -> None:
    client = signed_in(own_account(scene))
    notice = give(scene, logistics="体检")
    path = f"/daily/notices/{notice.pk}/reply/"
    assert "不需要答复的，不用填" in text_of(client.post(path, {"words": ""}))
    assert "已答复派出单位" in text_of(client.post(path, {"words": "知道了"}, follow=True))
    page = text_of(signed_in(scene.home_clerk()).get(f"/daily/notices/{notice.pk}/"))
    assert "知道了" in page


@pytest.mark.parametrize(
    ("words", "is_own"),
    [
        (OWN_WORK, True),
        ("每周回单位值班一天", True),
        ("抽时间回原单位参加业务会议", True),
        ("请承担我单位的扶贫项目", True),
        ("请以挂职工作为主，原单位工作已由他人承担", False),
        ("不用回单位值班", False),
        ("请完成村里的产业任务", False),
        ("", False),
    ],
)
def test_words_that_hand_out_work_of_the_home_unit(words: str, is_own: bool) -> None:
    assert hands_out_own_work(words) == is_own


def test_work_of_the_home_unit_is_said_with_its_rule_and_goes_on_with_a_reason(scene: Scene) -> None:
    with pytest.raises(RefusedRowsError, match="规则 H13"):
        give(scene, work_requirements=OWN_WORK)
    assert not HomeNotice.objects.exists()
    notice = give(scene, work_requirements=OWN_WORK, home_work_reason="审计要求本人签字")
    assert notice.home_work_reason == "审计要求本人签字"


@pytest.mark.parametrize("mode", [WorkMode.HALF, WorkMode.NONE])
def test_who_is_not_released_is_not_concerned(scene: Scene, mode: WorkMode) -> None:
    placement = scene.people[0]
    placement.work_mode = mode
    placement.save()
    assert give(scene, work_requirements=OWN_WORK).home_work_reason == ""


@pytest.mark.parametrize(("mode", "reason", "is_taken"), [("off", "", True), ("block", "有理由", False)])
def test_a_programme_may_leave_the_rule_out_or_forbid_it(
    scene: Scene, mode: str, reason: str, is_taken: bool
) -> None:
    version = scene.version
    version.parameters = version.parameters | {"rules": {"H13": {"mode": mode}}}
    version.save()
    texts = {"work_requirements": OWN_WORK, "home_work_reason": reason}
    if is_taken:
        give(scene, **texts)
    else:
        with pytest.raises(RefusedRowsError, match="不允许"):
            give(scene, **texts)
    assert HomeNotice.objects.exists() == is_taken


def test_the_page_warns_before_it_is_sent_and_keeps_what_was_typed(scene: Scene, signed_in) -> None:
    client, path = signed_in(scene.home_clerk()), f"/daily/notices/new/?until={SEPTEMBER}"
    assert "仍要发送的理由" not in text_of(client.get(path))
    data = {"placements": [scene.people[0].pk], "work_requirements": OWN_WORK}
    page = text_of(client.post(path, data))
    assert "规则 H13" in page
    assert "仍要发送的理由" in page
    assert OWN_WORK in page
    client.post(path, data | {"home_work_reason": "审计要求"})
    notice = HomeNotice.objects.get()
    assert notice.home_work_reason == "审计要求"
    correction = f"/daily/notices/{notice.pk}/edit/"
    assert "审计要求" in client.get(correction).content.decode()
    assert "规则 H13" in text_of(client.post(correction, {"work_requirements": OWN_WORK}))


@pytest.mark.parametrize(("day", "n"), [(16, 0), (17, 1), (31, 1)])
def test_logistics_are_asked_for_in_the_last_days_of_the_year(scene: Scene, day: int, n: int) -> None:
    on = dt.date(2026, 12, day)
    bring_up_to_date(on=on, duties=[LOGISTICS])
    opened = Obligation.objects.filter(kind=LOGISTICS.kind, opens_on__lte=on)
    assert opened.count() == n
    assert set(opened.values_list("due_on", "unit__name")) == (
        {(dt.date(2026, 12, 31), scene.home.name)} if n else set()
    )


def test_a_line_on_logistics_in_the_year_ends_it_and_other_words_do_not(scene: Scene) -> None:
    bring_up_to_date(on=ON, duties=[LOGISTICS])
    owed = Obligation.objects.filter(kind=LOGISTICS.kind)
    give(scene, major_matters="机构改革")
    assert set(owed.values_list("state", flat=True)) == {ObligationState.OPEN}
    give(scene, logistics="体检安排在十月")
    assert set(owed.values_list("state", "closed_on")) == {(ObligationState.MET, dt.date(2026, 10, 8))}

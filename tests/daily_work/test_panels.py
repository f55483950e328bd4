"""The page of a placement shows its records to those who may see them, and to nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.daily_work.content import Notice, Presence, Report
from secondment.daily_work.services import Entry, confirm_presence, hand_in_reports, send_notices
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

CAUSE, REPORT, NOTICE = "胃病住院", "牵头修通产业路", "体检安排在十月"


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    return make_scene()


def hand_in(scene: Scene) -> None:
    given = {"by": scene.owner, "on": ON, "at": AT}
    person = scene.people[0]
    confirm_presence([Entry(person, Presence(3, CAUSE))], SEPTEMBER, **given)
    hand_in_reports([Entry(person, Report(work=REPORT))], SEPTEMBER, **given)
    send_notices([Entry(person, Notice(logistics=NOTICE), adds=True)], SEPTEMBER, **given)


def page(scene: Scene, signed_in, user: User) -> str:
    return text_of(signed_in(user).get(f"/placements/{scene.people[0].pk}/"))


@pytest.mark.parametrize(
    ("role", "reads_cause", "reads_report", "reads_notice"),
    [
        (Role.ORGANISATION_DEPARTMENT, True, True, True),
        (Role.HOST_UNIT, True, True, False),
        (Role.HOME_UNIT, True, True, True),
        (Role.LEADER, False, True, False),
        (Role.INSPECTOR, False, True, False),
    ],
)
def test_each_party_reads_its_part(
    scene: Scene, signed_in, role: Role, reads_cause: bool, reads_report: bool, reads_notice: bool
) -> None:
    hand_in(scene)
    text = page(scene, signed_in, make_user(role, scene.root))
    assert (CAUSE in text, REPORT in text) == (reads_cause, reads_report)
    assert "离岗 1.5 天" in text
    assert ("未阅知" in text) == reads_notice


def test_the_secondee_sees_that_there_are_reports_and_reads_the_notices(scene: Scene, signed_in) -> None:
    hand_in(scene)
    account = make_user(Role.SECONDEE, scene.home)
    Person.objects.filter(pk=scene.people[0].person_id).update(account=account)
    mine = text_of(signed_in(account).get("/placements/mine/"))
    assert "情况报告 2026年第3季度" in mine
    assert "未阅知" in mine
    assert CAUSE not in mine
    assert REPORT not in mine
    assert NOTICE in text_of(signed_in(account).get("/daily/notices/"))


def test_without_records_each_part_says_so(scene: Scene, signed_in) -> None:
    text = page(scene, signed_in, scene.owner)
    for words in ("还没有在岗确认。", "还没有情况报告。", "还没有告知单。"):
        assert words in text


def test_a_month_in_post_and_a_quarter_without_news_are_said_in_words(scene: Scene, signed_in) -> None:
    given = {"by": scene.owner, "on": ON, "at": AT}
    confirm_presence([Entry(scene.people[0], Presence())], SEPTEMBER, **given)
    hand_in_reports([Entry(scene.people[0], Report(has_no_news=True))], SEPTEMBER, **given)
    send_notices([Entry(scene.people[0], Notice(has_no_matters=True))], SEPTEMBER, **given)
    text = page(scene, signed_in, scene.owner)
    for words in ("全月在岗", "无新情况", "本季度无事项", "组织部门代填"):
        assert words in text


def test_somebody_who_has_not_come_has_no_such_part(scene: Scene, signed_in) -> None:
    Placement.objects.update(state=PlacementState.APPOINTED)
    assert "还没有在岗确认。" not in page(scene, signed_in, scene.owner)


def test_queries_do_not_grow_with_the_records(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    path = f"/placements/{scene.people[0].pk}/"
    client.get(path)
    with CaptureQueriesContext(connection) as none:
        client.get(path)
    hand_in(scene)
    with CaptureQueriesContext(connection) as some:
        client.get(path)
    assert len(some) == len(none)

"""Who has handed in, by office; never by person."""

import datetime as dt

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.daily_work.scene import AT, OCTOBER, ON, SEPTEMBER, Scene, ask_for_records, make_scene
from tests.makers import make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.daily_work.content import Presence
from secondment.daily_work.fulfilment import DONE, LATE, OPEN, fulfilment_of
from secondment.daily_work.services import Entry, confirm_presence
from secondment.obligations.models import Obligation

PAGE = f"/daily/fulfilment/?until={SEPTEMBER}"


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    scene = make_scene(2)
    confirm_presence([Entry(scene.people[0], Presence())], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    ask_for_records(on=ON)
    return scene


def test_a_leader_reads_and_is_not_sent_to_workbooks(scene: Scene, signed_in) -> None:
    assert '/daily/sheets/"' in signed_in(scene.owner).get(PAGE).content.decode()
    leader = make_user(Role.LEADER, scene.people[0].owner_unit)
    page = signed_in(leader).get(PAGE)
    assert page.status_code == 200
    assert '/daily/sheets/"' not in page.content.decode()


def test_each_office_stands_with_what_it_owes_and_what_is_in(scene: Scene) -> None:
    rows = fulfilment_of(scene.owner, SEPTEMBER, ON)
    assert {
        (one.unit, one.cycle.kind, one.n, one.n_done, one.n_open, one.state, one.last_on) for one in rows
    } == {
        ("示例厅", "home_notice", 2, 0, 2, OPEN, None),
        (scene.people[0].host_unit.name, "host_report", 1, 0, 1, OPEN, None),
        (scene.people[0].host_unit.name, "presence_confirmation", 1, 1, 0, DONE, ON),
        (scene.people[1].host_unit.name, "host_report", 1, 0, 1, OPEN, None),
        (scene.people[1].host_unit.name, "presence_confirmation", 1, 0, 1, LATE, None),
    }


@pytest.mark.parametrize(("number", "state"), [(4, OPEN), (5, OPEN), (6, LATE)])
def test_what_is_missing_is_late_from_the_day_after_it_was_due(scene: Scene, number: int, state: str) -> None:
    rows = fulfilment_of(scene.owner, SEPTEMBER, dt.date(2026, 10, number))
    assert [one.state for one in rows if one.cycle.kind == "presence_confirmation" and one.n_open] == [state]


def test_what_was_waived_is_not_counted(scene: Scene) -> None:
    Obligation.objects.update(state="waived")
    assert fulfilment_of(scene.owner, SEPTEMBER, ON) == []


def test_another_department_sees_nothing_of_it(scene: Scene) -> None:
    other = make_user(Role.ORGANISATION_DEPARTMENT, make_unit())
    assert fulfilment_of(other, SEPTEMBER, ON) == []
    county = make_user(Role.LEADER, scene.county)
    assert {one.cycle.kind for one in fulfilment_of(county, SEPTEMBER, ON)} == {
        "host_report",
        "presence_confirmation",
    }


def test_the_page_filters_by_unit_kind_and_state_and_leads_to_where_it_is_handed_in(
    scene: Scene, signed_in
) -> None:
    client = signed_in(scene.owner)
    names = [one.person.name for one in scene.people]
    page = client.get(PAGE)
    assert not any(name in text_of(page) for name in names)
    host = scene.people[1].host_unit
    assert f"/daily/host/?until={SEPTEMBER}&amp;unit={host.pk}" in page.content.decode()
    for query, n in (
        ("kind=home_notice", 1),
        ("state=done", 1),
        ("state=open", 4),
        ("state=late", 1),
        (f"unit={host.name}", 2),
        ("unit=nowhere", 0),
    ):
        assert len(list(client.get(f"{PAGE}&{query}").context["listing"].rows())) == n, query
    assert "这一期没有应报的事项" in text_of(client.get(f"/daily/fulfilment/?until={OCTOBER}"))


def test_a_leader_reads_without_links(scene: Scene, signed_in) -> None:
    page = signed_in(make_user(Role.LEADER, scene.root)).get(PAGE)
    assert page.status_code == 200
    assert "/daily/host/" not in page.content.decode()


def test_the_list_leaves_as_excel_with_an_event(scene: Scene, signed_in, tmp_path) -> None:
    answer = signed_in(scene.owner).get(f"{PAGE}&export=xlsx")
    (tmp_path / "list.xlsx").write_bytes(answer.content)
    page = load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert page.max_row == 6
    assert AuditEvent.objects.get(action="daily_work.export_fulfilment").details == {"rows": 5}


@pytest.mark.parametrize(("days", "is_said"), [(-1, True), (0, False)])
def test_a_period_under_way_says_that_the_list_is_not_whole(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch, days: int, is_said: bool
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: OCTOBER + dt.timedelta(days=days))
    page = text_of(signed_in(scene.owner).get("/daily/fulfilment/", {"until": str(OCTOBER)}))
    assert ("本期尚未结束" in page) == is_said

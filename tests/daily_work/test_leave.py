"""Presence is prefilled from the leave ledger, and what differs from it is named."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, make_scene
from tests.pages import text_of

from secondment.daily_work.content import Presence
from secondment.daily_work.cycles import PRESENCE, REPORT
from secondment.daily_work.desk import Desk, Entry
from secondment.daily_work.imports import LISTS
from secondment.daily_work.models import PresenceConfirmation
from secondment.daily_work.services import confirm_presence
from secondment.daily_work.sheets import MONTH_SHEET, sheet_workbook
from secondment.files.sandbox.tables import examine_table_apart
from secondment.leave.choices import LeaveType
from secondment.leave.drafts import Draft
from secondment.leave.queries import current_step
from secondment.leave.services import ask_for_leave, decide
from secondment.leave.spans import Span

HOST = f"/daily/host/?until={SEPTEMBER}"


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    return make_scene(2)


def leave(scene: Scene, first: int, last: int, leave_type: str) -> None:
    """Granted leave in September of the first person."""
    span = Span.of_days(dt.date(2026, 9, first), dt.date(2026, 9, last) + dt.timedelta(days=1))
    draft = Draft(scene.people[0], leave_type, span)
    request = ask_for_leave(draft, by=scene.owner, on=ON, at=AT).request
    while (step := current_step(request)) is not None:
        request = decide(step, grants=True, decided_for="书记", by=scene.owner, on=ON, at=AT)


def values(client: Client) -> dict[str, object]:
    form = client.get(HOST).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_a_month_is_prefilled_from_the_ledger_and_handed_in_unchanged(scene: Scene, signed_in) -> None:
    leave(scene, 1, 2, LeaveType.ANNUAL)
    leave(scene, 8, 8, LeaveType.SICK)
    leave(scene, 9, 9, LeaveType.OFFICIAL)
    first, second = scene.people
    client = signed_in(scene.host_clerk())
    shown = values(client)
    assert (shown[f"half_days_away_{first.pk}"], shown[f"cause_{first.pk}"]) == ("3", "病假、年休假")
    assert (shown[f"half_days_away_{second.pk}"], shown[f"cause_{second.pk}"]) == ("0", "")
    assert text_of(client.get(HOST)).count("按请假台账：3 天") == 1
    client.post(
        HOST, {name: value for name, value in shown.items() if value is not None} | {"rest_is_quiet": "on"}
    )
    assert set(PresenceConfirmation.objects.values_list("placement", "half_days_away", "cause")) == {
        (first.pk, 6, "病假、年休假"),
        (second.pk, 0, ""),
    }


def test_what_was_confirmed_otherwise_is_named(scene: Scene, signed_in) -> None:
    entries = [Entry(scene.people[0], Presence())]
    confirm_presence(entries, SEPTEMBER, by=scene.owner, on=ON, at=AT)
    leave(scene, 1, 2, LeaveType.ANNUAL)
    client = signed_in(scene.host_clerk())
    assert values(client)[f"half_days_away_{scene.people[0].pk}"] == "0"
    assert "与请假台账不一致：台账 2 天，确认 0 天" in text_of(client.get(HOST))


def test_the_workbook_is_prefilled_too(scene: Scene) -> None:
    leave(scene, 1, 1, LeaveType.HOME_UNIT)
    content = sheet_workbook(MONTH_SHEET, scene.people, SEPTEMBER, None, user=scene.owner)
    table = examine_table_apart(content, file="汇总表.xlsx", headers=LISTS[MONTH_SHEET].headers, most_rows=9)
    assert [(row["离岗天数"], row["离岗原因"]) for row in table.rows] == [("1", "回原单位办事"), ("0", "")]


def test_only_presence_reads_the_ledger(scene: Scene, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert Desk(REPORT, scene.people, SEPTEMBER).away == {}
    with django_assert_num_queries(1):
        assert Desk(PRESENCE, scene.people, SEPTEMBER).away == {}

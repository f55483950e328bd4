"""A special assessment is ordered with a reason, done by named people, and says of each person something with facts."""

import datetime as dt
from typing import Any

import pytest
from tests.assessments.interim.scene import AT, ON, grade
from tests.daily_work.scene import Scene
from tests.makers import make_placement, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.assessments.interim.errors import SpecialError
from secondment.assessments.interim.models import SpecialAssessment
from secondment.assessments.interim.queries import specials_listed, specials_visible_to
from secondment.assessments.interim.services import (
    close_special,
    find_special,
    order_special,
    reopen_special,
)
from secondment.assessments.interim.services.special import names_in
from secondment.assessments.interim.waiting import special_lines, specials
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.findings.errors import WithoutFactError
from secondment.findings.models import Finding
from secondment.findings.services import NewFinding
from secondment.placements.models import Placement

DUE = dt.date(2026, 11, 1)


def order(scene: Scene, *, by: User | None = None, people: list[Placement] | None = None, **fields: Any):
    values = {
        "title": "防汛救灾专项考核",
        "reason": "了解防汛救灾中的表现",
        "assessors": "王示例、李示例",
        "due_on": DUE,
        **fields,
    }
    chosen = scene.people if people is None else people
    return order_special(scene.root, chosen, by=by or scene.owner, on=ON, at=AT, **values)


def find(scene: Scene, special: SpecialAssessment, at: int = 0, *, facts: tuple[str, ...] | None = None):
    new = NewFinding(
        placement=scene.people[at],
        year=2026,
        side="department",
        theme="results",
        text="三天三夜值守大坝。",
        signer="王示例",
        signed_on=ON,
        facts=("routine/2026-09-30",) if facts is None else facts,
    )
    return find_special(special, new, by=scene.owner, on=ON, at=AT)


def test_order_write_close(scene: Scene) -> None:
    grade(scene, "good", "good")
    special = order(scene)
    assert (special.assessors, special.placements.count(), special.state) == ("王示例、李示例", 2, "open")
    find(scene, special)
    with pytest.raises(SpecialError, match="还有1人没有评语"):
        close_special(special, by=scene.owner, on=ON, at=AT)
    find(scene, special, 1)
    closed = close_special(special, by=scene.owner, on=ON, at=AT)
    assert (closed.state, closed.closed_on) == ("closed", ON)
    with pytest.raises(SpecialError, match="已经结束"):
        find(scene, special)
    assert reopen_special(special, by=scene.owner, at=AT).state == "open"
    assert reopen_special(special, by=scene.owner, at=AT).closed_on is None
    events = AuditEvent.objects.filter(action__contains="special").order_by("pk")
    assert list(events.values_list("action", flat=True)) == [
        "assessment.order_special",
        "assessment.close_special",
        "assessment.reopen_special",
    ]


def test_no_text_without_a_fact(scene: Scene) -> None:
    special = order(scene)
    with pytest.raises(WithoutFactError):
        find(scene, special, facts=())
    assert not Finding.objects.exists()


def test_somebody_else_is_not_written_about(scene: Scene) -> None:
    grade(scene, "good", "good")
    special = order(scene, people=scene.people[:1])
    with pytest.raises(SpecialError, match="不是这次专项考核的对象"):
        find(scene, special, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"reason": ""}, "reason"),
        ({"assessors": "王示例"}, "assessors"),
        ({"assessors": "王示例、王示例"}, "assessors"),
        ({"due_on": ON - dt.timedelta(days=1)}, "due_on"),
        ({"people": []}, "placements"),
    ],
)
def test_what_is_missing_is_named(scene: Scene, fields: dict, field: str) -> None:
    with pytest.raises(SpecialError) as refusal:
        order(scene, **fields)
    assert refusal.value.field == field
    assert not SpecialAssessment.objects.exists()


def test_due_today_is_fine_and_names_are_read_as_they_are_typed(scene: Scene) -> None:
    assert order(scene, due_on=ON).pk
    assert names_in("王示例，李示例;  赵示例") == ["王示例", "李示例", "赵示例"]


def test_only_people_in_post_of_the_department(scene: Scene) -> None:
    stranger = make_placement()
    Placement.objects.filter(pk=stranger.pk).update(state="in_post")
    stranger.refresh_from_db()
    for people in ([stranger], [scene.add(state="ended")]):
        with pytest.raises(SpecialError, match="不能列入"):
            order(scene, people=people)


def test_who_orders_and_who_reads(scene: Scene) -> None:
    for user in (scene.host_clerk(), scene.home_clerk(), make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            order(scene, by=user)
    special = order(scene)
    row = specials_listed(scene.owner).get()
    assert (row.n_people, row.n_found, row.unit_name) == (2, 0, scene.root.name)
    assert specials_visible_to(make_user(Role.LEADER, scene.root)).get() == special
    for user in (scene.host_clerk(), make_user(Role.ORGANISATION_DEPARTMENT), make_user()):
        assert not specials_visible_to(user).exists()
    for act in (
        lambda user: close_special(special, by=user, on=ON, at=AT),
        lambda user: reopen_special(special, by=user, at=AT),
    ):
        with pytest.raises(NotAllowedError):
            act(scene.host_clerk())


def test_what_is_open_waits_for_the_department(scene: Scene) -> None:
    order(scene)
    lines = list(special_lines(specials(scene.owner, ON)))
    assert [(one.title, one.due_on) for one in lines] == [("完成专项考核“防汛救灾专项考核”", DUE)]
    assert not specials(scene.host_clerk(), ON).exists()

"""Talks offer that they took place; training who came, to its organiser alone."""

import datetime as dt

from tests.makers import AT, make_user
from tests.placements.evidence import n_queries, offered, told
from tests.talks.scene import ON, Scene

from secondment.talks.models import Gathering, Invitation
from secondment.talks.services import withdraw_talk


def test_a_talk_without_its_points(scene: Scene) -> None:
    talk = scene.talk(points="有情绪")
    (fact,) = offered("talk", scene.placement)
    assert (fact.key, fact.on, str(fact.label), fact.content) == (f"{talk.pk}", ON, "示例镇日常谈心", "")
    withdraw_talk(talk, words="登记错误", by=scene.host, on=ON, at=AT)
    assert offered("talk", scene.placement) == []


def gathering(scene: Scene, state: str = "held", absence: str = "") -> Gathering:
    event = Gathering.objects.create(
        kind="training",
        title="产业培训",
        starts_on=dt.date(2026, 6, 1),
        ends_on=dt.date(2026, 6, 2),
        place="县委党校",
        side="department",
        unit=scene.department,
        state=state,
        planned_by=make_user(),
        sent_at=AT,
    )
    Invitation.objects.create(gathering=event, placement=scene.placement, absence=absence)
    return event


def test_who_came_is_known_to_the_organiser(scene: Scene) -> None:
    gathering(scene)
    gathering(scene, absence="防汛值守")
    gathering(scene, state="sent")
    assert told("training", scene.placement) == [
        ("2026-06-01", "参加“产业培训”"),
        ("2026-06-01", "未参加“产业培训”"),
    ]
    fact = offered("training", scene.placement)[0]
    assert fact.may_read(scene.local)
    assert not fact.may_read(scene.host)


def test_as_many_queries_for_one_as_for_many(scene: Scene) -> None:
    scene.group()
    for kind in ("talk", "training"):
        assert n_queries(kind, scene.placement) == n_queries(kind, scene.placement, scene.other) == 1

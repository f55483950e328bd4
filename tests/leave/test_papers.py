"""The leave form on paper: for those who may read why somebody is away."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.pages import text_of
from tests.talks.scene import AT, Scene, make_scene

from secondment.leave.models import LeaveRequest
from secondment.leave.papers import LEAVE
from secondment.leave.rules import may_read_reason


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def asked(scene: Scene, state: str = "granted") -> LeaveRequest:
    return LeaveRequest.objects.create(
        placement=scene.placement,
        type="personal",
        starts_on=dt.date(2026, 11, 5),
        ends_on=dt.date(2026, 11, 6),
        half_days=2,
        level="接收单位",
        state=state,
        asked_by=scene.person,
        asked_at=AT,
    )


def test_read_by_those_who_read_the_reason(scene: Scene, signed_in) -> None:
    row = asked(scene)
    readers = {
        scene.person: True,
        scene.host: True,
        scene.home_clerk: True,
        scene.owner: True,
        scene.local: True,
        scene.other_host: False,
        scene.leader: False,
    }
    for reader, reads in readers.items():
        assert LEAVE.visible_to(reader).filter(pk=row.pk).exists() == reads
        assert may_read_reason(reader, row.placement) == reads
    assert LEAVE.subject_of(row) == "张三，2026-11-05起"
    page = reverse("documents:paper", args=["F7", row.pk])
    assert signed_in(scene.host).get(page).status_code == 200
    assert signed_in(scene.leader).get(page).status_code == 404


def test_the_page_of_the_leave_shows_its_paper(scene: Scene, signed_in) -> None:
    address = reverse("leave:leave_detail", args=[asked(scene).pk])
    assert (
        reverse("documents:paper", args=["F7", LeaveRequest.objects.get().pk])
        in signed_in(scene.host).get(address).content.decode()
    )
    assert "纸质存放处" not in text_of(signed_in(scene.leader).get(address))


@pytest.mark.parametrize(("state", "has_paper"), [("asked", True), ("refused", True), ("withdrawn", False)])
def test_what_was_taken_back_has_no_paper(scene: Scene, state, has_paper) -> None:
    assert (LEAVE.key_of(asked(scene, state)) is not None) == has_paper

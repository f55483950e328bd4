"""Half of a term: a proposal of the host by a day, one of the department after it; nothing follows by itself."""

import datetime as dt

import pytest
from tests.assessments.interim.scene import AT, make_scene, other_programme
from tests.daily_work.scene import Scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.assessments.interim.duties import MIDTERM
from secondment.assessments.interim.errors import MidtermError
from secondment.assessments.interim.halves import due_on, half_day_of, may_be_said_from
from secondment.assessments.interim.models import MidtermOpinion
from secondment.assessments.interim.queries import midterms_to_conclude, midterms_visible_to
from secondment.assessments.interim.services import MidtermSaid, give_midterm
from secondment.assessments.interim.waiting import midterm_lines, midterms
from secondment.common.errors import NotAllowedError
from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

HALF = dt.date(2027, 1, 5)
"""Of a term from 2026-01-05 to 2028-01-05."""


def say(
    scene: Scene, on: dt.date = HALF, *, by: User | None = None, side: str = "host", **fields: str
) -> MidtermOpinion:
    values = {"proposal": "continue", "text": "任务过半，进展正常。", "signer": "李示例", **fields}
    said = MidtermSaid(**values)
    return give_midterm(scene.people[0], side, said, by=by or scene.host_clerk(), on=on, at=AT)


def asked(on: dt.date) -> list[Obligation]:
    bring_up_to_date(on=on, duties=[MIDTERM])
    return list(Obligation.objects.filter(kind=MIDTERM.kind))


def test_the_days_of_half_a_term(scene: Scene) -> None:
    placement = scene.people[0]
    assert half_day_of(placement) == HALF
    assert may_be_said_from(placement) == dt.date(2026, 12, 6)
    assert due_on(placement) == dt.date(2027, 2, 4)
    placement.state = PlacementState.DECIDED
    assert half_day_of(placement) == placement.ends_on


@pytest.mark.parametrize(("day", "n"), [(-1, 0), (0, 1), (1, 1)])
def test_the_host_owes_it_from_half_of_the_term(db: None, day: int, n: int) -> None:
    make_scene(1)
    rows = asked(HALF + dt.timedelta(days=day))
    assert len(rows) == n
    assert {one.due_on for one in rows} <= {dt.date(2027, 2, 4)}


@pytest.mark.parametrize(("on", "may"), [(dt.date(2026, 12, 5), False), (dt.date(2026, 12, 6), True)])
def test_it_may_come_thirty_days_earlier(scene: Scene, on: dt.date, may: bool) -> None:
    if may:
        assert say(scene, on).given_on == on
    else:
        with pytest.raises(MidtermError, match="2026-12-06以后"):
            say(scene, on)


def test_the_word_of_the_host_meets_the_duty(scene: Scene) -> None:
    assert {one.state for one in asked(HALF)} == {"open"}
    say(scene)
    states = {one.subject_id: one.state for one in asked(HALF)}
    assert states == {f"{scene.people[0].pk}": "met", f"{scene.people[1].pk}": "open"}


def test_the_word_of_the_department_does_not(scene: Scene) -> None:
    asked(HALF)
    say(scene, by=scene.owner, side="department")
    assert {one.state for one in asked(HALF)} == {"open"}


def test_the_department_is_asked_once_the_host_has_spoken(scene: Scene) -> None:
    assert not midterms_to_conclude(scene.owner).exists()
    say(scene, proposal="recall")
    lines = list(midterm_lines(midterms(scene.owner, HALF)))
    assert [(one.title, one.due_on) for one in lines] == [
        (f"对{scene.people[0].person.name}同志提出中期评估建议", None)
    ]
    say(scene, by=scene.owner, side="department", proposal="adjust")
    assert not midterms_to_conclude(scene.owner).exists()
    row = midterms_visible_to(scene.owner).get()
    assert (row.host_proposal, row.department_proposal) == ("recall", "adjust")


def test_a_proposal_changes_no_term(scene: Scene) -> None:
    say(scene, proposal="recall")
    placement = Placement.objects.get(pk=scene.people[0].pk)
    assert (placement.state, placement.ends_on) == (PlacementState.IN_POST, dt.date(2028, 1, 5))


def test_a_later_word_replaces_and_the_same_is_there_once(scene: Scene) -> None:
    first = say(scene)
    assert say(scene) == first
    second = say(scene, proposal="adjust")
    first.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)
    assert MidtermOpinion.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"text": " "}, "text", "请写明建议的理由"),
        ({"signer": " "}, "signer", "由具体的人署名"),
        ({"text": "长" * 301}, "text", "不超过300字"),
    ],
)
def test_what_is_missing_is_named(scene: Scene, fields: dict, field: str, words: str) -> None:
    with pytest.raises(MidtermError, match=words) as refusal:
        say(scene, **fields)
    assert refusal.value.field == field
    assert say(scene, text="长" * 300).pk


def test_a_programme_that_does_not_ask(scene: Scene) -> None:
    scene.people.insert(0, other_programme(scene, midterm="off"))
    with pytest.raises(MidtermError, match="未启用中期评估"):
        say(scene)


def test_who_has_ended_is_not_assessed(scene: Scene) -> None:
    Placement.objects.filter(pk=scene.people[0].pk).update(state=PlacementState.ENDED)
    with pytest.raises(MidtermError, match="不在挂职岗位上"):
        say(scene)


def test_who_proposes(scene: Scene) -> None:
    assert say(scene, by=scene.owner, side="host").pk
    for user, side in (
        (scene.host_clerk(), "department"),
        (scene.home_clerk(), "host"),
        (scene.host_clerk(1), "host"),
        (make_user(Role.LEADER, scene.root), "department"),
    ):
        with pytest.raises(NotAllowedError):
            say(scene, by=user, side=side)
    clerk = scene.host_clerk()
    scene.people[0].person.account = clerk
    scene.people[0].person.save()
    with pytest.raises(NotAllowedError):
        say(scene, by=clerk)

"""What waits for a host unit: one line an office, and nothing for anybody else."""

import datetime as dt

from tests.makers import make_user
from tests.task_books.scene import AT, ON, Scene, make_task, sent, signed, with_account

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.waiting import Waiting, count_waiting, waiting_for
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.models import TaskProposal


def lines(user: User, words: str) -> list[Waiting]:
    found = waiting_for(user, ON)
    assert len(found) == count_waiting(user, ON)
    return [one for one in found if words in one.title]


def test_who_has_no_task_book_is_one_line_of_the_host(scene: Scene) -> None:
    clerk = scene.host_clerk()
    assert [one.title for one in lines(clerk, "起草")] == ["为 1 名挂职干部起草任务书"] * 2
    sent(scene)
    assert len(lines(clerk, "起草")) == 1
    signed(scene, at=1)
    assert lines(clerk, "起草") == []


def test_nobody_is_asked_for_people_who_have_not_come(scene: Scene) -> None:
    Placement.objects.update(state=PlacementState.APPOINTED)
    assert lines(scene.host_clerk(), "起草") == []


def test_tasks_whose_day_has_come_wait_with_the_earliest_day(scene: Scene) -> None:
    day = dt.timedelta(days=1)
    signed(
        scene,
        make_task(30, due_on=ON),
        make_task(30, due_on=ON - day),
        make_task(40, due_on=ON + day),
    )
    (line,) = lines(scene.host_clerk(), "待验收")
    assert (line.title, line.due_on, line.status) == ("2 项任务待验收", ON - day, "bad")
    assert line.path == "/task-books/?stage=due"


def test_proposals_wait_for_an_answer(scene: Scene) -> None:
    own = with_account(scene)
    proposal = TaskProposal(placement=scene.people[0], name="电商点", target="50万元")
    proposal = services.propose_task(proposal, by=own, at=AT)
    clerk = scene.host_clerk()
    assert [one.title for one in lines(clerk, "答复")] == [
        f"答复{scene.people[0].person.name}同志的 1 项任务建议"
    ]
    services.decline_proposal(proposal, reason="已有", by=clerk, at=AT)
    assert lines(clerk, "答复") == []


def test_nobody_else_is_asked_and_the_secondee_is_never_reminded(scene: Scene) -> None:
    own = with_account(scene)
    sent(scene)
    signed(scene, make_task(due_on=ON), at=1)
    for user in (own, scene.home_clerk(), scene.owner, make_user(Role.LEADER, scene.root)):
        assert [one for one in waiting_for(user, ON) if "task-books" in one.path] == []

"""Tasks that the secondee proposes."""

import datetime as dt

import pytest
from tests.makers import make_user
from tests.task_books.scene import AT, DUE, Scene, make_task, sent, signed, with_account

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.people.models import Person
from secondment.task_books import services
from secondment.task_books.choices import ProposalState, Proposer
from secondment.task_books.errors import ReasonMissingError, TaskBookStateError, TasksRefusedError
from secondment.task_books.models import TaskProposal


def proposed(scene: Scene, account: User | None = None, **fields: object) -> TaskProposal:
    given = {"name": "建一个电商点", "target": "年销售50万元", "weight": 90, **fields}
    account = account or scene.people[0].person.account or with_account(scene)
    return services.propose_task(TaskProposal(placement=scene.people[0], **given), by=account, at=AT)


def test_the_host_is_told_and_weighs_it(scene: Scene) -> None:
    clerk = make_user(Role.HOST_UNIT, scene.people[0].host_unit)
    proposal = proposed(scene)
    assert (proposal.state, proposal.proposer, proposal.weight) == (ProposalState.OPEN, Proposer.SECONDEE, 0)
    assert Notice.objects.get(recipient=clerk).body == "建一个电商点"


def test_taken_into_a_first_draft(scene: Scene) -> None:
    book = services.take_proposal(proposed(scene), by=scene.host_clerk(), at=AT)
    task = book.tasks.get()
    assert (task.name, task.proposer, book.number) == ("建一个电商点", Proposer.SECONDEE, 1)
    assert TaskProposal.objects.get().state == ProposalState.TAKEN


def test_a_signed_task_book_begins_a_change_with_it(scene: Scene) -> None:
    signed(scene)
    book = services.take_proposal(proposed(scene), by=scene.host_clerk(), at=AT)
    assert (book.number, book.reason) == (2, "采纳本人提出的任务“建一个电商点”")
    assert [one.name for one in book.tasks.all()] == ["土地流转", "建一个电商点"]
    again = proposed(scene, name="村史馆")
    assert services.take_proposal(again, by=scene.host_clerk(), at=AT).pk == book.pk


def test_what_waits_for_a_signature_is_taken_back_first(scene: Scene) -> None:
    proposal = proposed(scene)
    sent(scene)
    with pytest.raises(TaskBookStateError, match="请先收回"):
        services.take_proposal(proposal, by=scene.host_clerk(), at=AT)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN


def test_declined_with_a_reason_and_once(scene: Scene) -> None:
    proposal, clerk = proposed(scene), scene.host_clerk()
    with pytest.raises(ReasonMissingError):
        services.decline_proposal(proposal, reason=" ", by=clerk, at=AT)
    services.decline_proposal(proposal, reason="已有人在办", by=clerk, at=AT)
    told = Notice.objects.get(recipient=scene.people[0].person.account)
    assert (told.title, told.body) == ("任务建议“建一个电商点”未采纳", "已有人在办")
    for act in (
        lambda: services.decline_proposal(proposal, reason="再", by=clerk, at=AT),
        lambda: services.take_proposal(proposal, by=clerk, at=AT),
    ):
        with pytest.raises(TaskBookStateError, match="未采纳"):
            act()


def test_declined_without_an_account_to_tell(scene: Scene) -> None:
    proposal = proposed(scene)
    Person.objects.update(account=None)
    declined = services.decline_proposal(proposal, reason="已有人在办", by=scene.host_clerk(), at=AT)
    assert declined.state == ProposalState.DECLINED
    assert not Notice.objects.filter(title__contains="未采纳").exists()


def test_only_the_secondee_proposes_and_only_the_host_answers(scene: Scene) -> None:
    own = with_account(scene)
    for other in (scene.host_clerk(), with_account(scene, 1)):
        with pytest.raises(NotAllowedError):
            proposed(scene, other)
    proposal = proposed(scene, own)
    for other in (own, scene.home_clerk(), scene.host_clerk(1)):
        with pytest.raises(NotAllowedError):
            services.take_proposal(proposal, by=other, at=AT)
        with pytest.raises(NotAllowedError):
            services.decline_proposal(proposal, reason="不", by=other, at=AT)


def test_a_day_outside_the_term_is_refused(scene: Scene) -> None:
    with pytest.raises(TasksRefusedError, match="完成时限") as refused:
        proposed(scene, due_on=dt.date(2030, 1, 1))
    assert refused.value.field == "due_on"
    assert proposed(scene, due_on=DUE).due_on == make_task().due_on

"""Both signatures, and everything that is not one."""

import pytest
from tests.makers import make_user
from tests.task_books.scene import (
    AT,
    DUE,
    ON,
    Scene,
    drafted,
    first_task,
    make_task,
    sent,
    signed,
    with_account,
)

from secondment.accounts.choices import Role
from secondment.common.errors import NotAllowedError
from secondment.documents.models import Paper
from secondment.documents.papers.services import Scan, file_paper
from secondment.notices.models import Notice
from secondment.task_books import services
from secondment.task_books.choices import BookState
from secondment.task_books.errors import (
    OutdatedVersionError,
    ReasonMissingError,
    SignatureError,
    TasksRefusedError,
)
from secondment.task_books.models import Task, TaskBook
from secondment.task_books.papers import TASK_BOOK


def test_host_then_secondee_and_it_is_in_force(scene: Scene) -> None:
    account = with_account(scene)
    book = sent(scene)
    assert (book.state, book.host_signed_at) == (BookState.SENT, AT)
    assert (
        Notice.objects.get(recipient=account).title == f"{scene.people[0].host_unit.name}请你签署目标任务书"
    )
    book = services.sign_book(book, by=account, at=AT, version=book.version)
    assert (book.state, book.own_signed_by, book.is_on_paper) == (BookState.IN_FORCE, account, False)


@pytest.mark.parametrize("weights", [(60, 39), (60, 41)])
def test_weights_of_99_and_101_are_not_sent(scene: Scene, weights: tuple[int, ...]) -> None:
    draft = drafted(scene, *(make_task(one) for one in weights))
    with pytest.raises(TasksRefusedError, match="权重合计应为 100"):
        services.send_book(draft, by=scene.host_clerk(), on=ON, at=AT)
    draft.refresh_from_db()
    assert draft.state == BookState.DRAFT


def test_written_and_sent_is_one_act(scene: Scene) -> None:
    clerk = scene.host_clerk()
    with pytest.raises(TasksRefusedError):
        services.write_and_send(scene.people[0], [make_task(99)], by=clerk, on=ON, at=AT, version=0)
    assert not TaskBook.objects.exists()
    book = services.write_and_send(scene.people[0], [make_task()], by=clerk, on=ON, at=AT, version=0)
    assert book.state == BookState.SENT


def test_nobody_signs_for_somebody_else(scene: Scene) -> None:
    with_account(scene)
    book = sent(scene)
    for other in (scene.host_clerk(), scene.owner, with_account(scene, 1)):
        with pytest.raises(NotAllowedError):
            services.sign_book(book, by=other, at=AT)
        with pytest.raises(NotAllowedError):
            services.return_book(book, remark="改", by=other, at=AT)
    for other in (scene.home_clerk(), scene.host_clerk(1), make_user(Role.LEADER, scene.root)):
        for act in (services.recall_book, services.sign_on_paper):
            with pytest.raises(NotAllowedError):
                act(book, by=other, at=AT)


def test_a_version_is_signed_once(scene: Scene) -> None:
    book = signed(scene)
    with pytest.raises(OutdatedVersionError, match="当前为“已签订”"):
        services.sign_book(book, by=scene.people[0].person.account, at=AT)


def test_an_outdated_version_is_not_signed(scene: Scene) -> None:
    account = with_account(scene)
    book = sent(scene)
    seen = book.version
    services.recall_book(book, by=scene.host_clerk(), at=AT)
    with pytest.raises(OutdatedVersionError, match="当前为“起草中”"):
        services.sign_book(book, by=account, at=AT, version=seen)
    again = sent(scene, make_task(name="换了一项"))
    with pytest.raises(OutdatedVersionError, match="已有修改"):
        services.sign_book(book, by=account, at=AT, version=seen)
    assert services.sign_book(book, by=account, at=AT, version=again.version).state == BookState.IN_FORCE


def test_the_secondee_says_what_should_be_different(scene: Scene) -> None:
    account = with_account(scene)
    book = sent(scene)
    with pytest.raises(ReasonMissingError):
        services.return_book(book, remark=" ", by=account, at=AT)
    clerk = make_user(Role.HOST_UNIT, scene.people[0].host_unit)
    book = services.return_book(book, remark="时限太紧", by=account, at=AT)
    assert (book.state, book.remark, book.host_signed_by) == (BookState.DRAFT, "时限太紧", None)
    assert Notice.objects.get(recipient=clerk).body == "时限太紧"
    assert services.send_book(book, by=clerk, on=ON, at=AT).remark == ""


def test_without_an_account_a_stamped_scan_is_the_signature(scene: Scene) -> None:
    book, clerk = sent(scene), scene.host_clerk()
    paper = Paper.objects.get(form="F6")
    assert paper.object_id == book.pk
    with pytest.raises(SignatureError, match="扫描件") as refused:
        services.sign_on_paper(book, by=clerk, at=AT)
    assert refused.value.way is not None
    assert refused.value.way[1] == f"/documents/papers/F6/{book.pk}/"
    scan = Scan("任务书.pdf", b"%PDF-1.4", "application/pdf")
    file_paper(TASK_BOOK, book, scan=scan, place="", replaces=paper.pk, by=clerk, on=ON, at=AT)
    book = services.sign_on_paper(book, by=clerk, at=AT)
    assert (book.state, book.is_on_paper) == (BookState.IN_FORCE, True)


def test_who_has_an_account_does_not_sign_on_paper(scene: Scene) -> None:
    with_account(scene)
    with pytest.raises(SignatureError, match="请本人登录"):
        services.sign_on_paper(sent(scene), by=scene.host_clerk(), at=AT)


def test_a_change_replaces_the_version_before_and_keeps_acceptances(scene: Scene) -> None:
    first = signed(scene, make_task(60), make_task(40, name="饮水管网"))
    clerk, placement = scene.host_clerk(), scene.people[0]
    services.start_change(placement, reason="调整", by=clerk, at=AT)
    tasks = [make_task(60, line=1), make_task(40, line=2, name="饮水管网二期")]
    draft = services.write_draft(placement, tasks, by=clerk, at=AT)
    services.accept_task(first_task(placement), by=clerk, on=DUE, at=AT)
    second = services.sign_book(
        services.send_book(draft, by=clerk, on=ON, at=AT), by=placement.person.account, at=AT
    )
    first.refresh_from_db()
    assert (first.state, second.state) == (BookState.REPLACED, BookState.IN_FORCE)
    assert list(second.tasks.values_list("line", "accepted_on")) == [(1, DUE), (2, None)]
    assert list(first.tasks.values_list("name", flat=True)) == ["土地流转", "饮水管网"], (
        "nothing signed is edited"
    )


def test_a_change_that_touches_what_was_accepted_meanwhile_is_not_signed(scene: Scene) -> None:
    signed(scene, make_task(60), make_task(40, name="饮水管网"))
    clerk, placement = scene.host_clerk(), scene.people[0]
    services.start_change(placement, reason="调整", by=clerk, at=AT)
    draft = services.write_draft(placement, [make_task(100, line=1)], by=clerk, at=AT)
    draft = services.send_book(draft, by=clerk, on=ON, at=AT)
    services.accept_task(first_task(placement), by=clerk, on=DUE, at=AT)
    with pytest.raises(TasksRefusedError, match="变更期间已通过验收"):
        services.sign_book(draft, by=placement.person.account, at=AT)
    assert Task.objects.filter(book__state=BookState.IN_FORCE).count() == 2

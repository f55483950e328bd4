"""Task books: written and accepted by the host (or the owner), signed by the secondee, read by all sides."""

from typing import Any

from secondment.accounts.choices import Role
from secondment.common.protection import seal
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState
from secondment.task_books.models import RecusalDeclaration, Task, TaskBook, TaskProposal, facts_context
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
WRITERS = OWNER | {Role.HOST_UNIT}
OWN = frozenset({Role.SECONDEE})
READERS = WRITERS | OWN | {Role.HOME_UNIT, Role.LEADER, Role.INSPECTOR}


def placed(side: Side) -> dict[str, int]:
    """The placement of the side, in post."""
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.IN_POST)
    return {"pk": side.placement.pk}


def book(state: BookState):
    def kwargs(side: Side) -> dict[str, Any]:
        placed(side)
        TaskBook.objects.filter(placement=side.placement).delete()
        made = TaskBook.objects.create(
            placement=side.placement, number=1, state=state, written_by=make_user(), written_at=AT
        )
        due_on = side.placement.starts_on
        Task.objects.create(book=made, line=1, name="任务", target="1个", weight=100, due_on=due_on, way="看")
        return {"pk": made.pk}

    return kwargs


def task(accepted_on: Any = None):
    def kwargs(side: Side) -> dict[str, Any]:
        made = Task.objects.get(book=book(BookState.IN_FORCE)(side)["pk"])
        Task.objects.filter(pk=made.pk).update(accepted_on=accepted_on)
        return {"pk": made.pk}

    return kwargs


def signed_placement(side: Side) -> dict[str, int]:
    book(BookState.IN_FORCE)(side)
    return {"pk": side.placement.pk}


def proposal(side: Side) -> dict[str, int]:
    placed(side)
    made = TaskProposal.objects.create(placement=side.placement, name="任务", target="1", proposed_at=AT)
    return {"pk": made.pk}


def declared(side: Side) -> dict[str, int]:
    placed(side)
    sealed = seal("亲属", context=facts_context(side.placement.pk))
    RecusalDeclaration.objects.filter(placement=side.placement).delete()
    RecusalDeclaration.objects.create(
        placement=side.placement, matters="事项", facts_sealed=sealed, by=make_user(), at=AT
    )
    return {"pk": side.placement.pk}


def selected(side: Side) -> dict[str, str]:
    return {"selected": str(placed(side)["pk"])}


DRAFT, SENT, IN_FORCE = book(BookState.DRAFT), book(BookState.SENT), book(BookState.IN_FORCE)
ROWS = {
    "task_books:book_list": Row(READERS),
    "task_books:books_write": Row(WRITERS, method="post", data=selected),
    "task_books:task_row": Row(WRITERS),
    "task_books:book_template": Row(WRITERS),
    "task_books:book_import": Row(WRITERS),
    "task_books:book_import_review": Row(frozenset(), somebodys_file),
    "task_books:book_import_aside": Row(frozenset(), somebodys_file, "post"),
    "task_books:book_import_faults": Row(frozenset(), somebodys_file),
    "task_books:book_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "task_books:profiles": Row(READERS, method="post", data=selected),
    "task_books:profile": Row(READERS, placed),
    "task_books:book_detail": Row(READERS, placed),
    "task_books:book_edit": Row(WRITERS, placed),
    "task_books:book_change": Row(WRITERS, signed_placement),
    "task_books:task_propose": Row(OWN, placed),
    "task_books:division_write": Row(WRITERS, placed),
    "task_books:recusal_declare": Row(OWN, placed),
    "task_books:recusal_nothing": Row(OWN, placed, "post"),
    "task_books:recusal_facts": Row(OWNER | OWN, declared, "post"),
    "task_books:version_detail": Row(READERS, IN_FORCE),
    "task_books:book_form": Row(READERS, IN_FORCE),
    "task_books:book_send": Row(WRITERS, DRAFT, "post"),
    "task_books:book_recall": Row(WRITERS, SENT, "post"),
    "task_books:book_return": Row(OWN, SENT),
    "task_books:book_sign": Row(OWN, SENT, "post"),
    "task_books:book_sign_on_paper": Row(WRITERS, SENT, "post"),
    "task_books:book_drop": Row(WRITERS, DRAFT, "post"),
    "task_books:task_accept": Row(WRITERS, task(), "post"),
    "task_books:task_refuse": Row(WRITERS, task()),
    "task_books:task_take_back": Row(WRITERS, task(AT.date())),
    "task_books:task_note": Row(WRITERS | OWN, task()),
    "task_books:proposal_take": Row(WRITERS, proposal, "post"),
    "task_books:proposal_decline": Row(WRITERS, proposal),
}

"""Write task books: one function for each action of a user."""

from secondment.task_books.services.accepting import (
    accept_task,
    note_progress,
    refuse_task,
    take_acceptance_back,
)
from secondment.task_books.services.dividing import (
    Division,
    declare_recusal,
    read_facts,
    write_division,
)
from secondment.task_books.services.drafting import (
    already_begun,
    drop_draft,
    start_change,
    write_draft,
    write_drafts,
    write_for_many,
)
from secondment.task_books.services.proposing import decline_proposal, propose_task, take_proposal
from secondment.task_books.services.signing import (
    recall_book,
    return_book,
    send_book,
    sign_book,
    sign_on_paper,
    write_and_send,
)

__all__ = [
    "Division",
    "accept_task",
    "already_begun",
    "declare_recusal",
    "decline_proposal",
    "drop_draft",
    "note_progress",
    "propose_task",
    "read_facts",
    "recall_book",
    "refuse_task",
    "return_book",
    "send_book",
    "sign_book",
    "sign_on_paper",
    "start_change",
    "take_acceptance_back",
    "take_proposal",
    "write_and_send",
    "write_division",
    "write_draft",
    "write_drafts",
    "write_for_many",
]

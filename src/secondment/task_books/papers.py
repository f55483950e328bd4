"""The task book on paper, where the secondee has no account or an office wants it stamped."""

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.documents.papers import PaperKind, add_kind
from secondment.task_books.choices import SIGNED, BookState
from secondment.task_books.models import TaskBook
from secondment.task_books.queries import visible_to


def _visible_books(user: User) -> QuerySet[Any]:
    rows = TaskBook.objects.filter(placement__in=visible_to(user).order_by().values("pk"))
    return rows.select_related("placement__person", "placement__host_unit", "placement__owner_unit")


def _key(book: TaskBook) -> int | None:
    return book.pk if book.state in (BookState.SENT, *SIGNED) else None


TASK_BOOK = add_kind(
    PaperKind(
        code="F6",
        title=_("目标任务书"),
        visible_to=_visible_books,
        office_of=attrgetter("placement.host_unit"),
        roles=frozenset({Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT}),
        subject_of=lambda book: f"{book.placement.person.name}，第{book.number}版",
        page_of=lambda _user, book: reverse("task_books:book_detail", args=[book.placement_id]),
        key_of=_key,
    )
)

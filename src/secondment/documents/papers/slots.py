"""What the page of an object shows of its forms on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse

from secondment.accounts.models import User
from secondment.common.components import Status
from secondment.documents.choices import PaperState
from secondment.documents.models import Paper
from secondment.documents.papers.kinds import PaperKind

STATUS: dict[str, Status] = {
    PaperState.WAITING: "warn",
    PaperState.STAMPED: "info",
    PaperState.FILED: "good",
}


@dataclass(frozen=True)
class Slot:
    """One form of the object: its paper, if there is one, and whether the reader files it."""

    kind: PaperKind
    key: int
    paper: Paper | None
    may_file: bool

    @property
    def url(self) -> str:
        """The page of the paper."""
        return reverse("documents:paper", args=[self.kind.code, self.key])

    @property
    def status(self) -> Status:
        """The colour of its state."""
        return STATUS[self.paper.state] if self.paper else "idle"


def slots_for(user: User, forms: Sequence[tuple[PaperKind, Any]]) -> list[Slot]:
    """The forms of a page that the reader may read: those that exist on paper, and those they file.

    The caller names only forms whose object `kind.visible_to` lets this reader see.
    """
    keyed = [(kind, row, key) for kind, row in forms if (key := kind.key_of(row)) is not None]
    wanted = [Q(form=kind.code, object_id=key) for kind, _row, key in keyed]
    papers = Paper.objects.filter(reduce(or_, wanted, Q(pk__in=[])), is_current=True)
    found = {(paper.form, paper.object_id): paper for paper in papers}
    slots = [
        Slot(kind, key, found.get((kind.code, key)), kind.may_file(user, row)) for kind, row, key in keyed
    ]
    return [slot for slot in slots if slot.paper or slot.may_file]

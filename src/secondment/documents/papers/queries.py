"""Papers of an office, and the one of an object."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.documents.choices import PaperState
from secondment.documents.models import Paper
from secondment.documents.papers.kinds import PaperKind, all_kinds

STAGE: Case = Case(
    When(~Q(place=""), then=Value(PaperState.FILED)),
    When(scan__isnull=False, then=Value(PaperState.STAMPED)),
    default=Value(PaperState.WAITING),
    output_field=CharField(),
)
"""The state that a row of the database is in, as `Paper.state` says it."""


def filed_by(user: User) -> QuerySet[Paper]:
    """What the offices of the account have to file, or have filed: the current version of each paper."""
    offices = [Q(form=kind.code) & under("office__path", paths_of(user, *kind.roles)) for kind in all_kinds()]
    return Paper.objects.filter(reduce(or_, offices, Q(pk__in=[])), is_current=True)


def for_list(papers: QuerySet[Paper]) -> QuerySet[Any]:
    """Papers with what the list names."""
    rows: QuerySet[Any] = papers.select_related("office", "by").annotate(stage=STAGE)
    return rows


def current(kind: PaperKind, key: int) -> Paper | None:
    """The current version of the paper of an object; None while there is none."""
    return Paper.objects.filter(form=kind.code, object_id=key, is_current=True).first()


def versions(kind: PaperKind, key: int) -> QuerySet[Paper]:
    """Every version there was, the newest first."""
    rows = Paper.objects.filter(form=kind.code, object_id=key)
    return rows.select_related("by", "scan").order_by("-pk")

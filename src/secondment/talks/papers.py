"""The record of a talk (F10) on paper, where an office keeps it so."""

from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.documents.papers import PaperKind, add_kind
from secondment.talks.choices import ROLE_OF
from secondment.talks.models import Talk, TalkPerson

DEPARTMENT = Role.ORGANISATION_DEPARTMENT


def _visible_to(user: User) -> QuerySet[Talk]:
    """Those whose points the account may read (`rules.may_read_points`): they stand on the paper."""
    departments = paths_of(user, DEPARTMENT)
    own = under("unit__path", departments)
    for side, role in ROLE_OF.items():
        own |= Q(side=side) & under("unit__path", paths_of(user, role))
    managed = TalkPerson.objects.filter(under("placement__owner_unit__path", departments))
    return Talk.objects.filter(own | Q(pk__in=managed.values("talk"))).select_related("unit")


def _subject(talk: Any) -> str:
    """The first of those talked with, and how many there were."""
    names = list(talk.people.values_list("placement__person__name", flat=True))
    who = names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人"
    return f"{who}，{talk.held_on}"


def _key(talk: Any) -> int | None:
    return None if talk.is_withdrawn else talk.pk


RECORD = add_kind(
    PaperKind(
        code="F10",
        title=_("谈话记录"),
        visible_to=_visible_to,
        office_of=attrgetter("unit"),
        roles=frozenset(ROLE_OF.values()),
        subject_of=_subject,
        page_of=lambda _user, talk: reverse("talks:talk_detail", args=[talk.pk]),
        key_of=_key,
    )
)

"""The registration form of a year (F13) on paper; the home unit files it with the person's records."""

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.assessments.models import Evaluation
from secondment.assessments.queries import visible_to, with_names
from secondment.documents.papers import PaperKind, add_kind
from secondment.units.official_names import place_and_title


def _visible_to(user: User) -> QuerySet[Evaluation]:
    return with_names(visible_to(user))


def _subject(evaluation: Any) -> str:
    placement = evaluation.placement
    where = place_and_title(placement.host_unit, placement.post.title)
    return f"{evaluation.person.name}，{evaluation.year}，{where}"


YEAR = add_kind(
    PaperKind(
        code="F13",
        title=_("年度考核登记表"),
        visible_to=_visible_to,
        office_of=attrgetter("placement.home_unit"),
        roles=frozenset({Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
        subject_of=_subject,
        page_of=lambda _user, one: reverse("assessments:evaluation_detail", args=[one.pk]),
    )
)

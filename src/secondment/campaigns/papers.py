"""The nomination form (F2) on paper, where an office has it stamped."""

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.queries import nominations_visible_to
from secondment.documents.papers import PaperKind, add_kind


def _visible_to(user: User) -> QuerySet[Any]:
    return nominations_visible_to(user).select_related("person", "home_unit", "campaign")


NOMINATION = add_kind(
    PaperKind(
        code="F2",
        title=_("挂职干部推荐登记表"),
        visible_to=_visible_to,
        office_of=attrgetter("home_unit"),
        roles=frozenset({Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
        subject_of=lambda row: f"{row.person.name}（{row.campaign.name}）",
        page_of=lambda _user, row: reverse("campaigns:nomination_detail", args=[row.pk]),
    )
)

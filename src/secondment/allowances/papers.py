"""The policy of an insurance on paper, where an office keeps its scan."""

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.allowances.models import Insurance
from secondment.allowances.queries import visible_to
from secondment.allowances.rules import CLERKS
from secondment.documents.papers import PaperKind, add_kind


def _visible(user: User) -> QuerySet[Any]:
    rows = Insurance.objects.filter(placement__in=visible_to(user).order_by().values("pk"), is_void=False)
    return rows.select_related("placement__person", "placement__home_unit")


POLICY = add_kind(
    PaperKind(
        code="insurance",
        title=_("保险单"),
        visible_to=_visible,
        office_of=attrgetter("placement.home_unit"),
        roles=frozenset(CLERKS),
        subject_of=lambda row: f"{row.placement.person.name}，{row.number}",
        page_of=lambda _user, row: reverse("allowances:placement_allowances", args=[row.placement_id]),
    )
)

"""Lists: talks, and what follows from them."""

from django.db.models import DateField, Value
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, exporting
from secondment.accounts.scopes import has_role
from secondment.common.components import Tab
from secondment.common.errors import require
from secondment.talks.choices import TALKERS
from secondment.talks.lists import ITEMS, TALKS
from secondment.talks.queries import items_visible_to, visible_to, with_names
from secondment.talks.rules import acts_for_offices

CLERKS = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
READERS = (*TALKERS, Role.LEADER, Role.INSPECTOR, Role.SECONDEE)


def talk_tabs(current: str) -> list[Tab]:
    """Talks, what follows from them, and trainings and meetings."""
    pages = {
        "talks": (_("谈话"), "talks:talk_list"),
        "items": (_("跟进事项"), "talks:item_list"),
        "gatherings": (_("培训座谈"), "talks:gathering_list"),
    }
    return [Tab(label, reverse(name), is_current=key == current) for key, (label, name) in pages.items()]


def talk_list(request: SignedInRequest) -> HttpResponse:
    """Every talk that the reader may know of."""
    require(has_role(request.user, *READERS))
    return TALKS.respond(
        request,
        with_names(visible_to(request.user), request.user),
        "talks/talk_list.html",
        {
            "may_record": acts_for_offices(request.user),
            "is_clerk": has_role(request.user, *CLERKS),
            "tabs": talk_tabs("talks"),
        },
        on_export=exporting(request, "talk.export", request.user),
    )


def item_list(request: SignedInRequest) -> HttpResponse:
    """Every item that follows from a talk, open ones first due first."""
    require(has_role(request.user, *READERS))
    rows = items_visible_to(request.user).filter(talk__is_withdrawn=False)
    return ITEMS.respond(
        request,
        rows.select_related("unit", "placement__person").annotate(
            today=Value(timezone.localdate(), DateField())
        ),
        "talks/item_list.html",
        {"tabs": talk_tabs("items")},
        on_export=exporting(request, "talk.export_items", request.user),
    )
